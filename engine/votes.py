"""How a gate is decided: quorum, rule, and what the result lets the chair choose.

A ballot is favourable, unfavourable or an abstention. The quorum counts the eligible voters without those who
declared an interest; rules count the ballots cast, abstentions among them (docs/decisions/0005-ballots.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from engine.method import Gate, Outcome
from engine.words import Text

Result = Literal["favourable", "unfavourable", "tie"]

#: outcomes that a result allows; holding decides nothing and is always there
ALLOWED: dict[Result, frozenset[str]] = {
    "favourable": frozenset({"go", "go_reserves", "hold"}),
    "unfavourable": frozenset({"rework", "stop", "hold"}),
    "tie": frozenset({"go", "go_reserves", "rework", "stop", "hold"}),
}

EFFECTS: dict[str, Text] = {
    "go": Text("Le projet passe à la phase suivante.", "The project moves on to the next phase."),
    "go_reserves": Text(
        "Le projet passe à la phase suivante ; chaque réserve a un porteur et une échéance, et reste à lever.",
        "The project moves on; each reserve has an owner and a due date, and remains to be lifted.",
    ),
    "rework": Text(
        "La phase reprend à « {landing} » ; les réponses déjà données sont conservées et modifiables.",
        "The phase starts again at “{landing}”; the answers already given are kept and can be changed.",
    ),
    "hold": Text(
        "Le projet est suspendu jusqu’à la date de revue ; toutes les échéances s’arrêtent.",
        "The project is on hold until the review date; every clock stops.",
    ),
    "stop": Text("Le projet s’arrête, avec une clôture en règle.", "The project stops, with a proper closure."),
}

#: of an exceptional gate: the project stays where it is in its phase
EXCEPTIONAL: dict[str, Text] = EFFECTS | {
    "go": Text("Le projet continue là où il en est.", "The project goes on where it stands."),
    "go_reserves": Text(
        "Le projet continue là où il en est ; chaque réserve a un porteur et une échéance, et reste à lever.",
        "The project goes on where it stands; each reserve has an owner and a due date, and remains to be lifted.",
    ),
    "rework": Text(
        "« {landing} » est à refaire ; les réponses déjà données sont conservées et modifiables.",
        "“{landing}” is to be done again; the answers already given are kept and can be changed.",
    ),
    "stop": Text(
        "Tout ce qui est en cours se ferme : le projet s’arrête, avec une clôture en règle.",
        "Everything under way is closed: the project stops, with a proper closure.",
    ),
}

RULES: dict[str, Text] = {
    "chair": Text("décision du président", "the chair decides"),
    "majority_chair_casting": Text(
        "majorité des bulletins exprimés, voix prépondérante du président",
        "majority of the ballots cast, the chair has the casting vote",
    ),
    "two_thirds": Text("deux tiers des bulletins exprimés", "two thirds of the ballots cast"),
    "unanimity": Text("unanimité des bulletins exprimés", "unanimity of the ballots cast"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    eligible: int  #: voters without those who declared an interest
    favourable: int
    unfavourable: int
    abstention: int

    @property
    def cast(self) -> int:
        return self.favourable + self.unfavourable + self.abstention


def tally(voters: Iterable[int], ballots: Iterable[tuple[int, str]]) -> Tally:
    """Counts the ballots of those who may vote; `ballots` are (actor, opinion), in any order."""
    said = dict(ballots)
    present = [said.get(voter, "") for voter in set(voters)]
    return Tally(
        eligible=sum(opinion != "interest" for opinion in present),
        favourable=present.count("favourable"),
        unfavourable=present.count("unfavourable"),
        abstention=present.count("abstention"),
    )


def needed(gate: Gate, eligible: int, free: bool = False) -> int:
    """How many ballots make the quorum: the share rounded up, one at least. `free`: of a session that needs no more."""
    if gate.rule == "chair":
        return 0
    if free:
        return 1
    return max(1, int((gate.quorum * eligible).to_integral_value(ROUND_CEILING)))


def result(gate: Gate, counted: Tally, chair: str = "") -> Result:
    """What the vote says. `chair`: the chair's own opinion, for the casting vote.

    A tie without an opinion of the chair is left to the chair's decision.
    """
    for_, cast = counted.favourable, counted.cast
    match gate.rule:
        case "chair":
            return "tie"
        case "two_thirds":
            return "favourable" if Decimal(for_) * 3 >= Decimal(cast) * 2 and cast else "unfavourable"
        case "unanimity":
            return "favourable" if for_ == cast and cast else "unfavourable"
    if for_ * 2 == cast and cast:
        return {"favourable": "favourable", "unfavourable": "unfavourable"}.get(chair, "tie")  # type: ignore[return-value]
    return "favourable" if for_ * 2 > cast else "unfavourable"


def why_not(gate: Gate, outcome: Outcome, found: Result | None, reworks: int, unmet: int) -> Text | None:
    """Why `outcome` may not be chosen; None when it may. `found` None: the vote is still open."""
    if outcome not in gate.outcomes:
        return Text("la méthode ne la propose pas à cette porte.", "the method does not offer it at this gate.")
    if outcome == "rework" and reworks >= gate.rework_max:
        return Text(
            "la phase a déjà été reprise {count} fois ; il faut maintenant trancher.",
            "the phase has already been reworked {count} times; it must now be settled.",
        ).format(count=reworks)
    if found is None:
        return Text("le vote n’est pas clos.", "the vote is not closed.")
    if outcome not in ALLOWED[found]:
        return {
            "favourable": Text("le vote est favorable.", "the vote is favourable."),
            "unfavourable": Text("le vote est défavorable.", "the vote is unfavourable."),
        }[found]
    if outcome == "go" and unmet:
        sentence = UNMET[unmet > 1]["go_reserves" in gate.outcomes]
        return sentence.format(count=unmet)
    return None


#: of one criterion, of several; where the gate has no reserves, where it has
UNMET = (
    (
        Text("1 critère n’est pas rempli ; complétez-le.", "1 criterion does not hold; complete it."),
        Text(
            "1 critère n’est pas rempli ; complétez-le ou décidez avec réserves.",
            "1 criterion does not hold; complete it or decide with reserves.",
        ),
    ),
    (
        Text("{count} critères ne sont pas remplis ; complétez-les.", "{count} criteria do not hold; complete them."),
        Text(
            "{count} critères ne sont pas remplis ; complétez-les ou décidez avec réserves.",
            "{count} criteria do not hold; complete them or decide with reserves.",
        ),
    ),
)
