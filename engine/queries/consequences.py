"""What a tailoring comes to for the projects of a service: steps, deadlines, and roles that nobody holds there."""

from __future__ import annotations

from dataclasses import dataclass

from engine.method import Method
from engine.overlay import Woven
from engine.people import resolve_in
from engine.queries.view import View
from engine.words import Text


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A deadline that changes (ISO 8601)."""

    element: str
    name: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Consequences:
    steps_before: int
    steps_after: int
    hidden: tuple[Text, ...]
    added: tuple[Text, ...]
    deadlines: tuple[DeadlineLine, ...]
    missing: tuple[Text, ...]  #: roles of a department that nobody holds in this one, or above


def consequences_of(view: View, service: str, base: Method, woven: Woven | None) -> Consequences | None:
    if woven is None:
        return None
    before, after = base.tasks, woven.method.tasks
    then, now = _dues(base), _dues(woven.method)
    dues = (DeadlineLine(id, base.name_of(id), due, now[id]) for id, due in then.items() if id in now)
    return Consequences(
        steps_before=len(before),
        steps_after=len(after),
        hidden=tuple(each.name for id, each in before.items() if id not in after),
        added=tuple(each.name for id, each in after.items() if id not in before),
        deadlines=tuple(each for each in dues if each.before != each.after),
        missing=_missing(view, service, woven.method),
    )


def _dues(method: Method) -> dict[str, str]:
    tasks, gates = method.tasks.values(), method.gate.values()
    return {each.id: each.due for each in tasks} | {each.id: each.due for each in gates}


def _missing(view: View, service: str, method: Method) -> tuple[Text, ...]:
    asked = {each.role for each in method.tasks.values()}
    for gate in method.gate.values():
        asked |= {gate.chair, *gate.voters}
    roles = [each for each in method.roles if each.id in asked and each.held == "service"]
    held = resolve_in(view.session, [service], [each.id for each in roles])[service] if roles else {}
    return tuple(each.name for each in roles if not held[each.id].holders)
