"""The parser's place among the tokens: looking, advancing, reading names, saying what was expected."""

from __future__ import annotations

from collections.abc import Iterable

from .budget import MAX_CHARACTERS, MAX_DEPTH
from .errors import FeelSyntaxError, Message
from .lexer import Token, tokens
from .slips import slip_at
from .vocabulary import KEYWORDS, Index, Vocabulary, adjacent_words

NAME_SIGNS = frozenset("./-'’+*")


class Cursor:
    """One text, its tokens, and how far it was read."""

    def __init__(self, source: str, builtins: Index, names: Iterable[str]) -> None:
        self.source = source
        if len(source) > MAX_CHARACTERS:
            raise FeelSyntaxError(
                Message(
                    f"Une expression a au plus {MAX_CHARACTERS} caractères, celle-ci en a {len(source)}. "
                    "Coupez-la en plusieurs.",
                    f"An expression has at most {MAX_CHARACTERS} characters, this one has {len(source)}. Split it.",
                ),
                source,
                MAX_CHARACTERS,
                over_budget=True,
            )
        self.tokens = tokens(source)
        self.index = 0
        self.depth = 0
        self.vocabulary = Vocabulary(builtins, names)

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def advance(self) -> Token:
        token = self.tokens[self.index]
        self.index += 1
        return token

    def is_symbol(self, text: str) -> bool:
        token = self.tokens[self.index]
        return token.kind == "symbol" and token.text == text

    def symbol(self, text: str) -> bool:
        if self.is_symbol(text):
            self.index += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.symbol(text):
            raise self.unexpected(f"« {text} »", f"'{text}'")

    def word(self, text: str) -> bool:
        if self.token.kind == "word" and self.token.text == text:
            self.index += 1
            return True
        return False

    def need_word(self, text: str) -> None:
        if not self.word(text):
            raise self.unexpected(f"« {text} »", f"'{text}'")

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(
                f"Une expression s’imbrique sur au plus {MAX_DEPTH} niveaux. Coupez-la en plusieurs.",
                f"An expression nests at most {MAX_DEPTH} levels deep. Split it.",
                over_budget=True,
            )

    def leave(self) -> None:
        self.depth -= 1

    # names

    def declared(self) -> str:
        """A name that the text introduces: words and signs up to what follows a declaration."""
        start = self.index
        if self.token.kind != "word" or self.token.text in KEYWORDS - {"not"}:
            raise self.unexpected("un nom", "a name")
        self.index += 1
        while True:
            token = self.token
            word = token.kind in ("word", "number") and token.text != "in"
            if not word and not (token.kind == "symbol" and token.text in NAME_SIGNS):
                break
            self.index += 1
        name = self.spelled(start, self.index)
        self.vocabulary.declare(name)
        return name

    def spelled(self, start: int, end: int) -> str:
        """The name over those tokens, with single spaces where the text has any."""
        parts = [self.tokens[start].text]
        for before, token in zip(self.tokens[start:end], self.tokens[start + 1 : end], strict=False):
            parts.append((" " if token.at > before.at + len(before.text) else "") + token.text)
        return "".join(parts)

    def known_name(self) -> tuple[str, int] | None:
        return self.vocabulary.longest(self.tokens, self.index)

    def name(self, after_dot: bool = False) -> str:
        token = self.token
        known = self.known_name()
        if token.kind != "word" or (known is None and token.text in KEYWORDS - {"not"} and not after_dot):
            raise self.unexpected("un nom", "a name")
        count = adjacent_words(self.tokens, self.index)
        if known is not None and known[1] >= count:
            self.index += known[1]
            return known[0]
        words = self.tokens[self.index : self.index + count]
        self.index += count
        return " ".join(word.text for word in words)

    # refusals

    def error(self, french: str, english: str, over_budget: bool = False) -> FeelSyntaxError:
        return FeelSyntaxError(Message(french, english), self.source, self.token.at, over_budget)

    def unexpected(self, french: str, english: str) -> FeelSyntaxError:
        slip = slip_at(self.source, self.token.at)
        if slip is not None:
            return self.error(*slip)
        text = self.token.text[:30]
        found_fr = f"« {text} »" if text else "la fin de l’expression"
        found_en = f"'{text}'" if text else "the end of the expression"
        return self.error(
            f"Attendu : {french}. Trouvé : {found_fr}. Corrigez l’expression ici.",
            f"Expected {english}, found {found_en}. Correct the expression here.",
        )
