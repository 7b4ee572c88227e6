"""One thing that is wrong is said once, by the rule that says best what to do."""

from __future__ import annotations

from collections.abc import Iterable

from engine.diagram import Diagram
from engine.dialect import Problem
from engine.review.findings import Finding

#: what need not be said of an element of which one of these is said
_BETTER = {
    "attached-to-nothing": {"timer-misplaced"},
    "called-elsewhere": {"called-process-missing"},
    "cancel-outside-transaction": {"event-not-in-a-method"},
    "compensation-not-run": {"event-not-in-a-method"},
    "condition-missing": {"event-not-in-a-method"},
    "error-goes-on": {"event-not-in-a-method"},
    "event-not-run": {"event-not-in-a-method"},
    "event-without-cause": {"event-not-in-a-method"},
    "expression-not-run": {"expression-wrong"},
    "moment-not-run": {"bad-timer"},
    "no-start": {"nothing-to-begin"},
    "several-starts": {"several-starts-inside"},
    "timer-without-time": {"bad-timer", "event-not-in-a-method"},
    "unreachable": {"outcome-without-gate"},
}


def without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    found = list(dict.fromkeys(findings))
    said = {(each.place.file, each.place.element, each.rule) for each in found}
    return [
        each for each in found
        if not any((each.place.file, each.place.element, better) in said for better in _BETTER.get(each.rule, ()))
    ]  # fmt: skip


def better_said(problems: Iterable[Problem]) -> list[Problem]:
    """In a method, decisions that would be taken by hand lack a condition or a default: that is said of each flow."""
    return [each for each in problems if each.rule != "decided-by-hand"]


def once(problems: Iterable[Problem], diagrams: Iterable[Diagram]) -> list[Problem]:
    """In a diagram, a decision that someone takes has said all that there is to say of its flows."""
    problems = list(problems)
    taken = {each.place for each in problems if each.rule == "decided-by-hand"}
    elements = {each.element for each in taken}
    flows = (flow for diagram in diagrams for flow in diagram.root.all("sequenceFlow"))
    by_hand = taken | {flow.place for flow in flows if flow.get("sourceRef") in elements}
    lacking = ("decision-without-default", "flow-without-condition")
    return [each for each in problems if each.rule not in lacking or each.place not in by_hand]
