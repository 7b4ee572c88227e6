"""Text to tokens. White space and comments go; the place of each token stays."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .errors import FeelSyntaxError, Message, Refusal
from .iso import read_temporal
from .values import Value

# DMN 1.5, 10.3.1.2, rules 26 to 28: a name starts with a letter, "?" or "_"; digits and marks may follow.
START = (
    r"A-Za-z?_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u180d\u180f-\u1fff"
    r"\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
    r"\U00010000-\U000effff"
)
SPACE = r"\s\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
TOKEN = re.compile(
    rf"""
    (?P<space>[{SPACE}]+|//[^\n]*|/\*.*?\*/)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<word>[{START}][{START}0-9\u00b7\u0300-\u036f\u203f-\u2040]*)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<temporal>@"[^"]*")
  | (?P<symbol>\*\*|\.\.|<=|>=|!=|->|.)
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class Token(NamedTuple):
    kind: str  #: "number", "word", "string", "temporal", "symbol" or "end"
    text: str
    at: int
    value: Value = None  #: of a string or a temporal literal


def tokens(source: str) -> list[Token]:
    """The tokens and an end; a string or ``@`` literal that cannot be read is refused here."""
    found: list[Token] = []
    position = 0
    while position < len(source):
        match = TOKEN.match(source, position)
        assert match is not None  # "symbol" takes any character
        kind, text = str(match.lastgroup), match[0]
        if kind == "string":
            found.append(Token(kind, text, position, unescaped(text[1:-1], source, position)))
        elif kind == "temporal":
            found.append(Token(kind, text, position, temporal(text[2:-1], source, position)))
        elif text == '"' or (source.startswith("/*", position) and kind == "symbol"):
            raise unclosed(source, position)
        elif kind != "space":
            found.append(Token(kind, text, position))
        position = match.end()
    found.append(Token("end", "", len(source)))
    return found


@lru_cache(2048)
def name_parts(name: str) -> tuple[str, ...]:
    """The tokens of a name, as the text of an expression would show them; empty for no name at all."""
    return tuple(match[0] for match in TOKEN.finditer(name) if match.lastgroup != "space")


def unescaped(text: str, source: str, position: int) -> str:
    if "\\" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        short, long, other = match.groups()
        if other is not None:
            return ESCAPES.get(other, "\\" + other)  # an unknown escape stays: patterns hold many
        code = int(short or long, 16)
        if code > 0x10FFFF:
            raise broken_escape(match[0], source, position)
        return chr(code)

    whole = ESCAPE.sub(character, text)
    try:  # two halves of a character above U+FFFF make one
        return whole.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeError:
        raise broken_escape(text, source, position) from None


def temporal(text: str, source: str, position: int) -> Value:
    try:
        return read_temporal(text)
    except Refusal as refusal:
        raise FeelSyntaxError(refusal.message, source, position) from None


def unclosed(source: str, position: int) -> FeelSyntaxError:
    return FeelSyntaxError(
        Message(
            'Ce texte ou ce commentaire commence ici et ne se termine pas. Fermez-le (« " » ou « */ »).',
            "This string or comment starts here and does not end. Close it ('\"' or '*/').",
        ),
        source,
        position,
    )


def broken_escape(text: str, source: str, position: int) -> FeelSyntaxError:
    shown = text[:20]
    return FeelSyntaxError(
        Message(
            f"« {shown} » n’est pas un caractère Unicode. Corrigez le code après la barre oblique.",
            f"'{shown}' is not a Unicode character. Correct the code after the backslash.",
        ),
        source,
        position,
    )
