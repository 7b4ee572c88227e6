"""One course of a method, in memory: what a project's rows would hold, and a clock that goes when it is told to.

The executor alone runs it, as for a project; the forms and the variables are checked and computed by the same code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from engine import execution, moments
from engine.execution import Awaited, Run, Step
from engine.method import Method
from engine.scenarios.allowance import Allowance
from engine.scenarios.going import Due, Going, Open, soonness
from engine.scenarios.keywords import is_said
from engine.scenarios.program import Prepared
from engine.scenarios.recurring import recur, start_recurring
from engine.words import Text
from engine.working_time import PARIS

#: the hour at which a scenario's day begins, in Paris
MORNING = time(9)


@dataclass
class Course:
    prepared: Prepared
    process: str
    on: date
    now: datetime = field(init=False)
    main: Going = field(init=False)
    open: list[Open] = field(default_factory=list)
    timers: list[Due] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)  #: the last ones of each task
    impacted: list[str] = field(default_factory=list)
    reworks: Counter[str] = field(default_factory=Counter)
    passed: set[tuple[str, str]] = field(default_factory=set)  #: flows taken: process or sub-process, id
    end: str = ""  #: the end event that was reached
    error: str | None = None  #: the error that ended it
    over: bool = False
    decided: set[tuple[str, str]] = field(default_factory=set)  #: gate, outcome
    allowance: Allowance | None = None  #: None: as long as it takes

    def __post_init__(self) -> None:
        self.now = datetime.combine(self.on, MORNING, PARIS).astimezone(UTC)
        self.main = Going(self.process)

    @property
    def method(self) -> Method | None:
        return self.prepared.method

    def start(self, variables: Mapping[str, Any], **said: Any) -> None:
        run = execution.start(self.prepared.program, self.process, variables, **said)
        self.apply(self.main, run)
        self._settle(said)

    def complete(self, task: Open, variables: Mapping[str, Any], **said: Any) -> bool:
        """False when it no longer waits."""
        going = task.going
        run = execution.complete(
            self.prepared.program, going.process, going.state, task.work.token, variables, **said
        )  # fmt: skip
        if run is None:
            return False
        self.apply(going, run)
        self._settle(said)
        return True

    def awaited(self) -> list[Awaited]:
        """Messages, signals and conditions that the main process waits for."""
        if self.over:
            return []
        return list(execution.waiting(self.prepared.program, self.main.process, self.main.state).awaited)

    def send(self, kinds: Sequence[str], name: str, variables: Mapping[str, Any], **said: Any) -> bool:
        """What comes from outside, by its name or by that of what waits for it. False when nothing does."""
        program, going = self.prepared.program, self.main
        meant = next((each for each in self.awaited() if each.kind in kinds and self._is_meant(each, name)), None)
        kind = meant.kind if meant is not None else kinds[0]
        if meant is not None:
            name = meant.element if kind == "conditional" else meant.name
        run = execution.send(program, going.process, going.state, kind, name, variables, **said)
        if run is not None:
            self.apply(going, run)
            self._settle(said)
        return run is not None

    def _is_meant(self, awaited: Awaited, name: str) -> bool:
        drawn = self.prepared.called(awaited.element)
        return name in (awaited.name, awaited.element) or is_said(name, Text(awaited.name), drawn)

    def choose(self, name: str) -> bool:
        """A decision that is drawn without conditions, by a flow that it leads to. False when none waits for it."""
        for each in self.open:
            flow = self.prepared.flow_out(each.work.element, name) if each.kind == "decision" else ""
            if flow:
                return self.complete(each, {}, choose=(flow,))
        return False

    def _settle(self, said: Mapping[str, Any]) -> None:
        """A flow that was chosen may be that of a decision without conditions, which waits to be told."""
        for name in said.get("choose", ()):
            self.choose(name)

    # --- what an act changes ---

    def apply(self, going: Going, run: Run) -> None:
        if self.allowance is not None:
            self.allowance.take()
        step = run.step
        going.state = run.state
        self.passed.update(step.passed)
        gone = {*step.closed, *step.cancelled}
        self.open = [each for each in self.open if each.work.token not in gone]
        self.timers = [each for each in self.timers if each.token not in step.disarmed or not each.token]
        self.open += [Open(going, work, self.prepared.name_of(work), self.now) for work in step.opened]
        for each in step.armed:
            at = moments.due(each.when, self.now, self._working(each.element)) if each.when else None
            self._arm(going, each.element, each.token, each.when, max(at, self.now) if at else None)
        start_recurring(self, step.entered)
        self._end(going, step)

    def _end(self, going: Going, step: Step) -> None:
        error = step.error
        waits = any(each.going is going for each in self.open) or any(each.going is going for each in self.timers)
        over = bool(step.end) or error is not None or not (waits or self.prepared.waits(going))
        if over and going is self.main:
            self.over, self.end, self.error = True, step.end, error
            self.open, self.timers = [], []

    # --- time ---

    def _working(self, element: str) -> bool:
        drawn = self.method.timer.get(element) if self.method else None
        return drawn.working if drawn is not None else False

    def _arm(self, going: Going, element: str, token: str, when: str, at: datetime | None) -> None:
        self.timers.append(Due(at, element, self.prepared.called(element), going, token, when))

    def next_due(self) -> Due | None:
        return min((each for each in self.timers if each.at is not None), key=soonness, default=None)

    def fire(self, due: Due, **said: Any) -> None:
        """Its moment has come."""
        self.now = max(self.now, due.at or self.now)
        self.timers.remove(due)
        if due.going is None:
            recur(self, due)
            return
        going = due.going
        run = execution.fire(self.prepared.program, going.process, going.state, due.token, **said)
        if run is None:
            return
        again = [each for each in run.step.armed if each.token == due.token]
        others = tuple(each for each in run.step.armed if each.token != due.token)
        self.apply(going, replace(run, step=replace(run.step, armed=others)))
        self._settle(said)
        if again:
            following = moments.due(due.when, due.at or self.now, self._working(due.element))
            self._arm(going, due.element, due.token, again[0].when, following)
