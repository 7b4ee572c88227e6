"""Change what an entry says; an entry of a register that is append-only is never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.commands.open_entry import standing
from engine.entering import answered, columns
from engine.errors import EntryFixed, NotAllowed, NotFound, StalePage, TransitionRefused
from engine.registers import OF_THE_ROW, REGISTERS, Register
from engine.store.act import Act
from engine.store.circles import Before
from engine.store.entries import NOTHING, change, note, reworded, values_with
from engine.store.tables import EntryRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """Change what an entry says; an entry of a register that is append-only is never changed."""

    entry: int
    values: dict[str, Any] = field(default_factory=dict)  #: the fields to change, by key
    revision: int | None = None


def handle(act: Act, command: ChangeEntry) -> None:
    entry, who = entry_of(act, command.entry, command.revision)
    register = REGISTERS[entry.register]
    if register.fixed:
        raise EntryFixed(entry=entry.title)
    must_entry(who, "change", entry)
    was = values_of(act, entry)
    said = answered(act, register.form(entry.state == "proposed"), {**was, **command.values}, register.one)
    changed = [each.key for each in register.fields if (was.get(each.key) or None) != (said.get(each.key) or None)]
    if not changed:
        return
    row = columns(act, register, said)
    entry.title, entry.body, entry.theme = said["title"].strip(), row["body"].strip(), row["theme"]
    if register.field("owner"):
        entry.owner_id = row["owner"]
    entry.service_id = row["service"]
    if register.field("due") and entry.due_at != row["due"]:
        entry.due_at, entry.reminded = row["due"], 0
    _keep(entry, register, said)
    if {"title", "body"} & set(changed):
        reworded(entry)
    note(act, entry, "changed", **({} if register.confidential else {"fields": changed}))


def entry_of(act: Act, id: int, revision: int | None = None) -> tuple[EntryRow, Before]:
    """The entry, its project locked, and who acts before it. Raises `NotFound`, `StalePage`."""
    entry = act.session.execute(select(EntryRow).where(EntryRow.id == id)).scalar_one_or_none()
    if entry is None:
        raise NotFound
    project = act.project(entry.project_id) if entry.project_id is not None else None
    who = standing(act, project)
    if not who.sees_entry(entry):
        raise NotFound
    if act.locks_rows:
        act.session.refresh(entry, with_for_update=True)
    if revision is not None and revision != entry.revision:
        raise StalePage(what=entry.title)
    return entry, who


def must_entry(who: Before, verb: str, entry: EntryRow) -> None:
    """Raises `NotAllowed` with who may."""
    if not who.may(verb, entry):
        raise NotAllowed(verb=VERBS[verb].format(entry=entry.title), who=WHO[verb])


def must_offer(entry: EntryRow, state: str) -> None:
    """Raises `TransitionRefused` for a state that only another command leads to, and for one that does not exist."""
    register = REGISTERS[entry.register]
    if state not in register.offers(entry.state):
        offered = tuple(register.states[each].text for each in register.offers(entry.state))
        raise TransitionRefused(
            entry=entry.title, state=register.states[entry.state].text,
            wanted=register.states[state].text if state in register.states else state, next=offered or NOTHING,
        )  # fmt: skip


def values_of(act: Act, entry: EntryRow) -> dict[str, Any]:
    """What an entry says, as its form takes it."""
    code = None
    if entry.service_id is not None:
        code = act.session.execute(select(ServiceRow.code).where(ServiceRow.id == entry.service_id)).scalar()
    return values_with(entry, code)


def _keep(entry: EntryRow, register: Register, said: dict[str, Any]) -> None:
    change(entry, **{each.key: said[each.key] for each in register.fields if each.key not in OF_THE_ROW})


_LEAD = Text("le chef de projet ou le commanditaire", "the project lead or the sponsor")
_OWNER = Text(
    "son porteur, le chef de projet ou le commanditaire ; personne une fois close",
    "its owner, the project lead or the sponsor; nobody once it is closed",
)
WHO = {
    "change": _OWNER,
    "take": Text(
        "qui participe au projet, tant que personne ne la porte",
        "whoever takes part in the project, as long as nobody carries it",
    ),
    "accept": _LEAD,
    "move": Text(
        "son porteur, le chef de projet ou le commanditaire ; une dérogation, jamais qui l’a demandée",
        "its owner, the project lead or the sponsor; a deviation, never whoever asked for it",
    ),
    "transfer": Text(
        "son porteur, le chef de projet ou le commanditaire, tant qu’elle est ouverte",
        "its owner, the project lead or the sponsor, while it is open",
    ),
    "support": Text("tout le monde sauf son auteur, tant qu’elle est ouverte", "everyone but its author, while open"),
    "score": _LEAD,
    "answer": Text("le responsable de méthode ou l’administrateur", "the method owner or the administrator"),
    "follow": Text("tout le personnel, tant qu’elle est à exploiter", "every employee, while it is to use"),
    "correct": _LEAD,
}
VERBS = {
    "change": Text("modifier « {entry} »", "change “{entry}”"),
    "take": Text("prendre « {entry} »", "take “{entry}”"),
    "accept": Text("accepter « {entry} »", "accept “{entry}”"),
    "move": Text("changer l’état de « {entry} »", "change the state of “{entry}”"),
    "transfer": Text("transférer « {entry} »", "transfer “{entry}”"),
    "support": Text("soutenir « {entry} »", "support “{entry}”"),
    "score": Text("coter « {entry} »", "score “{entry}”"),
    "answer": Text("répondre à « {entry} »", "answer “{entry}”"),
    "follow": Text("donner suite à « {entry} »", "follow up “{entry}”"),
    "correct": Text("corriger « {entry} »", "correct “{entry}”"),
}
