"""What an act says of itself, and what waits: elements are ids of the diagram, never objects of the executor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.execution.specs import WorkKind


@dataclass(frozen=True, slots=True)
class Work:
    """Something that waits to be completed from outside."""

    token: str  #: names it in the state: 32 hexadecimal digits
    element: str  #: id in the diagram
    item: Any  #: what this instance is for (a service's code, a number); None when there is one only
    #: by whom: a person; whoever does external work; who sends what is awaited; who says which way a decision goes
    kind: WorkKind = "human"
    name: str = ""  #: as drawn


@dataclass(frozen=True, slots=True)
class Armed:
    """A drawn timer that began to wait. What its text means in time is for who armed it to say."""

    token: str
    element: str
    #: ISO 8601: a duration `P5D`, a date or moment, a repetition `R3/P7D` (`R/P7D`: without end);
    #: empty where the drawing gives none: someone fires it
    when: str


@dataclass(frozen=True, slots=True)
class Step:
    """What an act changed. Elements are ids of the diagram; each tuple is in the order in which things happened."""

    opened: tuple[Work, ...]
    closed: tuple[str, ...]  #: tokens completed
    cancelled: tuple[str, ...]  #: tokens that the diagram withdrew
    entered: tuple[str, ...]  #: call activities whose process began
    left: tuple[str, ...]  #: call activities whose process ended, or was withdrawn
    end: str  #: the end event of the main process that was reached; empty while it goes on
    steps: int  #: how many elements were passed
    armed: tuple[Armed, ...] = ()
    disarmed: tuple[str, ...] = ()  #: tokens of timers that wait no longer, the one that fired left out
    thrown: tuple[tuple[str, str], ...] = ()  #: (message, signal or escalation; its name), what left the process
    error: str | None = None  #: code of an error that nobody caught: the process is over with it
    passed: tuple[tuple[str, str], ...] = ()  #: flows that a token took: the process or sub-process, the flow's id


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message, a signal or a condition that waits, and the element that waits for it."""

    kind: str
    name: str
    element: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits in a state, each in the order in which it began to."""

    works: tuple[Work, ...]
    timers: tuple[Armed, ...]
    awaited: tuple[Awaited, ...]

    def tokens(self) -> dict[str, str]:
        """The element by the token of each work and timer."""
        waits: list[Work | Armed] = [*self.works, *self.timers]
        return {each.token: each.element for each in waits}


@dataclass(frozen=True, slots=True)
class Run:
    state: bytes
    step: Step
