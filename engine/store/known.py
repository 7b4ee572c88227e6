"""What a project's forms say by now: each name stands for the answer of the last step that gave one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import feel
from engine.answers import for_expressions
from engine.completion import IMPACTED, said_by
from engine.execution.program import evaluate
from engine.method import Gate, Method, Task
from engine.store.tables import ProjectRow, TaskRow


def known(session: Session, project: ProjectRow, method: Method, names: Iterable[str]) -> dict[str, Any]:
    wanted = set(names)
    rows = session.execute(
        select(TaskRow.id, TaskRow.element, TaskRow.answers).where(
            TaskRow.project_id == project.id, TaskRow.element.in_(telling(method, wanted)), TaskRow.state == "done"
        )
    )
    return known_from(project, method, wanted, ((id, element, json.loads(said or "{}")) for id, element, said in rows))


def telling(method: Method, names: Set[str]) -> dict[str, Task]:
    """The tasks that say something of these names."""
    return {each.id: each for each in method.tasks.values() if not names.isdisjoint(said_by(each))}


def known_from(
    project: ProjectRow, method: Method, wanted: Set[str], answered: Iterable[tuple[int, str, Mapping[str, Any]]]
) -> dict[str, Any]:  # fmt: skip
    """The same from the answers of completed tasks: the number of each, its step, and what it said."""
    tasks = telling(method, wanted)
    found: dict[str, Any] = dict.fromkeys(wanted)
    if IMPACTED in wanted:
        found[IMPACTED] = json.loads(project.impacted)
    for _, element, said in sorted(answered, key=itemgetter(0)):
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
