"""Decisions beside the diagrams (.dmn): what is wrong in them, where it stands and at the tasks that ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine import dmn
from engine.diagram import Diagram, Node
from engine.dmn.problems import problem
from engine.execution.decisions import asked_by
from engine.review.findings import Finding
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Made:
    """A task whose decision is drawn too."""

    task: Node
    decision: str
    decisions: dmn.Decisions
    sets: frozenset[str]  #: the variables that it makes known


def made(files: Mapping[str, bytes], diagrams: Iterable[Diagram]) -> dict[str, Made]:
    """The business rule tasks that make a decision of `files`, by id. Raises `DiagramRefused` for what is not DMN."""
    decided = [dmn.read(content, name) for name, content in files.items()]
    found = {}
    for task in [task for diagram in diagrams for task in diagram.root.all("businessRuleTask")]:
        asked = asked_by(task)
        known = next((each for each in decided if asked is not None and each.has(asked.decision)), None)
        if asked is not None and known is not None:
            sets = {asked.variable} if asked.variable else known.outputs(asked.decision)
            found[task.id] = Made(task, asked.decision, known, frozenset(sets))
    return found


def decision_findings(files: Mapping[str, bytes], tasks: Iterable[Made]) -> Iterator[Finding]:
    """Each problem where it stands; and each task whose decision is refused, with the first reason."""
    for name, content in files.items():
        for each in dmn.read(content, name).problems:
            yield Finding(each.rule, each.severity, each.place, each.message, each.remedy)
    for task in tasks:
        yield from _refused(task)


def services_asked(files: Mapping[str, bytes], diagrams: Iterable[Diagram]) -> Iterator[Finding]:
    """Each task that asks for a decision service of `files`, which is not run."""
    decided = [dmn.read(content, name) for name, content in files.items()]
    for task in [task for diagram in diagrams for task in diagram.root.all("businessRuleTask")]:
        asked = asked_by(task)
        if asked is not None and any(each.serves(asked.decision) for each in decided):
            name = task.name or Text(task.id)
            wrong = problem("decision-service", task.place, name=name, service=asked.decision)
            yield Finding(wrong.rule, "error", task.place, wrong.message, wrong.remedy, task.name)


def _refused(task: Made) -> Iterator[Finding]:
    wrong = next(iter(task.decisions.refused(task.decision)), None)
    if wrong is not None:
        at = f"{wrong.place.file}:{wrong.place.line}"
        message = Text(
            f"La décision « {task.decision} » est refusée ({at}) : {wrong.message.fr}",
            f"The decision “{task.decision}” is refused ({at}): {wrong.message.en}",
        )
        yield Finding(wrong.rule, "error", task.task.place, message, wrong.remedy, task.task.name)
