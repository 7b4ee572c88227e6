"""The two durations of FEEL: months that have no fixed length, and seconds that have (DMN 1.5, "
"10.3.2.3.7-8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from .decimal34 import plain
from .errors import refuse

MAX_MONTHS = 24 * 10**9  # from one end of the calendar to the other
MAX_SECONDS = Decimal(10**18)


@dataclass(frozen=True, slots=True, repr=False)
class YearsMonthsDuration:
    """A whole number of months, negative when it goes back in time."""

    months: int

    def __post_init__(self) -> None:
        if abs(self.months) > MAX_MONTHS:
            raise refuse(
                f"Une durée d’au plus {MAX_MONTHS} mois est attendue. Vérifiez le calcul.",
                f"Expected a duration of at most {MAX_MONTHS} months. Check the calculation.",
            )

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{'-' if self.months < 0 else ''}P{parts}"

    def __repr__(self) -> str:
        return f"YearsMonthsDuration('{self}')"


@dataclass(frozen=True, slots=True, repr=False)
class DaysTimeDuration:
    """A number of seconds, with decimals; a day is 86,400 of them."""

    seconds: Decimal

    def __post_init__(self) -> None:
        if abs(self.seconds) > MAX_SECONDS:
            raise refuse(
                f"Une durée d’au plus {MAX_SECONDS} secondes est attendue. Vérifiez le calcul.",
                f"Expected a duration of at most {MAX_SECONDS} seconds. Check the calculation.",
            )

    def timedelta(self) -> timedelta:
        """The same length for Python, to the microsecond. OverflowError beyond a billion days."""
        return timedelta(microseconds=int(self.seconds * 1_000_000))

    def split(self) -> tuple[int, int, int, Decimal]:
        """Days, hours, minutes, seconds, all with the sign of the duration."""
        sign = -1 if self.seconds < 0 else 1
        whole = int(abs(self.seconds))
        fraction = abs(self.seconds) - whole
        minutes, seconds = divmod(whole, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        return sign * days, sign * hours, sign * minutes, sign * (seconds + fraction)

    def __str__(self) -> str:
        days, hours, minutes, seconds = DaysTimeDuration(abs(self.seconds)).split()
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        clock += f"{plain(seconds)}S" if seconds or not (days or clock) else ""
        text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return f"{'-' if self.seconds < 0 else ''}P{text}"

    def __repr__(self) -> str:
        return f"DaysTimeDuration('{self}')"
