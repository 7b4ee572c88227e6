"""An activity done several times: once for each item, so many times, or again while a condition holds.

The loop is a task that has begun; each instance is a child of it, on the spec that `body` names.
Internal data of the loop: `done`, how many instances are over; `next`, the index of the one after the last begun
(in turn only); of an instance: `key_or_index`, its own index from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.errors import Incident
from engine.execution.expressions import evaluate, holds, value_of
from engine.execution.specs import UNFINISHED, Lean
from engine.words import Text

INDEX, DONE, NEXT = "key_or_index", "done", "next"
COUNTER = "loopCounter"


@dataclass(frozen=True, slots=True)
class Instances:
    """What a multi-instance says. Texts are FEEL."""

    collection: str = ""
    cardinality: str = ""
    item: str = ""  #: variable of each instance
    output: str = ""  #: variable that collects, by index, what `output_item` of each instance is
    output_item: str = ""
    enough: str = ""  #: when true after an instance, the others are withdrawn
    counts: bool = False  #: something reads `loopCounter`


class Loop(Lean):
    def __init__(self, process: Any, name: str, element: str, label: str, body: str) -> None:
        super().__init__(process, name, element, label)
        self.body = body

    def begin(self, my_task: Any, index: int, own: dict[str, Any]) -> None:
        """One more instance, with the variables that are its own."""
        child = my_task._add_child(my_task.workflow.spec.task_specs[self.body], TaskState.FUTURE)
        child.internal_data[INDEX] = index
        child.data = own
        child.task_spec._update(child)

    def one_done(self, my_task: Any, instance: Any) -> None:
        raise NotImplementedError

    def own(self) -> frozenset[str]:
        """Variables of an instance that nobody else sees."""
        return frozenset()


class Again(Loop):
    """BPMN's standard loop: again while its condition holds, at most so many times."""

    def __init__(
        self, process: Any, name: str, element: str, label: str, body: str, condition: str, most: int | None,
        before: bool,
    ) -> None:  # fmt: skip
        super().__init__(process, name, element, label, body)
        self.condition = condition
        self.most = most
        self.before = before

    def _update_hook(self, my_task: Any) -> bool:
        my_task._inherit_data()
        my_task.internal_data[DONE] = 0
        if self.before and not self._again(my_task, 0):
            return True
        my_task._set_state(TaskState.STARTED)
        self.begin(my_task, 0, {})
        return False

    def one_done(self, my_task: Any, instance: Any) -> None:
        # a state of before has the ids of those done instead
        done = my_task.internal_data.get(DONE, len(my_task.internal_data.get("merged", ()))) + 1
        my_task.internal_data[DONE] = done
        if self._again(my_task, done):
            self.begin(my_task, done, {})
        else:
            my_task._ready()

    def _again(self, my_task: Any, done: int) -> bool:
        if self.most is not None and done >= self.most:
            return False
        return not self.condition or holds(self.condition, my_task.data)


class Many(Loop):
    """BPMN's multi-instance, all at once or each in its turn."""

    def __init__(
        self, process: Any, name: str, element: str, label: str, body: str, said: Instances, in_turn: bool
    ) -> None:
        super().__init__(process, name, element, label, body)
        self.said = said
        self.in_turn = in_turn

    def own(self) -> frozenset[str]:
        return frozenset({self.said.item, COUNTER} - {""})

    def _update_hook(self, my_task: Any) -> bool:
        my_task._inherit_data()
        items = self._items(my_task)
        my_task.internal_data[DONE] = 0
        if self.said.output and self.said.output != self.said.collection:
            my_task.data[self.said.output] = [None] * len(items)
        if not items:
            return True
        my_task._set_state(TaskState.STARTED)
        for index in range(1 if self.in_turn else len(items)):
            self._begin(my_task, items, index)
        return False

    def _begin(self, my_task: Any, items: list[Any], index: int) -> None:
        if self.in_turn:
            my_task.internal_data[NEXT] = index + 1
        own = {self.said.item: items[index]} if self.said.item else {}
        self.begin(my_task, index, own | ({COUNTER: index} if self.said.counts else {}))

    def one_done(self, my_task: Any, instance: Any) -> None:
        done = my_task.internal_data.get(DONE, 0) + 1
        my_task.internal_data[DONE] = done
        self._collect(my_task, instance)
        others = [each for each in my_task.children if each is not instance and each._state & UNFINISHED]
        if self.said.enough and self._enough(my_task, instance, done, len(others)):
            for each in others:
                each.cancel()
            my_task._ready()
        elif self.in_turn:
            self._in_turn(my_task)
        elif not others:
            my_task._ready()

    def _in_turn(self, my_task: Any) -> None:
        items = self._items(my_task)
        following = self._next(my_task, len(items))
        if following < len(items):
            self._begin(my_task, items, following)
        else:
            my_task._ready()

    def _next(self, my_task: Any, total: int) -> int:
        """A state of before lists the indexes that are left, or says which of how many is next."""
        said = my_task.internal_data
        left = said.pop("remaining", None)
        before = total - len(left) if left is not None else said.pop("current", 0)
        return int(said.get(NEXT, before))

    def _collect(self, my_task: Any, instance: Any) -> None:
        """What an instance says goes into a list of its own: no other task may see it change."""
        if not self.said.output or not self.said.output_item:
            return
        found = list(my_task.data.get(self.said.output) or [])
        index = instance.internal_data.get(INDEX)
        if index is not None and index < len(found):
            text = self.said.output_item
            # what an instance has not said is null
            found[index] = instance.data.get(text) if text.isidentifier() else evaluate(text, instance.data)
            my_task.workflow.top_workflow.tell(my_task, {self.said.output: found})

    def _enough(self, my_task: Any, instance: Any, done: int, active: int) -> bool:
        total = len(self._items(my_task))
        counts = {
            "nrOfInstances": total, "nrOfCompletedInstances": done, "nrOfActiveInstances": active,
            "numberOfInstances": total, "numberOfCompletedInstances": done, "numberOfActiveInstances": active,
            "numberOfTerminatedInstances": 0, COUNTER: instance.internal_data.get(INDEX, 0),
        }  # fmt: skip
        return holds(self.said.enough, {**instance.data, **counts})

    def _items(self, my_task: Any) -> list[Any]:
        if self.said.collection and self.said.cardinality:
            listed, count = self._listed(my_task), self._count(my_task)
            return [*listed, *[None] * count][:count]
        return self._listed(my_task) if self.said.collection else list(range(self._count(my_task)))

    def _listed(self, my_task: Any) -> list[Any]:
        text = self.said.collection
        value = value_of(text, my_task.data)
        if not isinstance(value, list):
            raise Incident(why=Text(f"« {text} » n’est pas une liste.", f"“{text}” is not a list."))
        return value

    def _count(self, my_task: Any) -> int:
        text = self.said.cardinality
        value = evaluate(text, my_task.data)
        number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        if not number or value < 0 or value != int(value):
            raise Incident(why=Text(f"« {text} » n’est pas un nombre d’exemplaires.",
                                    f"“{text}” is not a number of instances."))  # fmt: skip
        return int(value)
