"""What is not sound is found with the way that leads there: elements and flows of the drawing, in order."""

from __future__ import annotations

import pytest

from engine.diagram import Diagram
from engine.review import plain, restored, review
from engine.soundness import judged
from tests.engine.sketch import sketch

WAITS = """
    start s -> x
    xor x -> a [c = 1], b [default]
    user a -> j
    user b -> j
    and j -> e
    end e
"""
TWICE = """
    start s -> f
    and f -> a, b
    user a -> m
    user b -> m
    xor m -> c
    user c -> e
    end e
"""
LOOP = """
    start s -> a
    user a -> x
    xor x -> b [c = 1], e [default]
    user b -> d
    user d -> b
    end e
"""
LATE = """
    start s -> a
    user a -> j
    on! t of=a (timer P5D) -> r
    user r -> j
    and j -> e
    end e
"""


def way_of(text: str) -> dict[str, tuple[str, ...]]:
    """By rule. A flow is told as its ends."""
    diagram = Diagram(sketch(text), "p.bpmn")
    process = diagram.processes[0]
    ends = {flow.id: f"{flow.get('sourceRef')}→{flow.get('targetRef')}" for flow in process.flows}
    return {each.rule: tuple(ends.get(id, id) for id in each.way) for each in judged(process)}


@pytest.mark.parametrize(
    ("drawn", "way"),
    [
        (WAITS, {"no-case-ends": ("s", "s→x", "x", "x→a", "a", "a→j", "j")}),
        (TWICE, {"done-twice": ("s", "s→f", "f", "f→a", "a", "f→b", "b", "a→m", "m", "m→c", "c")}),
        (LOOP, {"never-ends": ("s", "s→a", "a", "a→x", "x", "x→b", "b")}),
        (LATE, {"waits-for-ever": ("s", "s→a", "a", "a→j", "j")}),
    ],
)
def test_the_way_goes_from_the_start_to_where_it_goes_wrong(drawn: str, way: dict[str, tuple[str, ...]]) -> None:
    assert way_of(drawn) == way


def test_the_way_of_a_finding_is_its_own_and_outlives_the_road_to_another_process() -> None:
    found = review({"p.bpmn": sketch(WAITS)}).findings
    stuck = next(each for each in found if each.rule == "no-case-ends")
    assert (stuck.way[0], stuck.way[-1], stuck.place.element) == ("s", "j", "j")
    assert [each for each in found if restored(plain(each)) != each] == []
    assert {each.rule for each in found if each.way} == {"no-case-ends"}
