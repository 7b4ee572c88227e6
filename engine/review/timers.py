"""What `review` looks for in drawn timers: moments that are some, on elements that may have one.

Durations are those of engine.moments; what a timer may stand on and lead to: docs/reference/dialect.md, "A timer".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine import moments
from engine.diagram import Diagram, Node
from engine.dialect import Flows, Problem
from engine.method import Method, Timer
from engine.words import Text

#: how each kind is written
FORMS = {"timeDuration": "P5D", "timeDate": "2027-03-01", "timeCycle": "R3/P7D"}
CLOCKS = ("calendar", "working")


def timer_problems(method: Method, diagrams: Iterable[Diagram]) -> Iterator[Problem]:
    for diagram in diagrams:
        for process in diagram.processes:
            flows = Flows(process)
            for timer in method.timers:
                if timer.process == process.id:
                    yield from _one(timer, flows, method)


def _one(timer: Timer, flows: Flows, method: Method) -> Iterator[Problem]:
    node = flows.nodes[timer.id]
    name = timer.name or Text(timer.id)

    def problem(rule: str, **facts: object) -> Problem:
        return Problem(rule, timer.place, {"name": name, **facts})

    if not _is_right(timer):
        yield problem("bad-timer", value=timer.text, form=FORMS[timer.kind])
    clock = node.properties.get("method.clock", "calendar")
    if clock not in CLOCKS:
        yield problem("unknown-clock", value=clock)
    if timer.kind == "timeCycle" and (node.tag != "boundaryEvent" or timer.interrupts):
        yield problem("timer-repeats")
    if node.tag == "boundaryEvent":
        yield from _on_border(timer, node, flows, method, problem)


def _is_right(timer: Timer) -> bool:
    """FEEL is looked at with the other expressions."""
    if timer.text and not moments.is_written_out(timer.text):
        return True
    try:
        moments.check(timer.text)
    except ValueError:
        return False
    repeats = moments.repetition(timer.text) is not None
    kind = "timeCycle" if repeats else "timeDuration" if timer.text.startswith("P") else "timeDate"
    return kind == timer.kind


def _on_border(timer: Timer, node: Node, flows: Flows, method: Method, problem: object) -> Iterator[Problem]:
    assert callable(problem)
    held = flows.nodes.get(timer.on)
    if held is None or held.tag not in ("userTask", "callActivity"):
        yield problem("timer-misplaced")
    elif held.id in method.gate:
        yield problem("timer-on-gate", gate=method.gate[held.id].name)
    if timer.interrupts:
        return
    aside = _reached(flows, [timer.id], set())
    ahead = _reached(flows, [each.id for each in flows.nodes.values() if each.tag == "startEvent"], {timer.id})
    back = sorted(aside & ahead)
    if back:
        yield problem("timer-returns", back=flows.nodes[back[0]].name or Text(back[0]))
    if timer.kind == "timeCycle" and any(flows.nodes[id].tag == "parallelGateway" for id in aside):
        yield problem("timer-forks")


def _reached(flows: Flows, start: list[str], without: set[str]) -> set[str]:
    """What a token that begins at `start` may come to; not by way of `without`."""
    seen = set(start)
    waiting = list(start)
    while waiting:
        here = waiting.pop()
        for target in (*flows.after(here), *flows.on(here)):
            if target in flows.nodes and target not in seen | without:
                seen.add(target)
                waiting.append(target)
    return seen
