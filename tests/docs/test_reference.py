"""The reference says what the code says, and nothing else."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from engine import Engine, Text
from engine.commands import HANDLERS
from engine.queries import READERS
from engine.scenarios import keywords
from engine.store.tables import Base
from tests.docs.reference import PAGES, REFERENCE, ROOT, refusals
from web import create_app


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def sections(text: str, marks: str) -> dict[str, str]:
    """Each heading of that level, with what stands under it."""
    found = re.split(rf"^{marks} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def line(section: str, label: str) -> list[str]:
    """The names in backquotes of one list item, without what stands in its brackets."""
    said = re.search(rf"^- {label}: (.*(?:\n  .*)*)", section, re.MULTILINE)
    return re.findall(r"`([^`]+)`", re.sub(r"\([^)]*\)", "", said[1])) if said else []


def cells(text: str) -> list[list[str]]:
    """The cells of every row of the tables of a page, headings aside."""
    rows = [row for row in text.splitlines() if row.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if not set(row) <= set("|-")]


def fields(kind: type) -> list[str]:
    return [each.name for each in dataclasses.fields(kind)]


# --- pages written by a script -----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "write"), PAGES.items(), ids=PAGES)
def test_the_page_is_what_the_code_says(name: str, write: Callable[[], str]) -> None:
    assert page(name) == write(), f"docs/reference/{name} is out of date: run `python tests/docs/reference.py`"


# --- commands and queries ----------------------------------------------------------------------------------


def test_every_command_is_documented_and_nothing_else() -> None:
    assert sorted(sections(page("commands.md"), "##")) == sorted(kind.__name__ for kind in HANDLERS)


@pytest.mark.parametrize("command", HANDLERS, ids=lambda kind: kind.__name__)
def test_a_command_is_documented_with_its_fields_and_answer(command: type) -> None:
    section = sections(page("commands.md"), "##")[command.__name__]
    handle = HANDLERS[command]
    answer = handle.__annotations__["return"]
    answered = [] if answer == "None" else fields(getattr(importlib.import_module(handle.__module__), answer))
    assert (line(section, "Fields"), line(section, "Answers")) == (fields(command), answered)


def test_the_refusals_of_commands_exist() -> None:
    said = re.findall(r"^- Refuses: (.*(?:\n  .*)*)", page("commands.md"), re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", " ".join(said)))
    assert named - {each.__name__ for each in refusals()} == set()


def test_every_query_is_documented_and_nothing_else() -> None:
    queries = sections(sections(page("pages.md"), "##")["Queries"], "###")
    assert {name: line(section, "Fields") for name, section in queries.items()} == {
        kind.__name__: fields(kind) for kind in READERS
    }


def test_every_address_is_documented_and_nothing_else(tmp_path: Path) -> None:
    app = create_app(Engine(f"sqlite:///{tmp_path / 'jalon.db'}"), demo=True)
    served = {
        f"{method} {re.sub(r'<(int|path|any[^:]*):', '<', rule.rule)}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    addresses = cells(sections(page("pages.md"), "##")["Addresses"])[1:]
    assert {row[0].strip("`") for row in addresses} == served


# --- the command line and its settings ---------------------------------------------------------------------


def jalon(*arguments: str) -> str:
    environment = os.environ | {"COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "engine.cli", *arguments],
        capture_output=True, encoding="utf-8", cwd=ROOT, env=environment, check=True,
    )  # fmt: skip
    return done.stdout


def verbs() -> list[str]:
    return re.findall(r"^    (\w+)  ", jalon("--help"), re.MULTILINE)


def options(help: str) -> set[str]:
    return set(re.findall(r"^  (?:-\w, )?(--[\w-]+)", help, re.MULTILINE)) - {"--help"}


def test_every_verb_of_the_command_line_is_documented_with_its_options_and_nothing_else() -> None:
    documented = {
        verb: {row[0].strip("`") for row in cells(section) if row[0].startswith("`--")}
        for verb, section in sections(page("cli.md"), "##").items()
    }
    offered = {verb: options(jalon(verb, "--help")) for verb in verbs()}
    assert documented == {"jalon": options(jalon("--help"))} | offered


def test_every_environment_variable_is_documented_and_nothing_else() -> None:
    read = re.compile(r"environ(?:\.get\(|\.setdefault\(|\[)\s*\"([A-Z_]+)\"")
    sources = [
        path for folder in ("engine", "web", "workflows", "tests", "bench") for path in (ROOT / folder).rglob("*.py")
    ]
    used = {name for path in sources for name in read.findall(path.read_text(encoding="utf-8"))}
    documented = {name for row in cells(page("settings.md"))[1:] for name in re.findall(r"`([A-Z_]+)`", row[0])}
    assert documented == used


# --- scenarios ---------------------------------------------------------------------------------------------

WORDS = {
    "The file": keywords.FILE.values(),
    "A scenario": keywords.SCENARIO.values(),
    "A step": keywords.VERBS.values(),
    "What a step says besides": keywords.DETAILS.values(),
    "Answers": (
        *keywords.YES, *keywords.NO, keywords.NOTHING, keywords.ALL_DONE, keywords.DONE, keywords.NOT_APPLICABLE,
    ),
    "Outcomes": [text for texts in keywords.OUTCOMES.values() for text in texts if text.en and text.fr != "go"],
    "Time": (keywords.LATER, keywords.DUE, *keywords.UNITS.values()),
    "The end": keywords.ENDS.values(),
}  # fmt: skip


@pytest.mark.parametrize(("section", "words"), WORDS.items(), ids=WORDS)
def test_every_word_of_a_scenario_is_documented_and_nothing_else(section: str, words: Iterable[Text]) -> None:
    text = sections(page("scenarios.md"), "##")[section]
    said = {tuple(row[:2]) for row in cells(text) if all(re.fullmatch("`[^`]+`", cell) for cell in row[:2])}
    assert said == {(f"`{each.fr}`", f"`{each.en}`") for each in words}


# --- limits and tables -------------------------------------------------------------------------------------

LIMIT = re.compile(r"(LARGEST|LONGEST|DEEPEST|LEAST|IDLE|TRIES|MOST_|MAX_)")


def limits() -> Iterator[tuple[str, str]]:
    """Every constant whose name says that it is a limit, and its value."""
    for package in ("engine", "web"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" in path.parts or "frontend" in path.parts:
                continue
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for name in names_given(tree):
                yield f"{module}.{name}", said(getattr(importlib.import_module(module), name))
            for given in settings_given(tree):
                yield f"{module}.{given.arg}", said(eval(compile(ast.Expression(given.value), str(path), "eval")))


def names_given(tree: ast.Module) -> Iterator[str]:
    """The limits among the constants of a module."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        for target in targets:
            for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(each, ast.Name) and LIMIT.match(each.id):
                    yield each.id


def settings_given(tree: ast.Module) -> Iterator[ast.keyword]:
    """The limits set by keyword (of Flask), when they are not one of the constants again."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and LIMIT.match(node.arg or "") and not isinstance(node.value, ast.Name):
            yield node


def said(value: object) -> str:
    if isinstance(value, timedelta):
        days, hours = value.days, value.seconds // 3600
        return f"{days} days" if days else f"{hours} hours"
    assert isinstance(value, str | int | float | Decimal)
    return value if isinstance(value, str) else f"{value:,}"


def test_every_limit_is_documented_with_its_value_and_nothing_else() -> None:
    documented = {row[2].strip("`"): row[1] for row in cells(page("limits.md")) if row[2] != "constant"}
    assert documented == dict(limits())


def test_every_table_is_documented_and_nothing_else() -> None:
    assert {row[0].strip("`") for row in cells(page("tables.md"))[1:]} == set(Base.metadata.tables)
