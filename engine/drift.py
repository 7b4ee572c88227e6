"""What a project promised, and how far it is from it by now (docs/explanation/baselines.md).

delay    working days since the promised end, until what was promised is delivered; and in per cent of the time given
cost     per cent above the promised cost
scope    what is promised no more, what was added
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine.answers import day, decimal
from engine.working_time import is_working

#: where neither the method nor the project says: working days, per cent of the time given, per cent of the cost
TOLERANCES: Mapping[str, Decimal] = {"delay": Decimal(10), "delay_share": Decimal(15), "cost": Decimal(10)}


@dataclass(frozen=True, slots=True)
class Drift:
    delay: int  #: working days
    delay_share: Decimal | None  #: per cent; None where the time given was none
    cost: Decimal | None  #: per cent, negative below; None where no cost was promised, or none is known
    missing: int  #: parts of the promised scope that are planned no more
    added: int
    beyond: tuple[str, ...]  #: of delay, cost: what exceeds its tolerance


def drift(
    promised: Mapping[str, Any], since: date, today: date, cost: Decimal | None, scope: list[str] | None = None
) -> Drift:  # fmt: skip
    """`promised`: of a baseline of the day `since`. `today`: or the day on which it was delivered. `cost`, `scope`: as
    known by now."""
    most = {**TOLERANCES, **{name: _number(value) for name, value in (promised.get("tolerances") or {}).items()}}
    end = day(str(promised.get("end") or ""))
    late = working_days_between(end, today) if end is not None else 0
    given = working_days_between(since, end) if end is not None else 0
    share = Decimal(late * 100) / given if given else None
    planned = decimal(str(promised.get("cost") or ""))
    extra = (cost - planned) * 100 / planned if cost is not None and planned else None
    before, now = set(promised.get("parts") or ()), set(scope if scope is not None else promised.get("parts") or ())
    beyond = []
    if late > most["delay"] or (share is not None and share > most["delay_share"]):
        beyond.append("delay")
    if extra is not None and extra > most["cost"]:
        beyond.append("cost")
    return Drift(late, share, extra, len(before - now), len(now - before), tuple(beyond))


def working_days_between(first: date, last: date) -> int:
    """The working days after `first` up to `last`; 0 where it is not later."""
    days = (last - first).days
    if days <= 0:
        return 0
    if days > 3650:  # nobody counts the holidays of ten years
        return days // 7 * 5
    return sum(is_working(first + timedelta(days=number)) for number in range(1, days + 1))


def tolerances(said: Mapping[str, str], rows: object) -> dict[str, str]:
    """Those of the method, `said`, and what a project notes in a table instead: `delai` and `cout`, in days or %."""
    found = dict(said)
    for row in rows if isinstance(rows, list) else ():
        text = str(row.get("tolerance") or "")
        for number, unit in re.findall(r"(\d+(?:[.,]\d+)?)\s*(%|j|d|w)", text.lower()):
            name = "cost" if row.get("dimension") == "cout" else "delay_share" if unit == "%" else "delay"
            if row.get("dimension") in ("delai", "cout") and (name != "cost" or unit == "%"):
                found[name] = number.replace(",", ".")
    return found


def _number(value: Any) -> Decimal:
    return decimal(str(value)) or Decimal(0)
