"""Random processes with what stock SpiffWorkflow does not run right, nested in all that `blocks` has."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.engine.blocks import REPEATS, SPACES, STOPS, WARNS, Writer, timer

DEFINED = (
    '<message id="M" name="Avis"/><signal id="S" name="Alerte"/><error id="E" errorCode="Refus"/>'
    '<escalation id="X" escalationCode="Retard"/>'
)
ALONE = ("task", "external", "receive", "told", "times", "again", "each", "wait")


def everything() -> st.SearchStrategy[Any]:
    """Blocks of `blocks`, and more: work of others, inclusive blocks, races, loops, listeners, errors, escalations."""
    return st.recursive(
        st.sampled_from([(each,) for each in ALONE]),
        lambda inside: st.one_of(
            st.tuples(st.sampled_from(["seq", "xor", "and", "or"]), st.lists(inside, min_size=2, max_size=3)),
            st.tuples(st.just("race"), st.lists(inside, min_size=3, max_size=3)),
            st.tuples(
                st.sampled_from(["loop", "embedded", "called", "isolated", "listens", "stops when told", "fails",
                                 "escalates", "ends early", "signals", "many"]),
                st.lists(inside, min_size=1, max_size=1),
            ),
            st.tuples(st.sampled_from([STOPS, WARNS, REPEATS]), st.just([])),
            st.tuples(st.just("guarded"), st.lists(inside, min_size=1, max_size=1), st.sampled_from([STOPS, WARNS])),
        ),
        max_leaves=6,
    )  # fmt: skip


class Constructs(Writer):
    def block(self, block: Any) -> tuple[str, str]:
        match block:
            case ("external",):
                return self.alone(self.node("serviceTask"))
            case ("receive",):
                return self.alone(self.node("receiveTask", messageRef="M"))
            case ("told",):
                return self.alone(self.node("intermediateCatchEvent", definition("signal", "S")))
            case ("times",):
                loop = "<loopCardinality>2</loopCardinality><completionCondition>enough = 1</completionCondition>"
                return self.alone(
                    self.node(
                        "userTask", f"<multiInstanceLoopCharacteristics>{loop}</multiInstanceLoopCharacteristics>"
                    )
                )
            case ("again",):
                return self.alone(self.node("userTask", '<standardLoopCharacteristics loopMaximum="2"/>'))
            case ("or", inside):
                return self.some(inside)
            case ("race", inside):
                return self.race(inside)
            case ("isolated", [inside]):
                process = f"p{next(self.numbers)}"
                self.called.append(f'<process id="{process}" isExecutable="true">{self.apart(inside)}</process>')
                mapped = '<camunda:in variables="all"/><camunda:out variables="all"/>'
                return self.alone(
                    self.node("callActivity", f"<extensionElements>{mapped}</extensionElements>", calledElement=process)
                )
            case ("many", [inside]):
                return self.alone(self.node("subProcess", twice() + self.apart(inside)))
            case ("listens" | "stops when told" as kind, [inside]):
                return self.alone(
                    self.node("subProcess", self.apart(inside) + self.listener(kind == "stops when told"))
                )
            case ("fails", [inside]):
                return self.leaves(inside, "error", "E", interrupts=True)
            case ("escalates", [inside]):
                return self.leaves(inside, "escalation", "X", interrupts=False)
            case ("ends early", [inside]):
                return self.alone(self.node("subProcess", self.in_two(inside, "<terminateEventDefinition/>")))
            case ("signals", [inside]):
                first, last = self.block(inside)
                said = self.node("intermediateThrowEvent", definition("signal", "S"))
                self.flow(said, first)
                return said, last
        return super().block(block)

    def some(self, inside: list[Any]) -> tuple[str, str]:
        """An inclusive block: the first always, each other where its variable says so."""
        split, join = self.node("inclusiveGateway"), self.node("inclusiveGateway")
        for number, (first, last) in enumerate([self.block(each) for each in inside]):
            variable = f"v{next(self.numbers)}"
            self.variables += [variable] if number else []
            self.flow(split, first, f"{variable} = 1" if number else "true")
            self.flow(last, join)
        return split, join

    def race(self, inside: list[Any]) -> tuple[str, str]:
        gateway, out = self.node("eventBasedGateway"), self.node("exclusiveGateway")
        for event, each in zip(
            (definition("message", "M"), timer("timeDuration", "P1D"), timer("timeDuration", "P2D")),
            inside,
            strict=True,
        ):
            first, last = self.block(each)
            waits = self.node("intermediateCatchEvent", event)
            for source, target in ((gateway, waits), (waits, first), (last, out)):
                self.flow(source, target)
        return gateway, out

    def listener(self, interrupts: bool) -> str:
        start, task, end = f"l{next(self.numbers)}", f"u{next(self.numbers)}", f"e{next(self.numbers)}"
        said = f' isInterrupting="{str(interrupts).lower()}"'
        body = (
            f'<startEvent id="{start}"{said}>{definition("message", "M")}</startEvent><userTask id="{task}"/>'
            f'<endEvent id="{end}"/><sequenceFlow id="f{next(self.numbers)}" sourceRef="{start}" targetRef="{task}"/>'
            f'<sequenceFlow id="f{next(self.numbers)}" sourceRef="{task}" targetRef="{end}"/>'
        )
        return f'<subProcess id="w{next(self.numbers)}" triggeredByEvent="true">{body}</subProcess>'

    def leaves(self, inside: Any, kind: str, name: str, interrupts: bool) -> tuple[str, str]:
        """A sub-process that perhaps throws at its end, what catches it on its border, and a task that follows."""
        node = self.node("subProcess", self.in_two(inside, definition(kind, name)))
        attributes = {} if interrupts else {"cancelActivity": "false"}
        event = self.node("boundaryEvent", definition(kind, name), attachedToRef=node, **attributes)
        task, out = self.node("userTask"), self.node("exclusiveGateway")
        for source, target in ((event, task), (node, out), (task, out if interrupts else self.node("endEvent"))):
            self.flow(source, target)
        return node, out

    def in_two(self, inside: Any, said: str) -> str:
        """A body of two branches, after one of which a variable says whether `said` ends it."""
        lines, self.lines = self.lines, []
        variable, default = f"v{next(self.numbers)}", f"f{next(self.numbers)}"
        self.variables.append(variable)
        start, split = self.node("startEvent"), self.node("parallelGateway")
        decision = self.node("exclusiveGateway", default=default)
        first, last = self.block(inside)
        beside = self.node("userTask")
        for source, target in ((start, split), (split, first), (split, beside), (last, decision)):
            self.flow(source, target)
        self.flow(beside, self.node("endEvent"))
        self.flow(decision, self.node("endEvent", said), f"{variable} = 1")
        self.flow(decision, self.node("endEvent"), id=default)
        body, self.lines = "".join(self.lines), lines
        return body


def twice(more: str = "") -> str:
    loop = "multiInstanceLoopCharacteristics"
    return f"<{loop}><loopCardinality>2</loopCardinality>{more}</{loop}>"


def definition(kind: str, name: str) -> str:
    return f'<{kind}EventDefinition {kind}Ref="{name}"/>'


def constructed(block: Any) -> tuple[bytes, list[str]]:
    """The BPMN file of `block` (process `p`), and its variables."""
    writer = Constructs()
    writer.whole(block)
    body, called = "\n".join(writer.lines), "\n".join(writer.called)
    file = f'<definitions {SPACES}>{DEFINED}<process id="p" isExecutable="true">{body}</process>{called}</definitions>'
    return file.encode(), writer.variables
