"""The form of a new entry: of a register, or of what follows from a watch entry or a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.choices import offered_by_all
from engine.errors import NotFound
from engine.method import Field, Item
from engine.people import taking_part
from engine.queries.entry_lines import project_of, standing
from engine.queries.lines import ActorLine, ChoiceLine
from engine.queries.view import View
from engine.registers import REGISTERS
from engine.store.tables import ProjectRow
from engine.words import Text

#: that an entry may be moved to, the latest first
MOST_PROJECTS = 200


@dataclass(frozen=True, slots=True)
class EntryFormOf:
    register: str
    project: int | None = None


@dataclass(frozen=True, slots=True)
class EntryForm:
    register: str
    name: Text
    one: Text
    project: int | None
    project_title: str
    form: tuple[Field, ...]
    choices: dict[str, tuple[ChoiceLine, ...]]
    people: tuple[ActorLine, ...]
    items: dict[str, tuple[Item, ...]]  #: none: no register has a checklist
    proposes: bool  #: it will be a proposal, until the lead accepts it
    returns: bool  #: who opens it may see it afterwards
    registers: tuple[ChoiceLine, ...]  #: the others that one may open here
    projects: tuple[ChoiceLine, ...]  #: where the actor takes part; without a project only
    confidential: bool


def read(view: View, query: EntryFormOf) -> EntryForm:
    register = REGISTERS.get(query.register)
    project = project_of(view, query.project)
    who = standing(view, project)
    # without a project: one is still to be chosen, or it is the organisation's
    elsewhere = project is None and not view.actor.guest
    if register is None or not (who.may_open(register) or elsewhere):
        raise NotFound
    form = register.form(who.proposes(register))
    offered = offered_by_all(view.session, form)
    return EntryForm(
        register=register.id, name=register.name, one=register.one,
        project=project.id if project is not None else None, project_title=project.title if project is not None else "",
        form=form, people=view.directory(), items={}, proposes=who.proposes(register), returns=who.sees(register),
        choices={key: tuple(ChoiceLine(each.value, each.label) for each in some) for key, some in offered.items()},
        registers=tuple(ChoiceLine(each.id, each.name) for each in REGISTERS.values() if who.may_open(each)),
        projects=_projects(view) if project is None else (), confidential=register.confidential,
    )  # fmt: skip


def _projects(view: View) -> tuple[ChoiceLine, ...]:
    rows: Any = view.session.execute(
        select(ProjectRow.id, ProjectRow.title)
        .where(ProjectRow.id.in_(taking_part(view.actor)), ProjectRow.status.in_(("running", "held")))
        .order_by(ProjectRow.id.desc())
        .limit(MOST_PROJECTS)
    )
    return tuple(ChoiceLine(str(id), Text(title)) for id, title in rows)
