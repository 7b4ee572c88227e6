"""docs/explanation/job-sheet.md names what exists: every row once, every page, command, verb and test."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from engine.commands import HANDLERS
from engine.queries import READERS

ROOT = Path(__file__).parents[2]
SHEET = ROOT / "docs" / "explanation" / "job-sheet.md"
#: issues that are still open
OPEN = {"issue 5", "issue 6", "issue 7"}


def rows() -> list[list[str]]:
    lines = SHEET.read_text("utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| \d+ \|", line)]


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def addresses() -> frozenset[str]:
    page = (ROOT / "docs" / "reference" / "pages.md").read_text("utf-8")
    return frozenset(re.findall(r"^\| `GET ([^`]+)`", page, re.MULTILINE))


@cache
def verbs() -> frozenset[str]:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    return frozenset(re.findall(r"^## (\w+)$", page, re.MULTILINE))


@cache
def known_tests(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.exists():
        return frozenset()
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))


def test_every_row_of_the_job_sheet_is_there_once_and_whole() -> None:
    found = rows()
    assert [int(row[0]) for row in found] == list(range(1, 63))
    assert [row[0] for row in found if len(row) != 5 or not all(row)] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_where_a_row_lives_exists(row: list[str]) -> None:
    known = addresses() | {f"jalon {verb}" for verb in verbs()}
    known |= {kind.__name__ for kind in (*HANDLERS, *READERS)}
    assert named(row[3])
    assert [each for each in named(row[3]) if each not in known] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_what_shows_a_row_exists(row: list[str]) -> None:
    assert named(row[4])
    missing = [each for each in named(row[4]) if each.partition("::")[2] not in known_tests(each.partition("::")[0])]
    assert missing == []


def test_what_is_still_to_come_is_an_open_issue() -> None:
    assert set(re.findall(r"issue \d+", SHEET.read_text("utf-8"))) <= OPEN
