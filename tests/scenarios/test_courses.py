"""What BPMN 2.0 says that runs: `courses.txt` holds small drawings, each with a course that it must take.

A drawing is of `tests.engine.sketch`. Of a course: `x=1` given at the start, `by=M` the start chosen; `? a b` the open
tasks; `a x=1` a task completed; `!M` a message, `~S` a signal, `@t` a timer, `<r` a receive task; `not` before one of
them: nothing waits for it; last how it stands: ended, waiting, error.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import run_cases
from engine.review import in_words, review
from tests.engine.sketch import sketch

COURSES = [
    each.partition("\n") for each in (Path(__file__).parent / "courses.txt").read_text("utf-8").split("== ") if each
]
SENT = {"!": "message", "~": "signal", "@": "timer", "<": "receive"}


def variables(words: list[str]) -> dict[str, Any]:
    return {name: json.loads(value) for name, _, value in (each.partition("=") for each in words)}


def step(said: str) -> dict[str, Any]:
    first, *rest = said.split(" ")
    if first == "?":
        return {"expect": rest}
    if first[0] in SENT:
        return {SENT[first[0]]: first[1:], "variables": variables(rest)}
    return {"complete": first, "variables": variables(rest)}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, _, text in COURSES], ids=[each[0] for each in COURSES]
)
def test_it_takes_the_course_that_bpmn_says(tmp_path: Path, name: str, text: str) -> None:
    drawing, _, course = text.partition("\n--\n")
    file = tmp_path / "p.bpmn"
    file.write_bytes(sketch(drawing))
    *steps, final = course.strip().split(" | ")
    start: dict[str, Any] = {}
    while steps and "=" in steps[0].split(" ")[0]:
        key, _, value = steps.pop(0).partition("=")
        start |= {"by": value} if key == "by" else {"variables": {**start.get("variables", {}), key: json.loads(value)}}
    fails = next((number for number, said in enumerate(steps, 1) if said.startswith("not ")), 0)
    if fails:
        *steps, final = *steps[: fails - 1], steps[fails - 1].removeprefix("not "), "waiting"
    case = {
        "id": "one",
        "path": "p.bpmn",
        "process": "p",
        "start": start,
        "steps": list(map(step, steps)),
        "final": final,
    }
    (tmp_path / "cases.json").write_text(json.dumps([case]), "utf-8")
    [verdict] = run_cases(tmp_path / "cases.json", tmp_path)
    assert (verdict.passed, verdict.step) == ((False, fails) if fails else (True, None)), verdict.as_row("en")
    errors = review({"p.bpmn": sketch(drawing)}).errors
    assert not errors, in_words(errors, "en")
