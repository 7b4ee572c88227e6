"""Random block-structured processes, written as BPMN: all that Jalon runs, nested in all that it may be nested in."""

from __future__ import annotations

from itertools import count, pairwise
from typing import Any

from hypothesis import strategies as st

SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'targetNamespace="t"'
)
#: what is attached to a task or a sub-process: it interrupts, it does not, it does so twice
STOPS, WARNS, REPEATS = "stops", "warns", "repeats"


def nested(*alarms: str) -> st.SearchStrategy[Any]:
    """A block is a task, a timer, one task for each item (at once or in turn), or (kind, blocks).

    `loop`, `embedded` and `called` have one block, (alarm, no block) is a task under it, `guarded` a sub-process.
    """
    return st.recursive(
        st.just(("task",)),
        lambda inside: st.one_of(
            st.tuples(st.sampled_from(["seq", "xor", "and"]), st.lists(inside, min_size=2, max_size=3)),
            st.tuples(st.sampled_from(["loop", "embedded", "called"]), st.lists(inside, min_size=1, max_size=1)),
            st.sampled_from([("each",), ("in turn",), ("wait",)]),
            st.tuples(st.sampled_from(alarms), st.just([])),
            st.tuples(st.just("guarded"), st.lists(inside, min_size=1, max_size=1), st.sampled_from(alarms)),
        ),
        max_leaves=7,
    )


class Writer:
    """Writes one process; `variables` are what its choices read, `called` the processes that it calls."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.lines: list[str] = []
        self.variables: list[str] = []
        self.called: list[str] = []

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
        match block:
            case ("task",):
                return self.alone(self.node("userTask"))
            case ("each",) | ("in turn",):
                turn = ' isSequential="true"' if block == ("in turn",) else ""
                loop = (
                    f'<multiInstanceLoopCharacteristics{turn} camunda:collection="items" '
                    'camunda:elementVariable="item"/>'
                )
                return self.alone(self.node("userTask", loop))
            case ("wait",):
                return self.alone(self.node("intermediateCatchEvent", timer("timeDuration", "P5D")))
            case ("seq", inside):
                ends = [self.block(each) for each in inside]
                for (_, last), (first, _) in pairwise(ends):
                    self.flow(last, first)
                return ends[0][0], ends[-1][1]
            case ("and", inside):
                return self.fork("parallelGateway", inside)
            case ("xor", inside):
                return self.choice(inside)
            case ("loop", [inside]):
                return self.loop(inside)
            case ("embedded", [inside]):
                return self.alone(self.node("subProcess", self.apart(inside)))
            case ("called", [inside]):
                process = f"p{next(self.numbers)}"
                self.called.append(f'<process id="{process}" isExecutable="true">{self.apart(inside)}</process>')
                return self.alone(self.node("callActivity", calledElement=process))
            case ("guarded", [inside], alarm):
                return self.alarm(self.node("subProcess", self.apart(inside)), alarm)
            case (alarm, _):
                return self.alarm(self.node("userTask"), alarm)
        raise AssertionError(block)

    def alone(self, node: str) -> tuple[str, str]:
        return node, node

    def apart(self, inside: Any) -> str:
        """The body of a process of its own."""
        lines, self.lines = self.lines, []
        self.whole(inside)
        body, self.lines = "".join(self.lines), lines
        return body

    def whole(self, block: Any) -> None:
        first, last = self.block(block)
        self.flow(self.node("startEvent"), first)
        self.flow(last, self.node("endEvent"))

    def alarm(self, node: str, alarm: str) -> tuple[str, str]:
        """A timer on `node`, and a task that it leads to; where it interrupts, the task is another way out."""
        text = timer("timeCycle", "R2/P7D") if alarm == REPEATS else timer("timeDuration", "P5D")
        attributes = {} if alarm == STOPS else {"cancelActivity": "false"}
        event = self.node("boundaryEvent", text, attachedToRef=node, **attributes)
        task, out = self.node("userTask"), self.node("exclusiveGateway")
        self.flow(event, task)
        self.flow(node, out)
        self.flow(task, out if alarm == STOPS else self.node("endEvent"))
        return node, out

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


def timer(kind: str, text: str) -> str:
    """In quotes: FEEL for us, and what SpiffWorkflow alone can read too."""
    return f'<timerEventDefinition><{kind}>"{text}"</{kind}></timerEventDefinition>'


def written(block: Any) -> tuple[bytes, list[str]]:
    """The BPMN file of `block` (process `p`), and its variables."""
    writer = Writer()
    writer.whole(block)
    body = "\n".join(writer.lines)
    called = "\n".join(writer.called)
    file = f'<definitions {SPACES}><process id="p" isExecutable="true">{body}</process>{called}</definitions>'
    return file.encode(), writer.variables
