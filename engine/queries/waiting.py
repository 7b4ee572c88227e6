"""What waits for an actor: disjoint branches, each the head of an index of its own, whatever the number of open tasks.

Assigned to them; open to one of their roles, a branch a seat; gates to which they are called; tasks that nobody took in
a project that they lead. An `OR` of these would read every open task. What a page shows of a project is looked up for
the rows that it shows, never joined before the limit, but for its status. In SQL as it is read: composing a branch a
seat out of expressions costs more than the databases take to answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, literal_column, text
from sqlalchemy.orm import Session

from engine.mandates import Stood
from engine.people import Actor
from engine.store.tables import Moment, TaskRow

#: seats that are looked at one by one: over several at once, a database may prefer to read every open task by date;
#: SQLite unites five hundred selects at most
MOST_SEATS = 100
#: mandates and seats that one person's lists follow
MOST_STOOD = 40

#: written out, not bound: an index of the open tasks answers only who says "open" in the statement itself
OPEN: ColumnElement[bool] = TaskRow.state == literal_column("'open'")
#: the task's project is neither held nor ended
RUNNING = "EXISTS (SELECT 1 FROM jalon_projects p WHERE p.id = t.project_id AND p.status = 'running')"

#: to vote, once and while the vote is open; or to present, until the decision; not one that is theirs anyway
CALLED = """
t.kind = 'gate'
AND t.id IN (
    SELECT c.task_id FROM jalon_calls c WHERE c.seat IN :seats AND (
        c.kind = 'present'
        OR NOT EXISTS (
            SELECT 1 FROM jalon_ballots b LEFT JOIN jalon_votes v ON v.task_id = b.task_id
            WHERE b.task_id = c.task_id AND b.actor_id = :me AND b.session = coalesce(v.session, 1)
        ) AND NOT EXISTS (SELECT 1 FROM jalon_votes v WHERE v.task_id = c.task_id AND v.closed_at IS NOT NULL)
    )
)
AND (t.assignee_id IS NOT NULL AND t.assignee_id <> :me OR t.assignee_id IS NULL AND t.seat NOT IN :seats)
"""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way in which a task `t` waits for an actor. No task is in two branches."""

    where: str
    said: Mapping[str, Any] = field(default_factory=dict)


def assigned(actor: Actor) -> list[Branch]:
    return [Branch("t.assignee_id = :me", {"me": actor.id})]


def seated(actor: Actor) -> list[Branch]:
    """Open to one of their roles."""
    # seats in services first, where most tasks wait
    seats = sorted(actor.seats, reverse=True)
    found = [
        Branch(f"t.assignee_id IS NULL AND t.seat = :seat{number}", {f"seat{number}": seat})
        for number, seat in enumerate(seats[:MOST_SEATS])
    ]
    others = seats[MOST_SEATS:]
    return [*found, Branch("t.assignee_id IS NULL AND t.seat IN :others", {"others": others})] if others else found


def called(actor: Actor) -> list[Branch]:
    """Gates that are not theirs, yet wait for them. Costs what there are calls to their seats."""
    return [Branch(CALLED, {"me": actor.id, "seats": sorted(actor.seats)})] if actor.seats else []


def stood_for(actor: Actor) -> list[Branch]:
    """What waits for those whom they stand in for, as far as their mandates go; some of it may be theirs too."""
    found = [branch for number, each in enumerate(actor.stood[:MOST_STOOD]) for branch in _of(f"z{number}", each)]
    return found


def _of(at: str, each: Stood) -> list[Branch]:
    said: dict[str, Any] = {f"{at}me": each.actor}
    also = ""
    if each.project is not None:
        also, said[f"{at}project"] = f" AND t.project_id = :{at}project", each.project
    role = ""
    if each.role:
        role, said[f"{at}role"] = f" AND t.role = :{at}role", each.role
    found = [Branch(f"t.assignee_id = :{at}me{role}{also}", said)]
    if each.seat:
        seats = {f"{at}me": each.actor, f"{at}seats": [each.seat]} | _only(said, f"{at}project")
        found.append(
            Branch(f"t.assignee_id IS NULL AND t.seat IN :{at}seats{also}", _only(seats, f"{at}seats", f"{at}project"))
        )
        found.append(Branch(CALLED.replace(":me", f":{at}me").replace(":seats", f":{at}seats") + also, seats))
    return found


def _only(said: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: said[name] for name in names if name in said}


def untaken(actor: Actor, projects: Sequence[int]) -> list[Branch]:
    """Taken by nobody, and open to other roles than theirs, in `projects`."""
    where = "t.assignee_id IS NULL AND t.project_id IN :led AND t.seat NOT IN :seats"
    return [Branch(where, {"led": projects, "seats": sorted(actor.seats)})] if projects else []


def unique(actor: Actor, columns: str) -> str:
    """What to select of `heads`, each task once: a task may wait for somebody and for their deputy alike."""
    return f"DISTINCT {columns}" if actor.stood else columns


def heads(branches: Iterable[Branch], columns: str, filters: Iterable[str], order: str, size: int) -> str:
    """The first `size` open tasks of each branch, one branch after the other, to select from."""
    also = "".join(f" AND {each}" for each in filters)
    parts = [
        f"SELECT * FROM (SELECT {columns} FROM jalon_tasks t WHERE t.state = 'open' AND {each.where}{also} "
        f"ORDER BY {order} LIMIT {size}) b{number}"
        for number, each in enumerate(branches)
    ]
    return f"({' UNION ALL '.join(parts)})"


def ask(session: Session, statement: str, branches: Iterable[Branch], **said: Any) -> Sequence[Row[Any]]:
    """The rows of a statement over `heads`, with what its branches say."""
    for each in branches:
        said |= each.said
    return session.execute(text(statement).bindparams(*(_bound(*each) for each in said.items()))).all()


def _bound(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return bindparam(name, value, expanding=True)
    return bindparam(name, value, type_=Moment()) if hasattr(value, "tzinfo") else bindparam(name, value)
