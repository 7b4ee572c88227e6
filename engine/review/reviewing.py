"""All that is asked of diagrams, and what is told of it, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from engine import dmn
from engine.diagram import FLOW_NODES, Diagram, Node, drawn_in
from engine.dialect import Problem
from engine.intent import intent_problems
from engine.method import Method, Place
from engine.normalise import compiled, repair
from engine.release import meaning
from engine.review.callers import calls_of_refused
from engine.review.calls import call_problems
from engine.review.decisions import Made, decision_findings, made, services_asked
from engine.review.drawing import drawn
from engine.review.echoes import better_said, once, without_echoes
from engine.review.exceptions import exception_problems
from engine.review.findings import Finding, Process, Reviewed
from engine.review.gates import gate_problems
from engine.review.outcomes import outcome_problems
from engine.review.positions import Positions
from engine.review.roles import holders, lane_problems
from engine.review.running import project_problems, running_problems
from engine.review.tasks import strays, task_problems
from engine.review.timers import timer_problems
from engine.review.uncalled import uncalled, uncalled_problems, without_those_of
from engine.review.variables import expression_problems
from engine.rules import RULES, soundness
from engine.soundness import judged
from engine.words import Text


def review(
    files: Mapping[str, bytes], dialect: str = "", *, as_method: bool = False, explain: bool = False
) -> Reviewed:
    """What `files` draw, and everything found in them, in file order.

    Files none of which has a process with `method.kind` are diagrams, reviewed as such unless `as_method`: after the
    repairs that an import makes, which are told in notes; the rules of the dialect do not apply to them, and what BPMN
    allows but a method does not is at most a warning. A method is reviewed as it stands. `dialect`: of the modeler that
    diagrams come from, where the namespaces do not tell. `explain`: in notes too, what the executor reads otherwise.

    Raises `DiagramRefused` and `TooLarge` for a file that cannot be read at all.
    """
    decided, diagrams = dmn.apart(files)[1], drawn_in(files)
    decisions = made(decided, diagrams)
    positions = {diagram.file: Positions(diagram) for diagram in diagrams}
    processes = [process for each in diagrams for process in each.processes]
    meant = as_method or any("method.kind" in each.properties for each in processes)
    method: Method | None = None
    if meant:
        method, problems, diagrams = meaning(diagrams, decided)
        problems += _as_method(method, diagrams, decisions)
    else:
        repaired = repair(diagrams, dialect)
        diagrams = list(repaired.diagrams)
        problems = [Problem(each.rule, each.place, each.facts) for each in repaired.repairs]
        problems += once(_as_diagrams(diagrams), diagrams)
    if explain:
        problems += [Problem(each.rule, each.place, each.facts) for each in compiled(diagrams).explained]
    told = [*decision_findings(decided, decisions.values()), *services_asked(decided, diagrams)]
    return _told(method, diagrams, positions, problems, meant, told)


def _as_diagrams(diagrams: list[Diagram]) -> list[Problem]:
    """What is wrong in any drawing."""
    problems = list(running_problems(diagrams))
    for diagram in diagrams:
        problems += drawn(diagram)
        for process in diagram.processes:
            problems += judged(process)
    return [*problems, *call_problems(diagrams)]


def _as_method(method: Method | None, diagrams: list[Diagram], decisions: Mapping[str, Made]) -> list[Problem]:
    problems = [*better_said(_as_diagrams(diagrams)), *project_problems(diagrams, decisions)]
    if method is None:
        return problems
    main = next(process for each in diagrams for process in each.processes if process.id == method.process)
    sound = not any(each.rule in soundness.RULES for each in problems)
    unentered = uncalled(diagrams)
    noted = [
        *problems,
        *holders(method),
        *task_problems(method),
        *strays(method, diagrams),
        *uncalled_problems(unentered),
        *gate_problems(method, main),
        *outcome_problems(method, diagrams, decisions),
        *exception_problems(method, diagrams, sound),
        *lane_problems(method, diagrams),
        *expression_problems(method, diagrams, decisions),
        *timer_problems(method, diagrams),
        # of what is not sound, nothing can be said of what a project may go round
        *(intent_problems(method, diagrams) if sound else ()),
    ]
    return list(without_those_of(unentered, noted))


# --- told to the owner -------------------------------------------------------------------------------------


def _told(
    method: Method | None, diagrams: list[Diagram], positions: Mapping[str, Positions], problems: Iterable[Problem],
    meant: bool, told: Iterable[Finding],
) -> Reviewed:  # fmt: skip
    nodes = (node for diagram in diagrams for node in diagram.root.all("*") if node.id)
    found_in = {(node.diagram.file, node.id): _holder(node) for node in nodes}

    def findings_of(problems: Iterable[Problem]) -> list[Finding]:
        return without_echoes(_finding(each, positions[each.place.file], found_in, meant) for each in problems)

    found = dict.fromkeys(findings_of(problems))
    found |= dict.fromkeys(_positioned(each, positions) for each in told)
    processes = _processes(diagrams, positions, found)
    # a method is refused whole, and says what is wrong once
    refused = [each.id for each in processes if each.verdict == "refused"] if not meant else []
    if calls := findings_of(calls_of_refused(diagrams, refused)):
        found |= dict.fromkeys(calls)
        processes = _processes(diagrams, positions, found)
    return Reviewed(method, tuple(processes), tuple(_in_order(found)))


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.place.file, each.place.line, each.place.column, each.rule))


def _positioned(finding: Finding, positions: Mapping[str, Positions]) -> Finding:
    """Of a diagram, to the column; decisions are read by line."""
    known = positions.get(finding.place.file)
    return finding if known is None else replace(finding, place=known.of(finding.place))


def _holder(node: Node) -> Node:
    """What an owner sees on the drawing: of a condition its flow, of a timer its event."""
    while node.tag not in FLOW_NODES and node.tag not in ("sequenceFlow", "process") and node.parent != node:
        node = node.parent
    return node


def _finding(problem: Problem, positions: Positions, found_in: Mapping[tuple[str, str], Node], meant: bool) -> Finding:
    rule, place = RULES[problem.rule], positions.of(problem.place)
    node = found_in.get((place.file, place.element))
    if node is not None and node.id and node.tag != "definitions":
        place = replace(place, element=node.id)
    name = node.name if node is not None else Text("")
    facts = {**problem.facts, "name": problem.facts.get("name") or name or Text(place.element)}
    return Finding(
        rule=problem.rule,
        severity=rule.gravity(meant),
        place=place,
        message=rule.sentence.format(**facts),
        remedy=rule.remedy_of(problem.cause).format(**facts),
        name=name,
        way=problem.way,
    )


def _processes(
    diagrams: list[Diagram], positions: Mapping[str, Positions], findings: Iterable[Finding]
) -> list[Process]:
    """Each finding falls to the process that begins last before it, or to the first of its file."""
    return [each for diagram in diagrams for each in _of_file(diagram, positions, _in_order(findings))]


def _of_file(diagram: Diagram, positions: Mapping[str, Positions], findings: list[Finding]) -> Iterator[Process]:
    here = [each for each in findings if each.place.file == diagram.file]
    begins = [_at(positions[diagram.file].of(each.place)) for each in diagram.processes]
    first, last = (0, 0), (len(diagram.content) + 1, 0)
    bounds = [first, *begins[1:], last]
    for process, begin, end in zip(diagram.processes, bounds, bounds[1:], strict=False):
        own = tuple(each for each in here if begin <= _at(each.place) < end)
        yield Process(process.id, diagram.file, process.get("isExecutable") == "true", own)


def _at(place: Place) -> tuple[int, int]:
    return place.line, place.column
