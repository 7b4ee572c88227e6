"""What a project chooses before its method is frozen: operations, as history keeps them; what goes beyond the
tailoring of its department counts once somebody else has signed its deviation.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from engine.method import Method
from engine.overlay import Operation
from engine.overlay import read as read_overlay
from engine.store.statements import Link, ask
from engine.store.tables import EntryRow, EventRow, ProjectRow

_CHOICES = (
    select(EventRow.kind, EventRow.facts, EventRow.actor_id, EventRow.at)
    .where(EventRow.stream == bindparam("project"), EventRow.kind.in_(("choice_made", "choice_dropped")))
    .order_by(EventRow.number)
)


@dataclass(frozen=True, slots=True)
class Chosen:
    number: int  #: of the choice, from 1
    method: str  #: id: it is about steps of this one
    version: str
    words: dict[str, Any]  #: the operation, as its text form
    entry: int | None  #: the deviation that it asks for; none: it stays within the department's tailoring
    state: str  #: of the deviation: open, approved, refused; empty

    @property
    def counts(self) -> bool:
        return self.state in ("", "approved")

    @property
    def operation(self) -> Operation:
        return operation_of(self.words, self.method, self.version)


def operation_of(words: dict[str, Any], method: str, version: str) -> Operation:
    """Read as the text form of an overlay. Raises `OverlayUnreadable`."""
    said = {"overlay": f"{method}@{version}", "service": "-", "operations": [words]}
    return read_overlay(json.dumps(said, ensure_ascii=False).encode(), "choice").operations[0]


def chosen(link: Link, project: ProjectRow, method: Method | None = None) -> list[Chosen]:
    """The choices that stand, in their order; `method`: those that are about it."""
    made: dict[int, dict[str, Any]] = {}
    for kind, facts, *_ in ask(link, _CHOICES, {"project": project.id}):
        said = json.loads(facts)
        if kind == "choice_made":
            made[said["number"]] = said
        else:
            made.pop(said["number"], None)
    states = _states(link, [said["entry"] for said in made.values() if said.get("entry")])
    found = [
        Chosen(number, said["method"], said["version"], said["operation"], said.get("entry"),
               states.get(said.get("entry") or 0, ""))
        for number, said in made.items()
    ]  # fmt: skip
    return [each for each in found if method is None or each.method == method.id]


def last_number(link: Link, project: ProjectRow) -> int:
    rows = ask(link, _CHOICES, {"project": project.id})
    return max((json.loads(facts)["number"] for kind, facts, *_ in rows if kind == "choice_made"), default=0)


def _states(link: Link, entries: Sequence[int]) -> dict[int, str]:
    if not entries:
        return {}
    query = select(EntryRow.id, EntryRow.state).where(EntryRow.id.in_(entries))
    return {id: state for id, state in link.execute(query)}
