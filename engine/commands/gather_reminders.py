"""Note what people are to be told today of what is due: some tasks, actions or deviations, in one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, insert, or_, select, update

from engine.people import seat_of
from engine.reminders import ESCALATED, mark_on, passed_by
from engine.store.act import Act
from engine.store.organisation import who_answers, who_is_told
from engine.store.overlays import IN_FORCE
from engine.store.tables import (
    BallotRow,
    CallRow,
    EntryRow,
    HoldingRow,
    NoticeRow,
    OverlayRow,
    ProjectRow,
    TaskRow,
    VoteRow,
)  # fmt: skip
from engine.working_time import PARIS, end_of

#: marks that a deviation is told of: before its day, and on it
BEFORE = 2
#: tasks, actions or deviations of one act
BATCH = 500


@dataclass(frozen=True, slots=True)
class GatherReminders:
    """Note what people are to be told today of what is due: some tasks, actions or deviations, in one act.

    What is seven working days late is told to the sponsor too, and kept in history. Jalon itself does it.
    """

    day: date
    what: Literal["tasks", "actions", "deviations"]
    after: int = 0  #: the last one that was looked at


@dataclass(frozen=True, slots=True)
class Gathered:
    after: int  #: where to go on; 0: nothing is left
    escalated: int  #: what a sponsor will be told of


def handle(act: Act, command: GatherReminders) -> Gathered:
    gather = {"tasks": _tasks, "actions": _actions, "deviations": _deviations}[command.what]
    return gather(act, command.day, command.after)


def _crossed(row: type[TaskRow] | type[EntryRow], day: date, last: int = ESCALATED) -> ColumnElement[bool]:
    """Has it passed a mark since it was last told of?"""
    marks = range(1, last + 1)
    return or_(*(and_(row.reminded < mark, row.due_at <= end_of(passed_by(mark, day))) for mark in marks))


def _mark(row: Row[Any], day: date) -> int:
    return mark_on(row.due_at.astimezone(PARIS).date(), day)


# --- tasks -------------------------------------------------------------------------------------------------


def _tasks(act: Act, day: date, after: int) -> Gathered:
    query = (
        select(
            TaskRow.id, TaskRow.element, TaskRow.instance, TaskRow.kind, TaskRow.due_at, TaskRow.assignee_id,
            TaskRow.seat, TaskRow.project_id,
        )
        .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
        .where(TaskRow.id > after, TaskRow.state == "open", _crossed(TaskRow, day), ProjectRow.status == "running")
        .order_by(TaskRow.id)
        .limit(BATCH)
    )  # fmt: skip
    # what someone is at this very moment is left for tomorrow: nobody waits for the reminders
    found: Any = act.session.execute(query.with_for_update(of=TaskRow, skip_locked=True) if act.locks_rows else query)
    rows = list(found)
    late, busy = _late(act, [row for row in rows if _mark(row, day) == ESCALATED])
    told = [row for row in rows if row.id not in busy]
    voters = _voters(act, told)
    notices: list[tuple[int, str, int]] = []
    for row, people in zip(told, _doers(act, told), strict=True):
        notices += [(person, "own", row.id) for person in people]
        notices += [(person, "vote", row.id) for person in voters.get(row.id, ()) if person not in people]
    for row, project in late:
        sponsors = _sponsors(act, project)
        act.record("task_escalated", project, row, element=row.element, instance=row.instance, people=sponsors)
        notices += [(person, "told", row.id) for person in sponsors]
    _note(act, TaskRow, told, day)
    _keep(act, [{"actor_id": actor, "kind": kind, "task_id": id} for actor, kind, id in notices])
    return Gathered(rows[-1].id if len(rows) == BATCH else 0, len(late))


def _doers(act: Act, rows: Sequence[Row[Any]]) -> list[list[int]]:
    """For each task its assignee, else everyone who holds its seat."""
    held = _holders(act, {row.seat for row in rows if row.assignee_id is None})
    return [[row.assignee_id] if row.assignee_id is not None else held[row.seat] for row in rows]


def _holders(act: Act, seats: Iterable[str]) -> dict[str, list[int]]:
    """Who holds each seat."""
    wanted = set(seats)
    held: dict[str, list[int]] = defaultdict(list)
    places = sorted({int(seat[1:].partition(":")[0]) for seat in wanted})
    for each in act.session.execute(
        select(HoldingRow.scope, HoldingRow.scope_id, HoldingRow.role, HoldingRow.actor_id)
        .where(HoldingRow.scope_id.in_(places))
        .order_by(HoldingRow.id)
    ):
        seat = seat_of(each.scope, each.scope_id, each.role)
        if seat in wanted:
            held[seat].append(each.actor_id)
    return held


def _voters(act: Act, rows: Sequence[Row[Any]]) -> dict[int, list[int]]:
    """Who has not voted yet at each gate whose vote is open. The lead, who presents it, never does."""
    gates = [row.id for row in rows if row.kind == "gate"]
    if not gates:
        return {}
    sessions = {
        row.task_id: row for row in act.session.execute(select(VoteRow).where(VoteRow.task_id.in_(gates))).scalars()
    }
    calls = act.session.execute(select(CallRow.task_id, CallRow.kind, CallRow.seat).where(CallRow.task_id.in_(gates)))
    called = list(calls)
    held = _holders(act, {each.seat for each in called})
    cast = {
        (task, number, actor)
        for task, number, actor in act.session.execute(
            select(BallotRow.task_id, BallotRow.session, BallotRow.actor_id).where(BallotRow.task_id.in_(gates))
        )
    }
    found: dict[int, list[int]] = defaultdict(list)
    for each in called:
        vote = sessions.get(each.task_id)
        if each.kind != "vote" or (vote is not None and vote.closed_at is not None):
            continue
        number = vote.session if vote is not None else 1
        presents = {
            person
            for one in called
            if one.task_id == each.task_id and one.kind == "present"
            for person in held[one.seat]
        }
        for person in held[each.seat]:
            voted = (each.task_id, number, person) in cast
            if not voted and person not in presents and person not in found[each.task_id]:
                found[each.task_id].append(person)
    return found


# --- actions -----------------------------------------------------------------------------------------------


def _actions(act: Act, day: date, after: int) -> Gathered:
    """Entries with an owner and a date, of any register but the confidential one: no message says a word of it."""
    query = (
        select(EntryRow.id, EntryRow.number, EntryRow.due_at, EntryRow.owner_id, EntryRow.project_id)
        .outerjoin(ProjectRow, ProjectRow.id == EntryRow.project_id)
        .where(
            EntryRow.id > after, EntryRow.closed_at.is_(None), EntryRow.owner_id.is_not(None),
            EntryRow.register != "resistance", _crossed(EntryRow, day),
            or_(EntryRow.project_id.is_(None), ProjectRow.status != "held"),
        )
        .order_by(EntryRow.id)
        .limit(BATCH)
    )  # fmt: skip
    found: Any = act.session.execute(query.with_for_update(of=EntryRow, skip_locked=True) if act.locks_rows else query)
    rows = list(found)
    overdue = [row for row in rows if _mark(row, day) == ESCALATED]
    late, busy = _late(act, [row for row in overdue if row.project_id is not None])
    told = [row for row in rows if row.id not in busy]
    notices = [(row.owner_id, "own", row.id) for row in told]
    outside = [(row, None) for row in overdue if row.project_id is None]
    for row, project in [*late, *outside]:
        sponsors = _sponsors(act, project) if project is not None else who_is_told(act)
        people = [each for each in sponsors if each != row.owner_id]
        act.record("action_escalated", project, entry=row.id, number=row.number, people=people)
        notices += [(person, "told", row.id) for person in people]
    _note(act, EntryRow, told, day)
    _keep(act, [{"actor_id": actor, "kind": kind, "entry_id": id} for actor, kind, id in notices])
    return Gathered(rows[-1].id if len(rows) == BATCH else 0, len(late) + len(outside))


# --- deviations ----------------------------------------------------------------------------------------------


def _deviations(act: Act, day: date, after: int) -> Gathered:
    """What was granted until a day, before that day and on it: who asked for it, and who leads the project; of a
    department's tailoring, who answers for the methods too. Once it is past, the gates say so.
    """
    query = (
        select(EntryRow.id, EntryRow.due_at, EntryRow.author_id, EntryRow.owner_id, EntryRow.project_id)
        .outerjoin(ProjectRow, ProjectRow.id == EntryRow.project_id)
        .outerjoin(OverlayRow, and_(EntryRow.origin == "overlay", OverlayRow.id == EntryRow.origin_id))
        .where(
            EntryRow.id > after, EntryRow.register == "deviation", EntryRow.state == "approved",
            _crossed(EntryRow, day, BEFORE),
            or_(ProjectRow.status.in_(("running", "held")), OverlayRow.state == IN_FORCE),
        )
        .order_by(EntryRow.id)
        .limit(BATCH)
    )  # fmt: skip
    found: Any = act.session.execute(query.with_for_update(of=EntryRow, skip_locked=True) if act.locks_rows else query)
    rows = list(found)
    notices = [(person, row.id) for row in rows for person in _concerned(act, row)]
    _note(act, EntryRow, rows, day)
    _keep(act, [{"actor_id": actor, "kind": "own", "entry_id": id} for actor, id in notices])
    return Gathered(rows[-1].id if len(rows) == BATCH else 0, 0)


def _concerned(act: Act, row: Row[Any]) -> list[int]:
    people = [row.author_id, row.owner_id]
    if row.project_id is None:
        people += who_answers(act)
    else:
        project = act.session.execute(select(ProjectRow).where(ProjectRow.id == row.project_id)).scalar_one()
        lead = act.release(project.release_id).method.lead
        people += [each.actor for each in act.held(project)[1][lead].holders]
    return [each for each in dict.fromkeys(people) if each is not None]


# --- both --------------------------------------------------------------------------------------------------


def _late(act: Act, rows: Sequence[Row[Any]]) -> tuple[list[tuple[Any, ProjectRow]], set[int]]:
    """Each with its project, locked, since its history will say so; and those whose project someone is at."""
    wanted = {row.project_id for row in rows}
    query = select(ProjectRow).where(ProjectRow.id.in_(wanted)).order_by(ProjectRow.id)
    found = act.session.execute(query.with_for_update(skip_locked=True) if act.locks_rows else query).scalars()
    projects = {row.id: row for row in found} if wanted else {}
    late = [(row, projects[row.project_id]) for row in rows if row.project_id in projects]
    return late, {row.id for row in rows if row.project_id not in projects}


def _sponsors(act: Act, project: ProjectRow) -> list[int]:
    _, held = act.held(project)
    return [each.actor for each in held[act.release(project.release_id).method.sponsor].holders]


def _note(act: Act, kind: type[TaskRow] | type[EntryRow], rows: Sequence[Row[Any]], day: date) -> None:
    """The mark that each has passed; not a change that outdates an open page."""
    by_mark: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_mark[_mark(row, day)].append(row.id)
    for mark, ids in by_mark.items():
        act.session.execute(
            update(kind)
            .where(kind.id.in_(ids))
            .values(reminded=mark)
            .execution_options(synchronize_session=False)
        )  # fmt: skip


def _keep(act: Act, notices: Sequence[dict[str, Any]]) -> None:
    if notices:
        nothing = {"task_id": None, "entry_id": None, "project_id": None, "at": act.now}
        act.write(_NOTICES, [nothing | each for each in notices])


_NOTICES = insert(NoticeRow.__table__)  # type: ignore[arg-type]
