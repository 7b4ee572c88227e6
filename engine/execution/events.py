"""What an event waits for or says: a message, a signal, a moment, a condition, an error, an escalation …

Two events meet by `kind` and `names`. An error or an escalation without a name catches every one of its kind
(BPMN 2.0, 10.5.1 and 10.5.6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["timer", "message", "signal", "conditional", "error", "escalation", "cancel", "terminate"]

#: what may be drawn where, by the place of the event; anything else is refused by name
CAUGHT: dict[str, frozenset[str]] = {
    "start": frozenset({"timer", "message", "signal", "conditional"}),
    "event sub-process": frozenset({"timer", "message", "signal", "conditional", "error", "escalation"}),
    "catch": frozenset({"timer", "message", "signal", "conditional"}),
    "boundary": frozenset({"timer", "message", "signal", "conditional", "error", "escalation", "cancel"}),
    "throw": frozenset({"message", "signal", "escalation"}),
    "end": frozenset({"message", "signal", "escalation", "error", "cancel", "terminate"}),
}

#: name of a terminate event that ends the main process, wherever it stands (Flowable's `terminateAll`)
ALL = "all"


@dataclass(frozen=True, slots=True)
class Event:
    kind: Kind
    name: str = ""  #: of the message or signal, code of the error or escalation; empty catches all
    names: frozenset[str] = frozenset()  #: everything under which someone outside may call it
    text: str = ""  #: of a timer (ISO 8601 or FEEL), of a condition (FEEL)

    def catches(self, kind: str, name: str) -> bool:
        """Is it thrown for me, from within the process?"""
        return self.kind == kind and (self.name == name or (not self.name and kind in ("error", "escalation")))

    def answers(self, kind: str, name: str) -> bool:
        """Is it said to me, from outside?"""
        return self.kind == kind and (self.name == name or name in self.names)


def of_kind(events: Iterable[Event], *kinds: str) -> Event | None:
    return next((each for each in events if each.kind in kinds), None)
