"""The proof of soundness finds what following every order of every course would find, and does so in time."""

from __future__ import annotations

import random
from copy import deepcopy
from itertools import product
from pathlib import Path

import pytest

from engine.diagram import Diagram
from engine.review import review
from engine.soundness import judged
from engine.soundness.exploration import explore
from engine.soundness.graph import AND, END, OR, START, XOR, Graph
from engine.soundness.reduction import reduced
from tests.engine.sketch import sketch

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
MOST = 1_500


def drawn_by_lot(lot: random.Random) -> Graph:
    """Any graph of a few nodes, mostly forwards, mostly wrong."""
    graph = Graph()
    nodes = [graph.node(lot.choice((XOR, XOR, AND, AND, OR)), f"n{number}") for number in range(lot.randint(2, 8))]
    end = graph.node(END, "end")
    graph.starts.append(graph.edge(graph.node(START, "start"), nodes[0]))
    for number, node in enumerate(nodes):
        for _ in range(lot.choice((1, 1, 1, 2, 2, 3))):
            ahead = nodes[number + 1 : number + 4]
            graph.edge(node, lot.choice(ahead) if ahead and lot.random() < 0.8 else lot.choice([*nodes, end, end, end]))
    return graph


def in_blocks(lot: random.Random, twists: int) -> Graph:
    """Blocks in blocks, with a few changes."""
    graph = Graph()

    def block(depth: int) -> tuple[int, int]:
        kind = lot.choice(("task", "seq", XOR, AND, AND, OR, "loop")) if depth else "task"
        if kind == "task":
            task = graph.node(XOR, "task")
            return task, task
        if kind == "seq":
            (first, middle), (next_, last) = block(depth - 1), block(depth - 1)
            graph.edge(middle, next_)
            return first, last
        gate = XOR if kind == "loop" else kind
        before, after = graph.node(gate, "before"), graph.node(gate, "after")
        for _ in range(1 if kind == "loop" else lot.randint(2, 3)):
            first, last = block(depth - 1)
            graph.edge(before, first)
            graph.edge(last, after)
        if kind == "loop":
            graph.edge(after, before)
        return before, after

    first, last = block(3)
    graph.starts.append(graph.edge(graph.node(START, "start"), first))
    graph.edge(last, graph.node(END, "end"))
    for _ in range(twists):
        inner = [node for node, kind in enumerate(graph.kinds) if kind in (XOR, AND, OR)]
        if lot.random() < 0.5:
            graph.kinds[lot.choice(inner)] = lot.choice((XOR, AND, OR))
        else:
            graph.edge(lot.choice(inner), lot.choice(inner))
    return graph


class TooMany(Exception):
    pass


def every_order(graph: Graph) -> tuple[bool, bool, bool]:
    """(a branch may be done twice, a case may be stuck, a case may go round for ever), by following everything."""
    first = frozenset(graph.starts[:1])
    after: dict[frozenset[int], list[frozenset[int]]] = {}
    waiting = [first]
    while waiting:
        marking = waiting.pop()
        if marking in after:
            continue
        if len(after) > MOST:
            raise TooMany
        after[marking] = []
        for takes, puts in moves(graph, marking):
            left = marking - takes
            if left & puts:
                return True, False, False
            after[marking].append(left | puts)
        waiting += after[marking]
    ends = {frozenset[int]()}
    grown = True
    while grown:
        more = {marking for marking, following in after.items() if marking not in ends and ends & set(following)}
        ends |= more
        grown = bool(more)
    lost = set(after) - ends
    stuck = {marking for marking in lost if not after[marking]}
    grown = True
    while grown:
        more = {marking for marking in lost - stuck if stuck & set(after[marking])}
        stuck |= more
        grown = bool(more)
    return False, bool(stuck), bool(lost - stuck)


def moves(graph: Graph, marking: frozenset[int]) -> list[tuple[set[int], set[int]]]:
    found: list[tuple[set[int], set[int]]] = []
    for node, kind in enumerate(graph.kinds):
        ins, outs = graph.ins[node], graph.outs[node]
        here = [edge for edge in ins if edge in marking]
        if kind == AND and ins and len(here) == len(ins):
            found.append((set(ins), set(outs)))
        elif kind == XOR:
            found += [({edge}, {out}) for edge, out in product(here, outs)]
        elif kind == END:
            found += [({edge}, set()) for edge in here]
        elif kind == OR and here and nothing_comes(graph, node, marking):
            for chosen in product((0, 1), repeat=len(outs)):
                puts = {out for out, taken in zip(outs, chosen, strict=True) if taken}
                found += [(set(here), puts)] if puts else []
    return found


def nothing_comes(graph: Graph, join: int, marking: frozenset[int]) -> bool:
    """BPMN 2.0, 13.4.3, word for word: for every path to an empty way in there is one to a way in that is not."""
    for token in marking:
        if graph.edges[token].target == join:
            continue
        ways, waiting, seen = set[int](), [token], {token}
        while waiting:
            node = graph.edges[waiting.pop()].target
            for edge in graph.outs[node] if node != join else ():
                if graph.edges[edge].target == join:
                    ways.add(edge)
                if edge not in seen:
                    seen.add(edge)
                    waiting.append(edge)
        if ways - marking and not ways & marking:
            return False
    return True


def found_by_us(graph: Graph) -> tuple[bool, bool, bool]:
    explored = explore(graph)
    assert explored.decided
    if explored.doubled is not None:
        return True, False, False
    return False, bool(explored.stuck), bool(explored.endless)


@pytest.mark.parametrize("seed", range(0, 1_200, 50))
def test_every_order_and_as_few_as_decide_find_the_same(seed: int) -> None:
    compared = 0
    for each in range(seed, seed + 50):
        lot = random.Random(each)
        graph = drawn_by_lot(lot) if each % 2 else in_blocks(lot, each % 3)
        try:
            expected = every_order(graph)
        except TooMany:
            continue
        compared += 1
        assert found_by_us(deepcopy(graph)) == expected, f"seed {each}"
        assert found_by_us(reduced(deepcopy(graph), aside=False)) == expected, f"seed {each}, reduced"
    assert compared > 20


def test_a_branch_that_only_ends_may_begin_again_before_it_is_over() -> None:
    nodes = {"s": "startEvent", "x": "exclusiveGateway", "t": "userTask", "a": "parallelGateway", "n": "userTask"}
    nodes |= {"d": "exclusiveGateway", "e": "endEvent", "told": "endEvent"}
    flows = [("s", "x"), ("x", "t"), ("t", "a"), ("a", "n"), ("n", "told"), ("a", "d"), ("d", "x"), ("d", "e")]
    assert list(judged(process(nodes, flows).processes[0])) == []


# --- in time: what a drawing may hold, decided whole -------------------------------------------------------


def process(nodes: dict[str, str], flows: list[tuple[str, str]]) -> Diagram:
    body = "".join(f'<{tag} id="{id}" name="{id}"/>' for id, tag in nodes.items())
    body += "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(flows)
    )
    return Diagram(f'<definitions xmlns="{BPMN}"><process id="p">{body}</process></definitions>'.encode(), "p.bpmn")


def twenty_blocks() -> Diagram:
    nodes, flows, last = {"s": "startEvent", "e": "endEvent"}, [], "s"
    for block in range(20):
        split, join = f"a{block}", f"j{block}"
        nodes |= {split: "parallelGateway", join: "parallelGateway"}
        flows.append((last, split))
        for branch in range(5):
            one, other = f"t{block}_{branch}", f"u{block}_{branch}"
            nodes |= {one: "userTask", other: "userTask"}
            flows += [(split, one), (one, other), (other, join)]
        last = join
    return process(nodes, [*flows, (last, "e")])


def wide(branches: int, length: int, join: str = "parallelGateway") -> Diagram:
    """Branches side by side, each with a loop, and each waiting half way for the one before it."""
    nodes = {"s": "startEvent", "a": "parallelGateway", "j": join, "e": "endEvent"}
    flows = [("s", "a"), ("j", "e")]
    for branch in range(branches):
        last = "a"
        for step in range(length):
            task = f"t{branch}_{step}"
            nodes[task] = "userTask"
            if step == 1:
                again, on = f"x{branch}", f"y{branch}"
                nodes |= {again: "exclusiveGateway", on: "exclusiveGateway"}
                flows += [(last, again), (again, task), (task, on), (on, again)]
                last = on
                continue
            if step == 2 and branch + 1 < branches:
                nodes[f"p{branch}"] = "parallelGateway"
                flows += [(last, f"p{branch}"), (f"p{branch}", f"q{branch + 1}")]
                last = f"p{branch}"
            if step == 3 and branch:
                nodes[f"q{branch}"] = "parallelGateway"
                flows.append((last, f"q{branch}"))
                last = f"q{branch}"
            flows.append((last, task))
            last = task
        flows.append((last, "j"))
    return process(nodes, flows)


@pytest.mark.parametrize(
    "diagram", [twenty_blocks(), wide(12, 6), wide(30, 10)], ids=["twenty blocks", "twelve branches", "thirty branches"]
)
def test_blocks_in_a_row_and_branches_that_wait_for_each_other_are_decided(diagram: Diagram) -> None:
    assert [each.rule for each in judged(diagram.processes[0])] == []


def test_twelve_branches_that_are_not_waited_for_are_told() -> None:
    [found] = judged(wide(12, 6, join="exclusiveGateway").processes[0])
    assert (found.rule, found.place.element) == ("ends-twice", "j")


def test_what_goes_past_the_budget_is_not_decided_and_says_so() -> None:
    content = (Path(__file__).parent / "rules" / "waits-for-ever" / "wrong.bpmn").read_bytes()
    [found] = judged(Diagram(content, "wrong.bpmn").processes[0], markings=1)
    assert found.rule == "cannot-decide"


#: of `p`, which is called in it
CALLS = {
    "start s -> a\ncall a calls=p -> e\nend e": True,
    "start s -> u\nuser u -> a\ncall a calls=p -> e\nend e": True,
    "start s -> b\nsub b -> e\n  start c -> a\n  call a calls=p -> f\n  end f\nend e": True,
    "start s -> f\nand f -> u, a\nuser u -> j\ncall a calls=p -> j\nand j -> e\nend e": True,
    "start s -> d\nxor d -> u [x > 1], a [default]\nuser u -> e\ncall a calls=p -> e\nend e": False,
    # before the moment has come, or the other end, each has begun the next
    "start s -> a\ncall a calls=p -> e\nend e\non t of=a (timer P5D) -> e": True,
    "start s -> a, t\ncall a calls=p\nend t (terminate)": True,
    "start s -> a, e\ncall a calls=p -> e\nend e": True,
    # one of two branches ends, and the other begins the process again
    "start s -> f\nand f -> u, v\nuser u -> a\ncall a calls=p -> e\nuser v -> e\nend e": True,
    "start s -> f\nand f -> u, v\nuser u -> a\ncall a calls=p -> e\nuser v -> t\nend t (terminate)\nend e": False,
    "start s -> u\nuser u -> a\ncall a calls=p -> e\nend e\non t of=a (timer P5D) -> e": False,
    "start s -> a\ncall a calls=p [each items as item] -> e\nend e": False,
}


@pytest.mark.parametrize("text", CALLS)
def test_a_process_that_comes_to_no_end_without_calling_itself_is_refused(text: str) -> None:
    found = [each.rule for each in review({"p.bpmn": sketch(text)}).errors]
    assert found == (["calls-for-ever"] if CALLS[text] else [])


ERROR = """
    start s -> p1
    sub p1 -> j
      start b -> u
      user u -> d
      xor d -> ok [x > 1], ko [default]
      end ok
      end ko (error E)
    {on} c of=p1 (error E) -> j
    and j -> e
    end e
"""


@pytest.mark.parametrize("on", ["on", "on!"])
def test_an_error_never_lets_go_on_what_it_is_caught_on_whatever_is_drawn(on: str) -> None:
    """Else both ways out would come to the join."""
    found = review({"p.bpmn": sketch(ERROR.format(on=on))}).errors
    assert [each.rule for each in found] == ["no-case-ends"]
