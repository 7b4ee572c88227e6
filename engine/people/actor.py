"""Somebody who acts: what they hold, and whom they stand in for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.errors import SignInNeeded
from engine.mandates import Stood, stood
from engine.words import Text

#: the actor that is Jalon itself: the command line on the machine, and jobs
SYSTEM = 0
METHOD_OWNER = "RM"  #: publishes methods, where held in the root service
ADMINISTRATOR = "ADM"  #: manages people, where held in a service
#: roles of Jalon itself, which a method may name its own way
OWN_ROLES = {
    METHOD_OWNER: Text("Responsable de méthode", "Method owner"),
    ADMINISTRATOR: Text("Administrateur", "Administrator"),
}


@dataclass(frozen=True)
class Actor:
    id: int
    name: str
    language: str
    guest: bool
    seats: frozenset[str]  #: every place where they hold a role
    projects: frozenset[int] = field(default_factory=frozenset)  #: where they hold a role
    services: frozenset[int] = field(default_factory=frozenset)  #: where they hold a role
    service: int | None = None  #: where they work
    stood: tuple[Stood, ...] = ()  #: whom they stand in for

    def holds(self, role: str) -> bool:
        return any(seat.partition(":")[2] == role for seat in self.seats)

    def holds_in(self, project: int, role: str) -> bool:
        return f"p{project}:{role}" in self.seats

    def on_behalf(self, of: Iterable[int | None], project: int, role: str) -> int | None:
        """The one among `of` as whom the actor may act: themselves, else somebody whose mandate they have."""
        able = set(of)
        if self.id in able:
            return self.id
        return next((each.actor for each in self.stood if each.actor in able and each.covers(project, role)), None)


def seat_of(scope: str, scope_id: int, role: str) -> str:
    return f"{scope[0]}{scope_id}:{role}"


def actor_of(id: int, rows: Sequence[Any]) -> Actor:
    """Of the rows about them: their own, and those of whom they stand in for; other people's do not count."""
    own = [row for row in rows if row[0] == 1]
    if not own or not own[0].active:
        raise SignInNeeded
    held = [(row[2], row[3], row[1]) for row in rows if row[1] and row[0] != 2 and row[4] == id]
    first = own[0]
    return Actor(
        id=id,
        name=first.name,
        language=first.language,
        guest=first.kind == "guest",
        seats=frozenset(seat_of(*each) for each in held),
        projects=frozenset(place for scope, place, _ in held if scope == "project"),
        services=frozenset(place for scope, place, _ in held if scope == "service"),
        service=first.service_id,
        stood=stood([row for row in rows if row[0] == 2]),
    )
