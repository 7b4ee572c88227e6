"""The text of a drawn timer -> the moment at which it is due (BPMN 2.0, 10.5.5; ISO 8601).

    P5D                    a duration: calendar time of Paris, or working days where `working` says so
    2027-03-01             the beginning of that day in Paris
    2027-03-01T09:00       that moment in Paris; with Z or an offset, there
    R3/P7D, R/P7D          three times a week apart, or for as long as what it stands on lasts

A text that is none of these is FEEL whose value is one of them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from engine.working_time import PARIS, due_after, next_occurrence, parts

_DURATION = re.compile(r"P(?:T?\d+[YMWDHS])+|PT")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}.*)?")
_REPETITION = re.compile(r"R(\d*)/(.+)")


def is_written_out(text: str) -> bool:
    """Is `text` ISO 8601 in one of the forms above, not FEEL? Also when its figures are wrong."""
    return any(form.fullmatch(text) for form in (_DURATION, _MOMENT, _REPETITION))


def check(text: str) -> None:
    """Raises ValueError for what stands for no moment: `P0D` and `R0/P7D` do not either."""
    if _MOMENT.fullmatch(text):
        _moment(text)
        return
    times, every = repetition(text) or (1, text)
    if times == 0 or not any(parts(every)):
        raise ValueError(text)


def repetition(text: str) -> tuple[int | None, str] | None:
    """How often (None: without end) and every how long; None for what happens once."""
    found = _REPETITION.fullmatch(text)
    return (int(found[1]) if found[1] else None, found[2]) if found else None


def due(text: str, start: datetime, working: bool = False) -> datetime:
    """When it is due (first), in UTC, for a timer armed at `start`. Raises ValueError."""
    if _MOMENT.fullmatch(text):
        return _moment(text)
    _, every = repetition(text) or (1, text)
    return due_after(start, every) if working else next_occurrence(start, every)


def missed(text: str, first: datetime, now: datetime, working: bool = False) -> tuple[int, datetime]:
    """For a repetition due since `first`: how many more are due by `now`, and when the one after those is."""
    left, _ = repetition(text) or (1, text)
    count, following = 0, due(text, first, working)
    while following <= now and (left is None or count < left - 1):
        count, following = count + 1, due(text, following, working)
    return count, following


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=PARIS)).astimezone(UTC)
