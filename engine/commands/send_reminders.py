"""Write to people what was gathered for them today, one message each: some people in one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, or_, select

from engine.reminders import Late, News, Reminder, letter
from engine.store.act import Act
from engine.store.entries import title_of
from engine.store.outbox import mail
from engine.store.tables import NEVER, ActorRow, EntryRow, MessageRow, NoticeRow, ProjectRow, TaskRow
from engine.words import Text
from engine.working_time import PARIS

ENDS = Text("Terme de la dérogation « {title} »", "End of the deviation “{title}”")
#: people of one act
BATCH = 25
#: rows that one statement names
NAMED = 500


@dataclass(frozen=True, slots=True)
class SendReminders:
    """Write to people what was gathered for them today, one message each: some people in one act.

    A second message of the same day to the same person waits for the next one. Jalon itself does it.
    """

    day: date
    after: int = 0  #: the last actor who was looked at


@dataclass(frozen=True, slots=True)
class Reminded:
    after: int  #: where to go on; 0: nobody is left
    messages: int


def handle(act: Act, command: SendReminders) -> Reminded:
    people = list(
        act.session.execute(
            select(NoticeRow.actor_id)
            .where(NoticeRow.actor_id > command.after)
            .distinct()
            .order_by(NoticeRow.actor_id)
            .limit(BATCH)
        ).scalars()
    )
    notices: dict[int, list[NoticeRow]] = defaultdict(list)
    waiting = set(people) - _told_before(act, people, command.day)
    for row in act.session.execute(
        select(NoticeRow).where(NoticeRow.actor_id.in_(waiting)).order_by(NoticeRow.id)
    ).scalars():
        notices[row.actor_id].append(row)
    told = _Told(act, [row for each in notices.values() for row in each])
    sent = sum(_write(act, person, command.day, told.news(notices[person.id])) for person in _active(act, waiting))
    _forget(act, [row.id for each in notices.values() for row in each])
    return Reminded(people[-1] if len(people) == BATCH else 0, sent)


def _told_before(act: Act, people: Sequence[int], day: date) -> set[int]:
    """Who has had their message of the day."""
    keys = {key_of(day, each): each for each in people}
    sent = act.session.execute(select(MessageRow.key).where(MessageRow.key.in_(keys))).scalars()
    return {keys[each] for each in sent}


def key_of(day: date, person: int) -> str:
    """Of the one message of a day to a person."""
    return f"reminder-{day}-{person}"


def _active(act: Act, ids: Iterable[int]) -> list[ActorRow]:
    query = select(ActorRow).where(ActorRow.id.in_(ids), ActorRow.active).order_by(ActorRow.id)
    return list(act.session.execute(query).scalars())


def _write(act: Act, person: ActorRow, day: date, news: News) -> bool:
    if not news:
        return False
    said = letter(person.language, person.name, news, day, act.settings.base, guest=person.kind == "guest")
    return mail(act, person, key_of(day, person.id), *said)


def _forget(act: Act, ids: Sequence[int]) -> None:
    for some in _parts(ids):
        act.session.execute(
            delete(NoticeRow).where(NoticeRow.id.in_(some)).execution_options(synchronize_session=False)
        )


class _Told:
    """What notices are about, as it stands now: what was done since they were gathered is told to nobody."""

    def __init__(self, act: Act, notices: Sequence[NoticeRow]) -> None:
        self.act = act
        self.tasks = self._tasks({row.task_id for row in notices if row.task_id is not None})
        self.entries = self._entries({row.entry_id for row in notices if row.entry_id is not None})
        self.projects = self._projects({row.project_id for row in notices if row.project_id is not None})

    def news(self, notices: Iterable[NoticeRow]) -> News:
        found: dict[str, list[Reminder]] = {"own": [], "vote": [], "told": [], "watch": []}
        late: list[Late] = []
        for row in notices:
            about = self.tasks.get(row.task_id or 0) or self.entries.get(row.entry_id or 0)
            if about is not None and row.kind in found:
                found[row.kind].append(about)
            if row.project_id in self.projects:
                late.append(self.projects[row.project_id])
        soonest = {kind: sorted(each, key=lambda one: (one.due, one.path)) for kind, each in found.items()}
        return News(
            soonest["own"],
            soonest["vote"],
            soonest["told"],
            sorted(late, key=lambda each: each.since),
            soonest["watch"],
        )

    def _tasks(self, ids: set[int]) -> dict[int, Reminder]:
        found: dict[int, Reminder] = {}
        for some in _parts(sorted(ids)):
            query = (
                select(TaskRow.id, TaskRow.element, TaskRow.due_at, ProjectRow.title, ProjectRow.release_id)
                .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
                .where(TaskRow.id.in_(some), TaskRow.state == "open")
            )
            for row in self.act.session.execute(query):
                name = self.act.release(row.release_id).method.name_of(row.element)
                found[row.id] = Reminder(f"/taches/{row.id}", name, row.title, _day(row))
        return found

    def _entries(self, ids: set[int]) -> dict[int, Reminder]:
        found: dict[int, Reminder] = {}
        for some in _parts(sorted(ids)):
            query = (
                select(EntryRow, ProjectRow.title.label("project"))
                .outerjoin(ProjectRow, ProjectRow.id == EntryRow.project_id)
                .where(EntryRow.id.in_(some), or_(EntryRow.closed_at.is_(None), EntryRow.register == "deviation"))
            )
            for row, project in self.act.session.execute(query):
                name = title_of(row) if row.register != "deviation" else ENDS.format(title=title_of(row))
                found[row.id] = Reminder(f"/entrees/{row.id}", name, project or "", _day(row))
        return found

    def _projects(self, ids: set[int]) -> dict[int, Late]:
        """How much is late in each, and since when; nothing of one where nothing is any more."""
        if not ids:
            return {}
        tasks = _counted(self.act, ids, TaskRow, TaskRow.state == "open")
        actions = _counted(self.act, ids, EntryRow, EntryRow.closed_at.is_(None), EntryRow.register == "action")
        titles = self.act.session.execute(select(ProjectRow.id, ProjectRow.title).where(ProjectRow.id.in_(ids)))
        return {
            id: Late(
                f"/projets/{id}", title, tasks.get(id, NOTHING)[0], actions.get(id, NOTHING)[0],
                min(first for count, first in (tasks.get(id, NOTHING), actions.get(id, NOTHING)) if count)
                .astimezone(PARIS)
                .date(),
            )
            for id, title in titles
            if id in tasks or id in actions
        }  # fmt: skip


def _counted(act: Act, projects: set[int], row: Any, *where: Any) -> dict[int, tuple[int, datetime]]:
    """How many are late in each project, and since when the first is; not of a project where none is."""
    query = (
        select(row.project_id, func.count(), func.min(row.due_at))
        .where(row.project_id.in_(projects), row.due_at < act.now, *where)
        .group_by(row.project_id)
    )
    return {project: (count, first) for project, count, first in act.session.execute(query)}


def _day(row: Any) -> date:
    day: date = row.due_at.astimezone(PARIS).date()
    return day


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[at : at + NAMED] for at in range(0, len(ids), NAMED)]


NOTHING = (0, NEVER)
