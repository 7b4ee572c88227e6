"""Due dates: working days of France, calendar months, the end of a day in Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.working_time import PARIS, due_after, end_of, is_working, next_occurrence, parts

days = st.dates(date(2020, 1, 1), date(2060, 1, 1))


def at(text: str) -> datetime:
    """A moment in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        ("2026-11-23 10:00", "P1D", "2026-11-24"),
        ("2026-11-23 10:00", "P5D", "2026-11-30"),  # over a weekend
        ("2026-11-21 10:00", "P1D", "2026-11-23"),  # from a Saturday
        ("2026-11-21 10:00", "P1W", "2026-11-28"),  # weeks are the calendar's
        ("2026-12-24 10:00", "P1D", "2026-12-28"),  # over Christmas and a weekend
        ("2027-04-30 10:00", "P5D", "2027-05-10"),  # over the 6th (Ascension); the 1st and 8th are Saturdays
        ("2026-04-03 10:00", "P1D", "2026-04-07"),  # over Easter Monday
        ("2026-07-13 10:00", "P1D", "2026-07-15"),  # over the 14th
        ("2026-01-31 10:00", "P1M", "2026-02-28"),  # the end of a month
        ("2028-01-31 10:00", "P1M", "2028-02-29"),
        ("2026-12-15 10:00", "P2M", "2027-02-15"),
        ("2026-11-30 10:00", "P1Y", "2027-11-30"),
        ("2026-11-30 10:00", "P1M1D", "2026-12-31"),  # a month, then a working day
        ("2026-11-23 23:30", "P1D", "2026-11-24"),  # the day is that of Paris
        ("2026-11-24 00:30", "P1D", "2026-11-25"),  # still the 23rd in UTC
    ],
)
def test_a_due_date_is_the_end_of_a_day_in_paris(start: str, duration: str, due: str) -> None:
    expected = datetime.fromisoformat(f"{due} 23:59:59").replace(tzinfo=PARIS)
    assert due_after(at(start).astimezone(UTC), duration) == expected.astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ("2026-01-15", "2026-01-15T22:59:59+00:00"),
        ("2026-07-15", "2026-07-15T21:59:59+00:00"),
        ("2026-03-29", "2026-03-29T21:59:59+00:00"),  # clocks went forward that night
        ("2026-10-25", "2026-10-25T22:59:59+00:00"),  # clocks went back that night
    ],
)
def test_the_end_of_a_day_follows_summer_time(day: str, moment: str) -> None:
    assert end_of(date.fromisoformat(day)).isoformat() == moment


@pytest.mark.parametrize(
    ("previous", "every", "following"),
    [
        ("2026-10-20 09:00", "P7D", "2026-10-27 09:00"),  # the same hour, over the end of summer time
        ("2026-03-24 09:00", "P14D", "2026-04-07 09:00"),
        ("2026-01-31 09:00", "P1M", "2026-02-28 09:00"),
        ("2026-12-15 09:00", "P1M", "2027-01-15 09:00"),
        ("2026-12-24 09:00", "P1D", "2026-12-25 09:00"),  # calendar time: holidays count
    ],
)
def test_the_next_occurrence_keeps_the_hour_of_paris(previous: str, every: str, following: str) -> None:
    assert next_occurrence(at(previous).astimezone(UTC), every) == at(following).astimezone(UTC)


def test_hours_run_by_the_clock() -> None:
    start = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert due_after(start, "PT36H") == start + timedelta(hours=36)


@pytest.mark.parametrize("text", ["", "P", "10D", "P10", "PT", "P-1D", "P1.5D", "P1D ", "demain"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        due_after(datetime(2026, 11, 20, tzinfo=UTC), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("P1Y2M3W4D", (1, 2, 3, 4, 0, 0)), ("P10D", (0, 0, 0, 10, 0, 0)), ("PT2H30M", (0, 0, 0, 0, 2, 30))],
)
def test_a_duration_is_read_part_by_part(text: str, expected: tuple[int, ...]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", True), ("2026-11-22", False), ("2026-05-01", False), ("2026-05-08", False),
        ("2026-05-14", False), ("2026-05-25", False), ("2026-08-15", False), ("2026-11-11", False),
        ("2026-12-25", False), ("2026-12-26", False), ("2026-12-24", True),
    ],
)  # fmt: skip
def test_weekends_and_the_public_holidays_of_france_are_not_worked(day: str, expected: bool) -> None:
    assert is_working(date.fromisoformat(day)) is expected


@given(days, st.integers(1, 60))
def test_more_working_days_are_never_due_earlier_and_always_on_a_working_day(day: date, count: int) -> None:
    start = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    due = due_after(start, f"P{count}D")
    assert due < due_after(start, f"P{count + 1}D")
    assert is_working(due.astimezone(PARIS).date())
    assert due - start >= timedelta(days=count - 1)
