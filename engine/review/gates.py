"""What `review` looks for in gates: who decides, on what, and whether the drawing offers what the gate does."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from engine.diagram import Node
from engine.dialect import Flows, Problem
from engine.method import OUTCOMES, Gate, Method
from engine.review.computations import computation_problems
from engine.review.roles import duration_problems, role_problems
from engine.review.untranslated import untranslated_criteria, untranslated_name
from engine.words import Text

LACKING = Text("aucun flux n’est dessiné pour « {name} »", "no flow is drawn for “{name}”")
ODD = Text(
    "un flux est pour « {name} », que la porte n’offre pas", "a flow is for “{name}”, which the gate does not offer"
)
TWICE = Text("plusieurs flux sont pour « {name} »", "several flows are for “{name}”")
UNSAID = Text("un flux ne dit pas pour quelle issue il est", "a flow does not say which outcome it is for")

LANDS = Text(
    "la reprise mène à « {step} », qui n’est pas une tâche de sa phase.",
    "the rework leads to “{step}”, which is not a task of its phase.",
)


def gate_problems(method: Method, main: Node) -> Iterator[Problem]:
    for gate in method.gates:
        yield from problems_of_gate(gate, method, main)
    yield from _reserves(method)


def _reserves(method: Method) -> Iterator[Problem]:
    """A gate between one that goes with reserves and the last one: the closure sees to what is open at the end."""
    for before, gate in pairwise(method.gates[:-1]):
        if "go_reserves" in before.outcomes and all(each.computed != "reserves_lifted" for each in gate.criteria):
            yield Problem("reserves-not-looked-at", gate.place, {"name": gate.name})


def _second_session(gate: Gate) -> Iterator[Problem]:
    if not gate.second:
        if gate.second_free:
            yield Problem("no-second-session", gate.place, {"name": gate.name})
        return
    yield from duration_problems(gate.second, gate.place)
    if gate.rule == "chair":
        yield Problem("second-session-without-vote", gate.place, {"name": gate.name})


def problems_of_gate(gate: Gate, method: Method, process: Node) -> Iterator[Problem]:
    """`process`: in which the gate is drawn."""
    for role in (gate.chair, *gate.voters):
        yield from role_problems(role, gate.name, gate.place, method)
    yield from duration_problems(gate.due, gate.place)
    if method.lead in (gate.chair, *gate.voters):
        yield Problem("lead-votes", gate.place, {"name": gate.name})
    if not gate.criteria:
        yield Problem("no-criteria", gate.place, {"name": gate.name})
    yield from untranslated_name(gate)
    yield from untranslated_criteria(gate)
    for criterion in gate.criteria:
        yield from computation_problems(criterion.computed, gate.place, method)
    yield from _second_session(gate)
    if gate.outgrown and (not gate.larger or "rework" not in gate.outcomes):
        yield Problem("outgrown-without-method", gate.place, {"name": gate.name})
    why = _why_not_a_gate(gate, method, process)
    if why is not None:
        yield Problem("gate-drawn-wrong", gate.place, {"name": gate.name, "why": why})
    elif "rework" in gate.outcomes and not _lands(gate, method):
        why = LANDS.format(step=gate.landing)
        yield Problem("gate-drawn-wrong", gate.place, {"name": gate.name, "why": why}, cause="landing")


def _amiss(drawn: Sequence[str], asked: Collection[str]) -> Text:
    """Which outcomes have no flow, and which flows no outcome."""
    found = [LACKING.format(name=name) for each, name in OUTCOMES.items() if each in asked and each not in drawn]
    found += [ODD.format(name=name) for each, name in OUTCOMES.items() if each in drawn and each not in asked]
    found += [TWICE.format(name=name) for each, name in OUTCOMES.items() if drawn.count(each) > 1]
    if any(each not in OUTCOMES for each in drawn):
        found.append(UNSAID)
    return Text(" ; ".join(each.fr for each in found) + ".", "; ".join(each.en for each in found) + ".")


def _why_not_a_gate(gate: Gate, method: Method, process: Node) -> Text | None:
    flows = Flows(process)
    decision = flows.node(next(iter(flows.after(gate.id)), ""))
    if decision is None or decision.tag != "exclusiveGateway":
        return Text("aucune passerelle exclusive ne la suit.", "no exclusive gateway follows it.")
    drawn = [flow.properties.get("method.outcome", "") for flow in flows.out(decision.id)]
    asked = {"go" if each == "go_reserves" else each for each in gate.outcomes if each != "hold"}
    if set(drawn) != asked or len(drawn) != len(asked):
        return _amiss(drawn, asked)
    rework = next((f.id for f in flows.out(decision.id) if f.properties.get("method.outcome") == "rework"), "")
    if "rework" in asked and decision.get("default") != rework:
        return Text(
            "son flux par défaut n’est pas la reprise : une issue oubliée ferait passer la porte.",
            "its default flow is not the rework: a forgotten outcome would pass the gate.",
        )
    if not gate.phase:
        return Text("aucune phase ne la précède.", "no phase comes before it.")
    return None


def _lands(gate: Gate, method: Method) -> bool:
    """Does its rework return to a step of the phase that it ends?"""
    return any(task.id == gate.landing for task in method.phase[gate.phase].tasks)
