"""A name or a sentence in both languages.

French is what the method owner wrote first and is never empty; English falls back to French only where the
owner left it out, which `review` reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in French and in English."""

    fr: str
    en: str = ""

    def read(self, language: str) -> str:
        """The words in `language` (`"fr"` or `"en"`); French where English is missing."""
        return (self.en or self.fr) if language == "en" else self.fr

    def format(self, **facts: Any) -> Text:
        """Both languages with `facts` put in; a fact that is itself a `Text` is read in each language."""
        return Text(
            self.fr.format(**{key: spoken(value, "fr") for key, value in facts.items()}),
            (self.en or self.fr).format(**{key: spoken(value, "en") for key, value in facts.items()}),
        )

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)


def megabytes(count: int, places: int = 0) -> Text:
    """A size in millions of bytes: « 3,1 Mo »."""
    figure = f"{count / 1e6:.{places}f}"
    return Text(f"{figure.replace('.', ',')} Mo", f"{figure} MB")


def spoken(value: Any, language: str) -> Any:
    """`value` as it is said in `language`: a `Text` read, a list joined with commas, anything else as it is."""
    if isinstance(value, Text):
        return value.read(language)
    if isinstance(value, list | tuple):
        return ", ".join(str(spoken(each, language)) for each in value)
    return value
