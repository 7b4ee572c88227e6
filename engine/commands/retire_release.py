"""Take a release out of service: no project starts on it any more, and those that run go on."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import NotAllowed, NotFound, ReasonMissing
from engine.people import METHOD_OWNER, WHO
from engine.store.act import Act
from engine.store.releases import released
from engine.words import Text


@dataclass(frozen=True, slots=True)
class RetireRelease:
    """Take a release out of service; of the last one, the method is not offered until another is published."""

    method: str
    version: str
    reason: str


def handle(act: Act, command: RetireRelease) -> None:
    """Done twice is done once."""
    if act.actor.id and not act.actor.holds(METHOD_OWNER):
        raise NotAllowed(verb=Text("retirer une version", "retire a release"), who=WHO["publish"])
    if not command.reason.strip():
        raise ReasonMissing(verb=Text("retirer une version", "retire a release"))
    row = released(act.session, command.method, command.version, lock=True)
    if row is None:
        raise NotFound
    if row.retired_at is not None:
        return
    row.retired_at, row.supported_until = act.now, None
    act.record("release_retired", method=row.method, version=row.version, reason=command.reason.strip())
