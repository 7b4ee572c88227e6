"""What the review finds in a draft as it is being drawn, before it is saved; and what an expression in it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from engine import feel
from engine.diagram import Diagram
from engine.errors import DiagramRefused, NotFound, TooLarge
from engine.method import Method
from engine.moments import check, is_written_out
from engine.queries.view import View
from engine.release import read_method as meant
from engine.release import unpack
from engine.review import Finding
from engine.review.reading import review_apart
from engine.review.variables import Known
from engine.store.drafts import must_see_drafts
from engine.store.tables import MethodDraftRow
from engine.words import Text

#: characters of an expression that is checked as it is typed
LONGEST_EXPRESSION = 5_000


@dataclass(frozen=True, slots=True)
class DraftFindings:
    """What the review finds in a draft as it is being drawn."""

    draft: int
    files: dict[str, bytes] = field(default_factory=dict)  #: those that are not saved yet, by name


@dataclass(frozen=True, slots=True)
class DraftFindingsPage:
    findings: tuple[Finding, ...]
    unreadable: Text  #: why the review could not be made; mostly empty


@dataclass(frozen=True, slots=True)
class DraftExpression:
    """An expression as it is typed into a draft: is it FEEL, and is what it reads known there?"""

    draft: int
    element: str
    text: str
    over: str = "variables"  #: `answers`: of the task's own form; `anywhere`: whatever any form answered
    files: dict[str, bytes] = field(default_factory=dict)  #: those that are not saved yet, by name


@dataclass(frozen=True, slots=True)
class DraftExpressionPage:
    problem: Text  #: why it is wrong; mostly empty
    known: tuple[str, ...]  #: names that may be read there, in order


UNKNOWN = Text("« {name} » n’est pas connu à cet endroit.", "“{name}” is not known here.")
LONG = Text(
    "Cette expression est trop longue : {most} caractères au plus.",
    "This expression is too long: {most} characters at most.",
)
NO_MOMENT = Text("Cette durée ou cette date ne désigne aucun moment.", "This duration or date stands for no moment.")


def read_findings(view: View, query: DraftFindings) -> DraftFindingsPage:
    files = _files(view, query.draft) | query.files
    try:
        return DraftFindingsPage(review_apart(files, as_method=True).findings, Text(""))
    except (DiagramRefused, TooLarge) as refusal:
        return DraftFindingsPage((), refusal.said)


def read_expression(view: View, query: DraftExpression) -> DraftExpressionPage:
    known = _known(_files(view, query.draft) | query.files, query)
    return DraftExpressionPage(_problem(query.text.strip(), known), known)


def _files(view: View, draft: int) -> dict[str, bytes]:
    must_see_drafts(view.actor)
    found = view.session.execute(select(MethodDraftRow.files).where(MethodDraftRow.id == draft)).scalar_one_or_none()
    if found is None:
        raise NotFound
    return unpack(found)


def _known(files: Mapping[str, bytes], query: DraftExpression) -> tuple[str, ...]:
    """Nothing can be said of what is half drawn: then nothing is known."""
    try:
        method, _, diagrams = meant(files)
    except (DiagramRefused, TooLarge):
        return ()
    if method is None:
        return ()
    return tuple(sorted(_names(method, diagrams, query)))


def _names(method: Method, diagrams: list[Diagram], query: DraftExpression) -> frozenset[str]:
    if query.over == "answers":
        task = method.tasks.get(query.element)
        return frozenset(each.key for each in task.form) if task else frozenset()
    known = Known(method, diagrams, {})
    return known.anywhere if query.over == "anywhere" else known.at.get(query.element, known.anywhere)


def _problem(text: str, known: tuple[str, ...]) -> Text:
    if not text:
        return Text("")
    if len(text) > LONGEST_EXPRESSION:
        return LONG.format(most=LONGEST_EXPRESSION)
    if is_written_out(text):
        return _moment(text)
    try:
        read = feel.compile(text)
    except feel.FeelError as error:
        return Text(error.text("fr"), error.text("en"))
    for name in sorted(read.names - read.item_names - feel.BUILTINS):
        if known and name not in known and name != "threshold":
            return UNKNOWN.format(name=name)
    return Text("")


def _moment(text: str) -> Text:
    try:
        check(text)
    except ValueError:
        return NO_MOMENT
    return Text("")
