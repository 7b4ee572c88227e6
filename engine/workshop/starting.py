"""A method to begin with: phases with one task each, each ended by a gate, in both languages, laid out, and without a
finding of the review. What its owner then draws is theirs.
"""

from __future__ import annotations

import re
import unicodedata
from xml.sax.saxutils import quoteattr

from engine.words import Text

#: phases that a beginning may have
MOST_PHASES = 6
LONGEST = 60
#: between two phases
WIDE = 360
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_{id}" \
targetNamespace="http://bpmn.io/schema/bpmn" exporter="Jalon" exporterVersion="1.0">
"""
ROLES = {"CP": Text("Chef de projet", "Project lead"), "COM": Text("Commanditaire", "Sponsor")}
STEPS = "ABCDEF"
#: of the flow of an outcome: what it is called, and when it is taken; that of a rework is the default flow
NAMES = {"go": Text("Favorable", "Go"), "stop": Text("Arrêté", "Stopped")}
WHEN = {"go": 'decision in ("go", "go_reserves")', "stop": 'decision = "stop"'}


def id_of(name: str) -> str:
    """« Projet d’été » -> `projet_d_ete`"""
    plain = unicodedata.normalize("NFKD", name.replace("’", " ")).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST]
    return found if found[:1].isalpha() else f"methode_{found}".rstrip("_")


def starting(name: Text, phases: int = 3) -> dict[str, bytes]:
    """The files, by name. `phases`: from 1 to `MOST_PHASES`."""
    id = id_of(name.fr)
    count = max(1, min(phases, MOST_PHASES))
    files = {f"{id.replace('_', '-')}.bpmn": _main(id, name, count)}
    return files | {f"p{number}.bpmn": _phase(number) for number in range(1, count + 1)}


# --- elements ---


def _properties(**said: str) -> str:
    lines = (f"<camunda:property name={quoteattr(name)} value={quoteattr(value)} />" for name, value in said.items())
    inside = "".join(f"\n          {line}" for line in lines)
    return f"<camunda:properties>{inside}\n        </camunda:properties>"


def _extended(tag: str, name: Text, more: str = "", form: str = "", ways: str = "", **attributes: str) -> str:
    """An element with its name in both languages. `more`: properties, `name value` a line."""
    said = {"name.en": name.en or name.fr} | dict(line.split(" ", 1) for line in more.splitlines() if line)
    written = "".join(f" {key.replace('camunda_', 'camunda:')}={quoteattr(value)}" for key, value in attributes.items())
    return f"""    <bpmn:{tag} name={quoteattr(name.fr)}{written}>
      <bpmn:extensionElements>
        {form}{_properties(**said)}
      </bpmn:extensionElements>{ways}
    </bpmn:{tag}>
"""


def _opened(element: str) -> str:
    """A process without its end."""
    return element.removesuffix("    </bpmn:process>\n").removeprefix("  ")


def _ways(into: list[str], out: list[str]) -> str:
    ways = [f"<bpmn:incoming>{each}</bpmn:incoming>" for each in into]
    ways += [f"<bpmn:outgoing>{each}</bpmn:outgoing>" for each in out]
    return "".join(f"\n      {each}" for each in ways)


def _shape(id: str, x: float, y: float, width: float, height: float, label: str = "", **said: str) -> str:
    more = "".join(f' {key}="{value}"' for key, value in said.items())
    return f"""      <bpmndi:BPMNShape id="{id}_di" bpmnElement="{id}"{more}>
        <dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}" />{label}
      </bpmndi:BPMNShape>
"""


def _edge(id: str, *points: tuple[float, float], label: str = "") -> str:
    way = "".join(f'\n        <di:waypoint x="{x}" y="{y}" />' for x, y in points)
    return f"""      <bpmndi:BPMNEdge id="{id}_di" bpmnElement="{id}">{way}{label}
      </bpmndi:BPMNEdge>
"""


def _label(x: float, y: float, width: float) -> str:
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="14" />'
    return f"\n        <bpmndi:BPMNLabel>\n          {bounds}\n        </bpmndi:BPMNLabel>"


def _file(id: str, process: str, name: Text, body: str, drawn: str) -> bytes:
    pool = _extended("participant", name, id=f"Participant_{id}", processRef=process)
    return f"""{_HEAD.format(id=id)}  <bpmn:collaboration id="Collaboration_{id}">
{pool}  </bpmn:collaboration>
{body}  <bpmndi:BPMNDiagram id="Diagram_{id}">
    <bpmndi:BPMNPlane id="Plane_{id}" bpmnElement="Collaboration_{id}">
{drawn}    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
""".encode()


def _lane(id: str, role: str, nodes: list[str], label: Text | None = None) -> str:
    stand = "".join(f"\n        <bpmn:flowNodeRef>{each}</bpmn:flowNodeRef>" for each in nodes)
    return _extended("lane", label or ROLES[role], f"method.role {role}", id=f"Lane_{id}_{role}", ways=stand)


# --- a phase ---

FORM = """<camunda:formData>
          <camunda:formField id="resultat" label="Résultat" type="textarea">
            <camunda:properties>
              <camunda:property name="label.en" value="Result" />
            </camunda:properties>
            <camunda:validation>
              <camunda:constraint name="required" config="true" />
            </camunda:validation>
          </camunda:formField>
        </camunda:formData>
        """


def _phase(number: int) -> bytes:
    return step_file(f"P{number}", STEPS[number - 1], _phase_name(number), "CP", ROLES["CP"])


def step_file(id: str, step: str, name: Text, role: str, label: Text) -> bytes:
    """The file of a phase of one step, done by `role`."""
    into, out = f"{id}_start_to_{step}", f"{step}_to_{id}_end"
    said = "method.kind phase\nmethod.hooks start,end"
    head = _opened(_extended("process", name, said, id=f"Process_{id}", isExecutable="true"))
    lane = _lane(id, role, [f"{id}_start", step, f"{id}_end"], label)
    task = _extended(
        "userTask", Text(f"Étape {step}", f"Step {step}"), "method.lock locked", FORM, _ways([into], [out]),
        id=step, camunda_candidateGroups=role, camunda_dueDate="P10D",
    )  # fmt: skip
    body = f"""{head}    <bpmn:laneSet id="LaneSet_{id}">
{lane}    </bpmn:laneSet>
    <bpmn:startEvent id="{id}_start">{_ways([], [into])}
    </bpmn:startEvent>
{task}    <bpmn:endEvent id="{id}_end">{_ways([out], [])}
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="{into}" sourceRef="{id}_start" targetRef="{step}" />
    <bpmn:sequenceFlow id="{out}" sourceRef="{step}" targetRef="{id}_end" />
  </bpmn:process>
"""
    drawn = _shape(f"Participant_{id}", 160, 80, 482, 130, isHorizontal="true")
    drawn += _shape(f"Lane_{id}_{role}", 190, 80, 452, 130, isHorizontal="true")
    drawn += _shape(f"{id}_start", 260, 127, 36, 36) + _shape(step, 346, 105, 170, 80)
    drawn += _shape(f"{id}_end", 566, 127, 36, 36)
    drawn += _edge(into, (296, 145), (346, 145)) + _edge(out, (516, 145), (566, 145))
    return _file(id, f"Process_{id}", name, body, drawn)


def _phase_name(number: int) -> Text:
    return Text(f"Phase {number}", f"Phase {number}")


# --- the main process ---


def _main(id: str, name: Text, count: int) -> bytes:
    numbers = range(1, count + 1)
    roles = "".join(f"method.role.{key} {text.fr}\nmethod.role.{key}.en {text.en}\n" for key, text in ROLES.items())
    more = f"method.kind method\nmethod.lead CP\nmethod.sponsor COM\n{roles}"
    head = _opened(_extended("process", name, more, id=id, isExecutable="true", camunda_versionTag="1.0.0"))
    decided = [id for number in numbers for id in (f"G{number}", f"G{number}_decision")]
    stopped = [f"G{number}_stopped" for number in numbers[:-1]]
    lanes = _lane(id, "COM", [*decided, *stopped, "end_closed"])
    lanes += _lane(id, "CP", ["start", *(f"P{number}" for number in numbers)])
    nodes = _extended("startEvent", Text("Demande", "Request"), ways=_ways([], ["start_to_P1"]), id="start")
    nodes += "".join(_of_phase(number, number == count) for number in numbers)
    closed = _ways([f"G{count}_go"], [])
    nodes += _extended(
        "endEvent", Text("Projet clos", "Project closed"), "method.end closed", ways=closed, id="end_closed"
    )
    flows = '    <bpmn:sequenceFlow id="start_to_P1" sourceRef="start" targetRef="P1" />\n'
    flows += "".join(_flows(number, number == count) for number in numbers)
    body = f"""{head}    <bpmn:laneSet id="LaneSet_{id}">
{lanes}    </bpmn:laneSet>
{nodes}{flows}  </bpmn:process>
"""
    return _file(id, id, name, body, _whole(id, count))


def _whole(id: str, count: int) -> str:
    """The picture of the main process."""
    wide = WIDE * count + 308
    drawn = _shape(f"Participant_{id}", 160, 80, wide, 350, isHorizontal="true")
    drawn += _shape(f"Lane_{id}_CP", 190, 300, wide - 30, 130, isHorizontal="true")
    drawn += _shape(f"Lane_{id}_COM", 190, 80, wide - 30, 220, isHorizontal="true")
    drawn += _shape("start", 260, 347, 36, 36, _label(245, 389, 66))
    drawn += "".join(_drawn(number, number == count) for number in range(1, count + 1))
    drawn += _shape("end_closed", WIDE * count + 372, 217, 36, 36, _label(WIDE * count + 354, 259, 72))
    return drawn + _edge("start_to_P1", (296, 365), (360, 365))


def _of_phase(number: int, last: bool) -> str:
    phase, gate = f"P{number}", f"G{number}"
    entered = "start_to_P1" if number == 1 else f"G{number - 1}_go"
    out = [f"{gate}_rework", *([] if last else [f"{gate}_stop"]), f"{gate}_go"]
    said = f"""method.kind gate
method.lock locked
method.gate.chair COM
method.gate.voters COM
method.gate.quorum 1
method.gate.rule chair
method.gate.outcomes {"go,rework" if last else "go,rework,stop"}
method.gate.rework_max 3
method.gate.silence escalate
method.criterion.1 Le résultat de la phase est là
method.criterion.1.en The result of the phase is there"""
    made = _extended(
        "callActivity", _phase_name(number), id=phase, calledElement=f"Process_{phase}",
        ways=_ways([entered, f"{gate}_rework"], [f"{phase}_to_{gate}"]),
    )  # fmt: skip
    made += _extended(
        "userTask", Text(f"Porte {number}", f"Gate {number}"), said, id=gate, camunda_candidateGroups="COM",
        camunda_dueDate="P10D", ways=_ways([f"{phase}_to_{gate}"], [f"{gate}_to_{gate}_decision"]),
    )  # fmt: skip
    made += _extended(
        "exclusiveGateway", Text(f"{gate} ?", f"{gate}?"), id=f"{gate}_decision", default=f"{gate}_rework",
        ways=_ways([f"{gate}_to_{gate}_decision"], out),
    )  # fmt: skip
    if last:
        return made
    stop, ways = Text("Projet arrêté", "Project stopped"), _ways([f"{gate}_stop"], [])
    return made + _extended("endEvent", stop, "method.end stopped", ways=ways, id=f"{gate}_stopped")


def _flows(number: int, last: bool) -> str:
    phase, gate, step = f"P{number}", f"G{number}", STEPS[number - 1]
    made = f'    <bpmn:sequenceFlow id="{phase}_to_{gate}" sourceRef="{phase}" targetRef="{gate}" />\n'
    made += f'    <bpmn:sequenceFlow id="{gate}_to_{gate}_decision" sourceRef="{gate}" targetRef="{gate}_decision" />\n'
    made += _outcome(gate, "rework", Text(f"À reprendre ({step})", f"Rework ({step})"), phase, landing=step)
    if not last:
        made += _outcome(gate, "stop", NAMES["stop"], f"{gate}_stopped", WHEN["stop"])
    after = "end_closed" if last else f"P{number + 1}"
    return made + _outcome(gate, "go", NAMES["go"], after, WHEN["go"])


def _outcome(gate: str, outcome: str, name: Text, to: str, when: str = "", landing: str = "") -> str:
    said = f"method.outcome {outcome}" + (f"\nmethod.landing {landing}" if landing else "")
    tag = "bpmn:conditionExpression"
    condition = f'\n      <{tag} xsi:type="bpmn:tFormalExpression">{when}</{tag}>' if when else ""
    return _extended(
        "sequenceFlow", name, said, ways=condition, id=f"{gate}_{outcome}", sourceRef=f"{gate}_decision", targetRef=to
    )  # fmt: skip


def _drawn(number: int, last: bool) -> str:
    phase, gate, x = f"P{number}", f"G{number}", WIDE * number
    drawn = _shape(phase, x, 325, 170, 80) + _shape(gate, x, 195, 170, 80)
    drawn += _shape(f"{gate}_decision", x + 205, 210, 50, 50, _label(x + 190, 196, 26), isMarkerVisible="true")
    drawn += _edge(f"{phase}_to_{gate}", (x + 85, 325), (x + 85, 275))
    drawn += _edge(f"{gate}_to_{gate}_decision", (x + 170, 235), (x + 205, 235))
    drawn += _edge(f"{gate}_rework", (x + 230, 260), (x + 230, 365), (x + 170, 365), label=_label(x + 240, 267, 90))
    if last:
        return drawn + _edge(f"{gate}_go", (x + 255, 235), (x + 372, 235), label=_label(x + 260, 217, 75))
    drawn += _shape(f"{gate}_stopped", x + 212, 125, 36, 36, _label(x + 254, 136, 80))
    drawn += _edge(f"{gate}_stop", (x + 230, 210), (x + 230, 161), label=_label(x + 240, 189, 50))
    return drawn + _edge(f"{gate}_go", (x + 255, 235), (x + 338, 235), (x + 338, 365), (x + 360, 365),
                         label=_label(x + 260, 217, 75))  # fmt: skip
