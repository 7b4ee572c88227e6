"""What `review` looks for in opinions asked within a time limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from engine.dialect import Problem
from engine.method import Effect, Silence, Task
from engine.moments import is_written_out
from engine.review.roles import duration_problems
from engine.words import Text


def silence_problems(task: Task) -> Iterator[Problem]:
    silence = task.silence
    if silence is None:
        return
    if silence.effect not in get_args(Effect):
        yield Problem("unknown-silence", task.place, {"name": task.name, "effect": silence.effect})
        return
    written = is_written_out(silence.after)
    if not task.due and not written:
        yield Problem("silence-without-term", task.place, {"name": task.name})
    if written:
        yield from duration_problems(silence.after, task.place)
    if not silence.deems:
        return
    if not silence.source:
        yield Problem("silence-without-source", task.place, {"name": task.name})
    why = _why_no_answer(task, silence)
    if why is not None:
        yield Problem("silence-without-answer", task.place, {"name": task.name, "why": why})


def _why_no_answer(task: Task, silence: Silence) -> Text | None:
    if not silence.answers:
        return Text("aucune n’est notée.", "none is written.")
    for key, value in silence.answers:
        field = task.field(key)
        if field is None or field.type != "enum":
            return Text(f"« {key} » n’est pas un champ à choix.", f"“{key}” is no field of choice.")
        if value not in {each.value for each in field.options}:
            return Text(f"« {value} » n’est pas une option de « {key} ».", f"“{value}” is no option of “{key}”.")
    return None
