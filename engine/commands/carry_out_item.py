"""Carry out the next item of a batch; what is refused is noted with its reason, and the batch goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from engine.commands.hand_over import entrust
from engine.commands.migrate_project import migrate
from engine.errors import JalonError, NotFound, TaskClosed, Unavailable
from engine.store.act import Act
from engine.store.case import TASK_STATES, must_move, spoken_day
from engine.store.tables import BatchRow


@dataclass(frozen=True, slots=True)
class CarryOutItem:
    """Carry out the next item of a batch; Jalon itself does it."""

    batch: int
    number: int  #: from 0; nothing happens when the batch stands elsewhere


def handle(act: Act, command: CarryOutItem) -> None:
    query = select(BatchRow).where(BatchRow.id == command.batch)
    batch = act.session.execute(query.with_for_update() if act.locks_rows else query).scalar_one_or_none()
    if batch is None:
        raise NotFound
    if batch.ended_at is not None or batch.done != command.number:
        return
    item = json.loads(batch.items)[command.number]
    try:
        KINDS[batch.kind](act, json.loads(batch.asked), item)
    except Unavailable:
        raise  # it is tried again
    except JalonError as refusal:
        said = {"fr": refusal.text("fr"), "en": refusal.text("en")}
        batch.refusals = json.dumps(json.loads(batch.refusals) | {str(item): said}, ensure_ascii=False)
    else:
        # history says who asked for it
        act.asked_by = replace(act.actor, id=batch.actor_id or 0)
    batch.done += 1
    if batch.done == batch.total:
        batch.ended_at = act.now


def _entrust(act: Act, asked: dict[str, Any], task: int) -> None:
    """One task of the person; also in a project on hold, where it would wait for one who has left."""
    case = act.case(task)
    if case.task.state != "open":
        closed = case.task.closed_at or case.task.opened_at
        by = act.name_of(case.task.closed_by)
        raise TaskClosed(task=case.name, state=TASK_STATES[case.task.state], by=by, at=spoken_day(closed))
    if case.task.assignee_id != asked["person"]:
        return  # someone has taken or been given it meanwhile
    entrust(act, case, asked["to"])
    why = {"reason": asked["reason"]} if asked.get("reason") else {}
    act.record("task_assigned", case.project, case.task, element=case.task.element, to=asked["to"], **why)


def _migrate(act: Act, asked: dict[str, Any], id: int) -> None:
    project = act.project(id)
    must_move(project)
    migrate(act, project, asked["version"], asked["reason"], {})


KINDS: dict[str, Callable[[Act, dict[str, Any], Any], None]] = {"entrust": _entrust, "migrate": _migrate}
