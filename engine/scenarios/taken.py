"""Where the scenarios of a method went: each step, each outcome of a gate, each flow, and what those not taken need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.diagram import Node
from engine.scenarios import keywords
from engine.scenarios.coverage import holder
from engine.scenarios.needs import Needs
from engine.scenarios.program import Prepared
from engine.words import Text

Kind = Literal["step", "outcome", "flow"]
WAY = Text("{source} → {target}", "{source} → {target}")


@dataclass(frozen=True, slots=True)
class Went:
    """Where one scenario went."""

    passed: frozenset[tuple[str, str]] = frozenset()  #: flows: process or sub-process, id
    decided: frozenset[tuple[str, str]] = frozenset()  #: gate, outcome


@dataclass(frozen=True, slots=True)
class TakenLine:
    """One thing that scenarios may pass through."""

    kind: Kind
    element: str  #: id; of an outcome, that of its gate
    name: Text  #: of a flow, what it leads from and to; of an outcome, the gate and the outcome
    label: Text  #: of a flow, as drawn; of an outcome, alone
    file: str
    line: int
    by: tuple[str, ...]  #: names of the scenarios that do
    needs: Text = field(default=Text(""))  #: what a scenario would have to do; empty where one does

    @property
    def taken(self) -> bool:
        return bool(self.by)


def lines(prepared: Prepared, went: Mapping[str, Went]) -> tuple[TakenLine, ...]:
    """Steps and gates phase by phase as drawn, then the flows in the order of the files."""
    taken = _Taken(prepared, went)
    return (*taken.steps(), *taken.outcomes(), *taken.flows())


class _Taken:
    def __init__(self, prepared: Prepared, went: Mapping[str, Went]) -> None:
        self.prepared, self.went = prepared, went
        self.drawn = [flow for diagram in prepared.diagrams for flow in diagram.root.all("sequenceFlow")]
        passed = frozenset(each for one in went.values() for each in one.passed)
        self.needs = Needs(prepared, self.drawn, passed)

    def steps(self) -> list[TakenLine]:
        method = self.prepared.method
        found = []
        for task in method.tasks.values() if method else ():
            out = [flow for flow in self.drawn if flow.get("sourceRef") == task.id]
            by = self._by(out)
            needs = Text("") if by else self.needs.of_step(task.id)
            found.append(TakenLine("step", task.id, task.name, Text(""), task.place.file, task.place.line, by, needs))
        return found

    def outcomes(self) -> list[TakenLine]:
        method = self.prepared.method
        found = []
        for gate in method.gate.values() if method else ():
            for outcome in gate.outcomes:
                said = keywords.OUTCOMES[outcome][0]
                by = tuple(name for name, one in self.went.items() if (gate.id, outcome) in one.decided)
                name = Text(f"{gate.name.fr} : {said.fr}", f"{gate.name.read('en')}: {said.en}")
                needs = Text("") if by else self.needs.of_outcome(gate, outcome)
                found.append(TakenLine("outcome", gate.id, name, said, gate.place.file, gate.place.line, by, needs))
        return found

    def flows(self) -> list[TakenLine]:
        found = []
        for flow in self.drawn:
            by = self._by([flow])
            told = self.prepared.told
            name = WAY.format(source=told(flow.get("sourceRef")), target=told(flow.get("targetRef")))
            needs = Text("") if by else self.needs.of_flow(flow)
            found.append(TakenLine("flow", flow.id, name, flow.name, flow.diagram.file, flow.line, by, needs))
        return found

    def _by(self, flows: list[Node]) -> tuple[str, ...]:
        keys = {(holder(flow), flow.id) for flow in flows}
        return tuple(name for name, one in self.went.items() if keys & one.passed)
