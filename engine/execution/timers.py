"""What a drawn timer waits for, and what becomes of one that repeats.

No clock here: `when` says what was drawn, and whoever keeps the timers says which moment that is.
"""

from __future__ import annotations

from typing import Any

from engine.errors import Incident
from engine.execution.expressions import evaluate
from engine.execution.specs import set_off
from engine.moments import check, is_written_out, repetition
from engine.words import Text

#: internal data of a timer: how often it is still to fire
LEFT = "left"


def when(task: Any) -> str:
    """The text of a timer that waits, FEEL computed; empty where the drawing gives none.

    Raises `Incident` for what is no duration, date or repetition.
    """
    text = task.task_spec.timer.text
    if not text:
        return ""
    value = text if is_written_out(text) else evaluate(text, task.data)
    said = value if isinstance(value, str) else value.isoformat() if hasattr(value, "isoformat") else str(value)
    try:
        check(said)
    except ValueError:
        why = Text(f"« {text} » ne donne ni durée, ni date, ni répétition (ISO 8601) : {said}.",
                   f"“{text}” gives neither a duration, a date nor a repetition (ISO 8601): {said}.")  # fmt: skip
        raise Incident(why=why) from None
    repeats = repetition(said)
    if repeats is not None and task.task_spec.interrupts:
        if repeats[0] == 1:
            return repeats[1]
        why = Text(f"« {text} » donne une répétition ({said}) là où rien ne peut se répéter.",
                   f"“{text}” gives a repetition ({said}) where nothing can repeat.")  # fmt: skip
        raise Incident(why=why)
    if repeats is None or LEFT not in task.internal_data:
        return said
    return f"R{task.internal_data[LEFT]}/{repeats[1]}"


def repeat(task: Any, missed: int) -> bool:
    """Set off what follows a repeating timer, which waits on; False when this is its last time, or its only one."""
    repeats = repetition(when(task))
    if repeats is None:
        return False
    times, _ = repeats
    if times is not None:
        if times - 1 - missed <= 0:
            return False
        task.internal_data[LEFT] = times - 1 - missed
    set_off(task)
    return True
