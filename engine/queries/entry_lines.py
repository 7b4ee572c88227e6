"""Entries of registers as several pages show them, and who stands before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select, func, select

from engine.errors import NotFound
from engine.method import Field
from engine.people import visible
from engine.queries.lines import ActorLine, ServiceLine
from engine.queries.view import View
from engine.registers import OF_THE_ROW, REGISTERS
from engine.store.circles import Before, before
from engine.store.entries import body_of, facts_of, title_of
from engine.store.tables import NEVER, ChoiceRow, EntryRow, ProjectRow, ServiceRow, SupportRow
from engine.words import Text

YES, NO = Text("oui", "yes"), Text("non", "no")


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What an entry says in one field of its register, as it is read."""

    key: str
    label: Text
    value: Text
    long: bool  #: several lines


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in a list."""

    id: int
    register: str
    name: Text  #: of the register
    one: Text  #: what it calls an entry
    number: int
    title: str
    body: str
    state: str
    state_text: Text
    closed: bool
    owner: ActorLine | None
    service: ServiceLine | None
    due: datetime | None
    late: bool
    level: int
    theme: Text
    author: ActorLine | None  #: none: Jalon, or somebody who stays unnamed
    at: datetime
    closed_at: datetime | None
    proof: str
    project: int | None
    project_title: str
    supports: int
    revision: int
    said: tuple[SaidLine, ...]  #: what only its register has
    can: frozenset[str]  #: take, move


def lines(view: View, query: Select[Any], who: Before | None = None) -> tuple[EntryLine, ...]:
    """`query` starts from `entry_columns()`. `who`: before all of them; else they are the actor's own."""
    rows = view.session.execute(query).all()
    found: list[EntryRow] = [row[0] for row in rows]
    titles = {row[0].id: (row.title, row.status) for row in rows}
    words = Words(view)
    view.people([id for row in found for id in (row.owner_id, row.author_id)])
    supports = _supports(view, [row.id for row in found if row.register == "idea"])
    return tuple(line(view, row, titles[row.id], words, supports.get(row.id, 0), who) for row in found)


def line(
    view: View, row: EntryRow, project: tuple[str | None, str | None], words: Words, supports: int, who: Before | None
) -> EntryLine:
    register = REGISTERS[row.register]
    state, language = register.states[row.state], view.actor.language
    title, status = project
    due = row.due_at if row.due_at < NEVER else None
    waits = row.closed_at is None and status in (None, "running")
    return EntryLine(
        id=row.id, register=row.register, name=register.name, one=register.one, number=row.number,
        title=title_of(row).read(language), body=body_of(row).read(language), state=row.state, state_text=state.text,
        closed=row.closed_at is not None, owner=view.person(row.owner_id),
        service=words.services.get(row.service_id or 0), due=due,
        late=waits and due is not None and due < view.now, level=row.level, theme=words.theme(row.theme),
        author=view.person(row.author_id), at=row.at, closed_at=row.closed_at, proof=row.proof,
        project=row.project_id, project_title=title or "", supports=supports, revision=row.revision,
        said=said(view, register.fields, facts_of(row), words),
        can=frozenset(
            verb for verb in ("take", "move", "accept", "support", "follow") if who is not None and who.may(verb, row)
        ),
    )  # fmt: skip


def entry_columns() -> Select[Any]:
    columns: Any = select(EntryRow, ProjectRow.title, ProjectRow.status)
    found: Select[Any] = columns.outerjoin(ProjectRow, ProjectRow.id == EntryRow.project_id)
    return found


def said(view: View, fields: Sequence[Field], facts: Mapping[str, Any], words: Words) -> tuple[SaidLine, ...]:
    return tuple(
        SaidLine(each.key, each.label, _value(view, each, facts.get(each.key), words), each.type == "textarea")
        for each in fields
        if each.key not in OF_THE_ROW
    )


def _value(view: View, each: Field, value: Any, words: Words) -> Text:
    if value in (None, "", []):
        return Text("")
    if each.type == "boolean":
        return YES if value else NO
    if each.type == "user":
        person = view.person(int(value))
        return Text(person.name if person else "?")
    if each.type == "multiselect":
        names = [words.service(str(one)) for one in value]
        return Text(", ".join(name.fr for name in names), ", ".join(name.read("en") for name in names))
    labels = {option.value: option.label for option in each.options}
    return labels.get(str(value), Text(str(value)))


class Words:
    """The organisation's own words, asked once a page."""

    def __init__(self, view: View) -> None:
        self.view = view

    @cached_property
    def services(self) -> dict[int, ServiceLine]:
        """By number."""
        codes = self.view.session.execute(select(ServiceRow.id, ServiceRow.code))
        return {id: self.view.services[code] for id, code in codes}

    @cached_property
    def themes(self) -> dict[str, Text]:
        rows = self.view.session.execute(
            select(ChoiceRow.code, ChoiceRow.label_fr, ChoiceRow.label_en).where(ChoiceRow.kind == "theme")
        )
        return {code: Text(fr, en) for code, fr, en in rows}

    def theme(self, code: str) -> Text:
        return self.themes.get(code, Text(code)) if code else Text("")

    def service(self, code: str) -> Text:
        found = self.view.services.get(code)
        return found.name if found else Text(code)


def _supports(view: View, ids: Iterable[int]) -> dict[int, int]:
    wanted = list(ids)
    if not wanted:
        return {}
    rows = view.session.execute(
        select(SupportRow.entry_id, func.count()).where(SupportRow.entry_id.in_(wanted)).group_by(SupportRow.entry_id)
    )
    return {id: count for id, count in rows}


def standing(view: View, project: ProjectRow | None) -> Before:
    """Who reads, before the registers of the project or of the organisation."""
    if project is None:
        return before(view.actor)
    path = view.session.execute(select(ServiceRow.path).where(ServiceRow.id == project.service_id)).scalar_one()
    services = [int(each) for each in path.split("/") if each]
    method = view.release(project.release_id).method
    return before(view.actor, project, method, view.held(project, method, services), services)


def project_of(view: View, id: int | None) -> ProjectRow | None:
    """Raises `NotFound` for one that is not for the actor's eyes."""
    if id is None:
        return None
    found = view.session.execute(
        select(ProjectRow).where(ProjectRow.id == id, visible(view.actor, ProjectRow))
    ).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found
