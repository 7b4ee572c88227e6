"""Long lives and large drawings: they finish, and what is kept of them stays as small as at first.

What each costs is measured by `bench.scale`; the drawings are those of `bench.large`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bench import large
from engine import TooMuchWork, execution
from engine.diagram import Diagram
from engine.execution.state import load
from engine.normalise import one_instance_each


@dataclass
class Played:
    completed: int = 0
    most_bytes: int = 0
    most_tasks: int = 0  #: in the trees of a state
    last_bytes: int = 0
    end: str = ""


def program_of(file: bytes, *reads: str) -> execution.Program:
    return execution.compile({"p.bpmn": one_instance_each(Diagram(file, "p.bpmn")).write()}, frozenset(reads))


def play(program: execution.Program, given: dict[str, Any], said: Iterator[dict[str, Any]] | None = None) -> Played:
    """To the end, the one that has waited longest first; `said` at each gate `g`."""
    run = execution.start(program, "p", given)
    waiting, played = list(run.step.opened), Played()
    while waiting:
        work = waiting.pop(0)
        answers = next(said) if said is not None and work.element == "g" else {}
        done = execution.complete(program, "p", run.state, work.token, answers)
        assert done is not None
        run = done
        waiting += run.step.opened
        played.completed += 1
        played.most_bytes = max(played.most_bytes, len(run.state))
        if played.completed % 97 == 0:
            trees = load(run.state, program, "p").trees()
            played.most_tasks = max(played.most_tasks, sum(len(each.tasks) for each in trees))
    played.end, played.last_bytes = run.step.end, len(run.state)
    return played


def reworks(count: int) -> Iterator[dict[str, Any]]:
    yield from ({"go": number >= count} for number in range(count + 1))


@pytest.mark.parametrize(
    ("where", "length", "end"),
    [("called", 19, "e"), ("embedded", 1, "e"), ("within", 1, "e"), ("embedded one", 1, "e")],
)
def test_a_thousand_reworks_of_a_gate_leave_nothing_behind(where: str, length: int, end: str) -> None:
    """The first: 20,020 tasks completed."""
    played = play(program_of(large.reworked(length, where), "go"), {}, reworks(1000))
    assert (played.completed, played.end) == (1001 * (length + 1), end)
    assert played.most_bytes < 300
    assert played.most_tasks <= 6


def test_four_hundred_tasks_in_a_row_are_never_foreseen() -> None:
    played = play(program_of(large.in_a_row(400)), {})
    assert (played.completed, played.end) == (400, "e")
    assert (played.most_bytes < 200, played.most_tasks) == (True, 3)


def test_four_hundred_tasks_side_by_side_leave_one_by_one() -> None:
    program = program_of(large.side_by_side(400))
    played = play(program, {})
    assert (played.completed, played.end) == (400, "e")
    # the root, the split, 303 that wait, the last completed and the join that it reached
    assert played.most_tasks == 2 + 400 - 97 + 2
    assert played.most_bytes < 40 * 400


def test_two_hundred_services_each_do_their_own() -> None:
    given = {"items": [f"S{number}" for number in range(200)]}
    played = play(program_of(large.for_each(), "items"), given)
    assert (played.completed, played.end) == (201, "e")
    assert played.most_tasks <= 200 - 97 + 4
    assert played.most_bytes < 60 * 200


def test_twenty_parallel_blocks_in_a_row_cost_no_more_than_one() -> None:
    """SpiffWorkflow alone would foresee 2^20 ways through them."""
    played = play(program_of(large.blocks_in_a_row(20)), {})
    assert (played.completed, played.end) == (40, "e")
    assert played.most_bytes < 300


def test_a_process_may_be_as_long_as_the_review_allows() -> None:
    """497 tasks between two events: the parser alone would run out of Python's stack."""
    assert play(program_of(large.in_a_row(497)), {}).completed == 497


# --- what one act may set off ------------------------------------------------------------------------------


def test_more_open_tasks_than_one_execution_may_have_are_refused() -> None:
    program = program_of(large.for_each(), "items")
    assert len(execution.start(program, "p", {"items": list(range(4_990))}).step.opened) == 4_990
    with pytest.raises(TooMuchWork) as refused:
        execution.start(program, "p", {"items": list(range(5_001))})
    assert refused.value.text("fr").startswith("Cet acte déclencherait plus de 5000 tâches ouvertes d’un coup.")
    assert refused.value.text("en").startswith("This act would set off more than 5000 open tasks at once.")


def test_an_act_that_takes_too_long_is_refused() -> None:
    ticks = iter(range(1_000))
    with pytest.raises(TooMuchWork) as refused:
        execution.start(
            program_of(large.in_a_row(3)), "p", {}, execution.Budget(clock=lambda: float(next(ticks)), seconds=1)
        )
    assert refused.value.text("fr").startswith("Cet acte déclencherait plus de 1 secondes de calcul d’un coup.")


def test_as_many_steps_as_allowed_pass_and_one_more_does_not() -> None:
    program = program_of(large.in_a_row(3))
    steps = execution.start(program, "p", {}).step.steps
    assert execution.start(program, "p", {}, execution.Budget(steps=steps)).step.steps == steps
    with pytest.raises(TooMuchWork) as refused:
        execution.start(program, "p", {}, execution.Budget(steps=steps - 1))
    assert refused.value.text("fr").startswith(f"Cet acte déclencherait plus de {steps - 1} étapes d’un coup.")
