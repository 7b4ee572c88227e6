"""The texts of a DMN file -> FEEL, whatever language the file says they are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine import feel
from engine.dmn.model import Cell, Problem
from engine.dmn.problems import problem
from engine.juel import to_feel
from engine.method import Place
from engine.words import Text

JUEL_BY_DEFAULT = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"  # DMN 1.1, where Camunda 7 reads JUEL but in tests
KINDS = {
    **dict.fromkeys(("number", "integer", "long", "double", "short", "float", "decimal"), "number"),
    **{"string": "string", "boolean": "boolean"},
}


def language_of(written: str) -> str:
    """`feel`, `juel`, `python`… ; "" where nothing is said."""
    name = written.strip().lower()
    return "feel" if "/feel" in name or name == "feel" else name.rsplit("/", 1)[-1]


class Texts:
    """Reads the texts of one file. `problems` fills while it does."""

    def __init__(self, namespace: str, names: Iterable[str]) -> None:
        self.old = namespace == JUEL_BY_DEFAULT
        self.names = frozenset(names)  # of several words, or with signs: nothing else tells them from operations
        self.problems: list[Problem] = []

    def cell(self, text: str, place: Place, language: str, *, unary: bool = False) -> Cell:
        text = text.strip()
        if not text or (unary and text == "-"):
            return Cell(text, place, None)
        said = self._said(text, language_of(language), unary)
        if said is None:
            shown = language_of(language) or "JUEL"
            self.problems.append(problem("decision-language", place, text=text[:80], language=shown))
            return Cell(text, place, None)
        try:
            return Cell(text, place, feel.compile(said, unary=unary, names=self.names))
        except feel.FeelSyntaxError as error:
            why = Text(error.text("fr"), error.text("en"))
            self.problems.append(problem("decision-expression", place, text=text[:80], why=why))
            return Cell(text, place, None)

    def _said(self, text: str, language: str, unary: bool) -> str | None:
        """The text in FEEL; None where it is in another language and has no certain translation."""
        feel_anyway = unary and language in ("python", "juel")  # their cells are compared as FEEL's are
        if language == "feel" or ((not language or feel_anyway) and self._is_feel(text, unary)):
            return text
        if language == "python":
            return to_feel(text, "spiffworkflow")
        if language == "juel" or (not language and (self.old or "${" in text)):
            wrapped = text if text.startswith(("${", "#{")) else f"${{{text}}}"
            return to_feel(wrapped, "camunda") or (None if language or "${" in text else text)
        return text if not language else None

    def _is_feel(self, text: str, unary: bool) -> bool:
        try:
            feel.compile(text, unary=unary, names=self.names)
        except feel.FeelSyntaxError:
            return False
        return True


def checked_kind(type: str, types: Mapping[str, str]) -> str:
    """`number`, `string`, `boolean`, or "" for a type whose values are not checked."""
    for _ in range(10):
        name = type.rsplit(":", 1)[-1]
        if name in KINDS or name not in types:
            return KINDS.get(name, "")
        type = types[name]
    return ""
