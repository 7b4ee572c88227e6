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
from engine.answers import plan_lines
from engine.execution import Run, Step, Work
from engine.method import Gate, Method, Recurring
from engine.scenarios.program import Prepared
from engine.words import Text
from engine.working_time import PARIS, next_occurrence

#: the hour at which a scenario's day begins, in Paris
MORNING = time(9)


@dataclass(eq=False)
class Going:
    """An execution: of the main process, or of one occurrence of a recurring activity."""

    process: str
    state: bytes = b""
    subject: str = ""
    recurring: Recurring | None = None


@dataclass(frozen=True, eq=False)
class Open:
    """Work that waits, of a person or of whoever completes it from outside."""

    going: Going
    work: Work
    name: Text
    since: datetime

    @property
    def kind(self) -> str:
        return self.work.kind

    @property
    def item(self) -> str:
        said = self.going.subject if self.going.recurring else self.work.item
        return "" if said is None else str(said)

    @property
    def said(self) -> Text:
        """As it is listed: with what this instance is for."""
        return (
            Text(f"{self.name.fr} ({self.item})", f"{self.name.read('en')} ({self.item})") if self.item else self.name
        )


@dataclass(frozen=True, eq=False)
class Due:
    """A timer that waits: a drawn one (`going`), or the next occurrence of a recurring activity."""

    at: datetime | None  #: None where the drawing gives no time: a scenario says that it comes
    element: str
    name: Text
    going: Going | None = None
    token: str = ""
    when: str = ""  #: as drawn
    subject: str = ""


def soonness(due: Due) -> datetime:
    """What has no time of its own comes last."""
    return due.at or datetime.max.replace(tzinfo=UTC)


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

    def __post_init__(self) -> None:
        self.now = datetime.combine(self.on, MORNING, PARIS).astimezone(UTC)
        self.main = Going(self.process)

    @property
    def method(self) -> Method | None:
        return self.prepared.method

    def start(self, variables: Mapping[str, Any], **said: Any) -> None:
        run = execution.start(self.prepared.program, self.process, variables, **said)
        self._apply(self.main, run)

    def complete(self, task: Open, variables: Mapping[str, Any], **said: Any) -> bool:
        """False when it no longer waits."""
        going = task.going
        run = execution.complete(
            self.prepared.program, going.process, going.state, task.work.token, variables, **said
        )  # fmt: skip
        if run is None:
            return False
        self._apply(going, run)
        self._plan_next(task)
        return True

    def send(self, kind: str, name: str, variables: Mapping[str, Any], **said: Any) -> bool:
        """A message or a signal. False when nothing waits for it."""
        going = self.main
        run = execution.send(self.prepared.program, going.process, going.state, kind, name, variables, **said)
        if run is not None:
            self._apply(going, run)
        return run is not None

    # --- what an act changes ---

    def _apply(self, going: Going, run: Run) -> None:
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
        self._start_recurring(step.entered)
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
            self._recur(due)
            return
        going = due.going
        run = execution.fire(self.prepared.program, going.process, going.state, due.token, **said)
        if run is None:
            return
        again = [each for each in run.step.armed if each.token == due.token]
        others = tuple(each for each in run.step.armed if each.token != due.token)
        self._apply(going, replace(run, step=replace(run.step, armed=others)))
        if again:
            following = moments.due(due.when, due.at or self.now, self._working(due.element))
            self._arm(going, due.element, due.token, again[0].when, following)

    # --- recurring activities (engine.store.projection says the same of rows) ---

    def _start_recurring(self, entered: Sequence[str]) -> None:
        alive = {each.element for each in self.timers} | {each.work.element for each in self.open}
        for each in self.method.recurring if self.method else ():
            if each.during in entered and each.id not in alive:
                for subject in self._plan(each):
                    self._open_occurrence(each, subject)

    def _plan(self, recurring: Recurring) -> list[str]:
        if recurring.every != "plan":
            return [""]
        element, _, key = recurring.plan.partition(".")
        return [subject for subject, _ in plan_lines(self.answers.get(element, {}).get(key) or [])]

    def _open_occurrence(self, recurring: Recurring, subject: str) -> None:
        going = Going(recurring.process, subject=subject, recurring=recurring)
        self._apply(going, execution.start(self.prepared.program, recurring.process, {}))

    def _plan_next(self, task: Open) -> None:
        recurring = task.going.recurring
        if recurring is None or recurring.every == "plan" or any(each.going is task.going for each in self.open):
            return
        at = max(next_occurrence(task.since, recurring.every), self.now)
        self.timers.append(Due(at, recurring.id, recurring.name, subject=task.going.subject))

    def _recur(self, due: Due) -> None:
        """The next occurrence replaces one that nobody did."""
        recurring = next(each for each in self.method.recurring if each.id == due.element) if self.method else None
        if recurring is not None:
            self.open = [each for each in self.open if each.work.element != due.element]
            self._open_occurrence(recurring, due.subject)

    def end_recurring(self, gate: Gate) -> None:
        ended = {each.id for each in self.method.recurring if each.until == gate.id} if self.method else set()
        self.open = [each for each in self.open if each.work.element not in ended]
        self.timers = [each for each in self.timers if each.element not in ended]
