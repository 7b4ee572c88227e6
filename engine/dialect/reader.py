"""The files of one method -> the model.

A drawing for Camunda 8 comes here in the words of Camunda 7 (`engine.diagram.zeebe`). What is drawn but not
understood is collected as `Problem`s, which `review` turns into findings: nothing that starts with `method.` is ever
passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from engine.diagram import Diagram, Node
from engine.dialect.apart import when_of
from engine.dialect.attributes import KNOWN, LISTS, VALUES, after, checks, criteria, listed, names, silence
from engine.dialect.flows import Flows
from engine.dialect.form import read_form
from engine.dialect.problem import Problem
from engine.dialect.timers import timers_of
from engine.method import Exceptional, Gate, Method, Phase, Recurring, Role, Task
from engine.words import Text


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
            calling = (each for each in self.processes.values() if next(each.all("callActivity"), None) is not None)
            where = mains[1] if mains else next(calling, self.diagrams[0].root)
            self.problem("one-main-process", where, count=str(len(mains)))
            return None
        self._other_dialect()
        self._unknown_attributes()
        return self._method(mains[0])

    def _other_dialect(self) -> None:
        """A method is drawn for Camunda 7 or for Camunda 8, not for both: one of two answers would be passed over."""
        for diagram in self.diagrams:
            self.problems += [Problem(rule, node.place, facts) for rule, node, facts in diagram.unread]
            if diagram.stranger is not None:
                self._mixed(diagram, diagram.stranger)
        if any(each.zeebe for each in self.diagrams):
            for diagram in self.diagrams:
                other = None if diagram.zeebe else diagram.first_of_camunda_7()
                if other is not None:
                    self.problem("method-in-both-dialects", other, file=diagram.file)

    def _mixed(self, diagram: Diagram, other: Node) -> None:
        names = ("Camunda 8", "Camunda 7") if diagram.zeebe else ("Camunda 7", "Camunda 8")
        self.problem("file-in-both-dialects", other, file=diagram.file, drawn=names[0], other=names[1])

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
        for pattern, expected in LISTS:
            for word in listed(value) if pattern.fullmatch(name) else ():
                if word not in expected:
                    self.problem("unknown-value", node, attribute=name, value=word, expected=", ".join(expected))

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
            timers=tuple(timers_of(self.processes.values())),
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
            tailor=frozenset(listed(said.get("method.tailor", ""))),
            due=node.camunda("dueDate"),
            each=said.get("method.each", ""),  # type: ignore[arg-type]
            collection=loop.camunda("collection") if loop is not None else "",
            never=said.get("method.never", ""),
            sets=tuple((name[11:], value) for name, value in said.items() if name.startswith("method.set.")),
            checks=tuple(checks(said)),
            silence=silence(said),
            waits=tuple(dict.fromkeys(waits)),
            template=said.get("method.template", ""),
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
            voters=tuple(listed(said.get("method.gate.voters", ""))),
            quorum=quorum,
            rule=said.get("method.gate.rule", "chair"),  # type: ignore[arg-type]
            outcomes=tuple(listed(said.get("method.gate.outcomes", ""))),  # type: ignore[arg-type]
            criteria=tuple(criteria(said)),
            help=node.help,
            rework_max=self._whole(node, "method.gate.rework_max", 3),
            landing=rework[0].properties.get("method.landing", "") if rework else "",
            silence=said.get("method.gate.silence", "escalate"),
            due=node.camunda("dueDate"),
            lock=said.get("method.lock", "locked"),  # type: ignore[arg-type]
            second=said.get("method.gate.second_session", ""),
            second_free=self._yes(node, "method.gate.second_without_quorum"),
            baseline=after(said, "method.gate.baseline."),
            tolerance=after(said, "method.gate.tolerance."),
            outgrown=said.get("method.gate.outgrown", ""),
            larger=said.get("method.gate.outgrown.method", ""),
        )

    def _whole(self, node: Node, attribute: str, default: int) -> int:
        said = node.properties.get(attribute, str(default))
        if not said.isdecimal():
            self.problem("not-a-number", node, attribute=attribute, value=said)
            return default
        return int(said)

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
            when = when_of(process)
            gate = self._gate(gates[0], flows, [phase])
            found.append(Exceptional(process.id, phase, gate, when, process.place, names(when)))
        return tuple(sorted(found, key=lambda each: each.id))
