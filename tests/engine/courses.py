"""A process of a few lines, played: what waits, by the ids of the drawing, and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine import execution
from engine.diagram import Diagram
from engine.normalise import compiled, repair
from tests.engine.sketch import sketch


class Course:
    """The drawing `text`, repaired, compiled and started; its state is read again at each step."""

    def __init__(self, text: str | bytes, by: str = "", choose: Iterable[str] = (), **given: Any) -> None:
        file = text if isinstance(text, bytes) else sketch(text)
        self.program = execution.compile(compiled(repair([Diagram(file, "p.bpmn")]).diagrams).files)
        self.thrown: list[tuple[str, str]] = []
        self._take(execution.start(self.program, "p", given, by=by, choose=choose))

    def _take(self, run: execution.Run | None) -> Course:
        assert run is not None
        self.run, self.state = run, run.state
        self.thrown += run.step.thrown
        return self

    @property
    def waiting(self) -> execution.Waiting:
        return execution.waiting(self.program, "p", self.state)

    @property
    def open(self) -> list[str]:
        """What waits for someone: `element`, or `element:item`."""
        return sorted(
            work.element if work.item is None else f"{work.element}:{work.item}" for work in self.waiting.works
        )

    @property
    def timers(self) -> list[str]:
        return sorted(each.element for each in self.waiting.timers)

    @property
    def awaited(self) -> list[tuple[str, str]]:
        return sorted((each.kind, each.name) for each in self.waiting.awaited)

    @property
    def end(self) -> str:
        return self.run.step.end

    def complete(self, what: str, choose: Iterable[str] = (), error: str | None = None, **said: Any) -> Course:
        token = next(work.token for work in self.waiting.works if what in (work.element, f"{work.element}:{work.item}"))
        done = execution.complete(self.program, "p", self.state, token, said, choose=choose, error=error)
        return self._take(done)

    def fire(self, element: str, missed: int = 0) -> Course:
        token = next(each.token for each in self.waiting.timers if each.element == element)
        return self._take(execution.fire(self.program, "p", self.state, token, missed))

    def send(self, kind: str, name: str, **said: Any) -> Course:
        return self._take(execution.send(self.program, "p", self.state, kind, name, said))

    def hears(self, kind: str, name: str) -> bool:
        return execution.send(self.program, "p", self.state, kind, name, {}) is not None
