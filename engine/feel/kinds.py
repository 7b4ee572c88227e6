"""The kind of a value, where the text alone tells it, and the operations that no value of that kind has.

Only what is certain: a kind that is not known is "", agrees with everything and is never complained of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Literal

from . import nodes
from .arithmetic import ARITHMETIC
from .builtins import BUILTINS
from .builtins.signature import Builtin
from .calls import RESULTS, accepts, takes
from .comparison import ORDERED
from .errors import Message
from .paths import PROPERTIES
from .values import KINDS, in_english, in_french, kind, unfit_kinds

Found = tuple[Literal["arguments", "kinds"], int, Message]
TYPES = {name: type for type, name in KINDS.items()}


class Kinds:
    """One walk over a text. `found` is what cannot work, with its place."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = {name: kind for name, kind in known.items() if kind in TYPES}
        self.found: list[Found] = []

    def of(self, node: nodes.Node) -> str:
        """The kind of its value, or "". Walks it whole."""
        handler = getattr(self, f"of_{type(node).__name__.lower()}", None)
        if handler is not None:
            return str(handler(node))
        for each in fields(node):
            self.walk(getattr(node, each.name))
        return {nodes.ListLiteral: "list", nodes.For: "list", nodes.RangeLiteral: "range"}.get(type(node), "")

    def walk(self, inside: object) -> None:
        if isinstance(inside, nodes.Node):
            self.of(inside)
        elif isinstance(inside, tuple):
            for each in inside:
                self.walk(each)

    def within(self, node: nodes.Node, *names: str) -> str:
        """As `of`, where those names are given anew and have no known kind."""
        outer = self.known
        self.known = {name: kind for name, kind in outer.items() if name not in names}
        found = self.of(node)
        self.known = outer
        return found

    def wrong(self, place: int, message: Message) -> str:
        self.found.append(("kinds", place, message))
        return ""

    # the constructs

    def of_literal(self, node: nodes.Literal) -> str:
        return kind(node.value)

    def of_name(self, node: nodes.Name) -> str:
        return self.known.get(node.name, "")

    def of_contextliteral(self, node: nodes.ContextLiteral) -> str:
        names: list[str] = []
        for name, value in node.entries:
            self.within(value, *names)
            names.append(name)
        return "context"

    def of_negation(self, node: nodes.Negation) -> str:
        found = self.of(node.operand)
        if found not in ("", "number", "years and months duration", "days and time duration"):
            return self.wrong(
                node.at, unfit_kinds("de donner le signe contraire à", "change the sign of", found).message
            )
        return found

    def of_arithmetic(self, node: nodes.Arithmetic) -> str:
        result = self.of(node.first)
        for symbol, place, operand in node.rest:
            result = self.operation(symbol, place, result, self.of(operand))
        return result

    def operation(self, symbol: str, place: int, left: str, right: str) -> str:
        if not left or not right:
            return ""
        operations, french, english = ARITHMETIC[symbol]
        if (TYPES[left], TYPES[right]) not in operations:
            return self.wrong(place, unfit_kinds(french, english, left, right).message)
        return left if left == right and symbol in "+*" else ""

    def of_logic(self, node: nodes.Logic) -> str:
        for operand in node.operands:
            self.condition(operand)
        return "boolean"

    def condition(self, node: nodes.Node) -> None:
        found = self.of(node)
        if found not in ("", "boolean", "null"):
            message = Message(
                f"Attendu : vrai ou faux. Trouvé : {in_french(found)}. Écrivez une comparaison.",
                f"Expected true or false, found {in_english(found)}. Write a comparison.",
            )
            self.wrong(node.at, message)

    def of_if(self, node: nodes.If) -> str:
        self.condition(node.condition)
        yes, no = self.of(node.yes), self.of(node.no)
        return yes if yes == no else ""

    def of_for(self, node: nodes.For) -> str:
        self.turns(node.iterators, node.body, "partial")
        return "list"

    def of_quantified(self, node: nodes.Quantified) -> str:
        self.turns(node.iterators, node.body)
        return "boolean"

    def turns(self, iterators: tuple[nodes.Iterator, ...], body: nodes.Node, *names: str) -> None:
        for each in iterators:
            self.within(each.source, *names)
            if each.end is not None:
                self.within(each.end, *names)
            names += (each.name,)
        self.within(body, *names)

    def of_functiondefinition(self, node: nodes.FunctionDefinition) -> str:
        self.within(node.body, *(name for name, _ in node.parameters))
        return ""

    def of_unarytests(self, node: nodes.UnaryTests) -> str:
        for test in node.tests:
            self.question(self.known.get("?", ""), test)
        return "boolean"

    def of_relation(self, node: nodes.Relation) -> str:
        found = self.of(node.first)
        for question in node.rest:
            self.question(found, question)
            found = "boolean"
        return found

    def question(self, asked: str, node: nodes.Node) -> None:
        """`asked` is the kind of the value that is compared."""
        if isinstance(node, nodes.Comparator):
            self.comparable(asked, node.operator, node.operand, node.at)
        elif isinstance(node, nodes.Between):
            self.comparable(asked, "<", node.low, node.at)
            self.comparable(asked, "<", node.high, node.at)
        elif isinstance(node, nodes.In):
            for test in node.tests:
                self.question(asked, test)
        elif isinstance(node, nodes.RangeLiteral) and asked not in ("range", "list"):
            self.comparable(asked, "<", node.start, node.at)
            self.comparable(asked, "<", node.end, node.at)
        elif isinstance(node, nodes.Literal) and asked != "list":
            self.comparable(asked, "=", node, node.at)
        else:
            self.of(node)

    def comparable(self, asked: str, operator: str, operand: nodes.Node, place: int) -> None:
        other = self.of(operand)
        equality = operator in ("=", "!=")
        if not asked or not other or (equality and "null" in (asked, other)):
            return
        if asked != other or (not equality and TYPES[asked] not in ORDERED):
            self.wrong(place, unfit_kinds("de comparer", "compare", asked, other).message)

    # what follows a term

    def of_postfix(self, node: nodes.Postfix) -> str:
        found = ""
        called = isinstance(node.base, nodes.Name) and isinstance(node.rest[0], nodes.Call)
        if not called:
            found = self.of(node.base)
        for step in node.rest:
            if isinstance(step, nodes.Call):
                given = [self.of(argument) for argument in step.arguments]
                found = self.call(node.base, step, given) if called and isinstance(node.base, nodes.Name) else ""
                called = False
            elif isinstance(step, nodes.Filter):
                self.within(step.condition, *self.known)  # its names may be entries of the items
                found = ""
            else:
                found = self.path(found, step)
        return found

    def path(self, found: str, step: nodes.Path) -> str:
        if found in ("", "null", "list", "context") or step.name in PROPERTIES.get(TYPES[found], {}):
            return ""
        known = ", ".join(PROPERTIES.get(TYPES[found], {})) or "—"
        message = Message(
            f"« {step.name} » n’existe pas pour {in_french(found)} (propriétés : {known}). Corrigez le nom.",
            f"'{step.name}' does not exist for {in_english(found)} (properties: {known}). Correct the name.",
        )
        return self.wrong(step.at, message)

    def call(self, function: nodes.Name, call: nodes.Call, given: list[str]) -> str:
        builtin = BUILTINS.get(function.name)
        if not isinstance(builtin, Builtin) or function.name in self.known:
            return ""
        taking = [each for each in builtin.signatures if takes(each, call)]
        if not taking:
            count = str(len(given)) if not call.names else ", ".join(call.names)
            self.found.append(("arguments", function.at, builtin.misused(count, count).message))
        elif not any(accepts(each, call, given) for each in taking):
            forms = " ; ".join(f"{function.name}({each.shown})" for each in taking)
            french, english = ", ".join(map(in_french, given)), ", ".join(map(in_english, given))
            message = Message(
                f"Les arguments ne conviennent pas à {forms}. Reçu : {french}. Corrigez-les.",
                f"The arguments do not fit {forms}. Got: {english}. Correct them.",
            )
            self.found.append(("arguments", function.at, message))
        return RESULTS.get(function.name, "")
