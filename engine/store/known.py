"""What a project's forms say by now: each name stands for the answer of the last step that gave one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import feel
from engine.answers import for_expressions
from engine.completion import IMPACTED, said_by
from engine.execution.program import evaluate
from engine.method import Gate, Method, Task
from engine.store.tables import ProjectRow, TaskRow


def known(
    session: Session, project: ProjectRow, method: Method, names: Iterable[str],
    now: tuple[int, Task, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """`now`: a task's number, the task and what it answers in this very act, not written yet."""
    wanted = set(names)
    tasks = {each.id: each for each in method.tasks.values() if not wanted.isdisjoint(said_by(each))}
    rows: list[tuple[int, str, Any]] = [
        (id, element, json.loads(said or "{}"))
        for id, element, said in session.execute(
            select(TaskRow.id, TaskRow.element, TaskRow.answers).where(
                TaskRow.project_id == project.id, TaskRow.element.in_(tasks), TaskRow.state == "done",
                TaskRow.id != (now[0] if now else 0),
            )
        )
    ]  # fmt: skip
    if now is not None:
        rows.append((now[0], now[1].id, now[2]))
    found: dict[str, Any] = dict.fromkeys(wanted)
    if IMPACTED in wanted:
        found[IMPACTED] = json.loads(project.impacted)
    for _, element, said in sorted(rows, key=lambda each: each[0]):
        values = for_expressions(tasks[element].form, said)
        values |= {name: evaluate(text, values) for name, text in tasks[element].sets if name in wanted}
        found |= {name: value for name, value in values.items() if name in wanted and value is not None}
    return found


def outgrown(session: Session, project: ProjectRow, method: Method, gate: Gate) -> bool:
    """Is the project by now too big for its method, as the gate says (`method.gate.outgrown`)?"""
    if not gate.outgrown:
        return False
    names = feel.compile(gate.outgrown).names
    return evaluate(gate.outgrown, known(session, project, method, names)) is True
