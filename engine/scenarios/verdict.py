"""What came of a scenario, said to the one who wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.words import Text

NOTHING = Text("rien", "nothing")


class Failed(Exception):
    """A step that did not go as the scenario says. `incident`: the diagram itself could not go on."""

    def __init__(self, expected: Text, found: Text, incident: bool = False) -> None:
        self.incident = incident
        self.expected, self.found = _on_one_line(expected), _on_one_line(found)
        super().__init__(f"{expected.fr} / {found.fr}")


def _on_one_line(said: Text) -> Text:
    return Text(" ".join(said.fr.split()), " ".join(said.en.split()))


@dataclass(frozen=True, slots=True)
class Verdict:
    """`step` counts from 1, the end of the scenario being one more; None where it passed, or could not begin."""

    id: str
    passed: bool
    step: int | None = None
    line: int = 0  #: of the step in the file; 0 where there is none
    expected: Text = Text("")
    found: Text = Text("")
    message: Text = Text("")

    def in_words(self, language: str) -> str:
        if self.passed:
            return f"✓ {self.id}"
        return f"✗ {self.id}\n    {self.message.read(language)}"

    def as_row(self, language: str) -> dict[str, Any]:
        return {
            "id": self.id, "passed": self.passed, "step": self.step, "expected": self.expected.read(language),
            "found": self.found.read(language), "message": self.message.read(language),
        }  # fmt: skip


def quoted(name: Text | str) -> Text:
    said = name if isinstance(name, Text) else Text(name, name)
    return Text(f"« {said.fr} »", f"“{said.read('en')}”")


def listed(names: list[Text]) -> Text:
    """`« A », « B »`, or nothing."""
    all_ = [quoted(name) for name in names]
    return Text(", ".join(each.fr for each in all_), ", ".join(each.en for each in all_)) if all_ else NOTHING


def failed(id: str, step: int | None, line: int, why: Failed) -> Verdict:
    """`step` None: it could not begin."""
    facts = {"step": step, "line": line, "expected": why.expected, "found": why.found}
    if step is None:
        said = Text("attendu : {expected} ; trouvé : {found}", "expected: {expected}; found: {found}")
    elif line:
        said = Text(
            "étape {step}, ligne {line} : attendu : {expected} ; trouvé : {found}",
            "step {step}, line {line}: expected: {expected}; found: {found}",
        )
    else:
        said = Text(
            "étape {step} : attendu : {expected} ; trouvé : {found}",
            "step {step}: expected: {expected}; found: {found}",
        )
    return Verdict(id, False, step, line, why.expected, why.found, said.format(**facts))
