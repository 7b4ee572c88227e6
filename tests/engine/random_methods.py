"""Methods of two to four phases whose gates are drawn at random: rule, quorum, second session, outcomes, criteria.

files, gates = drawn(gates)        the diagrams of a method `alea`, for `PublishMethod`
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="Definitions_{id}"'
    ' targetNamespace="http://bpmn.io/schema/bpmn">\n'
)
PROPERTY = '<camunda:property name="{}" value="{}" />'
ROLES = {"CP": "Chef de projet", "COM": "Commanditaire", "COPIL": "Comité"}


@dataclass(frozen=True)
class Drawn:
    """What one gate asks."""

    rule: str
    quorum: str
    second: bool
    free: bool
    outcomes: tuple[str, ...]
    rework_max: int
    criteria: int  #: that people examine; the last one is computed


def said(**properties: str) -> str:
    each = "".join(PROPERTY.format(name.replace("__", "."), value) for name, value in properties.items())
    return f"<bpmn:extensionElements><camunda:properties>{each}</camunda:properties></bpmn:extensionElements>"


@st.composite
def gates(draw: st.DrawFn) -> list[Drawn]:
    return [draw(_gate) for _ in range(draw(st.integers(2, 4)))]


_gate = st.builds(
    lambda rule, quorum, second, free, more, most, criteria: Drawn(
        rule,
        "1" if rule == "chair" else quorum,
        second and rule != "chair",
        second and free and rule != "chair",
        ("go", *(each for each in ("go_reserves", "rework", "hold", "stop") if each in more or each == "rework")),
        most,
        criteria,
    ),
    st.sampled_from(["chair", "majority_chair_casting", "two_thirds", "unanimity"]),
    st.sampled_from(["0.25", "0.5", "0.66", "1"]),
    st.booleans(),
    st.booleans(),
    st.sets(st.sampled_from(["go_reserves", "hold", "stop"])),
    st.integers(1, 2),
    st.integers(1, 2),
)


def drawn(asked: list[Drawn]) -> dict[str, bytes]:
    """The files of the method: phases P1 … Pn of one task each, and their gates G1 … Gn."""
    return {"alea.bpmn": _main(asked).encode()} | {
        f"p{n}.bpmn": _phase(n).encode() for n in range(1, len(asked) + 1)
    }  # fmt: skip


def _phase(n: int) -> str:
    return (
        HEAD.format(id=f"P{n}") + f'<bpmn:process id="Process_P{n}" name="Phase {n}" isExecutable="true">'
        + said(name__en=f"Phase {n}", method__kind="phase")
        + f'<bpmn:startEvent id="P{n}_start" />'
        f'<bpmn:userTask id="T{n}" name="Tâche {n}" camunda:candidateGroups="CP">'
        + said(name__en=f"Task {n}", method__lock="locked")
        + f'</bpmn:userTask><bpmn:endEvent id="P{n}_end" />'
        f'<bpmn:sequenceFlow id="P{n}_a" sourceRef="P{n}_start" targetRef="T{n}" />'
        f'<bpmn:sequenceFlow id="P{n}_b" sourceRef="T{n}" targetRef="P{n}_end" /></bpmn:process></bpmn:definitions>'
    )  # fmt: skip


def _main(asked: list[Drawn]) -> str:
    roles = {f"method__role__{id}": name for id, name in ROLES.items()}
    roles |= {f"method__role__{id}__en": name for id, name in ROLES.items()}
    head = said(name__en="Random", method__kind="method", method__lead="CP", method__sponsor="COM", **roles)
    ends = "".join(
        f'<bpmn:endEvent id="end_{end}" name="{end}">{said(name__en=end, method__end=end)}</bpmn:endEvent>'
        for end in (("closed", "stopped") if any("stop" in each.outcomes for each in asked) else ("closed",))
    )
    body = "".join(_step(n, each, n == len(asked)) for n, each in enumerate(asked, 1))
    return (
        HEAD.format(id="alea") + '<bpmn:process id="alea" name="Aléa" isExecutable="true" camunda:versionTag="1.0.0">'
        f'{head}<bpmn:startEvent id="start" /><bpmn:sequenceFlow id="begin" sourceRef="start" targetRef="P1" />'
        f"{body}{ends}</bpmn:process></bpmn:definitions>"
    )


def _step(n: int, each: Drawn, last: bool) -> str:
    onward = "end_closed" if last else f"P{n + 1}"
    flows = _flow(n, "go", onward, 'decision in ("go", "go_reserves")')
    flows += _flow(n, "rework", f"P{n}", "")
    flows += _flow(n, "stop", "end_stopped", 'decision = "stop"') if "stop" in each.outcomes else ""
    return (
        f'<bpmn:callActivity id="P{n}" name="Phase {n}" calledElement="Process_P{n}">{said(name__en=f"Phase {n}")}'
        f'</bpmn:callActivity><bpmn:userTask id="G{n}" name="Porte {n}" camunda:candidateGroups="COM">'
        f'{_asks(n, each)}</bpmn:userTask><bpmn:exclusiveGateway id="G{n}_decision" default="G{n}_rework" />'
        f'<bpmn:sequenceFlow id="P{n}_to_G{n}" sourceRef="P{n}" targetRef="G{n}" />'
        f'<bpmn:sequenceFlow id="G{n}_to_decision" sourceRef="G{n}" targetRef="G{n}_decision" />{flows}'
    )


def _asks(n: int, each: Drawn) -> str:
    second = {"method__gate__second_session": "P5D"} if each.second else {}
    free = {"method__gate__second_without_quorum": "true"} if each.free else {}
    criteria = {}
    for number in range(1, each.criteria + 1):
        criteria |= {f"method__criterion__{number}": f"Critère {number}"}
        criteria |= {f"method__criterion__{number}__en": f"Criterion {number}"}
    computed = {
        "method__criterion__9": "Réserves levées", "method__criterion__9__en": "Reserves lifted",
        "method__criterion__9__computed": "reserves_lifted",
    }  # fmt: skip
    return said(
        name__en=f"Gate {n}", method__kind="gate", method__lock="locked", method__gate__chair="COM",
        method__gate__voters="COM" if each.rule == "chair" else "COPIL", method__gate__quorum=each.quorum,
        method__gate__rule=each.rule, method__gate__outcomes=",".join(each.outcomes),
        method__gate__rework_max=str(each.rework_max), **second, **free, **criteria, **computed,
    )  # fmt: skip


def _flow(n: int, outcome: str, to: str, condition: str) -> str:
    landing = {"method__landing": f"T{n}"} if outcome == "rework" else {}
    when = condition.replace('"', "&quot;")
    expression = f"<bpmn:conditionExpression>{when}</bpmn:conditionExpression>" if condition else ""
    return (
        f'<bpmn:sequenceFlow id="G{n}_{outcome}" sourceRef="G{n}_decision" targetRef="{to}">'
        f"{said(method__outcome=outcome, **landing)}{expression}</bpmn:sequenceFlow>"
    )
