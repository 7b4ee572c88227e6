"""Random methods that grant something: phases of blocks, each step with a lock, freedoms and a deadline at random.

The first step of a phase is locked and answers `n`, which choices read. A step in a branch of a choice is never locked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count, pairwise
from typing import Any

from hypothesis import strategies as st

from engine.overlay import operations as op
from engine.overlay.lattice import RULES
from engine.overlay.operations import Operation
from tests.engine.random_methods import HEAD, ROLES, said
from tests.overlay.samples import step, text

DUES = ("P2D", "P5D", "P10D", "P20D")


@dataclass(frozen=True)
class Step:
    id: str
    lock: str
    tailor: str
    due: str
    most: str  #: the longest deadline granted; empty: none
    hooks: str


@dataclass
class Drawn:
    """What is drawn, told apart from the drawing: the tests judge by it."""

    steps: dict[str, Step] = field(default_factory=dict)
    quorums: dict[str, Decimal] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    hooks: dict[str, str] = field(default_factory=dict)  #: of phases
    files: dict[str, bytes] = field(default_factory=dict)


_step = st.tuples(
    st.sampled_from(["locked", "locked", "optional", "optional", "optional"]),
    st.sampled_from(["", "hide", "hide", "condition", "hide,condition"]),
    st.sampled_from(DUES), st.sampled_from(["", *DUES]), st.sampled_from(["", "", "before", "after", "before,after"]),
)  # fmt: skip
_block = st.recursive(
    st.tuples(st.just("step"), _step),
    lambda inside: st.tuples(st.sampled_from(["seq", "and", "xor"]), st.lists(inside, min_size=1, max_size=3)),
    max_leaves=6,
)
_gate = st.tuples(st.sampled_from(["0.25", "0.5", "0.66", "1"]), st.sampled_from(RULES[1:]))
methods = st.lists(
    st.tuples(_block, _gate, st.sampled_from(["", "start", "end", "start,end"])), min_size=1, max_size=3
).map(lambda phases: draw_method(phases))


def draw_method(phases: list[Any]) -> Drawn:
    """Each phase: what it draws, its gate (quorum, rule), its hooks."""
    drawn = Drawn()
    for n, (block, (quorum, rule), hooks) in enumerate(phases, 1):
        drawn.quorums[f"G{n}"], drawn.rules[f"G{n}"], drawn.hooks[f"P{n}"] = Decimal(quorum), rule, hooks
        drawn.files[f"p{n}.bpmn"] = _Phase(n, drawn).whole(block, hooks).encode()
    drawn.files["alea.bpmn"] = _main(drawn).encode()
    return drawn


class _Phase:
    def __init__(self, n: int, drawn: Drawn) -> None:
        self.n, self.drawn, self.numbers = n, drawn, count(1)
        self.lines: list[str] = []

    def whole(self, block: Any, hooks: str) -> str:
        first = self.step(("locked", "", "P5D", "", ""), f"T{self.n}_0", '<camunda:formData><camunda:formField id="n" '
                          'label="Nombre" type="number"><camunda:properties><camunda:property name="label.en" '
                          'value="Number" /></camunda:properties></camunda:formField></camunda:formData>')  # fmt: skip
        start, last = self.block(block, False)
        self.lines += [f'<bpmn:startEvent id="P{self.n}_start" />', f'<bpmn:endEvent id="P{self.n}_end" />']
        for a, b in ((f"P{self.n}_start", first), (first, start), (last, f"P{self.n}_end")):
            self.flow(a, b)
        flows = [each for each in self.lines if "sequenceFlow" in each]
        nodes = [each for each in self.lines if "sequenceFlow" not in each]
        kind = {"method__kind": "phase"} | ({"method__hooks": hooks} if hooks else {})
        return (
            HEAD.format(id=f"P{self.n}") + f'<bpmn:process id="Process_P{self.n}" name="Phase" isExecutable="true">'
            + said(name__en="Phase", **kind) + "".join(nodes + flows) + "</bpmn:process></bpmn:definitions>"
        )  # fmt: skip

    def step(self, asked: tuple[str, ...], id: str, form: str = "") -> str:
        lock, tailor, due, most, hooks = asked
        one = self.drawn.steps[id] = Step(id, lock, tailor, due, most, hooks)
        more = {"method__tailor": one.tailor, "method__due__max": most, "method__hooks": hooks}
        properties = said(name__en=id, method__lock=lock, **{name: value for name, value in more.items() if value})
        properties = properties.replace("<bpmn:extensionElements>", f"<bpmn:extensionElements>{form}")
        self.lines.append(
            f'<bpmn:userTask id="{id}" name="{id}" camunda:candidateGroups="CP" camunda:dueDate="{due}">'
            f"{properties}</bpmn:userTask>"
        )
        return id

    def flow(self, a: str, b: str, when: str = "", id: str = "") -> str:
        id = id or f"f{self.n}_{next(self.numbers)}"
        inside = f"<bpmn:conditionExpression>{when}</bpmn:conditionExpression>" if when else ""
        self.lines.append(f'<bpmn:sequenceFlow id="{id}" sourceRef="{a}" targetRef="{b}">{inside}</bpmn:sequenceFlow>')
        return id

    def block(self, block: Any, chosen: bool) -> tuple[str, str]:
        kind, inside = block
        if kind == "step":
            lock = "optional" if chosen else inside[0]
            id = self.step((lock, *inside[1:]), f"T{self.n}_{next(self.numbers)}")
            return id, id
        parts = [self.block(each, chosen or kind == "xor") for each in inside]
        if kind == "seq" or len(parts) == 1:
            for (_, last), (first, _) in pairwise(parts):
                self.flow(last, first)
            return parts[0][0], parts[-1][1]
        split, join = (f"g{self.n}_{next(self.numbers)}" for _ in range(2))
        default = ""
        for number, (first, last) in enumerate(parts):
            flow = self.flow(split, first, f"n = {number}" if kind == "xor" and number else "")
            default = default or flow
            self.flow(last, join)
        tag = "parallelGateway" if kind == "and" else "exclusiveGateway"
        way = f' default="{default}"' if kind == "xor" else ""
        self.lines += [f'<bpmn:{tag} id="{split}"{way} />', f'<bpmn:{tag} id="{join}" />']
        return split, join


def _main(drawn: Drawn) -> str:
    roles = {f"method__role__{id}": name for id, name in ROLES.items()}
    roles |= {f"method__role__{id}__en": name for id, name in ROLES.items()}
    body = "".join(_gate_of(n, drawn, n == len(drawn.quorums)) for n in range(1, len(drawn.quorums) + 1))
    head = said(name__en="Random", method__kind="method", method__lead="CP", method__sponsor="COM", **roles)
    return (
        HEAD.format(id="alea") + '<bpmn:process id="alea" name="Aléa" isExecutable="true" camunda:versionTag="1.0.0">'
        f'{head}<bpmn:startEvent id="start" />{body}'
        f'<bpmn:endEvent id="end">{said(method__end="closed")}</bpmn:endEvent>'
        '<bpmn:sequenceFlow id="begin" sourceRef="start" targetRef="P1" /></bpmn:process></bpmn:definitions>'
    )


def _gate_of(n: int, drawn: Drawn, last: bool) -> str:
    onward = "end" if last else f"P{n + 1}"
    asks = said(
        name__en=f"Gate {n}", method__kind="gate", method__lock="locked", method__gate__chair="COM",
        method__gate__voters="COPIL", method__gate__quorum=str(drawn.quorums[f"G{n}"]),
        method__gate__rule=drawn.rules[f"G{n}"], method__gate__outcomes="go,rework", method__criterion__1="Un",
        method__criterion__1__en="One",
    )  # fmt: skip
    return (
        f'<bpmn:callActivity id="P{n}" name="Phase {n}" calledElement="Process_P{n}">{said(name__en="Phase")}'
        f'</bpmn:callActivity><bpmn:userTask id="G{n}" name="Porte {n}" camunda:candidateGroups="COM">{asks}'
        f'</bpmn:userTask><bpmn:exclusiveGateway id="G{n}_decision" default="G{n}_rework" />'
        f'<bpmn:sequenceFlow id="P{n}_on" sourceRef="P{n}" targetRef="G{n}" />'
        f'<bpmn:sequenceFlow id="G{n}_on" sourceRef="G{n}" targetRef="G{n}_decision" />'
        f'<bpmn:sequenceFlow id="G{n}_rework" sourceRef="G{n}_decision" targetRef="P{n}">'
        f"{said(method__outcome='rework', method__landing=f'T{n}_0')}</bpmn:sequenceFlow>"
        f'<bpmn:sequenceFlow id="G{n}_go" sourceRef="G{n}_decision" targetRef="{onward}">{said(method__outcome="go")}'
        f'<bpmn:conditionExpression>decision in ("go", "go_reserves")</bpmn:conditionExpression></bpmn:sequenceFlow>'
    )


@st.composite
def attempts(draw: st.DrawFn, drawn: Drawn) -> Operation:
    """Any operation on it, granted or not."""
    steps, gates = list(drawn.steps), list(drawn.quorums)
    hooks = [f"{id}.{point}" for id in (*drawn.hooks, *steps) for point in ("start", "end", "before", "after")]
    number = draw(st.integers(1, 99))
    return draw(
        st.one_of(
            st.builds(op.Hide, st.sampled_from([*steps, *gates])),
            st.builds(op.MakeConditional, st.sampled_from(steps), st.just("n != null and n > 1")),
            st.builds(op.RaiseQuorum, st.sampled_from(gates), st.sampled_from([Decimal(n) / 10 for n in range(1, 11)])),
            st.builds(op.TightenRule, st.sampled_from(gates), st.sampled_from(RULES)),
            st.builds(op.SetDue, st.sampled_from(steps), st.sampled_from(DUES)),
            st.builds(
                op.AddCriterion, st.sampled_from(gates), st.just(f"c{number}"), st.just(text(f"Critère {number}"))
            ),
            st.builds(op.Insert, st.sampled_from(hooks), st.just(step(f"L{number}"))),
        )
    )


def granted(operation: Operation, drawn: Drawn) -> bool:
    """By what was drawn, and nothing of the engine: does it add control, or use a freedom that was granted?"""
    match operation:
        case op.Hide(element=id) | op.MakeConditional(element=id):
            one = drawn.steps.get(id)
            return one is not None and one.lock == "optional" and operation.kind in _words(one.tailor)
        case op.RaiseQuorum(element=id, value=value):
            return value >= drawn.quorums[id]
        case op.TightenRule(element=id, rule=rule):
            return RULES.index(rule) >= RULES.index(drawn.rules[id])
        case op.SetDue(element=id, due=due):
            one = drawn.steps[id]
            return _days(due) <= _days(one.due) or (one.most != "" and _days(due) <= _days(one.most))
        case op.Insert(hook=hook):
            id, _, point = hook.partition(".")
            offered = drawn.hooks.get(id, "") if id in drawn.hooks else drawn.steps[id].hooks
            return point in _words(offered)
    return True


def _words(said: str) -> set[str]:
    return set(filter(None, said.split(",")))


def _days(due: str) -> int:
    return int(due[1:-1])


def every_locked(drawn: Drawn) -> Iterator[str]:
    yield from (each.id for each in drawn.steps.values() if each.lock == "locked")
    yield from drawn.quorums
