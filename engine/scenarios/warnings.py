"""What the scenarios of a draft say against publishing it: warnings, to be acknowledged as those of the review are."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import DiagramRefused
from engine.method import Place
from engine.review import Finding
from engine.scenarios.allowance import Allowance
from engine.scenarios.kept import Ran, books, run
from engine.words import Text

FAILS, UNREAD = "scenario-fails", "scenario-unread"
MESSAGE = Text("Le scénario ne passe pas : {said}.", "The scenario does not pass: {said}.")


def warnings(files: Mapping[str, bytes], allowance: Allowance | None = None) -> tuple[Finding, ...]:
    """None of diagrams that do not run: the review refuses those."""
    _, unread = books(files)
    found = [Finding(UNREAD, "warning", _place(each), each.said, Text("")) for each in unread]
    try:
        ran = run(files, None, allowance)
    except DiagramRefused:
        return tuple(found)
    return (*found, *(_fails(each) for each in ran.failing))


def _place(refusal: DiagramRefused) -> Place:
    file, line = refusal.facts.get("file", ""), refusal.facts.get("line", 0)
    return Place(str(file), int(str(line)), str(file))


def _fails(ran: Ran) -> Finding:
    place = Place(ran.file, ran.verdict.line, ran.name)
    return Finding(FAILS, "warning", place, MESSAGE.format(said=ran.verdict.message), ran.advice)
