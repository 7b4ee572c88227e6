"""A range written in a text, for ``range("[1..10]")``: its ends may be literals only (DMN 1.5, table 71)."""

from __future__ import annotations

from . import nodes
from .comparison import make_range
from .errors import FeelSyntaxError
from .iso import read_date, read_date_time, read_duration, read_time
from .parser import Parser
from .values import Range, Value
from .vocabulary import index

READERS = {"date": read_date, "time": read_time, "date and time": read_date_time, "duration": read_duration}
NOT_LITERAL = object()


def read_range(text: str) -> Range | None:
    """The range, or None when the text is not one. Refuses ends that do not go together."""
    source = text.replace("[..", "[null..").replace("(..", "(null..").replace("]..", "]null..")
    for closing in "])[":
        source = source.replace(f"..{closing}", f"..null{closing}")
    try:
        node = Parser(source, index(READERS), ()).whole()
    except FeelSyntaxError:
        return None
    if not isinstance(node, nodes.RangeLiteral):
        return None
    start, end = literal(node.start), literal(node.end)
    open_and_included = (start is None and node.start_included) or (end is None and node.end_included)
    if start is NOT_LITERAL or end is NOT_LITERAL or open_and_included:
        return None
    return make_range(start, end, node.start_included, node.end_included)


def literal(node: nodes.Node) -> Value:
    if isinstance(node, nodes.Literal):
        return node.value
    if isinstance(node, nodes.Postfix) and len(node.rest) == 1 and isinstance(node.base, nodes.Name):
        call = node.rest[0]
        if isinstance(call, nodes.Call) and len(call.arguments) == 1 and node.base.name in READERS:
            text = call.arguments[0]
            if isinstance(text, nodes.Literal) and isinstance(text.value, str):
                return READERS[node.base.name](text.value)
    return NOT_LITERAL
