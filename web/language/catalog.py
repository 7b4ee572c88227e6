"""The English catalog: what the pages say, extracted; what is missing; what is compiled."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parents[1]
PO = WEB / "translations" / "en" / "LC_MESSAGES" / "web.po"
MO = PO.with_suffix(".mo")
SOURCES = [("**.py", "python"), ("templates/**.html", "jinja2")]


def said() -> Catalog:
    """Every message of the templates and of the Python files, in French."""
    found = Catalog(charset="utf-8")
    messages = extract_from_dir(WEB, SOURCES, options_map={"templates/**.html": {"silent": "false"}})
    for file, _line, message, comments, context in messages:
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return found


def committed() -> Catalog:
    """The English catalog as it is in the repository; an empty one where there is none yet."""
    if not PO.exists():
        return Catalog(locale="en", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def update() -> Catalog:
    """Bring the .po to what the pages say now: new messages are empty, old ones go. Nothing is guessed."""
    english = committed()
    english.update(said(), no_fuzzy_matching=True)
    english.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, english, width=110, sort_output=True, include_lineno=False, omit_header=True)
    return english


def compile_catalog() -> None:
    with MO.open("wb") as file:
        write_mo(file, committed())


def untranslated(english: Catalog) -> list[str]:
    """The messages without English, in order."""
    return sorted(str(each.id) for each in english if each.id and (each.fuzzy or not all(parts(each.string))))


def parts(string: str | Iterable[str] | None) -> tuple[str, ...]:
    """The singular and the plural, or the one form; empty where nothing was written."""
    return (string or "",) if isinstance(string, str | None) else tuple(string)
