"""A draft about to be published: what changes since the last release, on both diagrams, and whom it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.drawing import Mark
from engine.drawing.mark import State
from engine.errors import NotFound
from engine.method import Method
from engine.overlay import Change, Question
from engine.overlay.difference import next_number, numbers_of, renamed
from engine.queries.drawings import plain, where
from engine.queries.lines import Drawing
from engine.queries.method_drafts import MethodDraftOf, MethodDraftPage
from engine.queries.method_drafts import read_one as draft_of
from engine.queries.rebase_report import RebasePage
from engine.queries.view import View
from engine.release import Release, digest_of
from engine.release import read_method as method_of
from engine.review import Finding
from engine.scenarios.allowance import Allowance
from engine.scenarios.kept import books, kept, known, run
from engine.scenarios.warnings import warnings
from engine.store.releases import last_releases
from engine.words import Text


@dataclass(frozen=True, slots=True)
class PublicationOf:
    """A draft about to be published. For method owners."""

    draft: int


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One change since the last release. `state`: added, removed or changed, as on the diagrams."""

    level: str  #: patch, minor, major
    element: str
    name: Text
    text: Text
    state: State


@dataclass(frozen=True, slots=True)
class PairLine:
    """One diagram in which something changes, before and after; None where there is none."""

    id: str  #: of the phase; empty: the whole
    title: Text
    before: Drawing | None
    after: Drawing | None


@dataclass(frozen=True, slots=True)
class ScenariosNote:
    """What the draft's scenarios say, in one line."""

    count: int
    failing: int
    unread: int  #: files that cannot be read
    played: bool  #: False: too long for this page, or the review refuses what is drawn


@dataclass(frozen=True, slots=True)
class PublicationPage:
    draft: MethodDraftPage
    before: Method | None  #: the last release; None: there is none
    published_at: datetime | None
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]  #: of the review, then of the scenarios
    scenarios: ScenariosNote
    changes: tuple[ChangedLine, ...]  #: the gravest first
    pairs: tuple[PairLine, ...]
    after: Method | None  #: what would be published; None: nothing could be
    drawings: tuple[Drawing, ...]  #: of a first version, the whole first: there is nothing to compare it with
    unchanged: bool  #: the draft is what was published last
    report: RebasePage | None  #: None for what could not be published
    least: str  #: the smallest number that says what changed; empty: any
    proposed: str  #: a number for the draft; empty where its own will do
    questions: tuple[Question, ...]  #: ids that are gone and may be there under another
    running: tuple[tuple[Text, int], ...]  #: phase, projects in it


def read(view: View, query: PublicationOf) -> PublicationPage:
    """Raises `NotFound` for a draft that is none, or was published or dropped."""
    draft = draft_of(view, MethodDraftOf(query.draft, compared=True))
    if not draft.line.live:
        raise NotFound
    base = next((each for each in last_releases(view.session) if each.method == draft.line.method), None)
    before = view.release(base.id) if base is not None else None
    report = draft.report
    after = _release(draft) if report is not None else None
    changes = _changes(report, before, after)
    note, told = _scenarios(draft)
    unchanged = base is not None and base.digest == draft.digest
    least = next_number(before.method.version, report.level if report is not None else "patch") if before else ""
    return PublicationPage(
        draft=draft, before=before.method if before is not None else None,
        published_at=base.published_at if base is not None else None,
        errors=draft.errors, warnings=(*(each for each in draft.findings if each.severity == "warning"), *told),
        scenarios=note,
        changes=changes, pairs=tuple(_pairs(before, after, changes)), after=after.method if after is not None else None,
        drawings=tuple(plain(after).values()) if after is not None and before is None else (),
        unchanged=unchanged, report=report,
        least=least, proposed="" if unchanged else _proposed(draft.line.version, least),
        questions=_questions(before, after, draft.same), running=_running(report, before),
    )  # fmt: skip


def _proposed(version: str, least: str) -> str:
    numbers = numbers_of(version)
    fits = numbers is not None and numbers >= (numbers_of(least) or ())
    return "" if fits else least or FIRST


#: the number of a method that was never published
FIRST = "1.0.0"
#: of the processor, for this page: what takes longer is played on the page of scenarios
MOST_SECONDS = 1


def _scenarios(draft: MethodDraftPage) -> tuple[ScenariosNote, tuple[Finding, ...]]:
    found, unread = books(draft.files)
    count = len(kept(found))
    if draft.errors or draft.unreadable:
        return ScenariosNote(count, 0, len(unread), False), ()
    played = run(draft.files, allowance=Allowance(seconds=MOST_SECONDS))
    long = played.spent and known(draft.files) is None
    told = () if long else warnings(draft.files)
    return ScenariosNote(count, 0 if long else len(played.failing), len(unread), not long), told


def _release(draft: MethodDraftPage) -> Release | None:
    method = method_of(draft.files)[0]
    return Release(0, digest_of(draft.files), method, draft.files) if method is not None else None


LEVELS = ("major", "minor", "patch")


def _changes(report: RebasePage | None, before: Release | None, after: Release | None) -> tuple[ChangedLine, ...]:
    if report is None or before is None or after is None:
        return ()
    once: dict[tuple[str, State, Text | None], ChangedLine] = {}
    for change in report.changes:
        line = _line(change, before.method, after.method)
        # a phase that comes or goes does so with its process: told once
        once.setdefault((line.element, line.state, line.text if line.state == "changed" else None), line)
    return tuple(sorted(once.values(), key=lambda line: LEVELS.index(line.level)))


def _line(change: Change, before: Method, after: Method) -> ChangedLine:
    element = _drawn(change.element, before, after)
    there, here = (where(method, element) is not None for method in (before, after))
    state: State = "changed" if there == here else "removed" if there else "added"
    name = after.name_of(element) if here else before.name_of(element)
    return ChangedLine(change.level, element, name, change.text, state)


def _drawn(id: str, *methods: Method) -> str:
    """Of a process, the phase that calls it."""
    return next((each.id for method in methods for each in method.phases if each.process == id), id)


def _pairs(
    before: Release | None, after: Release | None, changes: Iterable[ChangedLine]
) -> Iterable[PairLine]:  # fmt: skip
    if before is None or after is None:
        return
    marks = {each.element: Mark(each.state) for each in changes}
    touched = {where(method, id) for method in (before.method, after.method) for id in marks} - {None}
    old, new = plain(before), plain(after)
    for id in dict.fromkeys((*new, *old)):
        if id in touched:
            pair = [replace(each[id], marks=marks) if id in each else None for each in (old, new)]
            title = next(each.title for each in reversed(pair) if each is not None)
            yield PairLine(id, title, pair[0], pair[1])


def _questions(before: Release | None, after: Release | None, same: Mapping[str, str]) -> tuple[Question, ...]:
    """Asked whether or not somebody tailors the step: projects that run stand on it too."""
    if before is None or after is None:
        return ()
    found = {was: now for was, now in sorted(renamed(before, after).items()) if was not in same}
    return tuple(Question(was, now, before.method.name_of(was)) for was, now in found.items())


def _running(report: RebasePage | None, before: Release | None) -> tuple[tuple[Text, int], ...]:
    if report is None or before is None:
        return ()
    return tuple((before.method.name_of(phase) if phase else Text("–"), count) for phase, count in report.running)
