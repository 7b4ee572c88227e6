"""Processes that are too large on purpose, as BPMN: the bench times them, the tests see that they finish small."""

from __future__ import annotations

from itertools import pairwise

SPACES = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'


def file(body: str, *others: str) -> bytes:
    """The main process is `p`; `others` are whole processes."""
    main = f'<process id="p" isExecutable="true">{body}</process>'
    return f'<definitions {SPACES} targetNamespace="large">{main}{"".join(others)}</definitions>'.encode()


def flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def chain(*ids: str) -> str:
    return "".join(flow(source, target) for source, target in pairwise(ids))


def tasks(*ids: str) -> str:
    return "".join(f'<userTask id="{id}"/>' for id in ids)


def whole(inside: str, first: str, last: str, at: str = "") -> str:
    """The body of a process: `inside` between a start and an end (their ids end with `at`)."""
    ends = f'<startEvent id="s{at}"/><endEvent id="e{at}"/>'
    return ends + inside + flow(f"s{at}", first) + flow(last, f"e{at}")


def in_a_row(count: int) -> bytes:
    ids = [f"t{n}" for n in range(count)]
    return file(whole(tasks(*ids) + chain(*ids), ids[0], ids[-1]))


def side_by_side(count: int) -> bytes:
    return file(whole(_block("", count), "split", "join"))


def _block(at: str, count: int) -> str:
    ids = [f"t{at}-{n}" for n in range(count)]
    gates = f'<parallelGateway id="split{at}"/><parallelGateway id="join{at}"/>'
    return gates + tasks(*ids) + "".join(chain(f"split{at}", id, f"join{at}") for id in ids)


def blocks_in_a_row(count: int) -> bytes:
    """`count` parallel blocks of two tasks, one after the other."""
    inside = "".join(_block(str(n), 2) for n in range(count))
    inside += "".join(flow(f"join{n}", f"split{n + 1}") for n in range(count - 1))
    return file(whole(inside, "split0", f"join{count - 1}"))


def for_each() -> bytes:
    """One task for each of `items`, then one more."""
    loop = '<multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="item"/>'
    return file(whole(f'<userTask id="each">{loop}</userTask>{tasks("last")}{chain("each", "last")}', "each", "last"))


def reworked(length: int, where: str = "called") -> bytes:
    """`length` tasks and a gate `g`, again until `go` is true.

    The phase is `called` or `embedded` each time anew; or it is one, and all happens `within` it (`embedded one`).
    """
    ids = [f"t{n}" for n in range(length)]
    phase = whole(tasks(*ids) + chain(*ids), ids[0], ids[-1], "1")
    if where == "called":
        return file(_again('<callActivity id="c" calledElement="q"/>', "c", "c"), _process(phase))
    if where == "embedded":
        return file(_again(f'<subProcess id="c">{phase}</subProcess>', "c", "c"))
    inside = _again(tasks(*ids) + chain(*ids), ids[0], ids[-1], "1")
    if where == "within":
        return file(whole('<callActivity id="c" calledElement="q"/>', "c", "c"), _process(inside))
    return file(whole(f'<subProcess id="c">{inside}</subProcess>', "c", "c"))


def _process(body: str) -> str:
    return f'<process id="q" isExecutable="true">{body}</process>'


def _again(inside: str, first: str, last: str, at: str = "") -> str:
    gates = '<exclusiveGateway id="in"/><exclusiveGateway id="d" default="d-in"/><userTask id="g"/>'
    body = f'<startEvent id="s{at}"/><endEvent id="e{at}"/>{gates}{inside}'
    return body + chain(f"s{at}", "in", first) + chain(last, "g", "d", "in") + flow("d", f"e{at}", "go = true")
