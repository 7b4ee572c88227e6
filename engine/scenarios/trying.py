"""A course that one plays oneself, a step at a time: every play is a scenario that may be kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.method import Field, Gate
from engine.scenarios.course import Course
from engine.scenarios.desk import steering
from engine.scenarios.gates import gate_of
from engine.scenarios.going import Open
from engine.scenarios.play import Played, play
from engine.scenarios.program import Prepared
from engine.scenarios.reading import read_book
from engine.words import Text

FILE = "essai.scenarios.yaml"
STEPS = "    étapes:\n"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One more step: `do` is `complete`, `decide`, `timer` or `until`. `name`: as it is drawn, or its id."""

    do: str
    name: str
    outcome: str = ""  #: of a gate, or of those on the way
    answers: Mapping[str, str] = field(default_factory=dict)  #: by label


def begun(name: str, services: Sequence[str]) -> str:
    """The file of a course that has not moved yet. `services`: codes of those that it concerns."""
    start = f"    au départ: {{services_impactes: [{', '.join(map(_quoted, services))}]}}\n" if services else ""
    return f"scénarios:\n  - scénario: {_quoted(name)}\n{start}    fin: en attente\n"


def followed(file: str, step: NextStep) -> str:
    """The file with one more step."""
    verbs = {"complete": "terminer", "decide": "décider", "timer": "minuteur", "until": "jusqu’à"}
    lines = [f"      - {verbs[step.do]}: {_quoted(step.name)}\n"]
    if step.outcome:
        lines.append(f"        {'portes' if step.do == 'until' else 'issue'}: {_quoted(step.outcome)}\n")
    if step.answers:
        lines.append("        avec:\n")
        lines += [f"          {_quoted(label)}: {_quoted(said)}\n" for label, said in step.answers.items()]
    return file + ("" if STEPS in file else STEPS) + "".join(lines)


def ended(file: str, course: Course) -> str:
    """The file with the end that was reached."""
    end = course.prepared.called(course.end).fr if course.over and course.end else ""
    return file.replace("    fin: en attente\n", f"    fin: {_quoted(end)}\n", 1) if end else file


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def tried(prepared: Prepared, file: str) -> Played:
    """The first scenario of the file, as far as it goes. Raises `ScenariosUnreadable`."""
    book = read_book(file.encode(), FILE)
    return play(prepared, prepared.main(book.process), book.scenarios[0], FILE)


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
