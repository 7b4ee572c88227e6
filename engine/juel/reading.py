"""JUEL (EL 2.2) and the JavaScript of conditions: one grammar, but for a few signs and the roots of paths."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.juel.tree import Binary, Call, Choice, Empty, Literal, Minus, Not, Number, Path, Tree, Unsure

TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d+\.\d+|\d+|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])
    |(?P<word>[^\W\d]\w*)
    |(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<sign>===|!==|==|!=|<=|>=|&&|\|\||[-+*/%!<>()?:.,\[\]]))""",
    re.VERBOSE | re.DOTALL,
)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
DEEPEST = 40


LEVELS = tuple(map(frozenset, (["or"], ["and"], ["=", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"])))


@dataclass(frozen=True)
class Language:
    signs: dict[str, str]  #: sign or word -> FEEL's sign
    javascript: bool


_SHARED = {"&&": "and", "||": "or", "==": "=", "!=": "!=", **{sign: sign for sign in ("<", "<=", ">", ">=", *"+-*/%")}}
JUEL = Language(
    {
        **_SHARED,
        **{"and": "and", "or": "or", "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="},
        **{"div": "/", "mod": "%"},
    },
    javascript=False,
)
JAVASCRIPT = Language({**_SHARED, "===": "=", "!==": "!="}, javascript=True)

#: methods that are known to be safe: how many arguments, and the name that `writing` gives them
METHODS = {
    "size": (0, "size"),
    "length": (0, "length"),
    "isEmpty": (0, "is empty"),
    "toLowerCase": (0, "lower case"),
    "toUpperCase": (0, "upper case"),
    "equals": (1, "equals"),
    "contains": (1, "contains"),
    "startsWith": (1, "starts with"),
    "endsWith": (1, "ends with"),
    "get": (1, "get"),
}
VALUES = frozenset(["numberValue", "stringValue", "boolValue", "value"])  # of a JSON node, as Camunda Spin reads it


def read(text: str, language: Language) -> Tree:
    """The tree of a whole expression. Raises `Unsure`."""
    reader = _Reader(text, language)
    tree = reader.choice()
    if reader.text:
        raise Unsure
    return tree


class _Reader:
    def __init__(self, text: str, language: Language) -> None:
        self.language = language
        self.tokens = [*_tokens(text), ("end", "")]
        self.index = 0
        self.depth = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.index][0]

    @property
    def text(self) -> str:
        return self.tokens[self.index][1]

    def take(self) -> str:
        text = self.text
        self.index += 1
        return text

    def skip(self, *texts: str) -> bool:
        if self.kind in ("sign", "word") and self.text in texts:
            self.index += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.skip(text):
            raise Unsure

    def choice(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unsure
        tree = self.binary(0)
        if self.skip("?"):
            yes = self.choice()
            self.need(":")
            tree = Choice(tree, yes, self.choice())
        self.depth -= 1
        return tree

    def binary(self, level: int) -> Tree:
        if level == len(LEVELS):
            return self.unary()
        tree = self.binary(level + 1)
        while (sign := self.sign()) in LEVELS[level]:
            self.index += 1
            tree = Binary(sign, tree, self.binary(level + 1), adds=not self.language.javascript)
        return tree

    def sign(self) -> str:
        return self.language.signs.get(self.text, "") if self.kind in ("sign", "word") else ""

    def unary(self) -> Tree:
        words = () if self.language.javascript else ("not", "empty")
        for sign in ("!", "-", *words):
            if self.skip(sign):
                self.depth += 1
                if self.depth > DEEPEST:
                    raise Unsure
                operand = self.unary()
                self.depth -= 1
                return {"-": Minus, "empty": Empty}.get(sign, Not)(operand)
        return self.followed(self.primary())

    def primary(self) -> Tree:
        kind = self.kind
        if kind == "number":
            return Number(self.take())
        if kind == "string":
            return Literal(_string(self.take()))
        if self.skip("("):
            tree = self.choice()
            self.need(")")
            return tree
        if kind == "word":
            return self.word(self.take())
        raise Unsure

    def word(self, word: str) -> Tree:
        if word in ("true", "false", "null"):
            return Literal({"true": True, "false": False, "null": None}[word])
        return self.rooted(word) if self.language.javascript else self.variable(word)

    def variable(self, word: str) -> Tree:
        if word != "execution":
            return Path((word,))
        self.need(".")
        self.need("getVariable")
        self.need("(")
        name = self.choice()
        self.need(")")
        if not isinstance(name, Literal) or not isinstance(name.value, str):
            raise Unsure
        return Path((name.value,))

    def rooted(self, word: str) -> Tree:
        """bpmn-engine keeps its variables in `environment.variables`; nothing else that it offers is known here."""
        if word == "this":
            self.need(".")
            word = self.take()
        if word == "environment":
            self.need(".")
            word = self.take()
        if word != "variables":
            raise Unsure
        self.need(".")
        if self.kind != "word":
            raise Unsure
        return Path((self.take(),))

    def followed(self, tree: Tree) -> Tree:
        while True:
            if self.skip("."):
                tree = self.member(tree)
            elif self.skip("["):
                key = self.choice()
                self.need("]")
                if not isinstance(key, Literal) or not isinstance(key.value, str):
                    raise Unsure
                tree = _entry(tree, key.value)
            else:
                return tree

    def member(self, tree: Tree) -> Tree:
        if self.kind != "word":
            raise Unsure
        name = self.take()
        if not self.skip("("):
            long = self.language.javascript and name == "length"
            return Call("script length", tree) if long else _entry(tree, name)
        arguments: list[Tree] = []
        while not self.skip(")"):
            if arguments:
                self.need(",")
            arguments.append(self.choice())
        if self.language.javascript:
            raise Unsure
        return _method(tree, name, tuple(arguments))


def _method(tree: Tree, name: str, arguments: tuple[Tree, ...]) -> Tree:
    if name == "prop" and len(arguments) == 1 and isinstance(arguments[0], Literal):
        return _entry(tree, str(arguments[0].value))
    if name in VALUES and not arguments:
        return tree
    count, known = METHODS.get(name, (-1, ""))
    if count != len(arguments):
        raise Unsure
    return Call(known, tree, arguments)


def _entry(tree: Tree, name: str) -> Path:
    if not isinstance(tree, Path):
        raise Unsure
    return Path((*tree.names, name))


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = TOKEN.match(text, place)
        if match is None:
            raise Unsure
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        place = match.end()
    return found


def _string(quoted: str) -> str:
    """Only a quote and a backslash are escaped in JUEL; what JavaScript has more is not translated."""

    def sign(match: re.Match[str]) -> str:
        if match[1] not in "\\'\"":
            raise Unsure
        return match[1]

    return ESCAPED.sub(sign, quoted[1:-1])
