"""Findings on a method: what is drawn wrong, where, and how to mend it.

SpiffWorkflow completes half-drawn diagrams in silence, so nothing reaches it that was not looked at here. The sentences
are in `rules`; this module says when each applies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine import feel
from engine.diagram import Diagram, Node
from engine.dialect import Flows, timer_of
from engine.expressions import expressions
from engine.method import Field, Gate, Method, Place, Task
from engine.release import read_method
from engine.review_timers import timer_problems
from engine.rules import RULES, Severity
from engine.words import Text
from engine.working_time import parts

RUN = frozenset(
    "userTask callActivity startEvent endEvent exclusiveGateway parallelGateway task intermediateCatchEvent "
    "boundaryEvent".split()
)  # what this version runs; a later one adds to it
#: flow nodes of one process
MOST_NODES = 500
#: variables that Jalon itself sets
GIVEN = frozenset({"decision", "landing", "services_impactes"})


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    severity: Severity
    place: Place
    message: Text
    remedy: Text


def review(files: Mapping[str, bytes]) -> tuple[Method | None, list[Finding]]:
    """The method that `files` draw (None when there is none to be read) and everything found, in file order.

    Raises `DiagramRefused` and `TooLarge` for a file that cannot be read at all.
    """
    method, problems, diagrams = read_method(files)
    found = [_finding(each.rule, each.place, **each.facts) for each in problems]
    for diagram in diagrams:
        for process in diagram.processes:
            found += _drawn(process)
    if method is not None:
        found += [*_meant(method, diagrams), *_said(method, diagrams)]
        found += [_finding(each.rule, each.place, **each.facts) for each in timer_problems(method, diagrams)]
    return method, sorted(found, key=lambda each: (each.place.file, each.place.line, each.rule))


def in_words(findings: Iterable[Finding], language: str) -> str:
    """One line a finding: file, line, element, what, remedy."""
    return "\n".join(
        f"{each.place.file}:{each.place.line} {each.place.element} — "
        f"{each.message.read(language)} {each.remedy.read(language)}"
        for each in findings
    )


def _finding(rule: str, place: Place, **facts: object) -> Finding:
    known = RULES[rule]
    return Finding(rule, known.severity, place, known.sentence.format(**facts), known.remedy.format(**facts))


# --- what is drawn -----------------------------------------------------------------------------------------


def _drawn(process: Node) -> Iterator[Finding]:
    if len(process.nodes) > MOST_NODES:
        yield _finding("too-many-nodes", process.place, count=len(process.nodes), limit=MOST_NODES)
    flows = Flows(process)
    yield from _elements(process)
    yield from _ends(process, flows)
    for flow in process.flows:
        yield from _flow(flow, flows)
    for node in process.nodes:
        yield from _forks(node, flows)
        yield from _decision(node, flows)


def _elements(process: Node) -> Iterator[Finding]:
    for node in process.nodes:
        if node.tag == "scriptTask" or node.child("script") is not None:
            yield _finding("script-refused", node.place)
        elif node.tag not in RUN:
            yield _finding("element-not-run", node.place, tag=node.tag)
        if timer_of(node) is None:
            yield from _events(node)


def _events(node: Node) -> Iterator[Finding]:
    """An event that is no moment: whatever it waits for or says, it is not run."""
    kinds = [
        child.tag.removesuffix("EventDefinition") for child in node.children() if child.tag.endswith("EventDefinition")
    ]
    if not kinds and node.tag in ("intermediateCatchEvent", "boundaryEvent"):
        kinds = [node.tag]
    for kind in kinds:
        yield _finding("event-not-run", node.place, kind=kind)


def _ends(process: Node, flows: Flows) -> Iterator[Finding]:
    starts = [node for node in process.nodes if node.tag == "startEvent"]
    if len(starts) != 1:
        yield _finding("no-start", process.place, count=len(starts))
    if not any(node.tag == "endEvent" for node in process.nodes):
        yield _finding("no-end", process.place)
    reached = _reached(starts, flows)
    for node in process.nodes:
        if starts and node.id not in reached:
            yield _finding("unreachable", node.place, name=node.name or Text(node.id))
        if node.tag != "endEvent" and not flows.out(node.id):
            yield _finding("dead-end", node.place, name=node.name or Text(node.id))


def _reached(starts: list[Node], flows: Flows) -> set[str]:
    seen = {node.id for node in starts}
    waiting = list(seen)
    while waiting:
        here = waiting.pop()
        for target in (*flows.after(here), *flows.on(here)):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _flow(flow: Node, flows: Flows) -> Iterator[Finding]:
    source, target = flow.get("sourceRef"), flow.get("targetRef")
    if source not in flows.nodes or target not in flows.nodes:
        yield _finding("dangling-flow", flow.place, source=source, target=target)
        return
    if not flow.id:
        yield _finding("flow-without-id", flow.place)
    if flow.child("conditionExpression") is not None and not flows.nodes[source].tag.endswith("Gateway"):
        yield _finding("condition-off-gateway", flow.place)


def _forks(node: Node, flows: Flows) -> Iterator[Finding]:
    if not node.tag.endswith("Gateway") and len(flows.out(node.id)) > 1:
        yield _finding("implicit-fork", node.place, name=node.name or Text(node.id))


def _decision(node: Node, flows: Flows) -> Iterator[Finding]:
    out = flows.out(node.id)
    if node.tag != "exclusiveGateway" or len(out) < 2:
        return
    default = node.get("default")
    if default not in {flow.id for flow in out}:
        yield _finding("decision-without-default", node.place, name=node.name or Text(node.id))
    for flow in out:
        if flow.id != default and flow.child("conditionExpression") is None:
            yield _finding("flow-without-condition", flow.place, name=node.name or Text(node.id))


# --- what it means -----------------------------------------------------------------------------------------


def _meant(method: Method, diagrams: list[Diagram]) -> Iterator[Finding]:
    main = Place(method.file, 1, method.id)
    for role, attribute, what in (
        (method.lead, "method.lead", Text("le chef de projet", "the project lead")),
        (method.sponsor, "method.sponsor", Text("le commanditaire", "the sponsor")),
    ):
        if role not in method.role:
            yield _finding("lead-missing", main, what=what, attribute=attribute)
    ids = Counter([*(task.id for phase in method.phases for task in phase.tasks), *(gate.id for gate in method.gates)])
    ids.update(each.task.id for each in method.recurring)
    for id, count in ids.items():
        if count > 1:
            yield _finding("duplicate-id", method.tasks[id].place if id in method.tasks else main, id=id)
    for task in method.tasks.values():
        yield from _task(task, method)
    for gate in method.gates:
        yield from _gate(gate, method, diagrams)
    yield from _lanes(method, diagrams)


def _task(task: Task, method: Method) -> Iterator[Finding]:
    yield from _role(task.role, task.name, task.place, method)
    if task.never:
        yield from _role(task.never, task.name, task.place, method)
    yield from _duration(task.due, task.place)
    for key, count in Counter(field.key for field in task.form).items():
        if count > 1:
            yield _finding("duplicate-key", task.place, name=task.name, key=key)
    for field in task.form:
        yield from _field(field, task)
        if not field.label.en:
            yield _finding("untranslated", task.place, what=field.label)
    if not task.name.en:
        yield _finding("untranslated", task.place, what=task.name)


def _field(field: Field, task: Task) -> Iterator[Finding]:
    facts = {"name": task.name, "key": field.key}
    if field.type == "checklist" and not field.items and not field.source:
        yield _finding("empty-checklist", task.place, **facts)
    if field.type in ("enum", "multiselect") and not field.options and not field.source:
        yield _finding("no-choice", task.place, **facts)
    if field.type == "table" and not field.columns:
        yield _finding("no-columns", task.place, **facts)


def _gate(gate: Gate, method: Method, diagrams: list[Diagram]) -> Iterator[Finding]:
    for role in (gate.chair, *gate.voters):
        yield from _role(role, gate.name, gate.place, method)
    yield from _duration(gate.due, gate.place)
    if method.lead in (gate.chair, *gate.voters):
        yield _finding("lead-votes", gate.place, name=gate.name)
    if not gate.criteria:
        yield _finding("no-criteria", gate.place, name=gate.name)
    why = _why_not_a_gate(gate, method, diagrams)
    if why is not None:
        yield _finding("gate-drawn-wrong", gate.place, name=gate.name, why=why)


def _why_not_a_gate(gate: Gate, method: Method, diagrams: list[Diagram]) -> Text | None:
    main = next(p for d in diagrams for p in d.processes if p.id == method.process)
    flows = Flows(main)
    decision = flows.node(next(iter(flows.after(gate.id)), ""))
    if decision is None or decision.tag != "exclusiveGateway":
        return Text("aucune passerelle exclusive ne la suit.", "no exclusive gateway follows it.")
    drawn = {flow.properties.get("method.outcome", "") for flow in flows.out(decision.id)}
    asked = {"go" if each == "go_reserves" else each for each in gate.outcomes if each != "hold"}
    if drawn != asked:
        return Text(
            f"flux dessinés {sorted(drawn)}, issues offertes {sorted(asked)}.",
            f"flows drawn {sorted(drawn)}, outcomes offered {sorted(asked)}.",
        )
    rework = next((f.id for f in flows.out(decision.id) if f.properties.get("method.outcome") == "rework"), "")
    if "rework" in asked and decision.get("default") != rework:
        return Text(
            "son flux par défaut n’est pas la reprise : une issue oubliée ferait passer la porte.",
            "its default flow is not the rework: a forgotten outcome would pass the gate.",
        )
    if not gate.phase:
        return Text("aucune phase ne la précède.", "no phase comes before it.")
    if "rework" in asked and gate.landing not in {task.id for task in method.phase[gate.phase].tasks}:
        return Text(
            f"la reprise mène à « {gate.landing} », qui n’est pas une tâche de sa phase.",
            f"the rework leads to “{gate.landing}”, which is not a task of its phase.",
        )
    return None


def _role(role: str, name: Text, place: Place, method: Method) -> Iterator[Finding]:
    if not role:
        yield _finding("no-role", place, name=name)
    elif role not in method.role:
        yield _finding("unknown-role", place, name=name, role=role)


def _duration(value: str, place: Place) -> Iterator[Finding]:
    if value:
        try:
            parts(value)
        except ValueError:
            yield _finding("bad-duration", place, value=value)


def _lanes(method: Method, diagrams: list[Diagram]) -> Iterator[Finding]:
    for diagram in diagrams:
        for process in diagram.processes:
            for id, lane in diagram.lanes_of(process).items():
                role = lane.properties.get("method.role", "")
                task = method.tasks.get(id)
                if task is not None and role and role != task.role:
                    yield _finding("lane-differs", task.place, name=task.name, lane=lane.name, role=task.role)


# --- what its expressions say ------------------------------------------------------------------------------


def _said(method: Method, diagrams: list[Diagram]) -> Iterator[Finding]:
    known = GIVEN | {field.key for task in method.tasks.values() for field in task.form}
    known |= {name for task in method.tasks.values() for name, _ in task.sets}
    for drawn in expressions(diagrams, method):
        try:
            read = feel.compile(drawn.text)
        except feel.FeelError as error:
            why = Text(error.text("fr"), error.text("en"))
            yield _finding("expression-wrong", drawn.place, text=drawn.text, why=why)
            continue
        # names read only inside a filter may be columns of what it filters
        for name in sorted(read.names - read.item_names - known):
            yield _finding("unknown-variable", drawn.place, text=drawn.text, variable=name)
    for task in method.tasks.values():
        if task.collection and task.collection not in known:
            yield _finding("unknown-variable", task.place, text=task.collection, variable=task.collection)
