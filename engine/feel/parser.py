"""Tokens to nodes: a descent by rule, looking ahead and never coming back, so that time is linear.

Precedence, low to high: or; and; comparison, between, in, instance of; + -; * /; **; sign; path, filter
and call.
(DMN 1.5, 10.3.1.2; ``**`` goes from left to right and the sign binds tighter, as in the standard's test kit.)
"""

from __future__ import annotations

from . import nodes
from .terms import COMPARATORS, Terms

LEVELS = (frozenset(["+", "-"]), frozenset(["*", "/"]), frozenset(["**"]))


class Parser(Terms):
    """One text. `expression` and `unary_tests` are the two ways in."""

    # the two ways in

    def whole(self) -> nodes.Node:
        node = self.expression()
        self.expect_end()
        return node

    def unary_tests(self) -> nodes.Node:
        """``-`` (anything), ``not(tests)`` or tests separated by commas."""
        at = self.token.at
        if self.is_symbol("-") and self.tokens[1].kind == "end":
            return nodes.Literal(at, True)
        negated = self.token.text == "not" and self.tokens[1].text == "(" and self.closes_at_end()
        if negated:
            self.index = 2
        tests = self.tests()
        if negated:
            self.need(")")
        self.expect_end()
        return nodes.UnaryTests(at, tests, negated)

    def closes_at_end(self) -> bool:
        """Whether the bracket at the second token is closed by the last one."""
        depth = 0
        for position, token in enumerate(self.tokens):
            if token.kind == "symbol":
                depth += (token.text in "([{") - (token.text in ")]}")
                if depth == 0 and token.text == ")":
                    return self.tokens[position + 1].kind == "end"
        return False

    def expect_end(self) -> None:
        if self.token.kind != "end":
            raise self.unexpected("la fin de l’expression", "the end of the expression")

    # expressions, low precedence first

    def expression(self) -> nodes.Node:
        self.enter()
        node = self.construct() or self.disjunction()
        self.leave()
        return node

    def disjunction(self) -> nodes.Node:
        return self.logic("or")

    def logic(self, operator: str) -> nodes.Node:
        at = self.token.at
        first = self.logic("and") if operator == "or" else self.relation()
        operands = [first]
        while self.word(operator):
            operands.append(self.logic("and") if operator == "or" else self.relation())
        return first if len(operands) == 1 else nodes.Logic(at, operator, tuple(operands))

    def relation(self) -> nodes.Node:
        at = self.token.at
        first = self.sum()
        rest: list[nodes.Comparator | nodes.Between | nodes.In | nodes.InstanceOf] = []
        while True:
            token = self.token
            if token.kind == "symbol" and token.text in COMPARATORS:
                rest.append(self.comparator())
            elif self.word("between"):
                low = self.sum()
                self.need_word("and")
                rest.append(nodes.Between(token.at, low, self.sum()))
            elif self.word("in"):
                rest.append(nodes.In(token.at, self.in_tests()))
            elif self.word("instance"):
                self.need_word("of")
                rest.append(nodes.InstanceOf(token.at, self.type()))
            else:
                return nodes.Relation(at, first, tuple(rest)) if rest else first

    def comparator(self) -> nodes.Comparator:
        token = self.advance()
        return nodes.Comparator(token.at, token.text, self.sum())

    def sum(self, first: nodes.Node | None = None) -> nodes.Node:
        return self.arithmetic(0, first)

    def arithmetic(self, level: int, first: nodes.Node | None = None) -> nodes.Node:
        """`first` is a left side that was read already, inside brackets."""
        if level == len(LEVELS):
            return first if first is not None else self.signed()
        at = self.token.at if first is None else first.at
        left = self.arithmetic(level + 1, first)
        rest: list[tuple[str, int, nodes.Node]] = []
        while self.token.kind == "symbol" and self.token.text in LEVELS[level]:
            operator = self.advance()
            rest.append((operator.text, operator.at, self.arithmetic(level + 1)))
        return nodes.Arithmetic(at, left, tuple(rest)) if rest else left

    def signed(self) -> nodes.Node:
        if not self.is_symbol("-"):
            return self.postfix()
        self.enter()
        at = self.advance().at
        operand = self.signed()
        self.leave()
        if isinstance(operand, nodes.Literal) and self.tokens[self.index - 1].kind == "number":
            return nodes.Literal(at, -operand.value)
        return nodes.Negation(at, operand)

    # tests: after ``in``, and in the cells of decision tables

    def tests(self) -> tuple[nodes.Node, ...]:
        found = [self.test()]
        while self.symbol(","):
            found.append(self.test())
        return tuple(found)

    def test(self) -> nodes.Node:
        if self.token.kind == "symbol" and self.token.text in COMPARATORS:
            return self.comparator()
        return self.expression()

    def in_tests(self) -> tuple[nodes.Node, ...]:
        """One test, or several in brackets; ``(1..3)`` and ``(a) + 1`` are single tests that start so too."""
        if not self.is_symbol("("):
            if self.token.kind == "symbol" and self.token.text in COMPARATORS:
                return (self.comparator(),)
            return (self.sum(),)
        opening = self.advance()
        first = self.test()
        if self.is_symbol(".."):
            return (self.sum(self.postfix(self.range_after(first, opening))),)
        found = [first]
        while self.symbol(","):
            found.append(self.test())
        self.need(")")
        if len(found) > 1 or isinstance(first, nodes.Comparator):
            return tuple(found)
        return (self.sum(self.postfix(first)),)
