"""What goes on and what waits, on a course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from engine.execution import Work
from engine.method import Recurring
from engine.words import Text


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
