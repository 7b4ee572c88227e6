"""What is around a form when it is filled in: what the project and the organisation would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.method import Field, Item, Option
from engine.scenarios.keywords import bare


@dataclass
class Around:
    today: date
    choices: Callable[[Field], tuple[Option, ...] | None]  #: None: the organisation's, which a scenario does not have
    items: Callable[[Field], tuple[Item, ...]]
    given: Callable[[Field], Any]  #: what the project knows already; None where it does not
    people: dict[str, int] = field(default_factory=dict)  #: number of each person named so far

    def person(self, name: str) -> int:
        return self.people.setdefault(bare(name), len(self.people) + 1)
