"""Findings on diagrams: what is drawn wrong, where, and how to mend it.

Nothing reaches the executor that was not looked at here. The sentences are in `rules`; each module here says when
those of one topic apply: `drawing`, `running`, `timers` and soundness to any diagram, `roles`, `tasks`, `gates`,
`variables` and intent to a method.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.diagram import Diagram
from engine.dialect import Problem
from engine.intent import intent_problems
from engine.method import Method, Place
from engine.release import read_method
from engine.review.drawing import drawn
from engine.review.findings import Finding, Process, Reviewed, Verdict, in_words, plain, restored
from engine.review.gates import gate_problems
from engine.review.positions import Positions
from engine.review.roles import holders, lane_problems
from engine.review.running import running_problems
from engine.review.tasks import task_problems
from engine.review.timers import timer_problems
from engine.review.variables import expression_problems
from engine.rules import RULES, soundness
from engine.soundness import judged
from engine.words import Text

__all__ = ["Finding", "Process", "Reviewed", "Verdict", "in_words", "plain", "restored", "review"]


def review(files: Mapping[str, bytes], dialect: str = "", *, as_method: bool = False) -> Reviewed:
    """What `files` draw, and everything found in them, in file order.

    Files none of which has a process with `method.kind` are diagrams, reviewed as such unless `as_method`: the rules of
    the dialect do not apply to them, and what BPMN allows but a method does not is at most a warning. `dialect`: of the
    modeler that they come from, where the namespaces do not tell.

    Raises `DiagramRefused` and `TooLarge` for a file that cannot be read at all.
    """
    diagrams = [Diagram(content, name) for name, content in sorted(files.items())]
    if not as_method and not any(
        "method.kind" in process.properties for each in diagrams for process in each.processes
    ):
        return _told(None, diagrams, list(_as_diagrams(diagrams, dialect)), method_meant=False)
    method, problems, diagrams = read_method(files)
    problems += _as_diagrams(diagrams, dialect)
    if method is not None:
        sound = not any(each.rule in soundness.RULES for each in problems)
        problems += _as_method(method, diagrams, sound)
    return _told(method, diagrams, problems, method_meant=True)


def _as_diagrams(diagrams: list[Diagram], dialect: str) -> Iterator[Problem]:
    for diagram in diagrams:
        yield from drawn(diagram)
        for process in diagram.processes:
            yield from judged(process)
    yield from running_problems(diagrams, dialect)


def _as_method(method: Method, diagrams: list[Diagram], sound: bool) -> Iterator[Problem]:
    """Of what is not sound, nothing can be said of what a project may go round."""
    main = next(process for each in diagrams for process in each.processes if process.id == method.process)
    yield from holders(method)
    yield from task_problems(method)
    yield from gate_problems(method, main)
    yield from lane_problems(method, diagrams)
    yield from expression_problems(method, diagrams)
    yield from timer_problems(method, diagrams)
    if sound:
        yield from intent_problems(method, diagrams)


# --- told to the owner -------------------------------------------------------------------------------------


def _told(method: Method | None, diagrams: list[Diagram], problems: Iterable[Problem], method_meant: bool) -> Reviewed:
    positions = {diagram.file: Positions(diagram) for diagram in diagrams}
    names = {
        (diagram.file, node.id): node.name for diagram in diagrams for node in diagram.root.all("*") if node.id
    }  # fmt: skip
    found = dict.fromkeys(_finding(each, positions[each.place.file], names, method_meant) for each in problems)
    findings = sorted(found, key=lambda each: (each.place.file, each.place.line, each.place.column, each.rule))
    return Reviewed(method, tuple(_processes(diagrams, positions, findings)), tuple(findings))


def _finding(
    problem: Problem, positions: Positions, names: Mapping[tuple[str, str], Text], method_meant: bool
) -> Finding:
    rule, place = RULES[problem.rule], positions.of(problem.place)
    return Finding(
        rule=problem.rule,
        severity=rule.gravity(method_meant),
        place=place,
        message=rule.sentence.format(**problem.facts),
        remedy=rule.remedy.format(**problem.facts),
        name=names.get((place.file, place.element), Text("")),
    )


def _processes(
    diagrams: list[Diagram], positions: Mapping[str, Positions], findings: list[Finding]
) -> Iterator[Process]:
    """Each finding falls to the process that begins last before it, or to the first of its file."""
    for diagram in diagrams:
        here = [each for each in findings if each.place.file == diagram.file]
        begins = [_at(positions[diagram.file].of(each.place)) for each in diagram.processes]
        first, last = (0, 0), (len(diagram.content) + 1, 0)
        bounds = [first, *begins[1:], last]
        for process, begin, end in zip(diagram.processes, bounds, bounds[1:], strict=False):
            own = tuple(each for each in here if begin <= _at(each.place) < end)
            yield Process(process.id, diagram.file, process.get("isExecutable") == "true", own)


def _at(place: Place) -> tuple[int, int]:
    return place.line, place.column
