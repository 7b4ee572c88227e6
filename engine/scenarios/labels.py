"""What is said by label: a question, a column, a line of a checklist."""

from __future__ import annotations

from collections.abc import Mapping

from engine.document import Named, Said
from engine.errors import AnswerUnclear
from engine.scenarios import keywords
from engine.scenarios.keywords import bare
from engine.words import Text


def by_label(known: Mapping[str, Text], said: Named) -> dict[str, Said]:
    """What is said, by key. Raises `AnswerUnclear` for what nothing is called, or several are."""
    found: dict[str, Said] = {}
    for label, value in said.items.items():
        key = labelled(label, known)
        if key in found:
            raise AnswerUnclear(label=label, why=Text("elle est dite deux fois", "it is said twice"))
        found[key] = value
    return found


def labelled(label: str, known: Mapping[str, Text]) -> str:
    """The key of what is labelled so: by its whole label, or without what that has in brackets, or by the key."""
    for shortened in (bare, _without_brackets):
        found = [key for key, text in known.items() if shortened(label) in (shortened(text.fr), shortened(text.en))]
        if len(found) == 1:
            return found[0]
        if found:
            break
    if label in known:
        return label
    why = Text("le formulaire demande : {known}", "the form asks: {known}")
    raise AnswerUnclear(label=label, why=why.format(known=keywords.listing(known.values())))


def _without_brackets(label: str) -> str:
    return bare(label.partition("(")[0].partition("–")[0]).rstrip(" ?:.")
