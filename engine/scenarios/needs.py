"""What a scenario would have to do to go where none goes: said to the method owner, in the words of the drawing."""

from __future__ import annotations

from collections.abc import Iterable

from engine import feel
from engine.diagram import Node
from engine.method import Gate
from engine.scenarios import keywords
from engine.scenarios.coverage import holder
from engine.scenarios.program import Prepared
from engine.scenarios.verdict import quoted
from engine.words import Text

REACH = Text("Mener d’abord un essai jusqu’à {name}.", "First lead a play as far as {name}.")
BEGIN = Text("Jouer le processus {name}, que rien ne commence.", "Play the process {name}, which nothing begins.")
COMPLETE = Text("Terminer {name} dans un essai.", "Complete {name} in a play.")
DECIDED = Text("Décider {gate} dans un essai.", "Decide {gate} in a play.")
DECIDE = Text("Décider {gate} : {outcome}.", "Decide {gate}: {outcome}.")
TIME = Text("Laisser passer le temps jusqu’à {name}{on}.", "Let time pass until {name}{on}.")
ARRIVES = Text("Que {name} arrive{on}.", "{name} arrives{on}.")
WHILE = Text(", pendant que {host} attend", ", while {host} waits")
REWORKED = Text(
    "Faire reprendre la phase à une porte : ce flux n’est pris qu’au retour.",
    "Have the phase reworked at a gate: this flow is taken on return only.",
)
DEFAULT = Text(
    "Qu’aucune autre condition après {source} ne soit vraie{how}.", "No other condition after {source} holds{how}."
)
HOLDS = Text("Que la condition soit vraie : {condition}{how}.", "The condition holds: {condition}{how}.")
ANSWERS = Text(" ; en décide la réponse à {answers}", "; it is decided by the answer to {answers}")
CHOOSE = Text("Poursuivre un essai au-delà de {source}, par ce flux.", "Go on beyond {source}, by this flow.")
#: what somebody completes
WORK = ("userTask", "manualTask", "callActivity", "subProcess")
OF = Text("{label} ({task})", "{label} ({task})")


class Needs:
    def __init__(self, prepared: Prepared, flows: list[Node], passed: frozenset[tuple[str, str]]) -> None:
        self.prepared, self.flows = prepared, flows
        self.entered = {flow.get("targetRef") for flow in flows if (holder(flow), flow.id) in passed}

    def of_step(self, element: str) -> Text:
        return (COMPLETE if element in self.entered else REACH).format(name=self._called(element))

    def of_outcome(self, gate: Gate, outcome: str) -> Text:
        said = DECIDE.format(gate=quoted(gate.name), outcome=keywords.OUTCOMES[outcome][0])
        if gate.id in self.entered or gate.phase not in self._phases():
            return said
        first = REACH.format(name=quoted(gate.name))
        return Text(f"{first.fr} {said.fr}", f"{first.en} {said.en}")

    def of_flow(self, flow: Node) -> Text:
        source = self.prepared.elements.get(flow.get("sourceRef"))
        if source is None:
            return Text("")
        if source.tag == "startEvent":
            return self._beginning(source.parent)
        host = source.get("attachedToRef") or source.id
        if host not in self.entered:
            return REACH.format(name=self._called(host))
        if source.tag in ("boundaryEvent", "intermediateCatchEvent"):
            return self._event(source)
        return self._branch(source, flow)

    def _phases(self) -> frozenset[str]:
        method = self.prepared.method
        return frozenset(each.id for each in method.phases) if method else frozenset()

    def _beginning(self, process: Node) -> Text:
        """Of a process, or of a sub-process: what leads there."""
        method = self.prepared.method
        calls = [each.id for each in self.prepared.elements.values() if each.get("calledElement") == process.id]
        calls += [each.during for each in method.recurring if each.process == process.id] if method else []
        calls += [process.id] if process.tag == "subProcess" else []
        return REACH.format(name=self._called(calls[0])) if calls else BEGIN.format(name=self._called(process.id))

    def _event(self, event: Node) -> Text:
        host = event.get("attachedToRef")
        on = WHILE.format(host=self._called(host)) if host else Text("")
        said = TIME if event.catches("timer") else ARRIVES
        return said.format(name=self._called(event.id), on=on)

    def _branch(self, source: Node, flow: Node) -> Text:
        outcome = flow.properties.get("method.outcome", "")
        if outcome in keywords.OUTCOMES:
            before = [each.get("sourceRef") for each in self.flows if each.get("targetRef") == source.id]
            gate = next((each for each in before if self._is_gate(each)), source.id)
            return DECIDE.format(gate=self._called(gate), outcome=keywords.OUTCOMES[outcome][0])
        conditions = [_condition(each) for each in self.flows if each.get("sourceRef") == source.id]
        if any("landing" in each for each in conditions) and source.get("default") != flow.id:
            return REWORKED
        if source.get("default") == flow.id:
            return DEFAULT.format(source=self._called(source.id), how=self._how(conditions))
        own = _condition(flow)
        if own:
            return HOLDS.format(condition=Text(own), how=self._how([own]))
        if self._is_gate(source.id):
            return DECIDED.format(gate=self._called(source.id))
        if source.tag in WORK:
            return COMPLETE.format(name=self._called(source.id))
        return CHOOSE.format(source=self._called(source.id))

    def _is_gate(self, element: str) -> bool:
        return self.prepared.method is not None and element in self.prepared.method.gate

    def _how(self, conditions: Iterable[str]) -> Text:
        """Which answers the conditions depend on, as far as forms ask for them."""
        asked = self._asked(frozenset(name for each in conditions for name in _names(each)))
        if not asked:
            return Text("")
        all_ = Text(", ".join(each.fr for each in asked), ", ".join(each.read("en") for each in asked))
        return ANSWERS.format(answers=all_)

    def _asked(self, names: frozenset[str]) -> list[Text]:
        found = []
        for task in self.prepared.method.tasks.values() if self.prepared.method else ():
            read = names | {each for name, text in task.sets if name in names for each in _names(text)}
            found += [OF.format(label=quoted(each.label), task=task.name) for each in task.form if each.key in read]
        return found

    def _called(self, element: str) -> Text:
        return quoted(self.prepared.called(element))


def _condition(flow: Node) -> str:
    found = flow.child("conditionExpression")
    return " ".join(found.body.split()) if found is not None else ""


def _names(text: str) -> frozenset[str]:
    try:
        return frozenset(feel.compile(text).names) if text else frozenset()
    except feel.FeelError:
        return frozenset()  # the review says so
