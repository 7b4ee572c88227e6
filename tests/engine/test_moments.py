"""The text of a drawn timer and the moment that it stands for, over the changes of the hour too (Paris)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine import moments
from engine.working_time import PARIS

#: Friday, the day before summer time ends, half past nine in Paris
FRIDAY = datetime(2026, 10, 23, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "working", "due"),
    [
        ("PT2H", False, datetime(2026, 10, 23, 11, 30, tzinfo=PARIS)),
        ("P2D", False, datetime(2026, 10, 25, 9, 30, tzinfo=PARIS)),  # the same hour, one hour later in UTC
        ("P1W", False, datetime(2026, 10, 30, 9, 30, tzinfo=PARIS)),
        ("P2D", True, datetime(2026, 10, 27, 23, 59, 59, tzinfo=PARIS)),  # Monday, Tuesday
        ("P6D", True, datetime(2026, 11, 2, 23, 59, 59, tzinfo=PARIS)),  # All Saints' Day is a Sunday
        ("R3/P1D", False, datetime(2026, 10, 24, 9, 30, tzinfo=PARIS)),
        ("2026-10-25", False, datetime(2026, 10, 25, tzinfo=PARIS)),
        ("2026-10-25T04:00", False, datetime(2026, 10, 25, 3, tzinfo=UTC)),
        ("2026-10-25T04:00Z", False, datetime(2026, 10, 25, 4, tzinfo=UTC)),
    ],
)
def test_when_a_timer_is_due(text: str, working: bool, due: datetime) -> None:
    assert moments.due(text, FRIDAY, working) == due


@pytest.mark.parametrize(
    ("text", "days", "missed", "following"),
    [
        ("R3/P1D", 0, 0, 1),
        ("R3/P1D", 1, 1, 2),
        ("R3/P1D", 9, 2, 3),  # no more turns than drawn
        ("R/P1D", 9, 9, 10),
        ("P1D", 9, 0, 1),
    ],
)
def test_turns_that_were_missed_are_counted(text: str, days: int, missed: int, following: int) -> None:
    def at(day: int) -> datetime:
        return datetime(2026, 11, 2 + day, 9, tzinfo=PARIS).astimezone(UTC)

    assert moments.missed(text, at(0), at(days)) == (missed, at(following))


@pytest.mark.parametrize("text", ["P0D", "PT0M", "R0/P7D", "R3/P0D", "2027-02-29", "2027-01-01T24:30", "P5D4H", "R3/x"])
def test_what_stands_for_no_moment_is_refused(text: str) -> None:
    assert moments.is_written_out(text)
    with pytest.raises(ValueError, match=r".+"):
        moments.check(text)


@pytest.mark.parametrize("text", ["date_fin", 'duration("P5D")', '"P5D"', "P", "PM2", "urgent"])
def test_anything_else_is_an_expression(text: str) -> None:
    assert not moments.is_written_out(text)
