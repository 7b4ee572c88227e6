"""A graph made smaller without a change to what can go wrong in it.

A row becomes one edge, branches that part and meet again in the same kind of gateway become one, a loop that returns
to where it began vanishes. What is drawn in blocks comes down to nothing; what is left is explored.
"""

from __future__ import annotations

from collections import Counter

from engine.soundness.graph import AND, END, OR, START, STOP, XOR, Graph


def reduced(graph: Graph, *, aside: bool = True) -> Graph:
    """`graph` itself, made as small as the rules make it.

    `aside`: a branch of a fork that only ends is left out, so that it may begin again before it is over.
    """
    waiting = set(range(len(graph.kinds)))
    rules = (_ends_aside, _row, _round, _branches, _fused)[0 if aside else 1 :]
    while waiting:
        node = waiting.pop()
        for rule in rules if graph.ins[node] else ():  # what nothing leads to is what a join may lack
            touched = rule(graph, node)
            if touched:
                waiting |= touched
                break
    return graph


def _drop(graph: Graph, edge: int) -> None:
    found = graph.edges.pop(edge)
    graph.outs[found.source].remove(edge)
    graph.ins[found.target].remove(edge)


def _ends(graph: Graph, edge: int) -> set[int]:
    return {graph.edges[edge].source, graph.edges[edge].target}


def _row(graph: Graph, node: int) -> set[int]:
    """One in, one out."""
    if graph.kinds[node] not in (XOR, AND, OR) or len(graph.ins[node]) != 1 or len(graph.outs[node]) != 1:
        return set()
    before, after = graph.ins[node][0], graph.outs[node][0]
    if before == after:
        return set()
    first, second = graph.edges[before], graph.edges[after]
    first.passed = (*first.passed, *second.passed)
    first.element = second.element
    graph.ins[second.target][graph.ins[second.target].index(after)] = before
    first.target = second.target
    graph.ins[node].clear()
    graph.outs[node].clear()
    del graph.edges[after]
    return _ends(graph, before)


def _round(graph: Graph, node: int) -> set[int]:
    """A way back to the same choice."""
    if graph.kinds[node] != XOR:
        return set()
    back = [edge for edge in graph.outs[node] if graph.edges[edge].target == node]
    if not back or len(back) == len(graph.outs[node]):
        return set()
    for edge in back:
        _drop(graph, edge)
    return {node}


def _ends_aside(graph: Graph, node: int) -> set[int]:
    """A branch of a fork that only ends."""
    if graph.kinds[node] != AND or len(graph.outs[node]) < 2:
        return set()
    over = [edge for edge in graph.outs[node] if graph.kinds[graph.edges[edge].target] == END]
    if len(over) == len(graph.outs[node]):
        over = over[1:]
    for edge in over:
        _drop(graph, edge)
    return {node} if over else set()


def _branches(graph: Graph, node: int) -> set[int]:
    """Branches between the same two gateways."""
    kind = graph.kinds[node]
    if kind not in (XOR, AND, OR):
        return set()
    count = Counter(graph.edges[edge].target for edge in graph.outs[node])
    for target, many in count.items():
        if many > 1 and target != node and (kind, graph.kinds[target]) in _MEET:
            between = [edge for edge in graph.outs[node] if graph.edges[edge].target == target]
            kept = graph.edges[between[0]]
            kept.passed = max((graph.edges[edge].passed for edge in between), key=len)
            for edge in between[1:]:
                _drop(graph, edge)
            return {node, target}
    return set()


#: what branches between the same two may become one
_MEET = {(XOR, XOR), (AND, AND), (OR, OR), (XOR, OR), (AND, OR), (XOR, END), (XOR, STOP)}


def _fused(graph: Graph, node: int) -> set[int]:
    """Two gateways of a kind, one right after the other."""
    if graph.kinds[node] not in (XOR, AND):
        return set()
    for edge in graph.outs[node]:
        target = graph.edges[edge].target
        if target == node or graph.kinds[target] != graph.kinds[node]:
            continue
        if len(graph.outs[node]) == 1 or len(graph.ins[target]) == 1:
            return _fuse(graph, node, edge)
    return set()


def _fuse(graph: Graph, node: int, edge: int) -> set[int]:
    """`node` takes the place of the target of `edge` too, under the name of the one that decides or waits."""
    target, passed = graph.edges[edge].target, graph.edges[edge].passed
    joins, gathers = len(graph.outs[node]) == 1, len(graph.ins[node]) > 1
    _drop(graph, edge)
    if joins:
        for each in graph.ins[node]:
            graph.edges[each].passed = (*graph.edges[each].passed, *passed)
    else:
        for each in graph.outs[target]:
            graph.edges[each].passed = (*passed, *graph.edges[each].passed)
    for each in graph.ins[target]:
        graph.edges[each].target = node
    for each in graph.outs[target]:
        graph.edges[each].source = node
    graph.ins[node] += graph.ins[target]
    graph.outs[node] += graph.outs[target]
    if joins and not gathers:
        graph.elements[node] = graph.elements[target]
    graph.ins[target], graph.outs[target] = [], []
    return {
        node,
        *(graph.edges[each].source for each in graph.ins[node] if graph.kinds[graph.edges[each].source] != START),
    }
