"""One element of a diagram -> its spec, its events, its loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from engine.diagram import Node
from engine.execution.events import ALL, CAUGHT, Event
from engine.execution.gateways import Exclusive, Inclusive, Parallel, Race
from engine.execution.loops import COUNTER, Again, Instances, Many
from engine.execution.notrun import NotRun
from engine.execution.scopes import Call, Inner, Mapping, Throw
from engine.execution.specs import Catch, Lean, Work, WorkKind
from engine.execution.unusual import refuse_unusual

#: where each kind of event stands
PLACES = {
    "startEvent": "start", "intermediateCatchEvent": "catch", "boundaryEvent": "boundary",
    "intermediateThrowEvent": "throw", "endEvent": "end",
}  # fmt: skip
#: activities that someone outside completes
WORKS: dict[str, WorkKind] = {
    "userTask": "human", "serviceTask": "external", "sendTask": "external", "businessRuleTask": "external",
    "receiveTask": "receive", "scriptTask": "external",
}  # fmt: skip
#: passed at once: nobody does anything in them
PASSED = ("task", "manualTask", "startEvent")
GATEWAYS: dict[str, Callable[..., Any]] = {
    "exclusiveGateway": Exclusive, "parallelGateway": Parallel, "inclusiveGateway": Inclusive,
    "eventBasedGateway": Race,
}  # fmt: skip


#: the rules of what is refused by a name of its own
NOT_RUN = {
    "complexGateway": "complex-gateway-not-run", "adHocSubProcess": "ad-hoc-not-run",
}  # fmt: skip
#: what every spec is made of: its process, its name, id and name of the element
Said = tuple[Any, str, str, str]


def label(node: Node) -> str:
    return str(node.name.fr)


def made(process: Any, name: str, node: Node, callable: frozenset[str]) -> Any:
    """The spec of one element, without its loop and what stands on its border."""
    said: Said = (process, name, node.id, label(node))
    if node.get("isForCompensation") == "true":
        raise NotRun("compensation-not-run", node)
    refuse_unusual(node)
    if node.tag in PASSED:
        return Lean(*said)
    if node.tag in GATEWAYS:
        return GATEWAYS[node.tag](*said)
    if node.tag in WORKS:
        work = Work(*said, WORKS[node.tag])
        if node.tag == "receiveTask":
            work.events = (_message(node, node),)
        return work
    if node.tag in ("subProcess", "transaction"):
        return Inner(*said, node.id)
    if node.tag == "callActivity":
        return _call(said, node, callable)
    if node.tag in PLACES:
        return _event(said, node)
    raise NotRun(NOT_RUN.get(node.tag, "element-not-run"), node, tag=node.tag)


def may_be_guarded(node: Node) -> bool:
    """May events stand on its border? On activities only (BPMN 2.0, 10.5.4)."""
    return node.tag in ("subProcess", "transaction", "callActivity", *WORKS) or node.tag in ("task", "manualTask")


def may_be_cancelled(transaction: Node) -> bool:
    return any(end.catches("cancel") for end in transaction.children("endEvent"))


def _event(said: Said, node: Node) -> Any:
    events = events_of(node, PLACES[node.tag])
    if node.tag == "boundaryEvent":
        return Catch(*said, events, "border", node.interrupts)
    if node.tag == "intermediateCatchEvent":
        return Catch(*said, events)
    return Throw(*said, events) if events else Lean(*said)


def _call(said: Said, node: Node, callable: frozenset[str]) -> Any:
    called = node.get("calledElement")
    expression = called.removeprefix("=").strip() if called.startswith("=") else ""
    if _called_elsewhere(node, callable):
        # a process that is drawn elsewhere is carried out elsewhere
        return Work(*said, "external")
    return Call(*said, called, expression, _mappings(node, "in"), _mappings(node, "out"))


def _called_elsewhere(node: Node, callable: frozenset[str]) -> bool:
    called = node.get("calledElement")
    return not called.startswith("=") and called not in callable


def _mappings(node: Node, way: str) -> tuple[Mapping, ...]:
    found = []
    for each in node.vendor(way):
        if each.get("variables") == "all":
            found.append(Mapping("", ""))
        elif each.get("target"):
            found.append(Mapping(each.get("source") or each.get("sourceExpression"), each.get("target")))
    return tuple(found)


def condition_of(flow: Node) -> str:
    condition = flow.child("conditionExpression")
    return condition.body.removeprefix("=").strip() if condition is not None else ""


# --- events ----------------------------------------------------------------------------------------------------


def open_questions(node: Node, callable: frozenset[str]) -> Iterator[NotRun]:
    """What the drawing does not say and someone will have to, when it comes to that; or says, and cannot be."""
    if node.tag == "scriptTask":
        yield NotRun("script-refused", node, by_hand=True)
    if node.tag == "callActivity" and _called_elsewhere(node, callable):
        called = node.get("calledElement") or "?"
        yield NotRun("called-elsewhere", node, by_hand=True, name=label(node) or node.id, called=called)
    found = node.definitions
    if not found and node.tag in ("intermediateCatchEvent", "boundaryEvent"):
        yield NotRun("event-without-cause", node, by_hand=True, name=label(node) or node.id)
    if node.lets_go_on and node.interrupts:
        yield NotRun("error-goes-on", node, name=label(node) or node.id)
    for each in found:
        text = _said(each, node).text
        if each.tag == "timerEventDefinition" and not text and node.tag != "startEvent":
            yield NotRun("timer-without-time", node, by_hand=True, name=label(node) or node.id)
        if each.tag == "conditionalEventDefinition" and not text and node.tag != "startEvent":
            yield NotRun("condition-missing", node, by_hand=True, name=label(node) or node.id)


def events_of(node: Node, place: str) -> tuple[Event, ...]:
    """What `node` waits for or says. Raises `NotRun` for what may not stand at this `place`."""
    found = tuple(_said(each, node) for each in node.definitions)
    allowed = CAUGHT[place]
    for each in found:
        if each.kind not in allowed:
            raise NotRun("event-not-run", node, kind=each.kind)
    if not found and place in ("catch", "boundary"):
        # it waits until someone says that it has come
        name = label(node) or node.id
        return (Event("message", name, frozenset({name, node.id})),)
    if node.get("parallelMultiple") == "true" and len(found) > 1 and place != "start":
        raise NotRun("several-events-at-once", node)
    if sum(each.kind == "timer" for each in found) > 1:
        raise NotRun("several-timers", node)
    return found


def _said(definition: Node, node: Node) -> Event:
    kind = definition.tag.removesuffix("EventDefinition")
    if kind == "timer":
        said = [each.body for each in definition.children("timeDuration", "timeDate", "timeCycle") if each.body]
        if len(said) > 1:
            raise NotRun("several-timers", node)
        return Event("timer", text="".join(said).removeprefix("=").strip())
    if kind == "conditional":
        condition = definition.child("condition")
        text = condition.body.removeprefix("=").strip() if condition is not None else ""
        return Event("conditional", names=frozenset({label(node), node.id} - {""}), text=text)
    if kind in ("message", "signal"):
        return _message(definition, node, kind)
    if kind in ("error", "escalation"):
        said_by = _referred(definition, kind)
        code = said_by.get(f"{kind}Code") or said_by.get("name") or said_by.id if said_by is not None else ""
        return Event(kind, code or definition.get(f"{kind}Ref"))  # type: ignore[arg-type]
    if kind == "terminate":
        return Event("terminate", ALL if definition.camunda("terminateAll") == "true" else "")
    if kind == "cancel":
        return Event("cancel")
    raise NotRun("compensation-not-run" if kind == "compensate" else "event-not-run", node, kind=kind)


def _message(definition: Node, node: Node, kind: str = "message") -> Event:
    """Its name, else that of the event: a modeler often names the event alone."""
    referred = _referred(definition, kind)
    reference = definition.get(f"{kind}Ref")
    named = referred.get("name") if referred is not None else ""
    name = named or reference or label(node) or node.id
    return Event(kind, name, frozenset({name, reference, label(node), node.id} - {""}))  # type: ignore[arg-type]


def _referred(definition: Node, kind: str) -> Node | None:
    reference = definition.get(f"{kind}Ref")
    found = (each for each in definition.diagram.root.children(kind) if each.id == reference)
    return next(found, None) if reference else None


def begins(node: Node) -> tuple[frozenset[str], bool]:
    """The names under which a start event may be chosen, and whether it waits for nothing."""
    events = events_of(node, "start")
    names = {node.id, label(node), *(name for event in events for name in event.names)} - {""}
    return frozenset(names), not events


# --- loops -----------------------------------------------------------------------------------------------------


def loop_of(node: Node) -> Callable[..., Any] | None:
    """What makes the loop around a node; None when it is done once."""
    again, many = node.child("standardLoopCharacteristics"), node.child("multiInstanceLoopCharacteristics")
    if again is not None:
        condition, most = again.child("loopCondition"), again.get("loopMaximum")
        text = condition.body.removeprefix("=").strip() if condition is not None else ""
        if not text and not most.isdigit():
            raise NotRun("loop-without-end", node)
        before = again.get("testBefore") == "true"
        return partial(Again, condition=text, most=int(most) if most.isdigit() else None, before=before)
    if many is None:
        return None
    said = Instances(
        collection=_text(many, "loopDataInputRef"),
        cardinality=_text(many, "loopCardinality"),
        item=_item(many, "inputDataItem"),
        output=_text(many, "loopDataOutputRef"),
        output_item=_item(many, "outputDataItem"),
        enough=_text(many, "completionCondition"),
        counts=COUNTER.encode() in node.diagram.content,
    )
    if not said.collection and not said.cardinality:
        raise NotRun("instances-without-number", node)
    return partial(Many, said=said, in_turn=many.get("isSequential") == "true")


def _text(node: Node, tag: str) -> str:
    child = node.child(tag)
    return child.body.removeprefix("=").strip() if child is not None else ""


def _item(node: Node, tag: str) -> str:
    child = node.child(tag)
    return (child.id or child.get("name")) if child is not None else ""
