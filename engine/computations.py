"""The computations that a method may name for a criterion or an item: what each asks, and what makes it hold.

`name`, or `name(parameter, …)`: `all_services_answered(A3)`, `table_filled(A6.indicateurs, t0, cible)`. What each looks
at is in `engine.computed`; here is only what a method may write (docs/reference/dialect.md, "Computations").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from engine.method import Field, Method
from engine.words import Text

#: what a parameter may be
Kind = Literal["task", "answer", "field", "table", "checklist", "gate", "column", "option", "number", "register"]

#: the registers that a computation may look at
REGISTERS = ("action", "risk", "change", "deviation", "watch", "idea")


@dataclass(frozen=True, slots=True)
class Computation:
    asks: tuple[Kind, ...]  #: its parameters, in order
    text: Text  #: when it holds
    more: bool = False  #: its last parameter may be repeated
    binds: bool = False  #: nobody may declare it not applicable


@dataclass(frozen=True, slots=True)
class Formula:
    """A computation as a method names it."""

    name: str
    arguments: tuple[str, ...]


COMPUTATIONS: dict[str, Computation] = {
    "reserves_lifted": Computation(
        (), Text("toutes les réserves du projet sont levées", "every reserve of the project is lifted"), binds=True
    ),
    "all_services_answered": Computation(
        ("task",), Text("chaque service impacté a terminé cette tâche", "each impacted department completed this task")
    ),
    "answered": Computation(
        ("answer",),
        Text(
            "ces tâches sont terminées, et ces champs remplis (un oui/non : oui)",
            "these tasks are completed, and these fields filled in (a yes/no: yes)",
        ),
        more=True,
    ),
    "opinion_given": Computation(
        ("task",), Text("l’avis demandé a été rendu", "the opinion that was asked for has been given")
    ),
    "file_given": Computation(("field",), Text("un fichier répond à ce champ", "a file answers this field")),
    "table_filled": Computation(
        ("table", "column"),
        Text(
            "le tableau a une ligne au moins, et chacune remplit ces colonnes",
            "the table has one row at least, and each fills these columns",
        ),
        more=True,
    ),
    "rows_complete": Computation(
        ("table", "column"),
        Text(
            "chaque ligne du tableau, s’il en a, remplit ces colonnes",
            "each row of the table, if any, fills these columns",
        ),
        more=True,
    ),
    "two_scenarios_compared": Computation(
        ("table",), Text("le tableau a deux lignes différentes au moins", "the table has two different rows at least")
    ),
    "at_most": Computation(
        ("field", "number"), Text("le nombre répondu ne dépasse pas cette limite", "the number is within this limit")
    ),
    "checklist_complete": Computation(
        ("checklist",),
        Text("la liste est remplie, et chacun de ses points tient", "the list is filled in, and each item holds"),
    ),
    "deliverables_accepted": Computation(
        ("field", "option"),
        Text("chaque service a répondu l’un de ces choix", "each department answered one of these choices"),
        more=True,
    ),
    "indicators_measured": Computation(
        ("table", "table"),
        Text(
            "chaque indicateur du second tableau est dans le premier, avec sa mesure ou son écart",
            "each indicator of the second table is in the first, with its measure or its gap",
        ),
    ),
    "gaps_explained": Computation(
        ("table",),
        Text(
            "chaque ligne où le réel diffère du prévu dit sa cause",
            "each row whose actual value differs from the planned one says why",
        ),
        more=True,
    ),
    "budget_closed": Computation(
        ("field", "field"),
        Text(
            "le solde est donné, et un fichier l’explique s’il n’est pas nul",
            "the balance is given, and a file explains it where it is not nil",
        ),
    ),
    "evaluation_approved": Computation(("gate",), Text("cette porte a été passée", "this gate was passed")),
    "decisions_frozen": Computation(
        (), Text("chaque porte tenue a sa décision consignée", "each gate that was held has its decision on record")
    ),
    "consultations_closed": Computation(
        (),
        Text(
            "aucune consultation à délai légal n’est en attente", "no consultation with a clock of its own is pending"
        ),
    ),
    "exceptional_gates_passed": Computation(
        (), Text("aucune porte exceptionnelle n’est ouverte", "no exceptional gate is open"), binds=True
    ),
    "no_open_action": Computation(
        (), Text("aucune action du projet n’est ouverte", "no action of the project is open"), binds=True
    ),
    "critical_actions_closed": Computation(
        (), Text("aucune action critique n’est ouverte", "no critical action is open")
    ),
    "register_closed": Computation(
        ("register",),
        Text("ces registres n’ont plus d’entrée ouverte", "these registers have no open entry"),
        more=True,
    ),
    "deviations_reviewed": Computation(
        (), Text("aucune dérogation n’attend de réponse", "no deviation awaits an answer")
    ),
    "major_resistance_handled": Computation(
        (),
        Text(
            "chaque résistance majeure a une mesure et un porteur", "each major resistance has a measure and an owner"
        ),
        binds=True,
    ),
    "guests_removed": Computation(
        (), Text("aucun invité n’a plus accès au projet", "no guest has access to the project any more")
    ),
    "dossier_archived": Computation(
        (),
        Text(
            "l’historique est entier, et chaque pièce a son empreinte",
            "history is whole, and each document has its fingerprint",
        ),
    ),
    "roles_held": Computation(
        (), Text("chaque rôle nécessaire au projet est tenu", "each role that the project needs is held")
    ),
    "objectives_named": Computation(
        (), Text("le projet répond à un objectif stratégique", "the project answers a strategic objective")
    ),
    "services_impacted": Computation(
        ("number",), Text("tant de services au moins sont impactés", "so many departments at least are impacted")
    ),
    "services_marked": Computation(
        (),
        Text(
            "chaque service est dit impacté, informé ou non concerné",
            "each department is said to be impacted, informed or not concerned",
        ),
    ),
}

_WRITTEN = re.compile(r"\s*(\w+)\s*(?:\(([^()]*)\))?\s*")


@lru_cache(maxsize=512)
def parse(text: str) -> Formula | None:
    """What the method names; None where it is not written as a computation."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    arguments = tuple(each.strip() for each in (found[2] or "").split(","))
    return Formula(found[1], () if arguments == ("",) else arguments)


def binds(text: str) -> bool:
    """May nobody declare what it answers not applicable?"""
    formula = parse(text)
    return formula is not None and formula.name in COMPUTATIONS and COMPUTATIONS[formula.name].binds


def why_not(formula: Formula, method: Method) -> Text | None:
    """Why it cannot be made in this method; None where it can."""
    asked = COMPUTATIONS[formula.name]
    least, found = len(asked.asks), len(formula.arguments)
    if found < least or (found > least and not asked.more):
        return Text(
            f"{least} paramètre(s) attendu(s), {found} écrit(s).", f"{least} parameter(s) expected, {found} written."
        )
    kinds = (*asked.asks, *asked.asks[-1:] * (found - least))
    for kind, argument in zip(kinds, formula.arguments, strict=True):
        if not _KINDS[kind](argument, formula, method):
            return _EXPECTED[kind].format(argument=argument)
    return None


def field_of(reference: str, method: Method) -> Field | None:
    """`A6.indicateurs`: the field of that task."""
    element, _, key = reference.partition(".")
    task = method.tasks.get(element)
    return task.field(key) if task is not None else None


def _of_type(*types: str) -> Callable[[str, Formula, Method], bool]:
    def is_one(argument: str, formula: Formula, method: Method) -> bool:
        field = field_of(argument, method)
        return field is not None and (not types or field.type in types)

    return is_one


def _column(argument: str, formula: Formula, method: Method) -> bool:
    table = field_of(formula.arguments[0], method)
    return table is not None and any(each.key == argument for each in table.columns)


def _option(argument: str, formula: Formula, method: Method) -> bool:
    field = field_of(formula.arguments[0], method)
    return field is not None and any(each.value == argument for each in field.options)


def _number(argument: str, formula: Formula, method: Method) -> bool:
    try:
        return Decimal(argument).is_finite()
    except InvalidOperation:
        return False


_KINDS: dict[Kind, Callable[[str, Formula, Method], bool]] = {
    "task": lambda argument, formula, method: argument in method.tasks,
    "answer": lambda argument, formula, method: argument in method.tasks or field_of(argument, method) is not None,
    "field": _of_type(),
    "table": _of_type("table"),
    "checklist": _of_type("checklist"),
    "gate": lambda argument, formula, method: argument in method.gate,
    "column": _column,
    "option": _option,
    "number": _number,
    "register": lambda argument, formula, method: argument in REGISTERS,
}
_EXPECTED: dict[Kind, Text] = {
    "task": Text("« {argument} » n’est pas une tâche de la méthode.", "“{argument}” is no task of the method."),
    "answer": Text(
        "« {argument} » n’est ni une tâche ni un champ (tâche.champ).",
        "“{argument}” is neither a task nor a field (task.field).",
    ),
    "field": Text(
        "« {argument} » n’est pas le champ d’une tâche (tâche.champ).",
        "“{argument}” is not the field of a task (task.field).",
    ),
    "table": Text("« {argument} » n’est pas un tableau (tâche.champ).", "“{argument}” is no table (task.field)."),
    "checklist": Text(
        "« {argument} » n’est pas une liste de contrôle (tâche.champ).", "“{argument}” is no checklist (task.field)."
    ),
    "gate": Text("« {argument} » n’est pas une porte de la méthode.", "“{argument}” is no gate of the method."),
    "column": Text("le tableau n’a pas de colonne « {argument} ».", "the table has no column “{argument}”."),
    "option": Text("le champ n’a pas de choix « {argument} ».", "the field has no choice “{argument}”."),
    "number": Text("« {argument} » n’est pas un nombre.", "“{argument}” is not a number."),
    "register": Text(
        f"« {{argument}} » n’est pas un registre : {', '.join(REGISTERS)}.",
        f"“{{argument}}” is no register: {', '.join(REGISTERS)}.",
    ),
}
