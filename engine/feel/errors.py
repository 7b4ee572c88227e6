"""Everything that the language can refuse, as a tree.

FeelError
├── FeelSyntaxError        the text is not FEEL; found when it is compiled
└── FeelEvaluationError    the text met values it cannot work with; found when it is evaluated

Each says where (line and column from 1, a caret under the place) and what to do, in French and English.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["fr", "en"]
EXCERPT_WIDTH = 72


class Message(NamedTuple):
    """One sentence or more: what was expected, what was found, what to do."""

    fr: str
    en: str


class FeelError(Exception):
    """A refusal of the language. `str()` is the French text."""

    def __init__(self, message: Message, source: str, position: int, over_budget: bool = False) -> None:
        super().__init__(message, source, position, over_budget)
        self.message = message
        self.source = source
        self.position = position  #: offset in `source`, from 0
        self.over_budget = over_budget  #: True when a limit was reached rather than a rule broken
        self.line = source.count("\n", 0, position) + 1
        self.column = position - (source.rfind("\n", 0, position) + 1) + 1

    @property
    def excerpt(self) -> str:
        """The line at fault, cut around the place, and a caret under it."""
        start = self.source.rfind("\n", 0, self.position) + 1
        end = self.source.find("\n", self.position)
        line = self.source[start : len(self.source) if end < 0 else end]
        place = self.position - start
        left = max(0, min(place - EXCERPT_WIDTH // 2, len(line) - EXCERPT_WIDTH))
        shown = line[left : left + EXCERPT_WIDTH].replace("\t", " ").replace("\r", " ")
        return f"{shown}\n{' ' * (place - left)}^"

    def text(self, language: Language = "fr") -> str:
        """The whole message for a person: place, sentence, excerpt."""
        if language == "en":
            return f"Line {self.line}, column {self.column}: {self.message.en}\n{self.excerpt}"
        return f"Ligne {self.line}, colonne {self.column} : {self.message.fr}\n{self.excerpt}"

    def __str__(self) -> str:
        return self.text("fr")


class FeelSyntaxError(FeelError):
    """The text is not an expression of the language, or is over the limits of a text."""


class FeelEvaluationError(FeelError):
    """An incident: the expression could not be given a value that means something."""


class Refusal(Exception):
    """Inside the package only: an error that does not know yet where in the text it is."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class OverBudget(Refusal):
    """A limit was reached: never turned into null."""


def refuse(french: str, english: str) -> Refusal:
    return Refusal(Message(french, english))
