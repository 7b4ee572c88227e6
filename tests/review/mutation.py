"""Diagrams drawn wrong by accident: a few small changes each, drawn by lot from a seed that can be told."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from lxml import etree

from tests.review.token_game import NODES

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
EVENTS = (
    "message",
    "signal",
    "timer",
    "error",
    "escalation",
    "terminate",
    "link",
    "conditional",
    "compensate",
    "cancel",
)
NOISE = ("", "${", "a b", "=", "PT", "x > ", "☃", "<", "R/P0D", "0" * 400, "not(", '"')
SPLIT = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")


def mutated(content: bytes, seed: str) -> bytes:
    """`content` with one to four changes."""
    lot = random.Random(seed)
    root = etree.fromstring(content)
    for _ in range(lot.randint(1, 4)):
        lot.choice(MUTATIONS)(root, lot)
    written: bytes = etree.tostring(root)
    if lot.random() < 0.02:
        at = lot.randrange(len(written))
        written = written[:at] + lot.choice((b"", b"<", b"\x00", b"&x;", b"\xff")) + written[at + lot.randint(0, 3) :]
    return written


def _elements(root: Any, *tags: str) -> list[Any]:
    return list(root.iter(*(BPMN + each for each in tags)))


def _one(root: Any, lot: random.Random, *tags: str) -> Any:
    found = _elements(root, *tags)
    return lot.choice(found) if found else None


def _drop(*tags: str) -> Callable[[Any, random.Random], None]:
    def change(root: Any, lot: random.Random) -> None:
        found = _one(root, lot, *tags)
        if found is not None and found.getparent() is not None:
            found.getparent().remove(found)

    return change


def _double(root: Any, lot: random.Random) -> None:
    found = _one(root, lot, "sequenceFlow", *NODES)
    if found is not None:
        copy = etree.fromstring(etree.tostring(found))
        for each in copy.iter():
            if each.get("id") and lot.random() < 0.7:
                each.set("id", f"{each.get('id')}_{lot.randrange(1_000)}")
        found.getparent().append(copy)


def _lead(root: Any, lot: random.Random) -> None:
    """A flow from or to somewhere else, mostly in the same scope."""
    flow, node = _one(root, lot, "sequenceFlow"), _one(root, lot, *NODES)
    if flow is None or node is None:
        return
    beside = [each for each in flow.getparent() if isinstance(each.tag, str) and each.tag.removeprefix(BPMN) in NODES]
    target = lot.choice(beside) if beside and lot.random() < 0.9 else node
    flow.set(lot.choice(("sourceRef", "targetRef")), target.get("id", "nowhere") if lot.random() < 0.95 else "nowhere")


def _join(root: Any, lot: random.Random) -> None:
    """One flow more."""
    scope = _one(root, lot, "process", "subProcess")
    nodes = (
        [each for each in scope if isinstance(each.tag, str) and each.tag.removeprefix(BPMN) in NODES]
        if scope is not None
        else []
    )
    if len(nodes) > 1:
        source, target = lot.sample(nodes, 2)
        ends = {"sourceRef": source.get("id", ""), "targetRef": target.get("id", "")}
        etree.SubElement(scope, f"{BPMN}sequenceFlow", {"id": f"more_{lot.randrange(10_000)}", **ends})


def _retype(root: Any, lot: random.Random) -> None:
    found = _one(root, lot, *NODES)
    if found is not None:
        found.tag = BPMN + lot.choice(NODES)


def _swap(root: Any, lot: random.Random) -> None:
    found = _one(root, lot, *SPLIT)
    if found is not None:
        found.tag = BPMN + lot.choice(SPLIT)


def _nameless(root: Any, lot: random.Random) -> None:
    lot.choice([each for each in root.iter() if isinstance(each.tag, str)]).attrib.pop("id", None)


def _namesake(root: Any, lot: random.Random) -> None:
    found = [each for each in root.iter() if isinstance(each.tag, str) and each.get("id")]
    if len(found) > 1:
        one, other = lot.sample(found, 2)
        one.set("id", other.get("id"))


def _attribute(root: Any, lot: random.Random) -> None:
    """Any attribute says something else, or nothing."""
    found = [each for each in root.iter() if isinstance(each.tag, str) and each.attrib]
    element = lot.choice(found)
    name = lot.choice(list(element.attrib))
    if lot.random() < 0.3:
        del element.attrib[name]
    else:
        element.set(
            name,
            lot.choice(
                [*(each for each in NOISE if each != "\x00"), "true", "false", lot.choice(found).get("id") or "x"]
            ),
        )


def _text(root: Any, lot: random.Random) -> None:
    tags = ("conditionExpression", "condition", "timeDuration", "timeDate", "timeCycle", "loopCardinality", "script")
    found = _one(root, lot, *tags)
    if found is not None:
        found.text = lot.choice(NOISE)


def _event(root: Any, lot: random.Random) -> None:
    found = _one(
        root, lot, "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"
    )
    if found is not None:
        etree.SubElement(found, f"{BPMN}{lot.choice(EVENTS)}EventDefinition")


def _alarm(root: Any, lot: random.Random) -> None:
    """An event on the border of something."""
    found = _one(root, lot, *NODES)
    if found is not None:
        attached = {
            "id": f"alarm_{lot.randrange(10_000)}",
            "attachedToRef": found.get("id", ""),
            "cancelActivity": lot.choice(("true", "false")),
        }
        alarm = etree.SubElement(found.getparent(), f"{BPMN}boundaryEvent", attached)
        timer = etree.SubElement(alarm, f"{BPMN}timerEventDefinition")
        etree.SubElement(timer, f"{BPMN}timeDuration").text = "P5D"
        target = _one(found.getparent(), lot, *NODES)
        ends = {"sourceRef": attached["id"], "targetRef": target.get("id", "") if target is not None else ""}
        etree.SubElement(found.getparent(), f"{BPMN}sequenceFlow", {"id": f"{attached['id']}_flow", **ends})


def _move(root: Any, lot: random.Random) -> None:
    """Into another scope."""
    found, scope = _one(root, lot, "sequenceFlow", *NODES), _one(root, lot, "process", "subProcess")
    if found is not None and scope is not None and found not in scope.iterancestors() and found is not scope:
        scope.append(found)


def _call(root: Any, lot: random.Random) -> None:
    """A call, perhaps of the process that calls."""
    found, process = _one(root, lot, "userTask", "task", "serviceTask", "callActivity"), _one(root, lot, "process")
    if found is not None and process is not None:
        found.tag = f"{BPMN}callActivity"
        found.set("calledElement", process.get("id", ""))


def _loop(root: Any, lot: random.Random) -> None:
    found = _one(root, lot, *NODES)
    if found is not None:
        etree.SubElement(found, BPMN + lot.choice(("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")))


MUTATIONS: tuple[Callable[[Any, random.Random], None], ...] = (
    _drop("sequenceFlow"), _drop("sequenceFlow"), _drop(*NODES), _drop("conditionExpression"),
    _drop("startEvent", "endEvent"), _drop("message", "signal", "error"),
    _drop("timeDuration", "timeDate", "timeCycle", "timerEventDefinition", "messageEventDefinition"),
    _double, _lead, _lead, _lead, _join, _join, _retype, _swap, _swap, _nameless, _namesake, _attribute, _attribute,
    _text, _event, _alarm, _move, _call, _loop,
)  # fmt: skip
