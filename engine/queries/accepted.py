"""The warnings that were accepted as a release was published, from history."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from engine.queries.view import View
from engine.store.tables import EventRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """A warning of the review, as it read when it was accepted."""

    rule: str
    element: str  #: id in the diagram
    file: str
    line: int
    message: Text


def accepted_of(view: View, digest: str) -> tuple[AcceptedLine, ...]:
    """Of the release with this digest, in the order of its files; empty where nothing had to be accepted."""
    said = select(EventRow.facts).where(
        EventRow.stream == 0, EventRow.kind == "method_published", EventRow.facts.contains(f'"digest":"{digest}"')
    )
    found = view.session.execute(said).scalars().first()
    told = json.loads(found).get("accepted", []) if found else []
    return tuple(AcceptedLine(**{**each, "message": Text(**each["message"])}) for each in told)
