"""camunda:* and method.* attributes -> the model (docs/reference/dialect.md).

Another dialect would be another adapter with the same result. What is drawn but not understood is collected as
`Problem`s, which `review` turns into findings: nothing that starts with `method.` is ever passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from engine import feel
from engine.diagram import Diagram, Node
from engine.dialect_form import read_form
from engine.method import (
    TOLERANCE,
    Check,
    Criterion,
    Exceptional,
    Gate,
    Method,
    Phase,
    Place,
    Recurring,
    Role,
    Silence,
    Task,
    Timer,
)
from engine.words import Text

KNOWN = re.compile(
    r"name\.en|method\.("
    r"kind|lead|sponsor|owner|role|short|lock|tailor|each|never|clock|outcome|landing|end"
    r"|silence(\.(source|after|answer\.\w+))?"
    r"|during|until|every|plan|meeting|result|when"
    r"|set\.\w+|check\.\w+(\.message(\.en)?)?|role\.\w+(\.en|\.held)?"
    r"|criterion\.\w+(\.en|\.computed|\.evidence|\.lock)?"
    r"|gate\.(chair|voters|quorum|rule|outcomes|rework_max|silence|second_session|second_without_quorum)"
    r"|gate\.outgrown(\.method)?"
    r"|gate\.baseline\.(end|cost|scope|milestones|tolerances)"
    r"|gate\.tolerance\.(delay|delay_share|cost)"
    r")"
)
#: what an attribute may say, where it chooses among words
VALUES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"(method\.criterion|item)\.\w+\.evidence"), ("required",)),
    (re.compile(r"(method\.criterion|item)\.\w+\.lock"), ("locked", "optional")),
    (re.compile(r"item\.\w+\.proof"), ("person", "record", "admin")),
)
#: what holds after a rework only
LANDING = re.compile(r"\s*landing\s*(=|in\b)")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a diagram that the dialect cannot read. `rule` is the review's rule id."""

    rule: str
    place: Place
    facts: Mapping[str, object]  #: what the sentence of the rule names: str, or Text where it is a name of the drawing


class Reader:
    """Reads the files of one method. `problems` fills while it does."""

    def __init__(self, diagrams: Iterable[Diagram]) -> None:
        self.diagrams = list(diagrams)
        self.problems: list[Problem] = []
        self.processes = {process.id: process for each in self.diagrams for process in each.processes}

    def problem(self, rule: str, node: Node, **facts: str) -> None:
        self.problems.append(Problem(rule, node.place, facts))

    def read(self) -> Method | None:
        """The method, or None when no process says `method.kind = method` (a problem then says so)."""
        mains = [each for each in self.processes.values() if each.properties.get("method.kind") == "method"]
        if len(mains) != 1:
            where = mains[1] if mains else self.diagrams[0].root
            self.problem("one-main-process", where, count=str(len(mains)))
            return None
        self._unknown_attributes()
        return self._method(mains[0])

    def _unknown_attributes(self) -> None:
        for diagram in self.diagrams:
            for node in [diagram.root, *diagram.root.all("*")]:
                for name, value in node.properties.items():
                    if name.startswith(("method.", "name.")) and not KNOWN.fullmatch(name):
                        self.problem("unknown-attribute", node, attribute=name)
                    self._unknown_value(node, name, value)

    def _unknown_value(self, node: Node, name: str, value: str) -> None:
        for pattern, expected in VALUES:
            if pattern.fullmatch(name) and value not in expected:
                self.problem("unknown-value", node, attribute=name, value=value, expected=", ".join(expected))

    # --- the main process ---

    def _method(self, main: Node) -> Method:
        said = main.properties
        flows = Flows(main)
        calls = [node for node in flows.in_order() if node.tag == "callActivity"]
        gates = {node.id: node for node in main.nodes if node.properties.get("method.kind") == "gate"}
        phases = tuple(self._phase(call, flows, gates) for call in calls if call.get("calledElement") in self.processes)
        for call in calls:
            if call.get("calledElement") not in self.processes:
                self.problem("called-process-missing", call, called=call.get("calledElement"))
        ends = {node.id: node.properties.get("method.end", "closed") for node in main.nodes if node.tag == "endEvent"}
        return Method(
            id=main.id,
            version=main.camunda("versionTag"),
            name=main.name,
            help=main.help,
            process=main.id,
            file=main.diagram.file,
            roles=self._roles(said),
            phases=tuple(sorted(phases, key=lambda phase: phase.short)),
            gates=tuple(
                self._gate(node, flows, phases) for node in flows.in_order() if node.id in gates
            ),
            lead=said.get("method.lead", ""),
            sponsor=said.get("method.sponsor", ""),
            owner=said.get("method.owner", ""),
            result=said.get("method.result", ""),
            recurring=self._recurring(),
            exceptions=self._exceptions(),
            timers=tuple(_timers(self.processes.values())),
            ends=tuple(ends.items()),  # type: ignore[arg-type]
        )  # fmt: skip

    def _roles(self, said: Mapping[str, str]) -> tuple[Role, ...]:
        return tuple(
            Role(
                id=name.removeprefix("method.role."),
                name=Text(label, said.get(f"{name}.en", "")),
                held=said.get(f"{name}.held", "project"),  # type: ignore[arg-type]
            )
            for name, label in said.items()
            if name.startswith("method.role.") and name.count(".") == 2
        )

    def _phase(self, call: Node, flows: Flows, gates: Mapping[str, Node]) -> Phase:
        process = self.processes[call.get("calledElement")]
        inner = Flows(process)
        waits_after = [gate.camunda("candidateGroups") for gate in map(gates.get, flows.after(call.id)) if gate]
        tasks = [self._task(node, call.id, inner, waits_after) for node in inner.in_order() if node.tag == "userTask"]
        return Phase(
            id=call.id,
            name=call.name,
            process=process.id,
            file=process.diagram.file,
            tasks=tuple(tasks),
            place=call.place,
            help=process.help or call.help,
            gate=next((each for each in flows.after(call.id) if each in gates), ""),
            short=call.properties.get("method.short") == "true",
        )

    def _task(self, node: Node, phase: str, flows: Flows, waits_after: list[str]) -> Task:
        said = node.properties
        loop = node.child("multiInstanceLoopCharacteristics")
        following = [each for each in map(flows.node, flows.tasks_after(node.id)) if each is not None]
        waits = [each.camunda("candidateGroups") for each in following] or waits_after
        return Task(
            id=node.id,
            name=node.name,
            role=node.camunda("candidateGroups"),
            phase=phase,
            place=node.place,
            help=node.help,
            form=read_form(node, self.problem),
            lock=said.get("method.lock", "locked"),  # type: ignore[arg-type]
            tailor=frozenset(_listed(said.get("method.tailor", ""))),
            due=node.camunda("dueDate"),
            each=said.get("method.each", ""),  # type: ignore[arg-type]
            collection=loop.camunda("collection") if loop is not None else "",
            never=said.get("method.never", ""),
            sets=tuple((name[11:], value) for name, value in said.items() if name.startswith("method.set.")),
            checks=tuple(_checks(said)),
            silence=_silence(said),
            waits=tuple(dict.fromkeys(waits)),
        )

    def _gate(self, node: Node, flows: Flows, phases: Iterable[Phase]) -> Gate:
        said = node.properties
        decision = next((each for each in flows.after(node.id)), "")
        rework = [f for f in flows.out(decision) if f.properties.get("method.outcome") == "rework"]
        try:
            quorum = Decimal(said.get("method.gate.quorum", "1"))
        except InvalidOperation:
            self.problem("not-a-number", node, attribute="method.gate.quorum", value=said["method.gate.quorum"])
            quorum = Decimal(1)
        return Gate(
            id=node.id,
            name=node.name,
            phase=next((phase.id for phase in phases if phase.gate == node.id), ""),
            place=node.place,
            chair=said.get("method.gate.chair", ""),
            voters=tuple(_listed(said.get("method.gate.voters", ""))),
            quorum=quorum,
            rule=said.get("method.gate.rule", "chair"),  # type: ignore[arg-type]
            outcomes=tuple(_listed(said.get("method.gate.outcomes", ""))),  # type: ignore[arg-type]
            criteria=tuple(_criteria(said)),
            help=node.help,
            rework_max=int(said.get("method.gate.rework_max", "3")),
            landing=rework[0].properties.get("method.landing", "") if rework else "",
            silence=said.get("method.gate.silence", "escalate"),
            due=node.camunda("dueDate"),
            lock=said.get("method.lock", "locked"),  # type: ignore[arg-type]
            second=said.get("method.gate.second_session", ""),
            second_free=self._yes(node, "method.gate.second_without_quorum"),
            baseline=_after(said, "method.gate.baseline."),
            tolerance=_after(said, "method.gate.tolerance."),
            outgrown=said.get("method.gate.outgrown", ""),
            larger=said.get("method.gate.outgrown.method", ""),
        )

    def _yes(self, node: Node, attribute: str) -> bool:
        said = node.properties.get(attribute, "")
        if said not in ("", "true", "false"):
            self.problem("neither-true-nor-false", node, attribute=attribute, value=said)
        return said == "true"

    def _recurring(self) -> tuple[Recurring, ...]:
        found = []
        for process in self.processes.values():
            said = process.properties
            task = next((node for node in process.nodes if node.tag == "userTask"), None)
            if said.get("method.kind") != "recurring" or task is None:
                continue
            found.append(
                Recurring(
                    id=task.id,
                    name=task.name,
                    process=process.id,
                    file=process.diagram.file,
                    task=self._task(task, said.get("method.during", ""), Flows(process), []),
                    during=said.get("method.during", ""),
                    until=said.get("method.until", ""),
                    every=said.get("method.every", ""),
                    plan=said.get("method.plan", ""),
                    meeting=said.get("method.meeting", ""),
                    lock=task.properties.get("method.lock", "locked"),  # type: ignore[arg-type]
                )
            )
        return tuple(sorted(found, key=lambda each: each.id))

    def _exceptions(self) -> tuple[Exceptional, ...]:
        """One without a gate of its own is left out: the review says so."""
        found = []
        for process in self.processes.values():
            gates = [node for node in process.nodes if node.properties.get("method.kind") == "gate"]
            if process.properties.get("method.kind") != "exception" or not gates:
                continue
            flows = Flows(process)
            waits = [gates[0].camunda("candidateGroups")]
            phase = Phase(
                id=process.id,
                name=process.name,
                process=process.id,
                file=process.diagram.file,
                tasks=tuple(
                    self._task(node, process.id, flows, waits)
                    for node in flows.in_order()
                    if node.tag == "userTask" and node not in gates
                ),
                place=process.place,
                help=process.help,
                gate=gates[0].id,
            )
            when = process.properties.get("method.when", "")
            gate = self._gate(gates[0], flows, [phase])
            found.append(Exceptional(process.id, phase, gate, when, process.place, _names(when)))
        return tuple(sorted(found, key=lambda each: each.id))


class Flows:
    """The sequence flows of one process, to walk along them."""

    def __init__(self, process: Node) -> None:
        self.nodes = {node.id: node for node in process.nodes}
        self.flows = process.flows
        self.alarms = [node for node in process.nodes if node.tag == "boundaryEvent"]

    def node(self, id: str) -> Node | None:
        return self.nodes.get(id)

    def out(self, id: str) -> list[Node]:
        return [flow for flow in self.flows if flow.get("sourceRef") == id]

    def after(self, id: str) -> list[str]:
        return [flow.get("targetRef") for flow in self.out(id)]

    def on(self, id: str) -> list[str]:
        """The events on the border of a node."""
        return [node.id for node in self.alarms if node.get("attachedToRef") == id]

    def tasks_after(self, id: str) -> list[str]:
        """The tasks that come next, across gateways and events."""
        found: list[str] = []
        seen = {id}
        waiting = self.after(id)
        while waiting:
            each = waiting.pop(0)
            if each in seen or each not in self.nodes:
                continue
            seen.add(each)
            if self.nodes[each].tag in ("userTask", "callActivity"):
                found.append(each)
            else:
                waiting += self.after(each)
        return found

    def in_order(self) -> list[Node]:
        """The nodes in the order of a first passage: each after all that lead to it, loops aside.

        Where paths part, the first drawn comes first and a landing path last; what is never met comes at the end.
        """
        order: list[str] = []
        seen: set[str] = set()
        for start in [id for id, node in self.nodes.items() if node.tag == "startEvent"]:
            self._walk(start, seen, order)
        order.reverse()
        return [self.nodes[id] for id in [*order, *(id for id in self.nodes if id not in seen)]]

    def _walk(self, start: str, seen: set[str], order: list[str]) -> None:
        """Depth first, without recursion: a node is noted once all that follows it is."""
        seen.add(start)
        waiting = [(start, iter(self._last_first(start)))]
        while waiting:
            here, targets = waiting[-1]
            for target in targets:
                if target in self.nodes and target not in seen:
                    seen.add(target)
                    waiting.append((target, iter(self._last_first(target))))
                    break
            else:
                order.append(here)
                waiting.pop()

    def _last_first(self, id: str) -> list[str]:
        drawn = sorted(self.out(id), key=lambda flow: "landing" in _condition(flow))
        return [*self.on(id), *(flow.get("targetRef") for flow in reversed(drawn))]


def _timers(processes: Iterable[Node]) -> Iterable[Timer]:
    for process in processes:
        for node in process.nodes:
            drawn = timer_of(node)
            if drawn is not None:
                yield Timer(
                    id=node.id,
                    name=node.name,
                    process=process.id,
                    place=node.place,
                    kind=drawn.tag,  # type: ignore[arg-type]
                    text=drawn.body,
                    working=node.properties.get("method.clock") == "working",
                    on=node.get("attachedToRef"),
                    interrupts=node.get("cancelActivity") != "false",
                )


def timer_of(node: Node) -> Node | None:
    """What says when an intermediate or boundary event comes, where that is a moment and nothing else."""
    if node.tag not in ("intermediateCatchEvent", "boundaryEvent"):
        return None
    definitions = [child for child in node.children() if child.tag.endswith("EventDefinition")]
    if [each.tag for each in definitions] != ["timerEventDefinition"]:
        return None
    said = list(definitions[0].children("timeDuration", "timeDate", "timeCycle"))
    return said[0] if len(said) == 1 else None


def is_landing(flow: Node, source: Node) -> bool:
    """Does the flow lead to a landing step, after a rework and never before?"""
    if source.properties.get("method.kind") == "entry":
        return source.get("default") != flow.id
    return LANDING.match(_condition(flow)) is not None


def _condition(flow: Node) -> str:
    condition = flow.child("conditionExpression")
    return condition.body if condition is not None else ""


def _criteria(said: Mapping[str, str]) -> Iterable[Criterion]:
    for name, text in said.items():
        if name.startswith("method.criterion.") and name.count(".") == 2:
            yield Criterion(
                key=name.removeprefix("method.criterion."),
                text=Text(text, said.get(f"{name}.en", "")),
                computed=said.get(f"{name}.computed", ""),
                evidence=said.get(f"{name}.evidence") == "required",
                locked=said.get(f"{name}.lock", said.get("method.lock", "locked")) == "locked",
            )


def _checks(said: Mapping[str, str]) -> Iterable[Check]:
    for name, rule in said.items():
        if name.startswith("method.check.") and name.count(".") == 2:
            message = Text(said.get(f"{name}.message", rule), said.get(f"{name}.message.en", ""))
            yield Check(name.removeprefix("method.check."), rule, message)


def _after(said: Mapping[str, str], start: str) -> tuple[tuple[str, str], ...]:
    return tuple((name.removeprefix(start), value) for name, value in said.items() if name.startswith(start))


def _names(when: str) -> frozenset[str]:
    """What an exception looks at; nothing where its text is no expression, which the review says."""
    if when in ("", TOLERANCE):
        return frozenset()
    try:
        return frozenset(feel.compile(when).names)
    except feel.FeelError:
        return frozenset()


def _silence(said: Mapping[str, str]) -> Silence | None:
    if "method.silence" not in said:
        return None
    return Silence(
        effect=said["method.silence"],  # type: ignore[arg-type]
        source=said.get("method.silence.source", ""),
        after=said.get("method.silence.after", ""),
        answers=tuple((name[22:], said[name]) for name in said if name.startswith("method.silence.answer.")),
    )


def _listed(value: str) -> list[str]:
    return [each.strip() for each in value.split(",") if each.strip()]
