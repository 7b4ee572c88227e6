"""What a rule of the review is: how grave it is, how it reads, and its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.words import Text

#: an error refuses the publication; a warning must be acknowledged by who publishes; a note is for information
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    severity: Severity
    sentence: Text  #: what is wrong; facts in braces
    remedy: Text
    elsewhere: Severity | None = None  #: in a diagram that is no method, where BPMN allows what a method may not do

    causes: tuple[tuple[str, Text], ...] = ()  #: (a cause that has a remedy of its own, that remedy)

    def remedy_of(self, cause: str) -> Text:
        """`cause`: empty where it is none of `causes`."""
        return dict(self.causes).get(cause, self.remedy)

    def gravity(self, method: bool) -> Severity:
        return self.severity if method or self.elsewhere is None else self.elsewhere


def error(fr: str, en: str, do_fr: str, do_en: str, elsewhere: Severity | None = None, **causes: Text) -> Rule:
    return Rule("error", Text(fr, en), Text(do_fr, do_en), elsewhere, tuple(causes.items()))


def warning(fr: str, en: str, do_fr: str, do_en: str) -> Rule:
    return Rule("warning", Text(fr, en), Text(do_fr, do_en))


def note(fr: str, en: str, do_fr: str, do_en: str) -> Rule:
    return Rule("note", Text(fr, en), Text(do_fr, do_en))
