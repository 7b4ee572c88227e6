"""Actors, roles, services; who may do what. One `can` and one `visible`, used by every command and query.

A task waits in a *seat*, the place where its role was found: `p12:CP` (held in project 12) or `s3:RS` (held in
service 3), so that a change of holder applies to it at once.

  actor -> holding (where a role is found) -> seeing, doing
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.lazily import lazily

if TYPE_CHECKING:
    from engine.people.actor import ADMINISTRATOR, METHOD_OWNER, OWN_ROLES, SYSTEM, Actor, seat_of
    from engine.people.doing import VERBS, WHO, Standing, can, roles_to_appoint, steers
    from engine.people.holding import Held, Holder, Seat, load_actor, resolve, resolve_for, resolve_in, seats
    from engine.people.seeing import sees, taking_part, visible
else:
    __getattr__ = lazily(__name__, __file__, globals())

__all__ = [
    "ADMINISTRATOR",
    "METHOD_OWNER",
    "OWN_ROLES",
    "SYSTEM",
    "VERBS",
    "WHO",
    "Actor",
    "Held",
    "Holder",
    "Seat",
    "Standing",
    "can",
    "load_actor",
    "resolve",
    "resolve_for",
    "resolve_in",
    "roles_to_appoint",
    "seat_of",
    "seats",
    "sees",
    "steers",
    "taking_part",
    "visible",
]
