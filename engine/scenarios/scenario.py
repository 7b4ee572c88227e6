"""What a scenario is: steps in order, and how it ends. Names are those on the diagram, or ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.document import Named

#: a Monday; scenarios that name no day start on it
FIRST_DAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Step:
    verb: str  #: of `keywords.VERBS`
    names: tuple[str, ...]  #: what it is about
    line: int = 0
    answers: Named | None = None  #: in the reader's words, by label; for `until`, by task and then by label
    variables: Mapping[str, Any] | None = None  #: as the executor takes them: no form is then filled in
    choose: tuple[str, ...] = ()  #: flows to be taken at the next decisions, instead of their conditions
    refused: tuple[str, ...] = ()  #: labels for which the form must be refused
    outcome: str = ""  #: of a gate; for `until`, of those on the way


@dataclass(frozen=True, slots=True)
class End:
    kind: str  #: ended, waiting or error
    name: str = ""  #: the end event, or the error's code; empty: any
    line: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    steps: tuple[Step, ...]
    end: End
    line: int = 0
    on: date = FIRST_DAY
    by: str = ""  #: the message start chosen
    choose: tuple[str, ...] = ()  #: flows to be taken at the first decisions
    start: Named | None = None  #: variables at the start, in the reader's words
    usual: tuple[Named, ...] = ()  #: answers by task and then by label, where a step does not say them; last goes first
    variables: Mapping[str, Any] = field(default_factory=dict)  #: as the executor takes them


@dataclass(frozen=True, slots=True)
class Book:
    """The scenarios of one file."""

    file: str
    scenarios: tuple[Scenario, ...]
    diagrams: tuple[str, ...] = ()  #: paths from the file's folder; empty: every .bpmn beside it
    process: str = ""  #: empty: the method's, or the only one that nothing calls
    dialect: str = ""
