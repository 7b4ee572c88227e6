"""Transfer an action to someone who will carry it after the project: in another project, or in the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.change_entry import entry_of, must_entry
from engine.commands.open_entry import OPENERS, OPENING, EntryOpened, must_be_going, standing
from engine.entering import answered, due_of
from engine.errors import NotAllowed, NotFound
from engine.registers import ACTIONS, TRANSFER
from engine.store.act import Act
from engine.store.entries import body_of, close_entry, facts_of, open_entry, title_of
from engine.store.tables import EntryRow, ProjectRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class TransferAction:
    """Transfer an action of a project: it is closed there, and a new one is opened that says where it comes from."""

    entry: int
    owner: int | None
    due: str  #: ISO date
    reason: str
    project: int | None = None  #: another one, in which one takes part; None: an action of the organisation
    revision: int | None = None


def handle(act: Act, command: TransferAction) -> EntryOpened:
    action, who = entry_of(act, command.entry, command.revision)
    if action.register != "action" or action.project_id in (None, command.project):
        raise NotFound
    must_entry(who, "transfer", action)
    said = answered(act, TRANSFER, {"owner": command.owner, "due": command.due, "reason": command.reason}, NAME)
    target = _target(act, command)
    close_entry(act, action, "transferred", said["reason"])
    opened = _open(act, action, target, said)
    return EntryOpened(opened.id, opened.number)


def _target(act: Act, command: TransferAction) -> ProjectRow | None:
    """Raises `NotAllowed` for who takes no part in it, `ProjectEnded`."""
    if command.project is None:
        return None
    project = act.project(command.project)
    if not standing(act, project).inside:
        raise NotAllowed(verb=OPENING.format(register=ACTIONS.name), who=OPENERS)
    must_be_going(project)
    return project


def _open(act: Act, action: EntryRow, target: ProjectRow | None, said: dict[str, Any]) -> EntryRow:
    return open_entry(
        act, "action", target, title_of(action), body=body_of(action), owner=said["owner"], service=action.service_id,
        due=due_of(said["due"]), facts=facts_of(action), origin="entry", origin_id=action.id, state="todo",
    )  # fmt: skip


NAME = Text("transfert d’une action", "transfer of an action")
