"""A drawing made elsewhere, by somebody who knows BPMN and not Jalon, taken as a method.

adopted(files)   the main process is the one that calls the others: each call is a phase; a user task that an exclusive
                 gateway follows is a gate, whose flows go on, come back or end; lanes are roles

No shape that is drawn moves. What is left to say (English, criteria, forms) the review and the outline ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from engine.diagram import Diagram, Node, beside, drawn_in
from engine.dialect.flows import Flows
from engine.errors import OutlineRefused
from engine.overlay import edit
from engine.overlay.loom import Loom
from engine.words import Text
from engine.workshop.asked import free_role
from engine.workshop.identity import named
from engine.workshop.phases import as_gate, as_outcome
from engine.workshop.starting import NAMES, ROLES, WHEN, id_of

NO_MAIN = Text(
    "Ce dessin ne dit pas quelles sont ses phases. Dessinez un processus principal où chaque phase est une activité "
    "d’appel (« Call activity ») qui appelle un processus à elle, dans son propre fichier ; apportez tous les "
    "fichiers, puis recommencez.",
    "This drawing does not say what its phases are. Draw a main process in which each phase is a call activity that "
    "calls a process of its own, in its own file; bring all the files, then retry.",
)
NAMELESS = "Méthode"
LETTERS = "ABCDEFHIJKLMNOQRSUVWXYZ"  # G, P and T name gates, phases and steps that are added


def adopted(files: Mapping[str, bytes], published: Collection[str] = ()) -> dict[str, bytes]:
    """The method has the id of a published one only where its files do already.

    Raises `OutlineRefused` where no process calls the others, or one is a method already.
    """
    diagrams = drawn_in(files)
    main, phases = _parts(diagrams)
    for diagram in diagrams:
        for each in diagram.root.all("task", "manualTask"):
            each.become("userTask")
    _rename(diagrams, main, phases, published)
    _kinds(main, phases)
    _roles(diagrams, main, phases)
    loom = Loom(drawn_in({**files, **{each.file: each.write() for each in diagrams}}))
    for gate in [each for each in loom.main.nodes if _is_gate(loom, each)]:
        _decided(loom, gate)
    _ends(loom)
    loom.touched = {each.file for each in loom.diagrams}
    return {**beside(files), **loom.files()}


Phases = list[tuple[Node, Node]]  #: a call of the main process, and what it calls; in order


def _parts(diagrams: list[Diagram]) -> tuple[Node, Phases]:
    processes = {process.id: process for diagram in diagrams for process in diagram.processes}
    if any(each.properties.get("method.kind") == "method" for each in processes.values()):
        raise OutlineRefused(why=NO_MAIN)
    calls = {
        process.id: [
            (node, processes[node.get("calledElement")])
            for node in Flows(process).in_order()
            if node.tag == "callActivity" and node.get("calledElement") in processes
        ]
        for process in processes.values()
    }
    mains = [id for id, found in calls.items() if found]
    if len(mains) != 1:
        raise OutlineRefused(why=NO_MAIN)
    return processes[mains[0]], calls[mains[0]]


# --- ids that forms, registers and messages can name ---


def _rename(diagrams: list[Diagram], main: Node, phases: Phases, published: Collection[str]) -> None:
    """`Activity_0k3x1` is `A1`; what two files call alike is told apart."""
    said = Counter(node.id for each in diagrams for node in each.root.all("*") if node.id)
    for number, (call, called) in enumerate(phases, 1):
        letter = LETTERS[(number - 1) % len(LETTERS)]
        steps = [each.id for each in Flows(called).in_order() if each.tag == "userTask"]
        names = {id: f"{letter}{place}" for place, id in enumerate(steps, 1)}
        names |= {node.id: f"P{number}_{node.id}" for node in called.diagram.root.all("*")
                  if said[node.id] > 1 and node.id not in names}  # fmt: skip
        _replace(called.diagram, names | {called.id: f"Process_P{number}"})
        _replace(main.diagram, {call.id: f"P{number}"})
        call.set("calledElement", f"Process_P{number}")
    flows = Flows(main)
    gates = [each for each in flows.in_order() if each.tag == "userTask"]
    names = {}
    for number, gate in enumerate(gates, 1):
        names[gate.id] = f"G{number}"
        names |= {id: f"G{number}_decision" for id in flows.after(gate.id) if flows.nodes[id].tag == "exclusiveGateway"}
    id = main.id if main.id in published else _unpublished(id_of(named(main).fr or NAMELESS), published)
    _replace(main.diagram, names | {main.id: id})


def _unpublished(id: str, published: Collection[str]) -> str:
    number, found = 2, id
    while found in published:
        number, found = number + 1, f"{id}_{number}"
    return found


def _replace(diagram: Diagram, names: Mapping[str, str]) -> None:
    for element in diagram.root.element.iter():
        for attribute, value in element.attrib.items():
            if value in names:
                element.set(attribute, names[value])
        if element.text in names:
            element.text = names[element.text]


def _kinds(main: Node, phases: Phases) -> None:
    for process, kind in ((main, "method"), *((called, "phase") for _, called in phases)):
        process.set("isExecutable", "true")
        edit.say(process, "method.kind", kind)
    main.set("name", named(main).fr or NAMELESS)
    main.set_camunda("versionTag", main.camunda("versionTag") or "1.0.0")
    for call, called in phases:
        called.set("name", call.get("name") or called.get("name"))


# --- roles, from lanes ---


def _roles(diagrams: list[Diagram], main: Node, phases: Phases) -> None:
    roles = _of_lanes(diagrams)
    for process in (main, *(called for _, called in phases)):
        lanes = process.diagram.lanes_of(process)
        for task in [each for each in process.nodes if each.tag == "userTask"]:
            lane = lanes.get(task.id)
            usual = roles.get(lane.get("name").strip(), "") if lane is not None else ""
            role = task.camunda("candidateGroups") or usual or ("COM" if process is main else "CP")
            task.set_camunda("candidateGroups", role)
            if role not in roles.values():
                roles[ROLES[role].fr if role in ROLES else role] = role
    lead, sponsor = _lead(main, roles), _sponsor(main)
    for name, value in (("lead", lead), ("sponsor", sponsor)):
        edit.say(main, f"method.{name}", value)
    for label, role in roles.items():
        edit.say(main, f"method.role.{role}", label)
        edit.say(main, f"method.role.{role}.en", next((each.en for each in ROLES.values() if each.fr == label), ""))


def _of_lanes(diagrams: list[Diagram]) -> dict[str, str]:
    """id of a role by its label; each lane says which it is."""
    known = {text.fr: id for id, text in ROLES.items()}
    found: dict[str, str] = {}
    for lane in (lane for each in diagrams for lane in each.root.all("lane") if lane.get("name").strip()):
        label = lane.get("name").strip()
        if label not in found:
            found[label] = known.get(label) or free_role(Text(label), [*found.values(), *known.values()])
        edit.say(lane, "method.role", found[label])
    return found


def _lead(main: Node, roles: dict[str, str]) -> str:
    """Whose lane the phases stand in; otherwise the project lead."""
    lanes = main.diagram.lanes_of(main)
    calls = (lanes.get(each.id) for each in main.nodes if each.tag == "callActivity")
    found = next((each.properties["method.role"] for each in calls if each is not None), "")
    if not found and "CP" not in roles.values():
        roles[ROLES["CP"].fr] = "CP"
    return found or "CP"


def _sponsor(main: Node) -> str:
    """Who decides at the first gate."""
    return next((each.camunda("candidateGroups") for each in Flows(main).in_order() if each.tag == "userTask"), "")


# --- gates ---


def _is_gate(loom: Loom, node: Node) -> bool:
    ways = loom.out(node.id)
    return node.tag == "userTask" and len(ways) == 1 and ways[0].get("targetRef") == f"{node.id}_decision"


def _decided(loom: Loom, gate: Node) -> None:
    """Go, rework and stop, as its flows lead on, back, and to an end."""
    before = [each for each in _before(loom, gate.id) if loom.kind(each) == "phase"]
    decision = loom.nodes[f"{gate.id}_decision"]
    phase = before[0] if before else ""
    offered, ways = ["go"], loom.out(decision.id)
    back = next((each for each in ways if _comes_back(loom, each.get("targetRef"), before)), None)
    onward = [each for each in ways if each is not back]
    onward.sort(key=lambda way: loom.nodes[way.get("targetRef")].tag == "endEvent")  # what goes on before what ends
    for place, way in enumerate(onward):
        if place:
            as_outcome(loom, way, "stop", way.name or NAMES["stop"], WHEN["stop"])
            offered.append("stop")
        else:
            as_outcome(loom, way, "go", way.name or NAMES["go"], WHEN["go"])
    if back is None and phase:
        back = edit.flow(loom.main, decision.id, phase)
    if back is not None:
        landing = _first(loom, phase)
        as_outcome(loom, back, "rework", Text(f"À reprendre ({landing})", f"Rework ({landing})"))
        edit.say(back, "method.landing", landing)
        decision.set("default", back.id)
        offered.append("rework")
    for each in (decision.id, *([phase] if phase else [])):
        edit.link(loom.main, each)
    said = Text(loom.name(phase).fr if phase else gate.name.fr)
    as_gate(gate, gate.camunda("candidateGroups"), said, [each for each in ("go", "rework", "stop") if each in offered])


def _before(loom: Loom, id: str) -> Iterator[str]:
    """What leads to an element, the nearest first."""
    seen, ahead = {id}, [id]
    while ahead:
        for way in loom.into(ahead.pop(0)):
            source = way.get("sourceRef")
            if source not in seen and not source.endswith("_decision"):
                seen.add(source)
                ahead.append(source)
                yield source


def _comes_back(loom: Loom, id: str, phases: list[str]) -> bool:
    """To a phase, or to a gateway where the way back meets the way in."""
    ways = loom.out(id)
    meets = loom.nodes[id].tag == "exclusiveGateway" and len(ways) == 1 and ways[0].get("targetRef") in phases
    return id in phases or meets


def _first(loom: Loom, phase: str) -> str:
    called = loom.called(phase)
    steps = [each.id for each in Flows(called).in_order() if each.tag == "userTask"] if called is not None else []
    return steps[0] if steps else ""


def _ends(loom: Loom) -> None:
    """The end that a go, or the last phase, leads to closes the project; any other stops it."""
    for end in [each for each in loom.main.nodes if each.tag == "endEvent"]:
        stops = all(way.properties.get("method.outcome") == "stop" for way in loom.into(end.id))
        edit.say(end, "method.end", "stopped" if stops else "closed")
