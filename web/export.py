"""A list as a CSV file that a spreadsheet opens by itself: UTF-8 with its mark, semicolons, one header line.

A cell that a spreadsheet would run as a formula is written as text (CWE-1236).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import Response

from web.language.formats import local

#: what a formula may start with
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The rows as a file to download, named `name`.csv. Moments are written in Paris time."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    answer = Response("\ufeff" + page.getvalue(), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return answer


def cell(value: object) -> str:
    """One value as it is written: a moment as `2026-03-03 14:05`, a text never as a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, int):
        return str(value)
    words = str(value)
    return f"'{words}" if words.lstrip().startswith(FORMULA) or words.startswith(FORMULA) else words
