"""States that earlier releases wrote, kept as they were: each is read, and its course goes on to its end.

states/<course>/     the diagrams, `course.json` (what was completed, in order) and `<n>.state` (after n of them)
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import execution
from engine.diagram import Diagram
from engine.normalise import one_instance_each
from tests.engine.play import files_of

STATES = Path(__file__).parent / "states"
KEPT = sorted((each.parent.name, int(each.stem)) for each in STATES.glob("*/*.state"))


class Course:
    """What was completed, and what waited before each of them."""

    def __init__(self, name: str) -> None:
        said = json.loads((STATES / name / "course.json").read_text())
        files = {
            each: one_instance_each(Diagram(content, each)).write()
            for each, content in files_of(STATES / name).items()
        }  # fmt: skip
        self.program = execution.compile(files, frozenset(said["reads"]))
        self.process: str = said["process"]
        self.given: dict[str, Any] = said["given"]
        self.completions: list[tuple[str, Any, dict[str, Any]]] = [tuple(each) for each in said["completions"]]

    def start(self) -> execution.Run:
        return execution.start(self.program, self.process, self.given)

    def play(self, state: bytes, open_: dict[str, tuple[str, Any]], first: int, last: int) -> tuple[Any, ...]:
        """What waited after each completion, the last state, and the end that was reached."""
        waited, end = [], ""
        for element, item, said in self.completions[first:last]:
            token = next(each for each, work in open_.items() if work == (element, item))
            run = execution.complete(self.program, self.process, state, token, said)
            assert run is not None
            gone = (*run.step.closed, *run.step.cancelled)
            open_ = {each: work for each, work in open_.items() if each not in gone}
            open_ |= {work.token: (work.element, work.item) for work in run.step.opened}
            waited.append(sorted(open_.values(), key=str))
            state, end = run.state, run.step.end
        return waited, open_, state, end


@pytest.mark.parametrize(("name", "after"), KEPT)
def test_a_state_of_the_first_release_goes_on_to_its_end(name: str, after: int) -> None:
    course = Course(name)
    begun = course.start()
    opened = {work.token: (work.element, work.item) for work in begun.step.opened}
    _, now, _, _ = course.play(begun.state, opened, 0, after)
    waited, _, _, end = course.play(begun.state, opened, 0, len(course.completions))
    old = (STATES / name / f"{after}.state").read_bytes()
    assert old[0] == 1
    tokens = {
        work.token: (work.element, work.item) for work in execution.waiting(course.program, course.process, old).works
    }
    assert sorted(tokens.values(), key=str) == sorted(now.values(), key=str)
    then, _, last, same_end = course.play(old, tokens, after, len(course.completions))
    assert (then, same_end) == (waited[after:], end)
    assert last[0] == 2
