"""Circles of markings that nothing leaves."""

from __future__ import annotations

from collections.abc import Iterator


def last_circles(after: dict[int, list[int]]) -> Iterator[list[int]]:
    """The strongly connected components that nothing leaves (R. Tarjan, 1972, without recursion)."""
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    where: dict[int, int] = {}  # component of what is done
    for first in after:
        if first in number:
            continue
        work = [(first, iter(after.get(first, ())))]
        number[first] = low[first] = len(number)
        stack.append(first)
        while work:
            here, following = work[-1]
            for target in following:
                if target not in number:
                    number[target] = low[target] = len(number)
                    stack.append(target)
                    work.append((target, iter(after.get(target, ()))))
                    break
                if target not in where:
                    low[here] = min(low[here], number[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == number[here]:
                    circle: list[int] = []
                    while not circle or circle[-1] != here:
                        circle.append(stack.pop())
                        where[circle[-1]] = number[here]
                    inside = set(circle)
                    if all(target in inside for each in circle for target in after.get(each, ())):
                        yield circle
