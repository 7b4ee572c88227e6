"""Random block-structured processes, written as BPMN: sequence, choice, parallel, one instance each, rework loop."""

from __future__ import annotations

from itertools import count, pairwise
from typing import Any

from hypothesis import strategies as st

SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'targetNamespace="t"'
)
#: a block is a task, or (kind, blocks); `each` and `loop` have one block or none
blocks = st.recursive(
    st.just(("task",)),
    lambda inside: st.one_of(
        st.tuples(st.sampled_from(["seq", "xor", "and"]), st.lists(inside, min_size=2, max_size=3)),
        st.tuples(st.just("loop"), st.lists(inside, min_size=1, max_size=1)),
        st.just(("each",)),
    ),
    max_leaves=7,
)


class Writer:
    """Writes one process; `variables` are what its choices read."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.lines: list[str] = []
        self.variables: list[str] = []

    def node(self, tag: str, inside: str = "", **attributes: str) -> str:
        id = f"{tag[:1]}{next(self.numbers)}"
        said = "".join(f' {key}="{value}"' for key, value in attributes.items())
        self.lines.append(f'<{tag} id="{id}"{said}>{inside}</{tag}>')
        return id

    def flow(self, source: str, target: str, condition: str = "", id: str = "") -> None:
        id = id or f"f{next(self.numbers)}"
        inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        self.lines.append(f'<sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>')

    def block(self, block: Any) -> tuple[str, str]:
        """Writes `block`; its first and last node."""
        match block[0]:
            case "task":
                task = self.node("userTask")
                return task, task
            case "each":
                loop = '<multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="item"/>'
                task = self.node("userTask", loop)
                return task, task
            case "seq":
                ends = [self.block(each) for each in block[1]]
                for (_, last), (first, _) in pairwise(ends):
                    self.flow(last, first)
                return ends[0][0], ends[-1][1]
            case "and":
                return self.fork("parallelGateway", block[1])
            case "xor":
                return self.choice(block[1])
        return self.loop(block[1][0])

    def fork(self, gateway: str, inside: list[Any]) -> tuple[str, str]:
        split, join = self.node(gateway), self.node(gateway)
        for first, last in [self.block(each) for each in inside]:
            self.flow(split, first)
            self.flow(last, join)
        return split, join

    def choice(self, inside: list[Any]) -> tuple[str, str]:
        variable = f"v{next(self.numbers)}"
        self.variables.append(variable)
        default = f"f{next(self.numbers)}"
        split, join = self.node("exclusiveGateway", default=default), self.node("exclusiveGateway")
        for number, (first, last) in enumerate([self.block(each) for each in inside]):
            if number:
                self.flow(split, first, f"{variable} = {number}")
            else:
                self.flow(split, first, id=default)
            self.flow(last, join)
        return split, join

    def loop(self, inside: Any) -> tuple[str, str]:
        """Again while its variable is 1: the step before the decision sets it anew each time."""
        variable = f"v{next(self.numbers)}"
        self.variables.append(variable)
        default = f"f{next(self.numbers)}"
        way_in, decision = self.node("exclusiveGateway"), self.node("exclusiveGateway", default=default)
        first, last = self.block(inside)
        step, out = self.node("userTask", name=variable), self.node("exclusiveGateway")
        for source, target in ((way_in, first), (last, step), (step, decision)):
            self.flow(source, target)
        self.flow(decision, way_in, f"{variable} = 1")
        self.flow(decision, out, id=default)
        return way_in, out


def written(block: Any) -> tuple[bytes, list[str]]:
    """The BPMN file of `block` (process `p`), and its variables."""
    writer = Writer()
    first, last = writer.block(block)
    writer.flow(writer.node("startEvent"), first)
    writer.flow(last, writer.node("endEvent"))
    body = "\n".join(writer.lines)
    file = f'<definitions {SPACES}><process id="p" isExecutable="true">{body}</process></definitions>'
    return file.encode(), writer.variables
