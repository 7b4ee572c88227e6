"""Which of the flows out of an element are taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import Incident
from engine.execution.expressions import holds
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """A flow out of a decision. `condition` is FEEL; without one it is taken always, or when nothing else is."""

    flow: str
    name: str
    condition: str
    default: bool
    target: str


def first_that_holds(spec: Any, data: Mapping[str, Any]) -> list[Choice]:
    _not_by_hand(spec)
    for each in spec.choices:
        if not each.default and (not each.condition or holds(each.condition, data)):
            return [each]
    return _default(spec)


def all_that_hold(spec: Any, data: Mapping[str, Any]) -> list[Choice]:
    _not_by_hand(spec)
    found = [
        each for each in spec.choices if not each.default and (not each.condition or holds(each.condition, data))
    ]  # fmt: skip
    return found or _default(spec)


def _not_by_hand(spec: Any) -> None:
    if spec.kind == "decision":
        ways = ", ".join(each.name or each.flow for each in spec.choices)
        name = spec.bpmn_name or spec.bpmn_id
        raise Incident(why=Text(f"il faut dire par où sort « {name} » : {ways}.",
                                f"it must be said which way “{name}” goes: {ways}."))  # fmt: skip


def _default(spec: Any) -> list[Choice]:
    found = [each for each in spec.choices if each.default]
    if not found:
        name = spec.bpmn_name or spec.bpmn_id
        raise Incident(why=Text(f"aucune condition de « {name} » n’est remplie, et aucun flux par défaut n’y est.",
                                f"no condition of “{name}” holds, and it has no default flow."))  # fmt: skip
    return found


def asked_for(choices: Iterable[Choice], names: list[str], most: int) -> list[Choice]:
    """Those of `choices` that `names` names by id or name, which are then used up."""
    found = [each for each in choices if each.flow in names or each.name in names][:most]
    for each in found:
        names.remove(each.flow if each.flow in names else each.name)
    return found
