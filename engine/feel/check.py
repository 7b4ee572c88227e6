"""What can be said of a text before it runs: for the person who uploads it, not for the project that meets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import localcontext
from difflib import get_close_matches
from typing import Literal

from .builtins import BUILTINS
from .decimal34 import CONTEXT
from .errors import FeelError, FeelSyntaxError, Message
from .expression import compile, parsed
from .kinds import Kinds
from .names import names_read
from .slips import slip_in
from .values import in_english, in_french

Rule = Literal["syntax", "unknown-name", "unknown-function", "arguments", "kinds"]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that cannot be right, where, and what to do: the same forms as those of an error."""

    rule: Rule
    error: FeelError

    @property
    def message(self) -> Message:
        return self.error.message

    @property
    def line(self) -> int:
        return self.error.line

    @property
    def column(self) -> int:
        return self.error.column

    def text(self, language: Literal["fr", "en"] = "fr") -> str:
        """Place, sentence, excerpt with a caret."""
        return self.error.text(language)


def check(
    text: str,
    known: Iterable[str] | Mapping[str, str] | None = None,
    *,
    unary: bool = False,
    wanted: str = "",
    kinds: Mapping[str, str] | None = None,
    names: Iterable[str] = (),
) -> tuple[Complaint, ...]:
    """What is certainly wrong, in the order of the text; empty when nothing is.

    `known`: the variables that will be there, with their kinds ("number", "string"… as `instance of` names them, ""
    where unknown) when it is a mapping; None: any variable may be. A name read only in a filter may be an entry of the
    items and is never refused. `wanted`: the kind that the value must have, "boolean" for a condition. `kinds`: of
    variables, all known or not. `names`: as for `compile`, beside those known.
    """
    given = frozenset(known or ())
    names = given | frozenset(names)
    try:
        compile(text, unary=unary, names=names)
        with localcontext(CONTEXT):
            node = parsed(text, unary, names)
    except FeelSyntaxError as refused:
        return (Complaint("syntax", refused),)
    found: list[tuple[Rule, int, Message]] = []
    reading = names_read(node)
    if known is not None:
        unknown = [name for name in reading.outside if name not in given and name not in BUILTINS and name != "?"]
        found += [("unknown-name", reading.outside[name], unknown_name(name, given)) for name in unknown]
    for name, place in reading.functions.items():
        if name not in BUILTINS and name not in names:
            found.append(("unknown-function", place, unknown_function(name)))
    walk = Kinds({**(known if isinstance(known, Mapping) else {}), **(kinds or {})})
    result = walk.of(node)
    found += walk.found
    if wanted and not unary and result not in ("", "null", wanted):
        found.append(("kinds", node.at, not_wanted(wanted, result)))
    in_order = sorted(dict.fromkeys(found), key=lambda each: each[1])
    return tuple(Complaint(rule, FeelError(message, text, place)) for rule, place, message in in_order)


def unknown_name(name: str, known: Iterable[str]) -> Message:
    slip = slip_in(name)
    if slip is not None:
        return slip
    near = get_close_matches(name, known, 1)
    if near:
        return Message(
            f"Aucune variable « {name} » n’est connue ici. Vouliez-vous écrire « {near[0]} » ?",
            f"No variable '{name}' is known here. Did you mean '{near[0]}'?",
        )
    return Message(
        f"Aucune variable « {name} » n’est connue ici. Corrigez le nom, ou demandez cette valeur avant.",
        f"No variable '{name}' is known here. Correct the name, or ask for this value before.",
    )


def unknown_function(name: str) -> Message:
    near = get_close_matches(name.lower(), BUILTINS, 1)
    if near:
        return Message(
            f"Aucune fonction « {name} » n’existe. Vouliez-vous écrire « {near[0]} » ?",
            f"No function '{name}' exists. Did you mean '{near[0]}'?",
        )
    return Message(
        f"Aucune fonction « {name} » n’existe. Corrigez son nom.", f"No function '{name}' exists. Correct its name."
    )


def not_wanted(wanted: str, found: str) -> Message:
    return Message(
        f"Attendu : {in_french(wanted)}. L’expression donne {in_french(found)}. Corrigez-la.",
        f"Expected {in_english(wanted)}, the expression gives {in_english(found)}. Correct it.",
    )
