"""A course that one plays oneself, a step at a time: every play is a scenario that may be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.method import Field, Gate
from engine.scenarios.allowance import Allowance
from engine.scenarios.course import Course
from engine.scenarios.desk import steering
from engine.scenarios.gates import gate_of
from engine.scenarios.going import Open
from engine.scenarios.play import Played, play
from engine.scenarios.program import Prepared
from engine.scenarios.reading import read_book
from engine.scenarios.scenario import Scenario
from engine.scenarios.writing import STEPS, WAITING, alone, quoted
from engine.words import Text
from engine.working_time import due_after

FILE = "essai.scenarios.yaml"
#: characters of the file of a play
LONGEST_PLAY = 60_000


@dataclass(frozen=True, slots=True)
class NextStep:
    """One more step: `do` is `complete`, `decide`, `timer` or `until`. `name`: as it is drawn, or its id."""

    do: str
    name: str
    outcome: str = ""  #: of a gate, or of those on the way
    answers: Mapping[str, str] = field(default_factory=dict)  #: by label


def begun(name: str, services: Sequence[str]) -> str:
    """The file of a course that has not moved yet. `services`: codes of those that it concerns."""
    start = f"    au départ: {{services_impactes: [{', '.join(map(quoted, services))}]}}\n" if services else ""
    return f"scénarios:\n  - scénario: {quoted(name)}\n{start}{WAITING}"


def followed(file: str, step: NextStep) -> str:
    """The file's first scenario with one more step. Raises `ScenariosUnreadable`."""
    content = file.encode()
    file = alone(content, FILE, read_book(content, FILE).scenarios[0].name, waits=True)
    verbs = {"complete": "terminer", "decide": "décider", "timer": "minuteur", "until": "jusqu’à"}
    lines = [f"      - {verbs[step.do]}: {quoted(step.name)}\n"]
    if step.outcome:
        lines.append(f"        {'portes' if step.do == 'until' else 'issue'}: {quoted(step.outcome)}\n")
    if step.answers:
        lines.append("        avec:\n")
        lines += [f"          {quoted(label)}: {quoted(said)}\n" for label, said in step.answers.items()]
    return file + ("" if STEPS in file else STEPS) + "".join(lines)


def ended(file: str, course: Course) -> str:
    """The file with the end that was reached."""
    end = course.prepared.called(course.end).fr if course.over and course.end else ""
    return file.replace(WAITING, f"    fin: {quoted(end)}\n", 1) if end else file


@dataclass(frozen=True, slots=True)
class Tried:
    played: Played
    scenario: Scenario

    @property
    def as_told(self) -> bool:
        """It went as the file says; one that is being recorded says that it waits, until it is over."""
        verdict, course = self.played.verdict, self.played.course
        recorded = self.scenario.end.kind == "waiting" and verdict.step == len(self.scenario.steps) + 1
        return verdict.passed or (recorded and course is not None and course.over)


def tried(prepared: Prepared, file: str) -> Tried:
    """The first scenario of the file, as far as it goes. Raises `ScenariosUnreadable`."""
    book = read_book(file.encode(), FILE)
    scenario = book.scenarios[0]
    return Tried(play(prepared, prepared.main(book.process), scenario, FILE, Allowance()), scenario)


def cut(file: str, steps: int) -> str:
    """The file's first scenario, no further than so many steps. Raises `ScenariosUnreadable`."""
    content = file.encode()
    return alone(content, FILE, read_book(content, FILE).scenarios[0].name, steps=steps)


def asked(course: Course, task: Open) -> tuple[Field, ...]:
    """The questions that decide what follows: how they are answered is nothing to guess."""
    method = course.method
    model = method.tasks.get(task.work.element) if method is not None else None
    if model is None or gate_of(course, task) is not None:
        return ()
    reads = steering(model, course.prepared.program.reads)
    return tuple(each for each in model.form if each.key in reads and each.source != "methods")


def outcomes(course: Course, task: Open) -> tuple[str, ...]:
    """Those that a gate offers; empty for what is no gate."""
    gate: Gate | None = gate_of(course, task)
    return gate.outcomes if gate is not None else ()


def role_of(course: Course, task: Open) -> Text:
    method = course.method
    if method is None:
        return Text("")
    gate = method.gate.get(task.work.element)
    model = method.tasks.get(task.work.element)
    role = gate.chair if gate is not None else model.role if model is not None else ""
    return method.role[role].name if role in method.role else Text(role)


def due_of(course: Course, task: Open) -> datetime | None:
    """As a project would have it, from when it opened; None for what has no deadline."""
    method = course.method
    if method is None:
        return None
    model = method.gate.get(task.work.element) or method.tasks.get(task.work.element)
    return due_after(task.since, model.due) if model is not None and model.due.startswith("P") else None
