"""What time it is: UTC, to the microsecond, and the only place that asks the machine.

`JALON_NOW` is not read: a test moves time by passing a clock to `Engine`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def machine() -> datetime:
    return datetime.now(UTC)


clock: ContextVar[Clock] = ContextVar("clock", default=machine)


def now() -> datetime:
    """The present moment in UTC, as the engine that is acting sees it."""
    return clock.get()()
