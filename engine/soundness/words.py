"""The way that tokens took, in the names of what was drawn."""

from __future__ import annotations

from collections.abc import Iterable

from engine.soundness.exploration import Explored, bits
from engine.soundness.graph import Graph
from engine.words import Text

#: elements named in a path; of a longer one, the last
MOST_NAMED = 8


def quoted(graph: Graph, elements: Iterable[str]) -> Text:
    """« A » et « B »."""
    names = [graph.name(each) for each in dict.fromkeys(elements)]
    return Text(
        " et ".join(f"« {each.read('fr')} »" for each in names), " and ".join(f"“{each.read('en')}”" for each in names)
    )


def after(graph: Graph, passed: list[str]) -> Text:
    """How a sentence begins that says what happens on a path."""
    if not passed:
        return Text("Dès le début", "From the start on")
    names = [graph.name(each) for each in passed[-MOST_NAMED:]]
    french = ", puis ".join(f"« {each.read('fr')} »" for each in names)
    english = ", then ".join(f"“{each.read('en')}”" for each in names)
    more = len(passed) > MOST_NAMED
    return Text(f"Après {'…, ' if more else ''}{french}", f"After {'…, ' if more else ''}{english}")


def way_to(explored: Explored, marking: int, arrived: Iterable[int] = ()) -> list[str]:
    """The elements passed on the way to `marking`, and those on the edges `arrived` that still hold a token."""
    graph, edges = explored.graph, list(explored.graph.edges)
    found: list[str] = []
    for here in explored.trace(marking)[1:]:
        before, number = explored.came[here]
        for place in bits(before & explored.steps[number].take):
            found += graph.edges[edges[place]].passed
    for edge in arrived:
        found += graph.edges[edge].passed
    return list(dict.fromkeys(found))


def last_of(graph: Graph, edge: int) -> str:
    """What comes last on an edge."""
    found = graph.edges[edge]
    return found.passed[-1] if found.passed else found.element
