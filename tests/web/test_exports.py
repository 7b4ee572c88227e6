"""Every list as a file: CSV that the reader's spreadsheet opens by itself, XLSX that keeps numbers and moments."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from engine import Engine, SetLanguage
from tests.web.conftest import Browser
from tests.web.under_vote import AMINA, under_vote
from web.exports import MOST_CHARACTERS, as_xlsx, cell

NAMESPACE = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
#: each list, and the page that shows it
LISTS = {
    "/taches": "/", "/projets": "/projets", "/projets/1/historique": "/projets/1/historique", "/methodes": "/methodes",
    "/personnes": "/personnes",
}  # fmt: skip


def sheet(content: bytes) -> tuple[list[list[Any]], str]:
    """The cells of the one sheet, a text as str, a number as Decimal; and the sheet's XML."""
    book = zipfile.ZipFile(io.BytesIO(content))
    texts = ["".join(each.itertext()) for each in etree.fromstring(book.read("xl/sharedStrings.xml"))]
    xml = book.read("xl/worksheets/sheet1.xml")
    rows = [
        [texts[int(each.findtext("s:v", "", NAMESPACE))] if each.get("t") == "s"
         else Decimal(each.findtext("s:v", "", NAMESPACE)) for each in row.iterfind("s:c", NAMESPACE)]
        for row in etree.fromstring(xml).iterfind(".//s:row", NAMESPACE)
    ]  # fmt: skip
    return rows, xml.decode()


def semicolons(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("address", LISTS)
def test_every_list_is_a_file_of_two_formats_with_the_same_cells(amina: Browser, address: str) -> None:
    text, book = amina.get(f"{address}.csv"), amina.get(f"{address}.xlsx")
    name = text.headers["Content-Disposition"].removeprefix("attachment; filename=").removesuffix(".csv")
    assert book.headers["Content-Disposition"] == f"attachment; filename={name}.xlsx"
    assert (text.mimetype, book.mimetype) == (
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    assert text.data.startswith(b"\xef\xbb\xbf")
    rows = sheet(book.data)[0]
    assert rows[0] == semicolons(text.data)[0]
    assert len(rows) == len(semicolons(text.data)) > 1


@pytest.mark.parametrize("address", LISTS)
def test_every_list_offers_both_under_it(amina: Browser, address: str) -> None:
    said = amina.get(LISTS[address]).text
    assert [f'href="{address}.{each}"' in said for each in ("csv", "xlsx")] == [True, True]


def test_the_filters_of_a_list_hold_for_its_file(engine: Engine, amina: Browser) -> None:
    under_vote(engine, title="Vélo-école")
    assert 'href="/projets.xlsx?recherche=%C3%A9cole"' in amina.get("/projets?recherche=école&file=csv").text
    assert [row[1] for row in semicolons(amina.get("/projets.csv?recherche=école").data)[1:]] == ["Vélo-école"]


def test_another_format_does_not_exist(amina: Browser) -> None:
    assert amina.get("/projets.pdf").status_code == 404


def test_no_title_becomes_a_formula(engine: Engine, amina: Browser) -> None:
    under_vote(engine, title="=HYPERLINK(1)")
    rows = semicolons(amina.get("/projets.csv").data)
    assert sorted(row[1] for row in rows[1:]) == ["'=HYPERLINK(1)", "Plan vélo"]
    cells, xml = sheet(amina.get("/projets.xlsx").data)
    assert sorted(row[1] for row in cells[1:]) == ["=HYPERLINK(1)", "Plan vélo"]
    assert "<f>" not in xml


def test_an_english_reader_has_english_heads_commas_and_points(engine: Engine, amina: Browser) -> None:
    engine.execute(SetLanguage("en"), AMINA)
    answer = amina.get("/projets.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=projects.csv"
    assert answer.text.removeprefix("\ufeff").startswith("Number,Project,State,")


@pytest.mark.parametrize("words_typed", ["=1", "+1", "-1", "@x", "\t=1", " =1"])
def test_a_cell_never_starts_a_formula(words_typed: str) -> None:
    assert cell(words_typed) == f"'{words_typed}"


def test_csv_writes_numbers_days_and_moments_plainly() -> None:
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    written = [cell(each) for each in (-3, None, moment, date(2026, 7, 1), Decimal("-1234.50"), True, "a;b")]
    assert written == ["-3", "", "2026-07-02 00:30", "2026-07-01", "-1234,50", "oui", "a;b"]


def test_xlsx_keeps_numbers_days_and_moments_as_what_they_are() -> None:
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    rows, _xml = sheet(as_xlsx("essai", ("A", "B", "C", "D"), [(-3, Decimal("12.5"), date(2026, 7, 1), moment)]))
    # a day counts from 1899-12-30 (ECMA-376), an hour is its fraction
    assert rows[1] == [-3, Decimal("12.5"), 46204, Decimal("46205.02083333334")]


def test_a_number_that_xlsx_would_round_is_written_as_text() -> None:
    assert sheet(as_xlsx("essai", ("A",), [(2**53 + 1,)]))[0][1] == ["9007199254740993"]


def test_a_text_that_a_cell_cannot_hold_says_that_it_was_cut() -> None:
    words = sheet(as_xlsx("essai", ("A",), [("x" * 40_000,)]))[0][1][0]
    assert len(words) == MOST_CHARACTERS
    assert words.endswith("… (texte coupé\u00a0: le fichier CSV l’a en entier)")


def test_a_name_that_no_sheet_may_bear_is_mended() -> None:
    content = as_xlsx("a/b:c*d?" + "e" * 40, ("A",), [])
    book = zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml").decode()
    assert f'name="a-b-c-d-{"e" * 23}"' in book
