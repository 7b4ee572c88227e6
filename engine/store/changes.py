"""What a change of a project may cost before a gate must decide it: the tolerances of the last baseline."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.answers import decimal
from engine.store.tables import BaselineRow

#: where a baseline names no tolerance: days, and per cent of the promised cost
DELAY, COST = Decimal(10), Decimal(10)


def above_tolerance(session: Session, project: int, facts: dict[str, Any]) -> bool:
    """Does a change move the end or the cost beyond what the last baseline tolerates? Never before there is one.

    Reads of the baseline `cost`, and of its `tolerances` `delay` (days) and `cost` (per cent).
    """
    promised = session.execute(
        select(BaselineRow.promised).where(BaselineRow.project_id == project).order_by(BaselineRow.id.desc()).limit(1)
    ).scalar()
    if promised is None:
        return False
    baseline = json.loads(promised)
    tolerances = baseline.get("tolerances") or {}
    if _number(facts.get("delay"), Decimal(0)) > _number(tolerances.get("delay"), DELAY):
        return True
    most = _number(baseline.get("cost"), Decimal(0)) * _number(tolerances.get("cost"), COST) / 100
    return _number(facts.get("cost"), Decimal(0)) > most


def _number(value: Any, otherwise: Decimal) -> Decimal:
    found = decimal(str(value)) if value not in (None, "") else None
    return found if found is not None else otherwise
