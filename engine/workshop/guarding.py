"""What the review refuses is not written by the outline."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import DiagramRefused, OutlineRefused, TooLarge
from engine.review.reading import review_apart
from engine.words import Text

UNSOUND = Text(
    "La relecture refuserait ce changement, et rien n’est enregistré : {message} {remedy}",
    "The review would refuse this change, and nothing is saved: {message} {remedy}",
)


def must_stay_sound(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Raises `OutlineRefused` for the first error that was not there before, and what `review_apart` raises."""
    errors = review_apart(after, as_method=True).errors
    if not errors:
        return
    try:
        known = {(each.rule, each.place.element) for each in review_apart(before, as_method=True).errors}
    except (DiagramRefused, TooLarge):  # nothing can be worse than what cannot be read
        return
    new = next((each for each in errors if (each.rule, each.place.element) not in known), None)
    if new is not None:
        raise OutlineRefused(why=UNSOUND.format(message=new.message, remedy=new.remedy))
