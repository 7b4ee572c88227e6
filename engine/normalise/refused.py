"""What of diagrams Jalon cannot run: told by the executor's own builder, so that nothing else is ever met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine import feel
from engine.diagram import FLOW_NODES, Diagram, Node
from engine.dialect import Problem
from engine.execution.builder import build
from engine.juel import refusal
from engine.moments import check, is_written_out
from engine.normalise.compilation import compiled
from engine.normalise.repairs.namesakes import SCOPES
from engine.normalise.texts import TIMES, sites


def refusals(diagrams: Iterable[Diagram]) -> tuple[Problem, ...]:
    """Each thing that cannot be run as it is drawn, in the order of files; empty where all of it runs."""
    form = compiled(diagrams).diagrams
    _, problems = build(form)
    found = [Problem(each.rule, each.node.place, each.facts) for each in problems]
    for diagram in form:
        found += [Problem("written-otherwise", diagram.root.place, {"how": each.old}) for each in diagram.renewed]
        found += _lost(diagram)
        found += _texts(diagram)
        found += _moments(diagram)
    return tuple(found)


def _lost(diagram: Diagram) -> Iterator[Problem]:
    """What is written in something that holds no elements: no token would ever come there."""
    for node in diagram.root.all(*FLOW_NODES, "sequenceFlow"):
        if node.parent.tag not in SCOPES:
            yield Problem("drawn-in-no-process", node.place, {"tag": node.parent.tag})


def _texts(diagram: Diagram) -> Iterator[Problem]:
    """Expressions that are not FEEL: those that `repair` could not say in it."""
    for site in sites(diagram):
        if begins_by_hand(site.node):
            continue
        try:
            feel.compile(site.text.removeprefix("=").strip())
        except feel.FeelError:
            if site.node.tag in TIMES:
                yield Problem("moment-not-run", site.node.place, {"value": site.text})
            else:
                yield Problem("expression-not-run", site.node.place, {"why": refusal(site.text)})


def begins_by_hand(node: Node) -> bool:
    """Is it the moment or condition at which a main process starts? Someone starts it, whatever that says."""
    start = node.parent.parent if node.tag in (*TIMES, "condition") else None
    return start is not None and start.tag == "startEvent" and start.parent.tag == "process"


def _moments(diagram: Diagram) -> Iterator[Problem]:
    for node in diagram.root.all(*TIMES):
        if is_written_out(node.body) and not begins_by_hand(node):
            try:
                check(node.body)
            except ValueError:
                yield Problem("moment-not-run", node.place, {"value": node.body})
