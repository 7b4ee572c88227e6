"""Each outcome of each gate of the methods that we ship leads to a proper end: closed, stopped or dismissed."""

from __future__ import annotations

from functools import cache

import pytest

from engine.method import Gate, Method
from engine.release import read_method
from engine.store.tables import DecisionRow, EntryRow, TaskRow, TimerRow
from tests.engine.play import SHIPPED, Play, files_of


@cache
def method(name: str) -> Method:
    found, _, _ = read_method(files_of(name))
    assert found is not None
    return found


def offering(outcome: str) -> list[tuple[str, str]]:
    """(method, gate) of every gate that offers `outcome`."""
    return [(name, gate.id) for name in SHIPPED for gate in method(name).gates if outcome in gate.outcomes]


def decided(play: Play, project: int) -> list[tuple[str, str]]:
    return [(row.gate, row.outcome) for row in play.rows(DecisionRow, DecisionRow.project_id == project)]


def left(play: Play, project: int) -> list[str]:
    """What is open of a project that has ended: tasks, actions, and clocks by their kind."""
    tasks = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "open")
    entries = play.rows(EntryRow, EntryRow.register == "action", EntryRow.closed_at.is_(None))
    clocks = play.rows(TimerRow, TimerRow.project_id == project, TimerRow.fired_at.is_(None))
    return [*(row.element for row in tasks), *(row.title for row in entries), *(row.kind for row in clocks)]


def nothing_is_left(play: Play, project: int) -> bool:
    """No open task, no action, no clock of a project that has ended, but that of its cold evaluation."""
    tasks = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "open")
    entries = play.rows(EntryRow, EntryRow.register == "action", EntryRow.closed_at.is_(None))
    clocks = play.rows(TimerRow, TimerRow.project_id == project, TimerRow.fired_at.is_(None), TimerRow.kind != "cold")
    return not (tasks or entries or clocks)


def after(outcome: str, gate: Gate) -> list[str]:
    """What is decided at a gate that is given `outcome` where it offers it, and then passed."""
    if outcome not in gate.outcomes or outcome == "go":
        return ["go"]
    return [outcome] if outcome == "go_reserves" else [outcome, "go"]


@pytest.mark.parametrize("outcome", ["go", "go_reserves", "rework", "hold"])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_project_closes_whose_gates_have_all_had_this_outcome(essai: Play, name: str, outcome: str) -> None:
    model = method(name)
    wanted = {gate.id: after(outcome, gate) for gate in model.gates}
    project = essai.start(model.id)
    # reserves are lifted before the gate that asks whether they are, and before the closure
    asked = {gate: ["lift", *outcomes] for gate, outcomes in wanted.items()}
    assert essai.until(project, "", asked) == 0
    assert decided(essai, project) == [(gate, each) for gate, outcomes in wanted.items() for each in outcomes]
    assert essai.project(project).status == "closed"
    # its cold evaluation, six months later
    assert left(essai, project) == ["cold"]


@pytest.mark.parametrize(("name", "gate"), offering("stop"))
def test_a_project_stopped_at_a_gate_comes_to_its_end(essai: Play, name: str, gate: str) -> None:
    model = method(name)
    project = essai.start(model.id)
    essai.until(project, gate)
    essai.decide(project, gate, "stop")
    short = next((phase for phase in model.phases if phase.short), None)
    dismissed = gate == "G0" and name == "projet-transversal"
    if short is not None and not dismissed:
        assert essai.project(project).status == "running"
        essai.until(project, "")
        done = essai.rows(TaskRow, TaskRow.project_id == project, TaskRow.phase == short.id)
        assert {row.element for row in done if row.state == "done"} == {task.id for task in short.tasks}
    assert essai.project(project).status == ("dismissed" if dismissed else "stopped")
    assert left(essai, project) == []
