"""What it does to a project to go on in another release of its method, step by step, before it does.

done      it has been done; what changed in it changes nothing any more
current   it is open now: it goes on, as the other release draws it
ahead     it comes later
gone      it would have come later, and does not any more
missed    a locked step of the other release that the project would already have passed: to be caught up with
passed    the project is past it, and it is not compulsory
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import execution
from engine.diagram import drawn_in
from engine.dialect import is_apart
from engine.execution import Stuck
from engine.intent import Plan, Step
from engine.overlay import Change, difference
from engine.overlay.difference import aliases, loom_of
from engine.release import Release
from engine.store.rebinding import tried, under_way
from engine.store.tables import ProjectRow, TaskRow
from engine.words import Text

Where = Literal["done", "current", "ahead", "gone", "missed", "passed"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One step that the other release draws otherwise, or anew, or no longer."""

    element: str
    where: Where
    what: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    turns: tuple[Turn, ...]
    stuck: tuple[Stuck, ...]  #: why it is refused

    @property
    def missed(self) -> tuple[str, ...]:
        return tuple(each.element for each in self.turns if each.where == "missed")


def outlook(
    session: Session, project: ProjectRow, before: Release, after: Release, same: Mapping[str, str] | None = None
) -> Outlook:  # fmt: skip
    """`same`: what the owner said to be the same step under another id, before -> after, where the drawing does not."""
    rows = under_way(session, project)
    _, stuck = tried(session, project, before, after, rows)
    compared = _compared(before, after, same or {})
    said = session.execute(select(TaskRow.element, TaskRow.state).where(TaskRow.project_id == project.id))
    states: dict[str, set[str]] = {}
    for element, state in said:
        states.setdefault(element, set()).add(state)
        states.setdefault(compared.now.get(element, element), set()).add(state)
    live = _live(before, [(row.process, row.state) for row in rows])
    found: dict[str, list[Text]] = {}
    for change in compared.changes:
        if change.element in compared.steps:
            found.setdefault(change.element, []).append(change.text)
    turns = [
        Turn(id, _where(compared, id, states.get(id, set()), live), tuple(dict.fromkeys(what)))
        for id, what in found.items()
    ]
    return Outlook(tuple(sorted(turns, key=lambda each: ORDER.index(each.where))), stuck)


ORDER: tuple[Where, ...] = ("missed", "current", "ahead", "gone", "passed", "done")


@dataclass(frozen=True)
class Compared:
    """Two releases, compared once a process."""

    changes: tuple[Change, ...]
    now: Mapping[str, str]  #: what a step was called before -> its id now
    locked: frozenset[str]  #: locked in the second, and not in the first
    plan: Plan  #: of the second
    steps: frozenset[str]  #: tasks and gates of either
    drawn: frozenset[str]  #: of the second


_COMPARED: dict[tuple[Any, ...], Compared] = {}


def _compared(before: Release, after: Release, same: Mapping[str, str]) -> Compared:
    key = (before.digest, after.digest, tuple(sorted(same.items())))
    if key not in _COMPARED:
        if len(_COMPARED) > 64:
            _COMPARED.clear()
        now = aliases(loom_of(after)) | dict(same)
        one, other = _plan(before), _plan(after)
        was = {now.get(each, each) for each in one.locked}
        first, drawn = (frozenset((*each.method.tasks, *each.method.gate)) for each in (before, after))
        _COMPARED[key] = Compared(
            difference(before, after, same).changes, now, frozenset(other.locked) - was, other, first | drawn, drawn
        )  # fmt: skip
    return _COMPARED[key]


def _plan(release: Release) -> Plan:
    return Plan(release.method, [each for each in drawn_in(release.files) if not is_apart(each)])


def _live(before: Release, states: list[tuple[str, bytes]]) -> dict[str, set[str]]:
    """Where tokens stand, by process."""
    found: dict[str, set[str]] = {}
    for process, state in states:
        for each, element in execution.elements(before.program, process, state):
            found.setdefault(each, set()).add(element)
    return found


def _where(compared: Compared, id: str, states: set[str], live: Mapping[str, set[str]]) -> Where:
    if "open" in states:
        return "current"
    if "done" in states:
        return "done"
    if id not in compared.drawn:
        return "gone"
    step = compared.plan.locked.get(id) or _unlocked(compared.plan, id)
    if step is None or not _is_behind(compared.plan, step, live):
        return "ahead"
    return "missed" if id in compared.locked else "passed"


def _unlocked(plan: Plan, id: str) -> Step | None:
    for phase in plan.method.phases:
        if any(task.id == id for task in phase.tasks):
            return Step(phase.process, id, "" if phase.short else phase.id)
    return Step(plan.method.process, id) if any(gate.id == id for gate in plan.method.gates) else None


def _is_behind(plan: Plan, step: Step, live: Mapping[str, set[str]]) -> bool:
    """Does it stand before where a token is, whatever way that came?"""
    return _precedes(plan, step.process, step.element, live) or (
        bool(step.call) and _precedes(plan, plan.method.process, step.call, live)
    )


def _precedes(plan: Plan, process: str, element: str, live: Mapping[str, set[str]]) -> bool:
    view = plan.view(process)
    here = [each for each in live.get(process, ()) if each in view.graph.entry and each != element]
    return any(view.precedes(element, each) for each in here)
