"""What is drawn wrong, whatever it means: nodes that nothing leads to, flows that lead nowhere, open choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.diagram import Diagram, Node
from engine.dialect import Problem
from engine.soundness.drawing import Drawing, link_of, scopes, undoes
from engine.words import Text

#: flow nodes of one process
MOST_NODES = 500
#: at anything but these a token waits for someone or something
_PASSED = ("Gateway", "startEvent", "intermediateThrowEvent")
#: nobody does anything in them: where someone does, the import has made them user tasks
_TASKS_PASSED = ("task", "manualTask")
#: what an attribute refers to, by the element that carries it
_REFERENCES = {
    "messageRef": "message", "signalRef": "signal", "errorRef": "error", "escalationRef": "escalation",
}  # fmt: skip


def named(node: Node) -> Text:
    return node.name or Text(node.id or f"<{node.tag}>")


def drawn(diagram: Diagram) -> Iterator[Problem]:
    """Every process of a file, and every sub-process in it."""
    yield from _ids(diagram)
    yield from _references(diagram)
    for process in diagram.processes:
        count = sum(len(scope.nodes) for scope in scopes(process))
        if count > MOST_NODES:
            yield Problem("too-many-nodes", process.place, {"count": str(count), "limit": str(MOST_NODES)})
        if not process.nodes:
            yield Problem("empty-process", process.place, {"name": named(process)})
            continue
        for scope in scopes(process):
            if scope.tag != "adHocSubProcess":
                yield from _scope(scope)


def _scope(scope: Node) -> Iterator[Problem]:
    drawing = Drawing(scope)
    yield from _ends(scope, drawing)
    for flow in scope.flows:
        yield from _flow(flow, drawing)
    for node in drawing.nodes.values():
        yield from _forks(node, drawing)
        yield from _decision(node, drawing)
    yield from _rounds(drawing)


# --- ids and what refers to them ---------------------------------------------------------------------------


def _ids(diagram: Diagram) -> Iterator[Problem]:
    """Of what a token may stand on or take: XML allows an id once a file."""
    flow_nodes = [node for process in diagram.processes for scope in scopes(process) for node in scope.nodes]
    flows = [flow for process in diagram.processes for scope in scopes(process) for flow in scope.flows]
    for node in flow_nodes:
        if not node.id:
            yield Problem("element-without-id", node.place, {"name": named(node)})
    for flow in flows:
        if not flow.id:
            yield Problem("flow-without-id", flow.place, {})
    count = Counter(node.id for node in [*diagram.processes, *flow_nodes, *flows] if node.id)
    said = set()
    for node in [*flow_nodes, *flows]:
        if count[node.id] > 1 and node.id not in said:
            said.add(node.id)
            yield Problem("duplicate-id", node.place, {"id": node.id})


def _references(diagram: Diagram) -> Iterator[Problem]:
    """A message, signal, error or escalation that no file declares."""
    known = {kind: {node.id for node in diagram.root.children(kind)} for kind in _REFERENCES.values()}
    for process in diagram.processes:
        for attribute, kind in _REFERENCES.items():
            for node in process.all("*"):
                reference = node.get(attribute).rpartition(":")[2]
                if reference and reference not in known[kind]:
                    holder = node if node.id else _holder(node)
                    yield Problem("dangling-reference", holder.place, {"attribute": attribute, "reference": reference})


def _holder(node: Node) -> Node:
    return Node(node.element.getparent(), node.diagram)


# --- ways in and out ---------------------------------------------------------------------------------------


def _ends(scope: Node, drawing: Drawing) -> Iterator[Problem]:
    starts = drawing.starts
    if not starts:
        yield Problem("no-start", scope.place, {"name": named(scope)})
    elif len(starts) > 1:
        yield Problem("several-starts", scope.place, {"name": named(scope), "count": str(len(starts))})
    if not any(node.tag == "endEvent" for node in drawing.nodes.values()):
        yield Problem("no-end", scope.place, {"name": named(scope)})
    reached = drawing.ahead([node.id for node in starts or drawing.sources], aside=True)
    for id in _first_lost(drawing, reached):
        yield Problem("unreachable", drawing.nodes[id].place, {"name": named(drawing.nodes[id])})
    for id, node in drawing.nodes.items():
        if node.tag not in ("endEvent", "boundaryEvent") and not drawing.after(id):
            yield Problem("dead-end", node.place, {"name": named(node)})
        if node.tag == "boundaryEvent" and not drawing.after(id) and not undoes(node):
            yield Problem("dead-end", node.place, {"name": named(node)})


def _first_lost(drawing: Drawing, reached: set[str]) -> Iterator[str]:
    """Of what nothing leads to, where it begins: what follows is found again once that is mended."""
    lost = [id for id in drawing.nodes if id not in reached]
    led = {target for id in lost for target in drawing.around(id)}
    begins = [id for id in lost if id not in led]
    yield from begins
    after = drawing.ahead(begins, aside=True)
    while lost := [id for id in lost if id not in after]:  # a circle
        yield lost[0]
        after |= drawing.ahead(lost[:1], aside=True)


def _flow(flow: Node, drawing: Drawing) -> Iterator[Problem]:
    source, target = flow.get("sourceRef"), flow.get("targetRef")
    if source not in drawing.nodes or target not in drawing.nodes:
        yield Problem("dangling-flow", flow.place, {"source": source, "target": target})
        return
    tag = drawing.nodes[source].tag
    conditional = flow.child("conditionExpression") is not None
    if conditional and not tag.endswith("Gateway"):
        yield Problem("condition-off-gateway", flow.place, {})
    if drawing.nodes[target].tag in ("startEvent", "boundaryEvent") or link_of(drawing.nodes[target], "Catch"):
        yield Problem("no-way-in", flow.place, {"target": named(drawing.nodes[target])})


def _forks(node: Node, drawing: Drawing) -> Iterator[Problem]:
    if not node.tag.endswith("Gateway") and len(drawing.flows[node.id]) > 1:
        yield Problem("implicit-fork", node.place, {"name": named(node)})


def _decision(node: Node, drawing: Drawing) -> Iterator[Problem]:
    out = drawing.flows[node.id]
    default = node.get("default")
    if default and default not in {flow.id for flow in out}:
        yield Problem("dangling-reference", node.place, {"attribute": "default", "reference": default})
    if node.tag not in ("exclusiveGateway", "inclusiveGateway") or len(out) < 2:
        return
    if default not in {flow.id for flow in out}:
        yield Problem("decision-without-default", node.place, {"name": named(node)})
    for flow in out:
        if flow.id != default and flow.child("conditionExpression") is None:
            yield Problem("flow-without-condition", flow.place, {"name": named(node)})


def _rounds(drawing: Drawing) -> Iterator[Problem]:
    """A circle in which nobody does anything: nothing changes on the way, so what is taken once is taken for ever."""
    gateways = {id for id, node in drawing.nodes.items() if node.tag.endswith(_PASSED)}
    yield from list(_circles(drawing, gateways)) or _circles(drawing, _passed(drawing))


def _passed(drawing: Drawing) -> set[str]:
    """Where a token never waits: not for a task, nor for someone who decides, nor for a branch in which it waits."""
    passed = {
        id for id, node in drawing.nodes.items() if _is_passed(node) and not _someone_decides(node, drawing)
    }  # fmt: skip
    waited = {target for id in drawing.nodes if id not in passed for target in drawing.around(id)}
    joins = {id for id in waited if id in passed and drawing.nodes[id].tag in ("parallelGateway", "inclusiveGateway")}
    return passed - joins


def _circles(drawing: Drawing, passed: set[str]) -> Iterator[Problem]:
    colour: dict[str, int] = {}
    for first in drawing.nodes:
        if first not in passed or first in colour:
            continue
        work = [(first, iter(drawing.after(first)))]
        colour[first] = 1
        while work:
            here, following = work[-1]
            for target in following:
                if target not in passed:
                    continue
                if colour.get(target) == 1:
                    node = drawing.nodes[target]
                    yield Problem("round-without-wait", node.place, {"name": named(node)})
                elif target not in colour:
                    colour[target] = 1
                    work.append((target, iter(drawing.after(target))))
                    break
            else:
                colour[here] = 2
                work.pop()


def _is_passed(node: Node) -> bool:
    if node.tag == "subProcess" and node.nodes:
        return all(each.tag == "endEvent" or _is_passed(each) for each in node.nodes)
    return node.tag.endswith(_PASSED) or node.tag in _TASKS_PASSED or bool(link_of(node, "Catch"))


def _someone_decides(node: Node, drawing: Drawing) -> bool:
    """As the executor has it: not all flows of a decision have conditions (of an inclusive one, none has)."""
    out = drawing.flows[node.id]
    said = [flow for flow in out if flow.child("conditionExpression") is not None]
    bare = [flow for flow in out if flow not in said and flow.id != node.get("default")]
    some = node.tag == "exclusiveGateway" or (node.tag == "inclusiveGateway" and not said)
    return some and bool(bare) and len(out) > 1
