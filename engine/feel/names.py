"""What a text reads and calls, seen without running it: the names and functions to check at upload."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from . import nodes


@dataclass(slots=True)
class Reading:
    """What was found while walking the nodes, each with the place where it stands first."""

    names: dict[str, int] = field(default_factory=dict)  #: read from the caller's context, perhaps from an item
    outside: dict[str, int] = field(default_factory=dict)  #: of those, the ones read outside any filter
    functions: dict[str, int] = field(default_factory=dict)  #: called by name and not defined in the text

    def walk(self, node: nodes.Node, bound: frozenset[str], filtered: bool) -> None:
        if isinstance(node, nodes.Name):
            if node.name not in bound:
                self.names.setdefault(node.name, node.at)
                if not filtered:
                    self.outside.setdefault(node.name, node.at)
        elif isinstance(node, nodes.ContextLiteral):
            for key, value in node.entries:
                self.walk(value, bound, filtered)
                bound |= {key}
        elif isinstance(node, (nodes.For, nodes.Quantified)):
            for each in node.iterators:
                self.walk(each.source, bound, filtered)
                if each.end is not None:
                    self.walk(each.end, bound, filtered)
                bound |= {each.name}
            extra = {"partial"} if isinstance(node, nodes.For) else set()
            self.walk(node.body, bound | extra, filtered)
        elif isinstance(node, nodes.FunctionDefinition):
            self.walk(node.body, bound | {name for name, _ in node.parameters}, filtered)
        elif isinstance(node, nodes.In):
            self.children(node, bound | {"?"}, filtered)  # the value tested, not a variable
        elif isinstance(node, nodes.Postfix):
            self.postfix(node, bound, filtered)
        else:
            self.children(node, bound, filtered)

    def postfix(self, node: nodes.Postfix, bound: frozenset[str], filtered: bool) -> None:
        if isinstance(node.base, nodes.Name) and isinstance(node.rest[0], nodes.Call):
            if node.base.name not in bound:
                self.functions.setdefault(node.base.name, node.base.at)
        else:
            self.walk(node.base, bound, filtered)
        for step in node.rest:
            if isinstance(step, nodes.Filter):
                self.walk(step.condition, bound | {"item"}, True)
            else:
                self.children(step, bound, filtered)

    def children(self, node: nodes.Node, bound: frozenset[str], filtered: bool) -> None:
        for each in fields(node):
            self.inside(getattr(node, each.name), bound, filtered)

    def inside(self, value: object, bound: frozenset[str], filtered: bool) -> None:
        if isinstance(value, nodes.Node):
            self.walk(value, bound, filtered)
        elif isinstance(value, tuple):
            for item in value:
                self.inside(item, bound, filtered)


def names_read(node: nodes.Node) -> Reading:
    reading = Reading()
    reading.walk(node, frozenset(), False)
    return reading
