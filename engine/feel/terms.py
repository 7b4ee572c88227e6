"""The terms of an expression: literals, names, brackets, constructs that start with a keyword, types."""

from __future__ import annotations

from abc import ABC, abstractmethod

from . import nodes
from .decimal34 import number
from .errors import FeelSyntaxError, Refusal
from .lexer import Token
from .typenames import TypeNames
from .types import Type

COMPARATORS = frozenset(["=", "!=", "<", "<=", ">", ">="])
CONSTANTS = {"true": True, "false": False, "null": None}
CLOSING = frozenset([")", "]", "}", ",", "=", "!=", "<", "<=", ">", ">=", "+", "*", "/", "**", "..", ":"])


class Terms(TypeNames, ABC):
    """The part of the parser that reads terms; `Parser` adds the operators."""

    @abstractmethod
    def expression(self) -> nodes.Node: ...

    @abstractmethod
    def sum(self, first: nodes.Node | None = None) -> nodes.Node: ...

    @abstractmethod
    def comparator(self) -> nodes.Comparator: ...

    # constructs that start with a keyword

    def construct(self) -> nodes.Node | None:
        token = self.token
        if token.kind != "word" or self.known_name() is not None:
            return None
        if token.text == "if":
            return self.conditional()
        if token.text == "for":
            return self.loop()
        if token.text in ("some", "every"):
            return self.quantified()
        return None

    def conditional(self) -> nodes.Node:
        at = self.advance().at
        condition = self.expression()
        self.need_word("then")
        yes = self.expression()
        self.need_word("else")
        return nodes.If(at, condition, yes, self.expression())

    def loop(self) -> nodes.Node:
        at = self.advance().at
        iterators = self.iterators()
        self.need_word("return")
        return nodes.For(at, iterators, self.expression())

    def quantified(self) -> nodes.Node:
        token = self.advance()
        iterators = self.iterators()
        self.need_word("satisfies")
        return nodes.Quantified(token.at, token.text == "some", iterators, self.expression())

    def iterators(self) -> tuple[nodes.Iterator, ...]:
        found = []
        while True:
            at = self.token.at
            name = self.declared()
            self.need_word("in")
            source = self.expression()
            end = self.expression() if self.symbol("..") else None
            found.append(nodes.Iterator(at, name, source, end))
            if not self.symbol(","):
                return tuple(found)

    # a term, then what follows it

    def postfix(self, base: nodes.Node | None = None) -> nodes.Node:
        base = self.primary() if base is None else base
        rest: list[nodes.Path | nodes.Filter | nodes.Call] = []
        while True:
            token = self.token
            if self.symbol("."):
                rest.append(nodes.Path(token.at, self.name(after_dot=True)))
            elif self.is_symbol("[") and not self.closes_range():
                self.advance()
                rest.append(nodes.Filter(token.at, self.expression()))
                self.need("]")
            elif self.symbol("("):
                rest.append(self.call(token.at))
            else:
                return nodes.Postfix(base.at, base, tuple(rest)) if rest else base

    def closes_range(self) -> bool:
        """``[1..10[`` ends with a bracket that opens: nothing that starts a filter follows it."""
        following = self.tokens[self.index + 1]
        if following.kind == "symbol":
            return following.text in CLOSING
        return following.kind == "end" or (
            following.kind == "word" and following.text in ("and", "or", "then", "else", "return", "satisfies")
        )

    def call(self, at: int) -> nodes.Call:
        names: list[str] = []
        arguments: list[nodes.Node] = []
        if self.symbol(")"):
            return nodes.Call(at, (), ())
        by_name = self.names_argument()
        while True:
            if by_name:
                if not self.names_argument():
                    raise self.unexpected("« nom: valeur »", "'name: value'")
                names.append(self.declared_argument())
            arguments.append(self.expression())
            if not self.symbol(","):
                break
        self.need(")")
        if len(set(names)) != len(names):
            raise self.error(
                "Chaque paramètre se nomme une fois. Retirez le double.",
                "Each parameter is named once. Remove the duplicate.",
            )
        return nodes.Call(at, tuple(arguments), tuple(names))

    def names_argument(self) -> bool:
        ahead = self.index
        while self.tokens[ahead].kind == "word":
            ahead += 1
        return ahead > self.index and self.tokens[ahead].text == ":"

    def declared_argument(self) -> str:
        start = self.index
        while not self.is_symbol(":"):
            self.index += 1
        name = " ".join(token.text for token in self.tokens[start : self.index])
        self.need(":")
        return name

    def primary(self) -> nodes.Node:
        token = self.token
        if token.kind == "number":
            return self.number_of(self.advance())
        if token.kind in ("string", "temporal"):
            return nodes.Literal(token.at, self.advance().value)
        if token.kind == "word":
            return self.worded()
        if token.kind == "symbol" and token.text in "[({]":
            return self.enclosed(token.text)
        raise self.unexpected("une valeur", "a value")

    def enclosed(self, opening: str) -> nodes.Node:
        if opening == "[":
            return self.list_or_range()
        if opening == "(":
            return self.bracketed()
        if opening == "{":
            return self.context()
        self.enter()
        token = self.advance()
        node = self.range_after(self.sum(), token)
        self.leave()
        return node

    def worded(self) -> nodes.Node:
        token = self.token
        if self.known_name() is None:
            if token.text in CONSTANTS:
                self.index += 1
                return nodes.Literal(token.at, CONSTANTS[token.text])
            if token.text == "function" and self.tokens[self.index + 1].text == "(":
                return self.function()
            if token.text in ("if", "for", "some", "every"):
                return self.expression()
        return nodes.Name(token.at, self.name())

    # brackets

    def list_or_range(self) -> nodes.Node:
        opening = self.advance()
        if self.symbol("]"):
            return nodes.ListLiteral(opening.at, ())
        items = [self.expression()]
        if self.is_symbol(".."):
            return self.range_after(items[0], opening)
        while self.symbol(","):
            items.append(self.expression())
        self.need("]")
        return nodes.ListLiteral(opening.at, tuple(items))

    def bracketed(self) -> nodes.Node:
        opening = self.advance()
        if self.token.kind == "symbol" and self.token.text in COMPARATORS:
            self.enter()
            node: nodes.Node = self.comparator()
            self.leave()
        else:
            node = self.expression()
            if self.is_symbol(".."):
                return self.range_after(node, opening)
        self.need(")")
        return node

    def range_after(self, start: nodes.Node, opening: Token) -> nodes.Node:
        """From ``..`` to the bracket that closes; a bracket turned outward leaves its end out."""
        self.need("..")
        end = self.sum()
        closing = self.advance()
        if closing.kind != "symbol" or closing.text not in ("]", ")", "["):
            self.index -= 1
            raise self.unexpected("« ] » ou « ) »", "']' or ')'")
        return nodes.RangeLiteral(opening.at, start, end, opening.text == "[", closing.text == "]")

    def context(self) -> nodes.Node:
        opening = self.advance()
        entries: list[tuple[str, nodes.Node]] = []
        if self.symbol("}"):
            return nodes.ContextLiteral(opening.at, ())
        while True:
            key = self.advance().value if self.token.kind == "string" else self.declared()
            if any(key == other for other, _ in entries):
                raise self.error(
                    f"L’entrée « {key} » est écrite deux fois. Renommez-en une.",
                    f"The entry '{key}' is written twice. Rename one of them.",
                )
            self.need(":")
            entries.append((key, self.expression()))
            if self.symbol("}"):
                return nodes.ContextLiteral(opening.at, tuple(entries))
            self.need(",")

    def function(self) -> nodes.Node:
        at = self.advance().at
        self.need("(")
        parameters: list[tuple[str, Type | None]] = []
        while not self.symbol(")"):
            if parameters:
                self.need(",")
            parameters.append((self.declared(), self.type() if self.symbol(":") else None))
        if self.token.text == "external":
            raise self.error(
                "Les fonctions externes ne sont pas admises. Écrivez la fonction en FEEL.",
                "External functions are not allowed. Write the function in FEEL.",
            )
        return nodes.FunctionDefinition(at, tuple(parameters), self.expression())

    def number_of(self, token: Token) -> nodes.Node:
        try:
            return nodes.Literal(token.at, number(token.text))
        except Refusal as refusal:
            raise FeelSyntaxError(refusal.message, self.source, token.at) from None
