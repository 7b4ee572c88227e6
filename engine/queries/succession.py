"""What whoever takes up a project has to know, on one page: what is open, what was decided, what was promised."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from engine.errors import NotFound
from engine.queries import project_page
from engine.queries.lines import ActorLine, WeatherLine
from engine.queries.project_page import ProjectPage, ProjectPageOf
from engine.queries.view import View, weather_line
from engine.store.entries import body_of, title_of
from engine.store.tables import NEVER, BaselineRow, EntryRow, MeetingRow, WeatherRow
from engine.words import Text

#: entries of one register, meetings, weathers
MOST = 200
LAST = 10


@dataclass(frozen=True, slots=True)
class SuccessionPageOf:
    """The page for a successor. Who takes part in the project sees it; others get `NotFound`."""

    project: int


@dataclass(frozen=True, slots=True)
class EntryOfIt:
    """An entry of a register, in brief."""

    id: int
    register: str
    number: int
    title: str
    body: str
    owner: ActorLine | None
    due: datetime | None
    late: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingOfIt:
    id: int
    title: str
    held_on: date
    closed: bool


@dataclass(frozen=True, slots=True)
class SuccessionPage:
    project: ProjectPage
    actions: tuple[EntryOfIt, ...]  #: open ones, soonest first
    risks: tuple[EntryOfIt, ...]  #: open ones, highest first
    changes: tuple[EntryOfIt, ...]  #: those not decided
    decisions: tuple[EntryOfIt, ...]  #: of the register, the last first; those of gates are in `project`
    meetings: tuple[MeetingOfIt, ...]  #: the last ones
    weathers: tuple[WeatherLine, ...]  #: the last ones
    promised: tuple[tuple[Text, str], ...]  #: the baseline: what, and how much or when


def read(view: View, query: SuccessionPageOf) -> SuccessionPage:
    project: ProjectPage = project_page.read(view, ProjectPageOf(query.project))
    if "see_tasks" not in project.can or view.actor.guest:
        raise NotFound
    open_ = EntryRow.closed_at.is_(None)
    return SuccessionPage(
        project=project,
        actions=_entries(view, query, EntryRow.due_at, EntryRow.register == "action", open_),
        risks=_entries(view, query, EntryRow.level.desc(), EntryRow.register == "risk", open_),
        changes=_entries(view, query, EntryRow.id, EntryRow.register == "change", open_),
        decisions=_entries(view, query, EntryRow.id.desc(), EntryRow.register == "decision"),
        meetings=_meetings(view, query.project),
        weathers=_weathers(view, query.project),
        promised=_promised(view, query.project),
    )


def _entries(view: View, query: SuccessionPageOf, order: Any, *where: Any) -> tuple[EntryOfIt, ...]:
    wanted = select(EntryRow).where(EntryRow.project_id == query.project, *where).order_by(order, EntryRow.id)
    rows = list(view.session.execute(wanted.limit(MOST)).scalars())
    people, language = view.people(row.owner_id for row in rows), view.actor.language
    return tuple(
        EntryOfIt(
            row.id, row.register, row.number, title_of(row).read(language), body_of(row).read(language),
            people.get(row.owner_id or 0),
            row.due_at if row.due_at < NEVER else None, row.closed_at is None and row.due_at < view.now, row.at,
        )
        for row in rows
    )  # fmt: skip


def _meetings(view: View, project: int) -> tuple[MeetingOfIt, ...]:
    query = select(MeetingRow).where(MeetingRow.project_id == project).order_by(MeetingRow.id.desc()).limit(LAST)
    rows = view.session.execute(query).scalars()
    return tuple(MeetingOfIt(row.id, row.title, row.held_on, row.closed_at is not None) for row in rows)


def _weathers(view: View, project: int) -> tuple[WeatherLine, ...]:
    query = select(WeatherRow).where(WeatherRow.project_id == project).order_by(WeatherRow.id.desc()).limit(LAST)
    rows = list(view.session.execute(query).scalars())
    people = view.people(row.actor_id for row in rows)
    return tuple(weather_line(row, people[row.actor_id]) for row in rows)


def _promised(view: View, project: int) -> tuple[tuple[Text, str], ...]:
    """The last baseline, in words: what it holds that is a date or a figure."""
    query = select(BaselineRow.promised).where(BaselineRow.project_id == project).order_by(BaselineRow.id.desc())
    said = view.session.execute(query.limit(1)).scalar()
    kept = json.loads(said or "{}")
    return tuple(
        (name, str(kept[key])) for key, name in PROMISES.items() if isinstance(kept.get(key), str | int | float)
    )


PROMISES: dict[str, Text] = {
    "end": Text("Fin", "End"),
    "cost": Text("Coût", "Cost"),
    "scope": Text("Périmètre", "Scope"),
}
