"""Why a diagram cannot be drawn."""

from __future__ import annotations


class DiagramNotDrawn(ValueError):
    """The file cannot be shown as a picture. `fr` and `en` are the sentence that a person reads."""

    def __init__(self, *, fr: str, en: str) -> None:
        super().__init__(fr)
        self.fr = fr
        self.en = en

    def text(self, language: str = "fr") -> str:
        """The sentence in `"fr"` or `"en"`."""
        return self.en if language == "en" else self.fr
