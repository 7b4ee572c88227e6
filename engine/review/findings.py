"""What a review hands back: findings, and a verdict for each process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from engine.method import Method, Place
from engine.rules import Severity
from engine.words import Text

Verdict = Literal["runs", "refused"]


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str  #: docs/reference/rules.md
    severity: Severity
    place: Place
    message: Text
    remedy: Text
    name: Text = Text("")  #: of the element
    way: tuple[str, ...] = ()  #: ids of the elements and flows of a course that leads there, in order; mostly empty

    @property
    def key(self) -> str:
        """`rule:element`, as it is acknowledged."""
        return f"{self.rule}:{self.place.element}"


@dataclass(frozen=True, slots=True)
class Process:
    """One process of a file. `executable`: it is drawn to be run, not only to tell who takes part."""

    id: str
    file: str
    executable: bool
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        return "refused" if any(each.severity == "error" for each in self.findings) else "runs"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The method that the files draw (None where they draw none), and all that was found, in the order of the files."""

    method: Method | None
    processes: tuple[Process, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == "error")

    @property
    def refused(self) -> bool:
        """Is there an error in what is meant to run?"""
        aside = {each for process in self.processes if not process.executable for each in process.findings}
        return any(each not in aside for each in self.errors)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == "warning")

    def to_acknowledge(self, acknowledged: Iterable[str]) -> tuple[Finding, ...]:
        """The warnings that `acknowledged` (`rule:element`, or `rule` for all of a rule) leaves out."""
        known = set(acknowledged)
        return tuple(each for each in self.warnings if each.rule not in known and each.key not in known)


#: how grave, in words
SEVERITIES: dict[Severity, Text] = {
    "error": Text("erreur", "error"), "warning": Text("remarque", "warning"), "note": Text("note", "note"),
}  # fmt: skip
_LINE = Text(
    "{where} {element} — {severity} ({rule}) : {message} {remedy}",
    "{where} {element} — {severity} ({rule}): {message} {remedy}",
)


def in_words(findings: Iterable[Finding], language: str) -> str:
    """One line a finding: file, line, column, element, how grave, by which rule, what, remedy."""
    return "\n".join(_in_words(each).read(language) for each in findings)


def _in_words(finding: Finding) -> Text:
    place = finding.place
    return _LINE.format(
        where=f"{place.file}:{place.line}:{place.column}", element=place.element,
        severity=SEVERITIES[finding.severity], rule=finding.rule, message=finding.message, remedy=finding.remedy,
    )  # fmt: skip


def plain(finding: Finding) -> dict[str, Any]:
    """For a machine."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "element": finding.place.element,
        "name": finding.name.fr,
        "name_en": finding.name.en,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": {"fr": finding.message.fr, "en": finding.message.read("en")},
        "remedy": {"fr": finding.remedy.fr, "en": finding.remedy.read("en")},
        "way": list(finding.way),
    }


def restored(said: dict[str, Any]) -> Finding:
    """The inverse of `plain`."""
    return Finding(
        rule=said["rule"],
        severity=said["severity"],
        place=Place(said["file"], said["line"], said["element"], said["column"]),
        message=Text(**said["message"]),
        remedy=Text(**said["remedy"]),
        name=Text(said["name"], said["name_en"]),
        way=tuple(said["way"]),
    )
