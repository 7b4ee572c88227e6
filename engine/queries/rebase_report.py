"""What a new version of a method does to every tailoring in force, before its owner publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from engine.errors import JalonError, NotAllowed
from engine.overlay import Change, Difference, Entry, Question, check_version, difference, rebase, release_of
from engine.overlay import read as overlay_of
from engine.people import METHOD_OWNER, WHO
from engine.queries.view import View
from engine.release import Release
from engine.store.overlays import known_as
from engine.store.releases import releases_of
from engine.store.tables import OverlayRow, ProjectRow, ReleaseRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class RebaseReport:
    """What a new version of a method does to every tailoring in force."""

    files: dict[str, bytes]  #: the diagrams of the new version, by name
    same: dict[str, str] = field(default_factory=dict)  #: answers to the questions: old id -> new id


@dataclass(frozen=True, slots=True)
class RebaseLine:
    """One service."""

    service: str  #: code
    name: Text
    overlay: int
    version: str  #: that it is made for
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    refused: Text  #: why even what is left cannot be woven; mostly empty

    @property
    def blocks(self) -> int:
        return sum(each.blocks for each in self.entries) + bool(self.refused)

    @property
    def looked(self) -> int:
        """To be acknowledged."""
        return sum(not each.blocks for each in self.entries)


@dataclass(frozen=True, slots=True)
class RebasePage:
    method: str
    version: str
    level: str  #: of the difference: none, patch, minor, major
    changes: tuple[Change, ...]
    number: Text  #: why the version number is too small; empty where it is not
    lines: tuple[RebaseLine, ...]
    running: tuple[tuple[str, int], ...]  #: phase, projects of the method that are in it: they stay where they are

    @property
    def clean(self) -> int:
        return sum(not each.entries and not each.refused for each in self.lines)

    @property
    def blocked(self) -> int:
        return sum(bool(each.blocks) for each in self.lines)


def read(view: View, query: RebaseReport) -> RebasePage:
    """Raises `MethodRefused` for files that could not be published."""
    if view.actor.id and not view.actor.holds(METHOD_OWNER):
        verb = Text("comparer une nouvelle version aux aménagements", "compare a new version with tailorings")
        raise NotAllowed(verb=verb, who=WHO["publish"])
    new = release_of(query.files)
    published = _published(view, new.method.id)
    last = next(iter(published.values()), None)
    found = difference(last, new, query.same) if last is not None else Difference(())
    return RebasePage(
        method=new.method.id,
        version=new.method.version,
        level=found.level,
        changes=found.changes,
        number=_number(last, new, query.same),
        lines=tuple(_lines(view, new, published, query.same)),
        running=_running(view, new.method.id),
    )


def _published(view: View, method: str) -> dict[str, Release]:
    """By version, the last one first."""
    return {row.version: view.release(row.id) for row in releases_of(view.session, method)}


def _number(last: Release | None, new: Release, same: Mapping[str, str]) -> Text:
    try:
        if last is not None:
            check_version(last, new, same)
    except JalonError as refusal:
        return refusal.said
    return Text("")


def _lines(view: View, new: Release, published: Mapping[str, Release], same: Mapping[str, str]) -> list[RebaseLine]:
    rows = view.session.execute(
        select(OverlayRow, ServiceRow)
        .join(ServiceRow, ServiceRow.id == OverlayRow.service_id)
        .where(OverlayRow.method == new.method.id, OverlayRow.state == "in_force", OverlayRow.valid_until > view.now)
        .order_by(ServiceRow.path)
    )
    lines = []
    for row, service in rows:
        known = _composed(known_as(view.session, row.method, row.version), same)
        found = rebase(overlay_of(row.content.encode(), service.code), published[row.version], new, known)
        name = Text(service.name_fr, service.name_en)
        lines.append(
            RebaseLine(service.code, name, row.id, row.version, found.entries, found.questions, found.refused)
        )  # fmt: skip
    return lines


def _composed(known: Mapping[str, str], same: Mapping[str, str]) -> dict[str, str]:
    """What was the same step until the last release, and is in the new one."""
    return dict(same) | {was: same.get(now, now) for was, now in known.items()}


def _running(view: View, method: str) -> tuple[tuple[str, int], ...]:
    rows = view.session.execute(
        select(ProjectRow.phase, func.count(ProjectRow.id))
        .join(ReleaseRow, ReleaseRow.id == ProjectRow.release_id)
        .where(ReleaseRow.method == method, ProjectRow.status.in_(("running", "held")))
        .group_by(ProjectRow.phase)
        .order_by(ProjectRow.phase)
    )
    return tuple((phase, count) for phase, count in rows)
