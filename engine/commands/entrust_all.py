"""Entrust everything that waits for a person to another: someone leaves. The administrator may."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import ChoiceUnknown, NotAllowed
from engine.people import ADMINISTRATOR, WHO
from engine.store.act import Act
from engine.store.tables import ActorRow, BatchRow, TaskRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class EntrustAll:
    """Entrust everything that waits for a person to another: someone leaves. The administrator may."""

    person: int  #: actor
    to: int  #: actor
    reason: str = ""  #: kept with the batch, and in the history of every task


@dataclass(frozen=True, slots=True)
class BatchBegun:
    batch: int  #: its progress is on the page of jobs
    items: int


def handle(act: Act, command: EntrustAll) -> BatchBegun:
    must_administer(act, Text("confier toutes les tâches d’une personne", "entrust all tasks of a person"))
    _must_be_two(act, command)
    tasks = list(
        act.session.execute(
            select(TaskRow.id)
            .where(TaskRow.assignee_id == command.person, TaskRow.state == "open")
            .order_by(TaskRow.id)
        ).scalars()
    )
    reason = command.reason.strip()
    asked = {"person": command.person, "to": command.to, "reason": reason}
    row = BatchRow(
        kind="entrust", actor_id=act.by, asked=json.dumps(asked, ensure_ascii=False),
        items=json.dumps(tasks), total=len(tasks), done=0, refusals="{}", at=act.now,
        ended_at=None if tasks else act.now,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    if tasks:
        act.enqueue("batch", row.id, key=f"batch-{row.id}")
    act.record("tasks_entrusted", None, None, people=[command.person], to=command.to, count=len(tasks), reason=reason)
    return BatchBegun(row.id, len(tasks))


def must_administer(act: Act, verb: Text) -> None:
    """Raises `NotAllowed` for whoever is neither an administrator nor Jalon itself."""
    if act.actor.id and not act.actor.holds(ADMINISTRATOR):
        raise NotAllowed(verb=verb, who=WHO["administer"])


def _must_be_two(act: Act, command: EntrustAll) -> None:
    """Both exist, they are two, and the one who is given the tasks has not left."""
    active = dict(
        act.session.execute(
            select(ActorRow.id, ActorRow.active).where(ActorRow.id.in_([command.person, command.to]))
        ).all()
    )  # fmt: skip
    if command.person not in active:
        raise ChoiceUnknown(value=command.person, label=DIRECTORY)
    if not active.get(command.to) or command.person == command.to:
        raise ChoiceUnknown(value=command.to, label=DIRECTORY)


DIRECTORY = Text("Annuaire", "Directory")
