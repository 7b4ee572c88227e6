"""Plays a process by whatever can be done in it, drawn by lot: every wait may end, every decision go any way."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from engine import Incident, TooMuchWork, execution
from engine.execution import Program, Run
from engine.execution.expressions import evaluate, names_of
from engine.execution.loops import Again, Many
from engine.execution.scopes import Call

#: what a variable may be that an expression reads, in this order: the first with which it means something
VALUES: tuple[Any, ...] = (True, False, 1, "P1D", ["a", "b"], {"a": 1})


@dataclass
class Played:
    """What came of a process: did it come to wait or to its end, and what was met on the way."""

    waited: bool = False
    ended: bool = False
    taken: set[tuple[str, str]] = field(default_factory=set)
    incident: str = ""
    steps: int = 0


def play(program: Program, process: str, by: str, seed: int, most: int = 60) -> Played:
    """Raises whatever is not an `Incident` or `TooMuchWork`: that would be a raw error."""
    lot, played = random.Random(seed), Played()
    given = variables(program)
    try:
        run: Run | None = execution.start(program, process, given, by=by, choose=ways(program, lot))
        while run is not None:
            played.taken.update(run.step.passed)
            played.steps += 1
            if run.step.end or run.step.error is not None:
                played.ended = True
                return played
            played.waited = True
            if played.steps > most:
                return played
            run = _one(program, process, run, lot)
    except (Incident, TooMuchWork) as refusal:
        played.incident = refusal.text("fr")
    return played


def _one(program: Program, process: str, run: Run, lot: random.Random) -> Run | None:
    waits, choose = execution.waiting(program, process, run.state), ways(program, lot)
    acts: list[tuple[Any, ...]] = [
        *((execution.complete, work.token, {}) for work in waits.works),
        *((execution.fire, each.token) for each in waits.timers),
        *((execution.send, each.kind, each.element, {}) for each in waits.awaited),
    ]
    act, *said = lot.choice(acts)
    done: Run | None = act(program, process, run.state, *said, choose=choose)
    return done


def ways(program: Program, lot: random.Random) -> list[str]:
    """One flow of every decision: which way it goes is nobody's condition."""
    decisions = [spec.choices for process in program.specs.values() for spec in process.task_specs.values()]
    return [lot.choice(choices).flow for choices in decisions if choices]


def variables(program: Program) -> dict[str, Any]:
    """Values under which what the process computes beside its decisions means something."""
    said: dict[str, Any] = {}
    for process in program.specs.values():
        for spec in process.task_specs.values():
            if isinstance(spec, Many):
                _make(said, spec.said.collection, lambda value: isinstance(value, list))
                _make(said, spec.said.cardinality, lambda value: not isinstance(value, bool) and value == 1)
                _make(said, spec.said.enough, lambda value: isinstance(value, bool))
            elif isinstance(spec, Again):
                _make(said, spec.condition, lambda value: value is False)
            elif isinstance(spec, Call):
                for target in program.processes if spec.expression else ():
                    said |= dict.fromkeys(names_of(spec.expression), target)
            for event in spec.events:
                if event.kind == "timer":
                    _make(said, event.text, lambda value: isinstance(value, str))
    return said


def _make(said: dict[str, Any], text: str, means: Any) -> None:
    names = names_of(text) - said.keys() if text else ()
    for value in VALUES:
        tried = said | dict.fromkeys(names, value)
        try:
            if text and means(evaluate(text, tried)):
                said.update(dict.fromkeys(names, value))
                return
        except Incident:
            continue


def starts(program: Program, process: str) -> Iterable[str]:
    """How it may be begun: by each of its start events, or in the one way there is."""
    begins = program.specs[process].begins
    return [sorted(names)[0] for _, names, _ in begins] if len(begins) > 1 else [""]
