"""Every course that tokens can take through a graph, with as few of their orders as decide.

What happens in two branches at once may happen in either order, and mostly it does not matter which: at each marking,
only a *stubborn set* of steps is followed (A. Valmari, "Stubborn sets for reduced state space generation", 1991). The
sets are strong: what is left out stays possible. A step is held to be at odds with whatever shares its tokens, and
with whatever could bring a second token to where its own came from; so a doubled token is not missed. No step is put
off for ever: where the courses turn in a circle, what they left out is followed too. Where an inclusive gateway is
left after the reduction, every order is followed, since it looks at tokens far from it.

Markings are integers, one bit an edge: no edge ever holds two tokens, for the first that would is the finding.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from engine.soundness.circles import last_circles
from engine.soundness.graph import AND, END, OR, STOP, XOR, Graph

MOST_MARKINGS = 20_000
#: seconds of computing for one process or sub-process
MOST_SECONDS = 1
#: ways out of an inclusive gateway, all of whose choices are followed
MOST_WAYS = 8


@dataclass(slots=True)
class Step:
    """What one node does with tokens."""

    node: int
    take: int
    put: int
    stops: bool = False
    inclusive: bool = False


@dataclass
class Explored:
    """`stuck`: markings from which nothing goes on. `endless`: markings of circles that nothing leaves."""

    graph: Graph
    steps: list[Step]
    came: dict[int, tuple[int, int]] = field(default_factory=dict)  #: marking -> (the one before, the step taken)
    stuck: list[int] = field(default_factory=list)
    endless: list[int] = field(default_factory=list)
    doubled: tuple[int, int, int] | None = None  #: marking, step, edge that would hold two tokens
    fired: set[int] = field(default_factory=set)  #: nodes
    decided: bool = True

    def trace(self, marking: int) -> list[int]:
        """The markings that lead to `marking`, the first one first."""
        found = [marking]
        while self.came[found[-1]][1] >= 0:
            found.append(self.came[found[-1]][0])
        return found[::-1]


def explore(graph: Graph, markings: int = MOST_MARKINGS, seconds: float = MOST_SECONDS) -> Explored:
    return _Explorer(graph, markings, seconds).run()


def bits(marking: int) -> Iterator[int]:
    while marking:
        lowest = marking & -marking
        yield lowest.bit_length() - 1
        marking ^= lowest


class _Explorer:
    def __init__(self, graph: Graph, markings: int, seconds: float) -> None:
        self.graph = graph
        self.most = markings
        self.until = time.thread_time() + seconds
        self.bit = {edge: 1 << number for number, edge in enumerate(graph.edges)}
        self.edge = list(graph.edges)
        self.too_wide = False
        steps = [step for node in range(len(graph.kinds)) for step in self._steps(node)]
        self.found = Explored(graph, steps)
        self.full = any(kind == OR and (graph.ins[node] or graph.outs[node]) for node, kind in enumerate(graph.kinds))
        self.takers: list[list[int]] = [[] for _ in self.edge]
        self.givers: list[list[int]] = [[] for _ in self.edge]
        for number, step in enumerate(steps):
            for place in bits(step.take):
                self.takers[place].append(number)
            for place in bits(step.put):
                self.givers[place].append(number)
        self.ways_to = {edge: self._ways_to(edge) for edge in graph.edges} if self.full else {}
        self.next: dict[int, list[int]] = {}
        self.followed: dict[int, set[int]] = {}

    # --- the steps of each node ---

    def _steps(self, node: int) -> Iterator[Step]:
        graph, kind = self.graph, self.graph.kinds[node]
        ins = [self.bit[edge] for edge in graph.ins[node]]
        outs = [self.bit[edge] for edge in graph.outs[node]]
        if kind == AND and ins:
            yield Step(node, sum(ins), sum(outs))
        elif kind == XOR:
            yield from (Step(node, one, out) for one in ins for out in outs)
        elif kind in (END, STOP):
            yield from (Step(node, one, 0, kind == STOP) for one in ins)
        elif kind == OR:
            yield from (Step(node, sum(ins), put, inclusive=True) for put in self._choices(outs))

    def _choices(self, outs: list[int]) -> Iterator[int]:
        """Some of the ways out, at least one."""
        self.too_wide |= len(outs) > MOST_WAYS
        for many in range(1, len(outs[:MOST_WAYS]) + 1):
            yield from (sum(chosen) for chosen in combinations(outs[:MOST_WAYS], many))

    def _ways_to(self, edge: int) -> int:
        """The edges from which a token may come to `edge` without passing the gateway that it leads to."""
        graph, past = self.graph, self.graph.edges[edge].target
        found, waiting = 0, [edge]
        while waiting:
            source = graph.edges[waiting.pop()].source
            for before in graph.ins[source] if source != past else ():
                if not found & self.bit[before]:
                    found |= self.bit[before]
                    waiting.append(before)
        return found

    # --- what may happen at a marking ---

    def _may(self, step: Step, marking: int) -> bool:
        if not step.inclusive:
            return marking & step.take == step.take
        here = marking & step.take
        if not here:
            return False
        reach_here = 0
        for place in bits(here):
            reach_here |= self.ways_to[self.edge[place]]
        return all(not marking & self.ways_to[self.edge[place]] & ~reach_here for place in bits(step.take & ~marking))

    def _candidates(self, marking: int) -> list[int]:
        """The steps that take a token which is there."""
        near = {number for place in bits(marking) for number in self.takers[place]}
        return [number for number in sorted(near) if self._may(self.found.steps[number], marking)]

    def _chosen(self, marking: int, enabled: list[int]) -> list[int]:
        """The steps of the smallest stubborn set that a few tries give."""
        steps = self.found.steps
        if self.full or len(enabled) < 2 or any(steps[number].stops for number in enabled):
            return enabled
        allowed, best = set(enabled), enabled
        tried: set[int] = set()
        for seed in enabled:
            if seed in tried:
                continue
            some = [number for number in self._stubborn(seed, marking) if number in allowed]
            tried.update(some)
            if len(some) < len(best):
                best = some
            if len({steps[number].node for number in best}) == 1:
                break
        return best

    def _stubborn(self, seed: int, marking: int) -> set[int]:
        steps, chosen, waiting, undecided = self.found.steps, {seed}, [seed], list[int]()

        def add(numbers: list[int]) -> None:
            fresh = [number for number in numbers if number not in chosen]
            chosen.update(fresh)
            waiting.extend(fresh)

        while waiting or undecided:
            if not waiting:
                lacking = steps[undecided.pop()].take & ~marking
                fewest = min(bits(lacking), key=lambda place: sum(each not in chosen for each in self.givers[place]))
                add(self.givers[fewest])
                continue
            step = steps[number := waiting.pop()]
            lacking = step.take & ~marking
            if not lacking:
                for place in bits(step.take):
                    add(self.takers[place])
                    add(self.givers[place])
            elif lacking & (lacking - 1):
                undecided.append(number)
            else:
                add(self.givers[lacking.bit_length() - 1])
        return chosen

    # --- the courses ---

    def run(self) -> Explored:
        found = self.found
        found.decided = not self.too_wide
        waiting = []
        for start in self.graph.starts:
            if start in self.bit and self.bit[start] not in found.came:
                found.came[self.bit[start]] = (0, -1)
                waiting.append(self.bit[start])
        while waiting and found.decided and found.doubled is None:
            self._follow(waiting)
            if found.doubled is None and found.decided:
                waiting = self._put_off()
        return found

    def _follow(self, waiting: list[int]) -> None:
        found = self.found
        while waiting:
            marking = waiting.pop()
            if len(found.came) > self.most or time.thread_time() > self.until:
                found.decided = False
                return
            enabled = self._candidates(marking)
            if not enabled and marking:
                found.stuck.append(marking)
            if not self._take(marking, self._chosen(marking, enabled), waiting):
                return

    def _take(self, marking: int, numbers: list[int], waiting: list[int]) -> bool:
        found, after = self.found, self.next.setdefault(marking, [])
        self.followed.setdefault(marking, set()).update(numbers)
        for number in numbers:
            step = found.steps[number]
            left = marking & ~step.take
            if left & step.put and not step.stops:
                found.doubled = (marking, number, self.edge[next(bits(left & step.put))])
                return False
            found.fired.add(step.node)
            becomes = 0 if step.stops else left | step.put
            after.append(becomes)
            if becomes not in found.came:
                found.came[becomes] = (marking, number)
                waiting.append(becomes)
        return True

    def _put_off(self) -> list[int]:
        """Follow what a circle left out; where it left out nothing, nobody ever leaves it."""
        waiting: list[int] = []
        self.found.endless.clear()
        for circle in last_circles(self.next):
            if len(circle) == 1 and not self.next[circle[0]]:
                continue
            taken = {number for marking in circle for number in self.followed[marking]}
            missed = next(((m, n) for m in circle for n in self._candidates(m) if n not in taken), None)
            if missed is None:
                self.found.endless.append(min(circle))
            elif not self._take(missed[0], self._candidates(missed[0]), waiting):
                return []
        return waiting
