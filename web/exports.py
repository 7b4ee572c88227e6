"""Any list as a file to download: CSV or XLSX, in the reader's language, under one name.

CSV is what the reader's spreadsheet opens by itself: UTF-8 with its mark, and in French `;` between cells and a decimal
comma, in English `,` and a point. XLSX keeps numbers as numbers and moments as moments. A text that a spreadsheet would
run as a formula stays a text in both (CWE-1236). Moments are written in Paris time.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from flask import Response
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from engine import Text
from web.language import _, language, text
from web.language.formats import local

FileFormat = Literal["csv", "xlsx"]
#: the two as a route writes them: `/projets.<any(csv, xlsx):file>`
EITHER = "any(csv, xlsx):file"
MEDIA = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

#: what a formula may start with
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: a cell of XLSX holds so many characters, a whole number so many exactly (ECMA-376 and IEEE 754)
MOST_CHARACTERS, MOST_EXACT = 32_767, 2**53
#: columns are as wide as what they hold, within these
NARROW, WIDE = 9, 60


def export(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], file: str) -> Response:
    """The rows as `name`.csv or `name`.xlsx.

    A cell is a text (str or `Text`), int, Decimal, bool, date, datetime (UTC) or None.
    """
    content = as_xlsx(name, columns, rows) if file == "xlsx" else as_csv(columns, rows)
    answer = Response(content, mimetype=MEDIA[file])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{file}")
    return answer


def starts_formula(words: str) -> bool:
    return words.startswith(FORMULA) or words.lstrip().startswith(FORMULA)


def plain(value: object) -> object:
    """A cell in the reader's language: the words of a `Text`, « oui » for True, Paris time."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, datetime):
        return local(value).replace(tzinfo=None)
    return text(value) if isinstance(value, Text) else value


# --- CSV ---------------------------------------------------------------------------------------------------


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=";" if language() == "fr" else ",", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return ("\ufeff" + page.getvalue()).encode()


def cell(value: object) -> str:
    """One value as CSV has it: a moment as `2026-03-03 14:05`, a day as `2026-03-03`, a text never as a formula."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", "," if language() == "fr" else ".")
    if isinstance(value, int):
        return str(value)
    words = str(value)
    return f"'{words}" if starts_formula(words) else words


# --- XLSX --------------------------------------------------------------------------------------------------


def as_xlsx(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet: a header that stays in sight and filters, columns wide enough to read."""
    page = io.BytesIO()
    book = Workbook(page, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": name, "company": "Jalon"})
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "-", name)[:31])
    widths = [len(each) for each in columns]
    style = styles(book)
    for column, words in enumerate(columns):
        sheet.write_string(0, column, words, style["header"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            widths[column] = max(widths[column], write(sheet, last, column, plain(value), style))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, NARROW), WIDE))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))
    book.close()
    return page.getvalue()


def styles(book: Workbook) -> dict[str, Format]:
    top = {"valign": "top"}
    return {
        "header": book.add_format({"bold": True, "bottom": 1, **top}),
        "text": book.add_format({"text_wrap": True, **top}),
        # the mark of a text typed with an apostrophe: it stays a text when the cell is edited
        "quoted": book.add_format({"text_wrap": True, "quote_prefix": True, **top}),
        "number": book.add_format(top),
        "day": book.add_format({"num_format": "dd/mm/yyyy", **top}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm", **top}),
    }


def write(sheet: Worksheet, row: int, column: int, value: object, style: dict[str, Format]) -> int:
    """Write one cell by its type; how many characters wide it shows."""
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, style["moment"])
        return 16
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, style["day"])
        return 10
    if isinstance(value, int | Decimal) and -MOST_EXACT <= value <= MOST_EXACT:
        sheet.write_number(row, column, value, style["number"])
        return len(str(value))
    if value is None:
        return 0
    words = shortened(str(value))
    sheet.write_string(row, column, words, style["quoted" if starts_formula(words) else "text"])
    return max(map(len, words.splitlines()), default=0)


def shortened(words: str) -> str:
    """What a cell can hold; one that is too long says that it was cut, and CSV has it whole."""
    if len(words) <= MOST_CHARACTERS:
        return words
    said = _("… (texte coupé : le fichier CSV l’a en entier)")
    return words[: MOST_CHARACTERS - len(said)] + said
