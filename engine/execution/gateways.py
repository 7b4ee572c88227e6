"""Gateways: which way, and when all that is to come has come.

A join counts what arrives by the element that it comes from (two flows from one element to one join are told apart by
the builder). Excess tokens stay for the next round (BPMN 2.0, 13.4).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.execution.choices import Choice, first_that_holds
from engine.execution.specs import UNFINISHED, Join, Lean

#: internal data of a join that waits: names of the specs whose branches came, its own parent left out
ARRIVED = "arrived"
#: internal data of a join: its parent is among those of an earlier round
LEFT_OVER = "left over"


class Exclusive(Lean):
    """The first flow whose condition holds, else the default."""

    def _taken(self, my_task: Any) -> list[Choice]:
        asked: list[Choice] = my_task.workflow.top_workflow.chosen(self.choices, most=1)
        return asked or first_that_holds(self, my_task.data)


class _Counting(Join):
    """A join that counts what came by where it came from."""

    def _merge(self, my_task: Any, other: Any) -> None:
        came = [*my_task.internal_data.get(ARRIVED, ()), *arrivals(other)]
        my_task.internal_data[ARRIVED] = sorted(came)
        super()._merge(my_task, other)

    def _run_hook(self, my_task: Any) -> bool:
        """One token of each branch goes on; what is in excess waits for the next round."""
        if ARRIVED in my_task.internal_data:
            left = Counter(arrivals(my_task))
            left.subtract(set(left))
            del my_task.internal_data[ARRIVED]
            my_task.internal_data.pop(LEFT_OVER, None)
            if +left:
                self._leave(my_task, sorted((+left).elements()))
        return super()._run_hook(my_task)

    def _leave(self, my_task: Any, left: list[str]) -> None:
        waits = my_task.parent._add_child(self, TaskState.FUTURE)
        waits.internal_data |= {ARRIVED: left, LEFT_OVER: True}
        waits._inherit_data()
        waits._set_state(TaskState.WAITING)


def arrivals(task: Any) -> list[str]:
    """Names of the specs from which branches came to the join `task`."""
    came: list[str] = list(task.internal_data.get(ARRIVED, ()))
    return came if LEFT_OVER in task.internal_data else [*came, task.parent.task_spec.name]


class Parallel(_Counting):
    """All flows, once a token has come by each."""

    def _update_hook(self, my_task: Any) -> bool:
        self._take_over(my_task)
        if set(self._inputs) <= set(arrivals(my_task)):
            my_task._inherit_data()
            return True
        my_task._set_state(TaskState.WAITING)
        return False


class Inclusive(_Counting):
    """Every flow whose condition holds, else the default (as `Lean` does), once nothing more can come.

    Who waits asks again whenever all else stands still (`may_pass`).
    """

    def __init__(self, process: Any, name: str, element: str, label: str) -> None:
        super().__init__(process, name, element, label)
        self._leads: dict[str, frozenset[str]] = {}

    def _update_hook(self, my_task: Any) -> bool:
        if len(self._inputs) < 2:
            my_task._inherit_data()
            return True
        self._take_over(my_task)
        my_task._set_state(TaskState.WAITING)
        return False

    def may_pass(self, my_task: Any) -> bool:
        """BPMN 2.0, 13.4.3: no token can still come by a flow that has none, unless it can come by one that has."""
        came = set(arrivals(my_task))
        missing = set(self._inputs) - came
        for task in my_task.workflow.tasks.values():
            if task is not my_task and task._state & UNFINISHED and not task.task_spec.instance_of:
                leads = self._ways_in(task.task_spec)
                if leads & missing and not leads & came:
                    return False
        return True

    def _ways_in(self, spec: Any) -> frozenset[str]:
        """By which elements a token on `spec` may come to this join, without passing it."""
        if not self._leads:
            self._leads = ways_in(self)
        return self._leads.get(spec.name, frozenset())


def ways_in(join: Any) -> dict[str, frozenset[str]]:
    """For each spec from which a token may come to `join`: the specs by which it enters."""
    found: dict[str, set[str]] = {}
    named = join._wf_spec.task_specs
    for entry in set(join._inputs):
        waiting, seen = [entry], {join.name}
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                found.setdefault(name, set()).add(entry)
                waiting += named[name]._inputs
    return {name: frozenset(entries) for name, entries in found.items()}


class Race(Lean):
    """An event-based gateway: what follows it waits, and the first to come withdraws the others."""

    races = True
