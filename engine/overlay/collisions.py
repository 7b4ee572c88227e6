"""Operations that speak of the same thing: only one of them can be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.overlay.operations import Hide, Operation
from engine.overlay.rules import COLLIDE, Refusal
from engine.words import Text


def collisions(overlay: Iterable[Operation], choices: Iterable[Operation], owner: Text) -> list[Refusal]:
    """Inside the overlay, and inside the choices; a choice may go further than the overlay does."""
    return [*_inside(tuple(overlay), owner), *_inside(tuple(choices), owner)]


def _inside(operations: tuple[Operation, ...], owner: Text) -> Iterator[Refusal]:
    claimed: dict[str, int] = {}
    hidden: dict[str, int] = {}
    for number, each in enumerate(operations, 1):
        if isinstance(each, Hide):
            hidden.setdefault(each.element, number)
    for number, each in enumerate(operations, 1):
        other = claimed.setdefault(each.claim, number)
        over = hidden.get(each.target, number)
        if other != number or over != number:
            why = CLAIMED if other != number else HIDDEN
            before = other if other != number else over
            yield Refusal(number, each.target, COLLIDE, why.format(other=before, element=each.target), owner)


CLAIMED = Text(
    "l’opération {other} le règle déjà : retirez l’une des deux.", "operation {other} settles it already: remove one."
)
HIDDEN = Text(
    "l’opération {other} masque « {element} » : retirez l’une des deux.",
    "operation {other} hides “{element}”: remove one.",
)
