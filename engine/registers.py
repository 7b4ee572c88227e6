"""What each register asks, as data: its fields, its states and how one leads to another, who sees it and who writes.

An entry is one row of `jalon_entries`. The fields named in `OF_THE_ROW` are its columns; the others are its `facts`.
A state that closes asks for a word: what proves that it is done, or why it is given up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from engine.method import Field, Option
from engine.words import Text

#: organisation: every employee; group: who takes part in the project; steering: its lead and its sponsor, nobody else;
#: method: these and the method owner
Circle = Literal["organisation", "group", "steering", "method"]
#: what closing in a state asks for
Word = Literal["", "proof", "reason"]

#: the fields of every register that are columns of the row, not facts
OF_THE_ROW = ("title", "body", "owner", "service", "due", "theme")

#: `antagonism` from which a resistance is major (docs/explanation/registers.md)
MAJOR = 3
#: `level` of a risk from which every gate shows it
HIGH = 12
STRENGTHS = (
    Text("très faible", "very low"), Text("faible", "low"), Text("fort", "high"), Text("très fort", "very high"),
)  # fmt: skip
#: calendar days within which the author of an idea has an answer
ANSWER_DAYS = 15


@dataclass(frozen=True, slots=True)
class State:
    text: Text
    word: Word = ""
    closed: bool = False
    verb: Text = Text("")  #: what leads to it, as a button says it


@dataclass(frozen=True, slots=True)
class Register:
    id: str
    name: Text
    one: Text  #: one of its entries, without article
    sees: Circle
    fields: tuple[Field, ...]  #: `title` first
    states: Mapping[str, State]  #: the first is that of a new entry
    moves: Mapping[str, tuple[str, ...]]  #: from a state to those that may follow
    level: Callable[[Mapping[str, Any]], int] = lambda facts: 0  #: what sorts it, from its facts
    proposed: bool = False  #: anyone who sees it may propose an entry, which the lead accepts
    fixed: bool = False  #: append-only: what an entry says is never changed
    everywhere: bool = False  #: has entries of no project

    @property
    def first(self) -> str:
        """The state of an entry opened by one who may: never `proposed`."""
        return next(each for each in self.states if each != "proposed")

    @property
    def confidential(self) -> bool:
        return self.sees == "steering"

    def state(self, id: str) -> State:
        return self.states[id]

    def field(self, key: str) -> Field | None:
        return next((each for each in self.fields if each.key == key), None)

    def offers(self, state: str) -> tuple[str, ...]:
        """The states that a person may lead to from `state`; others follow from what happens elsewhere."""
        elsewhere = self.id == "idea" and state == "project"
        return tuple(each for each in self.moves[state] if self.states[each].verb and not elsewhere)

    def form(self, proposes: bool = False) -> tuple[Field, ...]:
        """What is asked; who proposes need not know by whom and by when it is done."""
        if not proposes:
            return self.fields
        return tuple(replace(each, required=False) if each.key in ("owner", "due") else each for each in self.fields)


def _scale(most: int) -> tuple[Option, ...]:
    """From 1: of four, with the words that make two people score alike."""
    words = STRENGTHS if most == len(STRENGTHS) else (Text(""),) * most
    return tuple(
        Option(str(number), Text(f"{number}, {word.fr}", f"{number}, {word.en}") if word else Text(str(number)))
        for number, word in enumerate(words, 1)
    )


def _field(key: str, type: Any, fr: str, en: str, required: bool = False, **more: Any) -> Field:
    return Field(key, type, Text(fr, en), required=required, **more)


def _title(fr: str, en: str) -> Field:
    return _field("title", "string", fr, en, True, longest=200)


def _body(fr: str, en: str, required: bool = False) -> Field:
    return _field("body", "textarea", fr, en, required)


def _owner(fr: str = "Porteur", en: str = "Owner", required: bool = True) -> Field:
    return _field("owner", "user", fr, en, required)


def _due(fr: str = "Échéance", en: str = "Due", required: bool = True) -> Field:
    return _field("due", "date", fr, en, required)


def _score(key: str, fr: str, en: str, most: int = 4, required: bool = True, help: Text = Text("")) -> Field:
    return _field(key, "enum", fr, en, required, options=_scale(most), help=help)


_SERVICE = _field("service", "enum", "Service", "Department", source="services")
_THEME = _field("theme", "enum", "Thème", "Theme", source="themes")


def _whole(facts: Mapping[str, Any], key: str) -> int:
    """A score or a number among the facts; 0 where it is not given."""
    said = str(facts.get(key) or "0")
    return int(Decimal(said))


ACTIONS = Register(
    id="action",
    name=Text("Actions", "Actions"),
    one=Text("action", "action"),
    sees="group",
    fields=(
        _title("Action", "Action"), _body("Précisions", "Details"), _owner(), _SERVICE, _due(),
        _field("critical", "boolean", "Critique pour le projet", "Critical to the project"),
    ),
    states={
        "proposed": State(Text("proposée", "proposed")),
        "todo": State(Text("à faire", "to do"), verb=Text("Remettre à faire", "Put back to do")),
        "doing": State(Text("en cours", "in progress"), verb=Text("Commencer", "Start")),
        "done": State(Text("faite", "done"), "proof", True, Text("C’est fait", "Done")),
        "dropped": State(Text("abandonnée", "dropped"), "reason", True, Text("Abandonner", "Drop")),
        "transferred": State(Text("transférée", "transferred"), "reason", True),
    },
    moves={
        "proposed": ("todo", "dropped"),
        "todo": ("doing", "done", "dropped", "transferred"),
        "doing": ("todo", "done", "dropped", "transferred"),
        "done": ("todo",),
        "dropped": ("todo",),
        "transferred": (),  # the new one goes on
    },
    level=lambda facts: int(bool(facts.get("critical"))),
    proposed=True,
    everywhere=True,
)  # fmt: skip

#: what the transfer of an action asks
TRANSFER = (
    _owner("Qui la portera", "Who will carry it"),
    _due("Pour quand", "By when"),
    _field("reason", "textarea", "Pourquoi elle lui revient", "Why it goes to them", True),
)

RISKS = Register(
    id="risk",
    name=Text("Risques", "Risks"),
    one=Text("risque", "risk"),
    sees="group",
    fields=(
        _title("Risque", "Risk"), _field("cause", "textarea", "Cause", "Cause"),
        _score("probability", "Probabilité", "Probability"), _score("impact", "Impact", "Impact"),
        _body("Réponse", "Response"), _owner(), _SERVICE, _due("Revue le", "Reviewed on", False),
    ),
    states={
        "proposed": State(Text("proposé", "proposed")),
        "open": State(Text("ouvert", "open"), verb=Text("Rouvrir", "Reopen")),
        "occurred": State(Text("survenu", "occurred"), verb=Text("Il est survenu", "It occurred")),
        "closed": State(Text("écarté", "averted"), "proof", True, Text("Il est écarté", "It is averted")),
        "dropped": State(Text("non retenu", "not kept"), "reason", True, Text("Ne pas retenir", "Do not keep")),
    },
    moves={
        "proposed": ("open", "dropped"),
        "open": ("occurred", "closed", "dropped"),
        "occurred": ("closed",),
        "closed": ("open",),
        "dropped": ("open",),
    },
    level=lambda facts: _whole(facts, "probability") * _whole(facts, "impact"),
    proposed=True,
)  # fmt: skip

RESISTANCES = Register(
    id="resistance",
    name=Text("Résistances", "Resistances"),
    one=Text("résistance", "resistance"),
    sees="steering",
    fields=(
        _title("Population", "Population"), _body("Comment elle s’exprime", "How it shows"),
        _field("cause", "textarea", "Cause présumée", "Presumed cause"),
        _score("synergy", "Synergie", "Synergy"), _score("antagonism", "Antagonisme", "Antagonism"),
        _score("influence", "Influence", "Influence", required=False),
        _field("measure", "textarea", "Mesure", "Measure"), _owner(required=False), _SERVICE,
        _due("Revue le", "Reviewed on", False),
    ),
    states={
        "open": State(Text("ouverte", "open"), verb=Text("Rouvrir", "Reopen")),
        "eased": State(Text("apaisée", "eased"), "proof", True, Text("Elle est apaisée", "It has eased")),
        "lasting": State(
            Text("durable, avec sa mesure", "lasting, with its measure"), "proof", True,
            Text("Elle dure, sa mesure aussi", "It lasts, and so does its measure"),
        ),
    },
    moves={"open": ("eased", "lasting"), "eased": ("open",), "lasting": ("open",)},
    level=lambda facts: _whole(facts, "antagonism"),
)  # fmt: skip

DECISIONS = Register(
    id="decision",
    name=Text("Décisions", "Decisions"),
    one=Text("décision", "decision"),
    sees="group",
    fields=(
        _title("Décision", "Decision"), _field("body_of", "string", "Instance", "Decided by", True),
        _field("on", "date", "Date", "Date", True), _body("Motif", "Reason", True),
        _field("voters", "textarea", "Votants", "Voters"), _field("documents", "textarea", "Pièces", "Documents"),
        _field("effect", "textarea", "Effet", "Effect"), _owner("Porteur de l’effet", "Owner of the effect", False),
    ),
    states={"recorded": State(Text("consignée", "recorded"), closed=True)},
    moves={"recorded": ()},
    fixed=True,
)  # fmt: skip

WATCH = Register(
    id="watch",
    name=Text("Veille", "Watch"),
    one=Text("entrée de veille", "watch entry"),
    sees="organisation",
    fields=(
        _title("Source", "Source"), _field("link", "string", "Lien", "Link"),
        _field("on", "date", "Date", "Date", True), _field("theme", "enum", "Thème", "Theme", True, source="themes"),
        _score("relevance", "Pertinence", "Relevance", 5), _body("Synthèse", "Summary"), _owner(required=False),
    ),
    states={
        "open": State(Text("à exploiter", "to use"), verb=Text("Rouvrir", "Reopen")),
        "followed": State(Text("suivie d’effet", "followed up"), closed=True),
        "noted": State(
            Text("notée, sans suite", "noted, nothing more"), "reason", True, Text("Sans suite", "Nothing more")
        ),
    },
    moves={"open": ("followed", "noted"), "followed": (), "noted": ("open",)},
    level=lambda facts: _whole(facts, "relevance"),
    everywhere=True,
)  # fmt: skip

IDEAS = Register(
    id="idea",
    name=Text("Idées", "Ideas"),
    one=Text("idée", "idea"),
    sees="organisation",
    fields=(
        _title("Idée", "Idea"), _body("Problème ou opportunité", "Problem or opportunity", True),
        _field("services", "multiselect", "Services concernés", "Departments concerned", source="services"),
        _field("theme", "enum", "Thématique", "Theme", source="themes"),
        _field("benefit", "textarea", "Bénéfice attendu", "Expected benefit"),
        _field("contribute", "boolean", "Je souhaite contribuer", "I wish to contribute"),
    ),
    states={
        "received": State(Text("reçue", "received")),
        "studied": State(Text("à l’étude", "being studied"), verb=Text("Mettre à l’étude", "Study it")),
        "kept": State(Text("retenue", "kept"), "reason", verb=Text("Retenir", "Keep")),
        "pool": State(Text("au vivier", "in the pool"), "reason", True, Text("Verser au vivier", "Put in the pool")),
        "declined": State(Text("sans suite", "not followed up"), "reason", True, Text("Sans suite", "Decline")),
        "project": State(Text("devenue un projet", "became a project"), closed=True),
    },
    moves={
        "received": ("studied", "kept", "pool", "declined", "project"),
        "studied": ("kept", "pool", "declined", "project"),
        "kept": ("pool", "declined", "project"),
        "pool": ("studied", "kept", "declined", "project"),
        "declined": ("studied",),
        "project": ("declined",),  # by its project's first gate, and in no other way
    },
    everywhere=True,
)  # fmt: skip

CHANGES = Register(
    id="change",
    name=Text("Modifications", "Changes"),
    one=Text("modification", "change"),
    sees="group",
    fields=(
        _title("Demande", "Request"), _body("Pourquoi", "Why"),
        _field("delay", "number", "Effet sur le délai (jours)", "Effect on the schedule (days)", True),
        _field("cost", "money", "Effet sur le coût (€)", "Effect on the cost (€)", True),
        _field("scope", "textarea", "Effet sur le périmètre", "Effect on the scope", True),
        _owner("Décideur", "Decider"), _due("Décision attendue le", "Decision expected on", False),
    ),
    states={
        "open": State(Text("demandée", "requested")),
        "gate": State(Text("portée à la porte", "before a gate"), verb=Text("Porter à la porte", "Take to a gate")),
        "accepted": State(Text("acceptée", "accepted"), "reason", True, Text("Accepter", "Accept")),
        "refused": State(Text("refusée", "refused"), "reason", True, Text("Refuser", "Refuse")),
    },
    moves={"open": ("gate", "accepted", "refused"), "gate": ("accepted", "refused"), "accepted": (), "refused": ()},
)  # fmt: skip

DEVIATIONS = Register(
    id="deviation",
    name=Text("Dérogations", "Deviations"),
    one=Text("dérogation", "deviation"),
    sees="method",
    fields=(
        _title("Ce dont on s’écarte", "What is departed from"),
        _field("element", "string", "Étape ou règle", "Step or rule"), _body("Pourquoi", "Why", True),
        _field("measure", "textarea", "Mesure compensatoire", "Compensating measure"),
        _owner("Porteur de la mesure", "Owner of the measure", False), _SERVICE,
        _due("Valable jusqu’au", "Valid until"),
    ),
    states={
        "open": State(Text("demandée", "requested")),
        "approved": State(Text("accordée", "approved"), "reason", True, Text("Accorder", "Approve")),
        "refused": State(Text("refusée", "refused"), "reason", True, Text("Refuser", "Refuse")),
    },
    moves={"open": ("approved", "refused"), "approved": (), "refused": ()},
    fixed=True,
    everywhere=True,
)  # fmt: skip

REGISTERS: dict[str, Register] = {
    each.id: each for each in (ACTIONS, RISKS, RESISTANCES, DECISIONS, WATCH, IDEAS, CHANGES, DEVIATIONS)
}
