"""A meeting: its agenda, its minutes, what it sent to the registers; and the meetings of a project.

Who takes part in the project sees them. Attendance is for the lead, and for who notes it while the meeting is open;
resistances for the lead and the sponsor.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from engine.errors import NotFound
from engine.meetings import CONFIDENTIAL, SECTIONS, Point, agenda, thawed
from engine.method import MEETINGS, Field
from engine.people import Held, steers, taking_part
from engine.queries.lines import ActorLine, ChoiceLine
from engine.queries.view import View
from engine.registers import REGISTERS
from engine.release import Release
from engine.store.tables import NEVER, EntryRow, MeetingRow, ProjectRow, ServiceRow, TaskRow
from engine.words import Text

#: registers that a line typed in a meeting may go to
FED = ("action", "decision", "risk")
#: meetings of one page
MOST = 100


@dataclass(frozen=True, slots=True)
class MeetingPageOf:
    meeting: int


@dataclass(frozen=True, slots=True)
class AgendaLine:
    text: Text
    about: str  #: task, entry, reserve, gate
    id: int
    owner: ActorLine | None
    due: datetime | None


@dataclass(frozen=True, slots=True)
class AgendaPart:
    section: str
    name: Text
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True, slots=True)
class SentLine:
    """What the meeting sent to a register."""

    entry: int
    register: str
    name: Text  #: of one entry of it
    number: int
    title: str
    owner: ActorLine | None
    due: datetime | None
    closed: bool


@dataclass(frozen=True, slots=True)
class MeetingPage:
    id: int
    project: int
    project_title: str
    kind: str
    kind_name: Text
    title: str
    held_on: date
    task: int | None  #: the occurrence that asked for it
    author: ActorLine
    agenda: tuple[AgendaPart, ...]  #: as things stand; once closed, as they stood
    minutes: str  #: Markdown
    present: tuple[ActorLine, ...]  #: empty for who may not see it
    sent: tuple[SentLine, ...]
    asks: tuple[Field, ...]  #: what else the occurrence's form asks before it can be closed
    closed_at: datetime | None
    revision: int
    directory: tuple[ActorLine, ...]  #: for who writes
    registers: tuple[ChoiceLine, ...]  #: to which a line may go
    can: frozenset[str]  #: write, see_attendance


@dataclass(frozen=True, slots=True)
class Meetings:
    """`kind` empty: all; `open`: those not closed only."""

    project: int
    kind: str = ""
    open: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    id: int
    kind_name: Text
    title: str
    held_on: date
    author: ActorLine
    sent: int  #: lines in the registers
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """How often a person came to the meetings that are closed."""

    actor: ActorLine
    came: int
    of: int


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    project: int
    project_title: str
    meetings: tuple[MeetingLine, ...]  #: the latest first
    kinds: tuple[ChoiceLine, ...]
    attendance: tuple[AttendanceLine, ...]  #: for the lead only
    after: str
    can: frozenset[str]  #: call


def read_meeting(view: View, query: MeetingPageOf) -> MeetingPage:
    row = view.session.execute(select(MeetingRow).where(MeetingRow.id == query.meeting)).scalar_one_or_none()
    if row is None:
        raise NotFound
    project, release, held = _inside(view, row.project_id)
    may = _may(view, row, project, release, held)
    points = thawed(row.agenda) if row.closed_at else agenda(view.session, view.now, project, release.method)
    present = json.loads(row.present) if "see_attendance" in may else []
    people = view.people([row.author_id, *present, *(each.owner for each in points)])
    return MeetingPage(
        id=row.id, project=project.id, project_title=project.title, kind=row.kind, kind_name=MEETINGS[row.kind],
        title=row.title, held_on=row.held_on, task=row.task_id, author=people[row.author_id],
        agenda=_parts(view, points, steers(view.actor.id, release.method, held)), minutes=row.minutes,
        present=tuple(people[each] for each in present if each in people), sent=_sent(view, row.id),
        asks=_asks(view, row, release) if "write" in may else (), closed_at=row.closed_at, revision=row.revision,
        directory=view.directory() if "write" in may else (),
        registers=tuple(ChoiceLine(each, REGISTERS[each].one) for each in FED), can=may,
    )  # fmt: skip


def _inside(view: View, id: int) -> tuple[ProjectRow, Release, dict[str, Held]]:
    """The project of a meeting, for who takes part in it. Raises `NotFound`."""
    query = select(ProjectRow, ServiceRow.path).join(ServiceRow, ServiceRow.id == ProjectRow.service_id)
    found = view.session.execute(query.where(ProjectRow.id == id, ProjectRow.id.in_(taking_part(view.actor)))).first()
    if found is None or view.actor.guest:
        raise NotFound
    project, path = found
    release = view.release(project.release_id)
    return project, release, view.held(project, release.method, [int(each) for each in path.split("/") if each])


def _leads(view: View, release: Release, held: dict[str, Held]) -> bool:
    return any(each.actor == view.actor.id for each in held[release.method.lead].holders)


def _may(
    view: View, row: MeetingRow, project: ProjectRow, release: Release, held: dict[str, Held]
) -> frozenset[str]:  # fmt: skip
    writes = row.closed_at is None and project.status == "running" and (
        row.author_id == view.actor.id or steers(view.actor.id, release.method, held)
    )  # fmt: skip
    notes = writes and row.author_id == view.actor.id
    sees = notes or _leads(view, release, held)
    return frozenset(({"write"} if writes else set()) | ({"see_attendance"} if sees else set()))


def _parts(view: View, points: tuple[Point, ...], steering: bool) -> tuple[AgendaPart, ...]:
    words = _confidential(view, points) if steering else {}
    people = view.people([])
    found = []
    for section, name in SECTIONS.items():
        lines = tuple(
            AgendaLine(words.get(each.id, each.text) if section == CONFIDENTIAL else each.text, each.about, each.id,
                       people.get(each.owner or 0), each.due)
            for each in points
            if each.section == section
        )  # fmt: skip
        if lines and (steering or section != CONFIDENTIAL):
            found.append(AgendaPart(section, name, lines))
    return tuple(found)


def _confidential(view: View, points: tuple[Point, ...]) -> dict[int, Text]:
    """The words of the resistances, which no agenda keeps."""
    wanted = [each.id for each in points if each.section == CONFIDENTIAL]
    rows = view.session.execute(select(EntryRow.id, EntryRow.title).where(EntryRow.id.in_(wanted)))
    return {id: Text(title) for id, title in rows}


def _sent(view: View, meeting: int) -> tuple[SentLine, ...]:
    rows = list(
        view.session.execute(
            select(EntryRow)
            .where(EntryRow.origin == "meeting", EntryRow.origin_id == meeting)
            .order_by(EntryRow.register, EntryRow.id)
        ).scalars()
    )
    people = view.people(row.owner_id for row in rows)
    return tuple(
        SentLine(
            row.id, row.register, REGISTERS[row.register].one, row.number, row.title, people.get(row.owner_id or 0),
            row.due_at if row.due_at < NEVER else None, row.closed_at is not None,
        )
        for row in rows
    )  # fmt: skip


def _asks(view: View, row: MeetingRow, release: Release) -> tuple[Field, ...]:
    """Required answers of the occurrence beside who was there: tables go to the registers line by line."""
    if row.task_id is None:
        return ()
    element = view.session.execute(select(TaskRow.element).where(TaskRow.id == row.task_id)).scalar_one()
    task = release.method.tasks.get(element)
    people = next((each.key for each in task.form if each.type == "users"), "") if task else ""
    return tuple(each for each in task.form if each.required and each.key != people) if task else ()


# --- the list ----------------------------------------------------------------------------------------------


def read_meetings(view: View, query: Meetings) -> MeetingsPage:
    project, release, held = _inside(view, query.project)
    if query.after and not (query.after.isdecimal() and len(query.after) < 19):
        raise NotFound
    wanted = select(MeetingRow).where(MeetingRow.project_id == project.id)
    if query.kind:
        wanted = wanted.where(MeetingRow.kind == query.kind)
    if query.open:
        wanted = wanted.where(MeetingRow.closed_at.is_(None))
    if query.after:
        wanted = wanted.where(MeetingRow.id < int(query.after))
    rows = list(view.session.execute(wanted.order_by(MeetingRow.id.desc()).limit(MOST + 1)).scalars())
    calls = project.status == "running" and steers(view.actor.id, release.method, held)
    return MeetingsPage(
        project=project.id, project_title=project.title, meetings=_lines(view, rows[:MOST]),
        kinds=tuple(ChoiceLine(code, name) for code, name in MEETINGS.items()),
        attendance=_attendance(view, project) if _leads(view, release, held) else (),
        after=str(rows[MOST - 1].id) if len(rows) > MOST else "", can=frozenset({"call"} if calls else ()),
    )  # fmt: skip


def _lines(view: View, rows: list[MeetingRow]) -> tuple[MeetingLine, ...]:
    people = view.people(row.author_id for row in rows)
    entries = select(EntryRow.origin_id).where(
        EntryRow.origin == "meeting", EntryRow.origin_id.in_([row.id for row in rows])
    )
    sent = Counter(view.session.execute(entries).scalars())
    return tuple(
        MeetingLine(
            row.id, MEETINGS[row.kind], row.title, row.held_on, people[row.author_id], sent[row.id], row.closed_at
        )
        for row in rows
    )  # fmt: skip


def _attendance(view: View, project: ProjectRow) -> tuple[AttendanceLine, ...]:
    held = list(
        view.session.execute(
            select(MeetingRow.present).where(MeetingRow.project_id == project.id, MeetingRow.closed_at.is_not(None))
        ).scalars()
    )
    came = Counter(actor for each in held for actor in json.loads(each))
    people = view.people(came)
    lines = [AttendanceLine(people[actor], count, len(held)) for actor, count in came.items() if actor in people]
    return tuple(sorted(lines, key=lambda line: (-line.came, line.actor.name)))
