"""The workshop: drafts of methods, and what one of them holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import undefer

from engine.diagram import drawn_in, for_camunda_8, new_file, to_draw
from engine.errors import DiagramRefused, JalonError, MethodRefused, NotFound, TooLarge
from engine.queries.draft_ways import DraftWay, ways
from engine.queries.lines import ActorLine
from engine.queries.rebase_report import RebasePage, RebaseReport
from engine.queries.rebase_report import read as reported
from engine.queries.view import View
from engine.release import unpack
from engine.review import Finding
from engine.review.reading import review_apart
from engine.store.drafts import LIVE, REVIEW, editors_of, is_undoable, must_see_drafts, reviewers
from engine.store.releases import last_releases, released
from engine.store.tables import MethodDraftRow
from engine.words import Text
from engine.workshop import archive, identity, is_for_camunda_8
from engine.workshop.identity import Drawn

#: drafts that are published or dropped, of which the list tells, the latest
MOST_CLOSED = 50


@dataclass(frozen=True, slots=True)
class MethodDrafts:
    """The drafts of methods, and what a new one may start from."""


@dataclass(frozen=True, slots=True)
class MethodDraftLine:
    id: int
    method: str
    version: str
    name: Text
    state: str  #: open, review, published, dropped
    base_version: str  #: published, that it starts from; empty: none
    revision: int
    author: ActorLine | None
    edited_by: ActorLine | None
    edited_at: datetime
    approved_by: ActorLine | None  #: of one in review: a second person approved what it is

    @property
    def live(self) -> bool:
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class MethodToTakeUp:
    """A published method of which no draft is open."""

    id: str
    name: Text
    version: str


@dataclass(frozen=True, slots=True)
class MethodDraftsPage:
    drafts: tuple[MethodDraftLine, ...]  #: those that may still change first, the last edited first
    methods: tuple[MethodToTakeUp, ...]


@dataclass(frozen=True, slots=True)
class MethodDraftOf:
    """One draft: its files, and what the review finds in them."""

    draft: int
    compared: bool = False  #: with the last release, and with how services tailor it


@dataclass(frozen=True, slots=True)
class MethodDraftPage:
    line: MethodDraftLine
    files: dict[str, bytes]
    digest: str
    camunda_8: bool  #: drawn for Camunda 8
    processes: tuple[Drawn, ...]  #: the main one first
    findings: tuple[Finding, ...]
    ways: tuple[DraftWay, ...]  #: to those of them that are not sound
    unreadable: Text  #: why the review could not be made; mostly empty
    notes: Text
    same: Mapping[str, str]  #: id of a step before -> its id now
    editors: tuple[ActorLine, ...]  #: who may not review it
    reviewer: ActorLine | None
    reviewed_at: datetime | None
    review_word: str
    approved: bool  #: a second person approved exactly this
    reviewers: tuple[ActorLine, ...]  #: who may review it: owners of methods who did not draw it
    may_review: bool
    undoable: bool  #: the last change can be taken back
    follows: Text  #: name of the published method whose next version it is; empty: it is a new one
    report: RebasePage | None  #: asked for by `compared`; None too for what could not be published

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended before it is published."""
        return tuple(each for each in self.findings if each.severity == "error")


@dataclass(frozen=True, slots=True)
class MethodDraftFiles:
    """The files of a draft as a zip, which says of which revision they are."""

    draft: int
    for_camunda_8: bool = False  #: drawn for Camunda 8, whatever the draft is drawn for
    to_draw: bool = False  #: for the modeler too


@dataclass(frozen=True, slots=True)
class MethodDraftArchive:
    name: str
    draft: int
    revision: int
    files: dict[str, bytes]
    drawings: dict[str, bytes]  #: asked for by `to_draw`: the diagrams in the words that the modeler knows
    head: str  #: what the root of a file that the modeler adds must say, to be in the dialect of the others

    @property
    def content(self) -> bytes:
        """The zip, with the element templates of its dialect."""
        return archive(self.files, self.draft, self.revision)


def read_list(view: View, query: MethodDrafts) -> MethodDraftsPage:
    must_see_drafts(view.actor)
    live = MethodDraftRow.state.in_(LIVE)
    closed = select(MethodDraftRow.id).where(~live).order_by(MethodDraftRow.id.desc()).limit(MOST_CLOSED)
    found = select(MethodDraftRow).where(or_(live, MethodDraftRow.id.in_(closed)))
    rows = list(
        view.session.execute(found.order_by(MethodDraftRow.edited_at.desc(), MethodDraftRow.id.desc())).scalars()
    )
    rows.sort(key=lambda row: row.state not in LIVE)
    view.people([id for row in rows for id in (row.author_id, row.edited_by, row.reviewer_id)])
    taken = {row.method for row in rows if row.state in LIVE}
    methods = (
        MethodToTakeUp(row.method, Text(row.name_fr, row.name_en), row.version)
        for row in last_releases(view.session)
        if row.method not in taken
    )
    return MethodDraftsPage(tuple(_line(view, row) for row in rows), tuple(methods))


def read_one(view: View, query: MethodDraftOf) -> MethodDraftPage:
    row = _row(view, query.draft)
    files, editors = unpack(row.files), editors_of(row)
    findings, unreadable = _reviewed(files)
    able = reviewers(view.session, row) if row.state in LIVE else []
    people = view.people([*editors, *able, row.author_id, row.edited_by, row.reviewer_id])
    same = json.loads(row.same)
    return MethodDraftPage(
        line=_line(view, row), files=files, digest=row.digest, camunda_8=is_for_camunda_8(files),
        processes=identity(files).processes, findings=findings,
        ways=ways(files, findings), unreadable=unreadable, notes=Text(row.notes_fr, row.notes_en), same=same,
        editors=tuple(people[id] for id in editors if id in people),
        reviewer=people.get(row.reviewer_id or 0), reviewed_at=row.reviewed_at, review_word=row.review_word,
        approved=row.reviewed_digest == row.digest, reviewers=tuple(people[id] for id in able),
        may_review=row.state == REVIEW and view.actor.id not in editors, undoable=is_undoable(row),
        follows=_followed(view, row),
        report=_report(view, files, same) if query.compared else None,
    )  # fmt: skip


def read_files(view: View, query: MethodDraftFiles) -> MethodDraftArchive:
    row = _row(view, query.draft)
    files, parts = unpack(row.files), [row.method, row.version, f"r{row.revision}"]
    if query.for_camunda_8:
        files, parts = for_camunda_8(files), [*parts, "camunda-8"]
    name = "-".join(each for each in parts if each)
    drawn = drawn_in(files) if query.to_draw else []
    return MethodDraftArchive(name, row.id, row.revision, files, to_draw(drawn), new_file(drawn))


def _row(view: View, id: int) -> MethodDraftRow:
    must_see_drafts(view.actor)
    whole = (undefer(MethodDraftRow.files), undefer(MethodDraftRow.trail))
    found = select(MethodDraftRow).where(MethodDraftRow.id == id).options(*whole)
    row = view.session.execute(found).scalar_one_or_none()
    if row is None:
        raise NotFound
    return row


def _line(view: View, row: MethodDraftRow) -> MethodDraftLine:
    return MethodDraftLine(
        id=row.id, method=row.method, version=row.version, name=Text(row.name_fr, row.name_en), state=row.state,
        base_version=row.base_version, revision=row.revision, author=view.person(row.author_id),
        edited_by=view.person(row.edited_by), edited_at=row.edited_at,
        approved_by=view.person(row.reviewer_id) if row.state == REVIEW and row.reviewed_digest == row.digest else None,
    )  # fmt: skip


def _followed(view: View, row: MethodDraftRow) -> Text:
    base = released(view.session, row.method, row.base_version) if row.base_version else None
    return Text(base.name_fr, base.name_en) if base is not None else Text("")


def _reviewed(files: Mapping[str, bytes]) -> tuple[tuple[Finding, ...], Text]:
    try:
        return review_apart(files, as_method=True).findings, Text("")
    except (DiagramRefused, TooLarge) as refusal:
        return (), refusal.said


def _report(view: View, files: dict[str, bytes], same: dict[str, str]) -> RebasePage | None:
    try:
        return reported(view, RebaseReport(files, same))
    except (MethodRefused, DiagramRefused):
        return None
    except JalonError as refusal:
        if refusal.status >= 500:
            raise
        return None
