"""Say until when services whose tailoring stays on a release start projects on it; or that from now on none does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.errors import NotAllowed, NotFound
from engine.people import METHOD_OWNER, WHO
from engine.store.act import Act
from engine.store.overlays import support
from engine.store.releases import last_of, released
from engine.words import Text


@dataclass(frozen=True, slots=True)
class SupportRelease:
    """Say until when services whose tailoring stays on a release start projects on it, with it."""

    method: str
    version: str  #: one before the last
    until: date | None = None  #: the last day; None: from now on none does


def handle(act: Act, command: SupportRelease) -> None:
    if act.actor.id and not act.actor.holds(METHOD_OWNER):
        verb = Text("dire jusqu’à quand une version sert", "say until when a release serves")
        raise NotAllowed(verb=verb, who=WHO["publish"])
    row = released(act.session, command.method, command.version, lock=True)
    last = last_of(act.session, command.method)
    if row is None or last is None or row.id == last.id:
        raise NotFound
    support(act, row, command.until)
    if command.until is not None:
        act.record("release_supported", method=row.method, version=row.version, until=command.until.isoformat())
    else:
        act.record("release_unsupported", method=row.method, version=row.version)
