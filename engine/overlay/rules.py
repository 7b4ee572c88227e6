"""The rules by which an operation is refused: each with its words, who keeps it, and what a rebase calls its breach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.words import Text

Conflict = Literal["ORPHAN", "LOCK", "WEAKER", "CLASH", "CONTRACT", "ROLE", "CHANGED", "REDUNDANT"]
#: those that have to be resolved; the others are only looked at
BLOCKING: tuple[Conflict, ...] = ("ORPHAN", "LOCK", "WEAKER", "CLASH", "CONTRACT", "ROLE")


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    conflict: Conflict
    text: Text


UNKNOWN = Rule(
    "unknown", "ORPHAN", Text("on n’aménage que ce que la méthode dessine", "only what the method draws is tailored")
)
GRANTED = Rule(
    "granted",
    "LOCK",
    Text("seule se prend une liberté que la méthode accorde", "only a freedom that the method grants is used"),
)
LOCKED = Rule("locked", "LOCK", Text("ce qui est verrouillé ne se retire pas", "what is locked is not taken away"))
WEAKER = Rule(
    "weaker",
    "WEAKER",
    Text("un aménagement ajoute du contrôle, il n’en retire pas", "tailoring adds control, it takes none away"),
)
BOUNDS = Rule("bounds", "WEAKER", Text("une échéance reste dans ses bornes", "a deadline stays within its bounds"))
ONCE = Rule("once", "CLASH", Text("un identifiant ou une clé ne sert qu’une fois", "an id or a key is used once"))
CONTRACT = Rule(
    "contract",
    "CONTRACT",
    Text(
        "une variante donne ce que donnait l’original, et garde ce qui y est verrouillé",
        "a variant gives what the original gave, and keeps what is locked in it",
    ),
)
ROLE = Rule("role", "ROLE", Text("un rôle est un de ceux de la méthode", "a role is one of the method's"))
SEPARATION = Rule(
    "separation",
    "ROLE",
    Text("les tâches qui se contrôlent sont séparées", "duties that control each other are separate"),
)
HOOK = Rule(
    "hook",
    "LOCK",
    Text(
        "une étape s’insère à un point que la méthode déclare", "a step is inserted at a point that the method declares"
    ),
)
EFFECT = Rule(
    "effect",
    "LOCK",
    Text("rien ne s’insère entre une porte et son effet", "nothing is inserted between a gate and its effect"),
)
CYCLE = Rule("cycle", "CONTRACT", Text("une variante ne s’appelle pas elle-même", "a variant does not call itself"))
READABLE = Rule(
    "readable",
    "ORPHAN",
    Text(
        "une condition ne lit que ce que des formulaires répondent avant elle",
        "a condition reads only what forms answer before it",
    ),
)
FORM = Rule("form", "CLASH", Text("ce qui s’ajoute est complet", "what is added is complete"))
COLLIDE = Rule("collide", "CLASH", Text("une même chose ne s’aménage qu’une fois", "the same thing is tailored once"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """An operation that is refused. `number`: its place in the overlay, from 1."""

    number: int
    element: str
    rule: Rule
    why: Text  #: expected, found
    owner: Text
    called: Text = Text("")  #: what the element is called, where its id says nothing to a reader

    @property
    def beside(self) -> Text:
        """Beside the field that asked for it."""
        said = Text("{why} Règle : {rule} ; elle est portée par {owner}.", "{why} Rule: {rule}; it is kept by {owner}.")
        told = said.format(why=self.why, rule=self.rule.text, owner=self.owner)
        return Text(told.fr[:1].upper() + told.fr[1:], told.en[:1].upper() + told.en[1:])

    @property
    def sentence(self) -> Text:
        return Text(
            "Opération {number} ({element}) : {why} Règle : {rule} ; elle est portée par {owner}.",
            "Operation {number} ({element}): {why} Rule: {rule}; it is kept by {owner}.",
        ).format(
            number=self.number, element=self.called or self.element, why=self.why, rule=self.rule.text, owner=self.owner
        )
