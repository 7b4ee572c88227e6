"""Where a scenario's forms are filled in: what may be chosen, what is noted, and what the executor is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine import feel
from engine.completion import IMPACTED, accepted, variables
from engine.dialect.form import read_form
from engine.document import Named
from engine.method import Field, Item, Option, Task
from engine.scenarios.around import Around
from engine.scenarios.course import Course
from engine.scenarios.form import fill
from engine.scenarios.going import Open
from engine.scenarios.keywords import is_said
from engine.scenarios.labels import labelled
from engine.scenarios.verdict import NOTHING, Failed, quoted
from engine.scenarios.words import plain
from engine.words import Text
from engine.working_time import PARIS


class Desk:
    def __init__(self, course: Course) -> None:
        self.course = course
        self.people: dict[str, int] = {}
        self.usual: Sequence[Named] = ()

    def know(self, usual: Sequence[Named]) -> None:
        """Answers by task and then by label. Raises `Failed` where nothing is called as one of those tasks."""
        self.usual = usual
        for name in (name for each in usual for name in each.items):
            if not self.course.prepared.elements_called(name):
                expected = Text("une tâche nommée {name}", "a task called {name}")
                raise Failed(expected.format(name=quoted(name)), NOTHING)

    def at_start(self, said: Named | None) -> dict[str, Any]:
        """Variables, each by its own name or by the label of the question that would answer it."""
        method = self.course.method
        given = {name: plain(value) for name, value in (said.items if said else {}).items()}
        if method is None:
            return given
        read = method.reads | {IMPACTED}
        labels = {name: Text(name) for name in sorted(read)}
        labels |= {each.key: each.label for task in method.tasks.values() for each in task.form if each.key in read}
        named = {labelled(name, labels): value for name, value in given.items()}
        impacted = named.setdefault(IMPACTED, [])
        named[IMPACTED] = self.course.impacted = impacted if isinstance(impacted, list) else [impacted]
        return named

    def answer(self, task: Open, *said: Named) -> dict[str, Any]:
        """The answers to the form of `task`, accepted; what the executor learns of them.

        Raises `AnswerUnclear` for what cannot be read, `FormRefused` for what the form refuses.
        """
        model = self._model(task)
        if model is None or not model.form:
            return {name: plain(value) for each in said for name, value in each.items.items()}
        reads = self.course.prepared.program.reads
        around = Around(
            self.course.now.astimezone(PARIS).date(), self._choices, self._items, self._given, self.people
        )  # fmt: skip
        usual = [answers_to(task, each) for each in self.usual]
        values, allowed = fill(model.form, [*filter(None, usual), *said], steering(model, reads), around)
        answers = accepted(model, values, allowed, task.name)
        self.course.answers[model.id] = answers
        if answers.get(IMPACTED):
            self.course.impacted = list(answers[IMPACTED])
        return variables(model, answers, reads)

    def _model(self, task: Open) -> Task | None:
        """A task of the method; of a drawing that is none, a task with the form that is drawn."""
        method = self.course.method
        if method is not None:
            return method.tasks.get(task.work.element)
        node = self.course.prepared.elements.get(task.work.element)
        if node is None:
            return None
        form = read_form(node, lambda *_, **__: None)
        return Task(node.id, node.name, "", "", node.place, form=form)

    # --- what the project and the organisation would give ---

    def _choices(self, each: Field) -> tuple[Option, ...] | None:
        if not each.source:
            return each.options
        if each.source == "impacted_services":
            return tuple(Option(code, Text(code)) for code in self.course.impacted)
        element, _, key = each.source.partition(".")
        task = self.course.method.tasks.get(element) if self.course.method else None
        table = task.field(key) if task else None
        if table is None or not table.columns:
            return None
        rows = self.course.answers.get(element, {}).get(key) or []
        words = dict.fromkeys(str(row.get(table.columns[0].key) or "") for row in rows)
        return tuple(Option(word, Text(word)) for word in words if word)

    def _items(self, each: Field) -> tuple[Item, ...]:
        if not each.source:
            return each.items
        return tuple(Item(one.value, one.label) for one in self._choices(each) or ())

    def _given(self, each: Field) -> Any:
        """What the project knows already; None where it does not."""
        if each.source == "methods" and self.course.method is not None:
            return self.course.method.id
        if each.key == IMPACTED and self.course.impacted:
            return list(self.course.impacted)
        return None

    def advised(self, phase: str) -> tuple[Task, str] | None:
        """The task of a phase that advises another method, and which."""
        method = self.course.method
        for task in method.phase[phase].tasks if method and phase in method.phase else ():
            for each in task.form:
                chosen = self.course.answers.get(task.id, {}).get(each.key)
                if each.source == "methods" and chosen and method is not None:
                    if chosen != method.id and not is_said(chosen, method.name):
                        return task, str(chosen)
        return None


def answers_to(task: Open, by_task: Named) -> Named | None:
    found = (said for name, said in by_task.items.items() if name == task.work.element or is_said(name, task.name))
    return next((said for said in found if isinstance(said, Named)), None)


def steering(task: Task, reads: frozenset[str]) -> frozenset[str]:
    """The questions whose answers decide what follows."""
    if task.each:
        return frozenset()
    found = set(reads)
    for name, text in task.sets:
        if name in reads:  # one that only an exceptional gate looks at decides nothing here
            found |= feel.compile(text).names
    return frozenset(found)
