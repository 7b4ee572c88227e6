"""Open an entry in a register of a project, or of the organisation; who does not steer proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.entering import answered, enter
from engine.errors import NotAllowed, NotFound, ProjectEnded
from engine.history import STATUSES
from engine.registers import REGISTERS, Register
from engine.store.act import Act
from engine.store.circles import Before, before
from engine.store.tables import EntryRow, ProjectRow, TaskRow
from engine.words import Text

#: what an entry may come from, as a page says it
ORIGINS = ("task", "gate", "entry")


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """Open an entry in a register of a project, or of the organisation; who does not steer proposes."""

    register: str
    values: dict[str, Any] = field(default_factory=dict)  #: by the register's fields
    project: int | None = None
    origin: str = ""  #: task, gate, entry
    origin_id: int | None = None
    unnamed: bool = False  #: an idea whose author nobody is to know


@dataclass(frozen=True, slots=True)
class EntryOpened:
    entry: int  #: 0 where who opened it may not see it
    number: int


def handle(act: Act, command: OpenEntry) -> EntryOpened:
    register = register_of(command.register)
    project = act.project(command.project) if command.project is not None else None
    who = standing(act, project)
    if project is not None:
        must_be_going(project)
    if not who.may_open(register):
        raise NotAllowed(verb=OPENING.format(register=register.name), who=OPENERS)
    must_be_theirs(act, project, command.origin, command.origin_id)
    proposes = who.proposes(register)
    said = answered(act, register.form(proposes), command.values, register.one)
    act.unnamed = command.unnamed and register.id == "idea"
    before_it = _the_same(act, said) if act.unnamed else None
    if before_it is not None:
        return EntryOpened(before_it.id, before_it.number)
    row = enter(
        act, register, project, said, origin=command.origin, origin_id=command.origin_id, proposes=proposes
    )  # fmt: skip
    return EntryOpened(row.id, row.number) if who.sees_entry(row) else EntryOpened(0, 0)


def register_of(id: str) -> Register:
    """Raises `NotFound` for what is no register."""
    if id not in REGISTERS:
        raise NotFound
    return REGISTERS[id]


def standing(act: Act, project: ProjectRow | None) -> Before:
    """Who acts, before the registers of the project or of the organisation."""
    if project is None:
        return before(act.actor)
    path, held = act.held(project)
    return before(act.actor, project, act.release(project.release_id).method, held, path)


def must_be_going(project: ProjectRow) -> None:
    """Raises `ProjectEnded`; a project on hold keeps its registers open."""
    if project.status not in ("running", "held"):
        raise ProjectEnded(project=project.title, state=STATUSES[project.status])


def must_be_theirs(act: Act, project: ProjectRow | None, origin: str, id: int | None) -> None:
    """Raises `NotFound` where what an entry comes from is not of this project, or not for this actor's eyes."""
    if not origin:
        return
    if origin not in ORIGINS or id is None:
        raise NotFound
    if origin == "entry":
        found = act.session.get(EntryRow, id)
        if found is None or not standing(act, _of(act, found)).sees_entry(found):
            raise NotFound
        return
    task = act.session.execute(select(TaskRow.project_id).where(TaskRow.id == id)).scalar()
    if project is None or task != project.id:
        raise NotFound


def _of(act: Act, entry: EntryRow) -> ProjectRow | None:
    return act.project(entry.project_id) if entry.project_id is not None else None


def _the_same(act: Act, said: Mapping[str, Any]) -> EntryRow | None:
    """The same idea sent twice: without a name, no key can tell that it is a repeat."""
    return act.session.execute(
        select(EntryRow)
        .where(
            EntryRow.register == "idea", EntryRow.project_id.is_(None), EntryRow.author_id.is_(None),
            EntryRow.state == "received", EntryRow.title == said["title"], EntryRow.body == said["body"],
        )
        .order_by(EntryRow.id.desc())
        .limit(1)
    ).scalar()  # fmt: skip


OPENING = Text("ouvrir une entrée dans « {register} »", "open an entry in “{register}”")
OPENERS = Text(
    "qui participe au projet, ou le chef de projet pour une décision",
    "whoever takes part in the project, or the project lead for a decision",
)
