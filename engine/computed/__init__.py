"""What the record of a project says by itself, for criteria and items that nobody may tick.

    compute(looked, "all_services_answered(A3)") -> Found(holds, remark, pointers)

One function a name, each over rows alone; the names and what they ask are in `engine.computations`. Nothing is kept:
what held turns red again as soon as its cause returns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.computations import parse
from engine.computed import answers, checklists, gates, projects, registers, services
from engine.computed.looked import Found, Looked, Pointer
from engine.words import Text

__all__ = ["FUNCTIONS", "Found", "Looked", "Pointer", "compute"]

FUNCTIONS: dict[str, Callable[[Looked], Found]] = {
    each.__name__: each
    for each in (
        gates.reserves_lifted, services.all_services_answered, answers.answered, answers.opinion_given,
        answers.file_given, answers.table_filled, answers.rows_complete, answers.two_scenarios_compared,
        answers.at_most, checklists.checklist_complete, services.deliverables_accepted, answers.indicators_measured,
        answers.gaps_explained, answers.budget_closed, gates.evaluation_approved, gates.decisions_frozen,
        gates.consultations_closed, gates.exceptional_gates_passed, registers.no_open_action,
        registers.critical_actions_closed, registers.register_closed, registers.deviations_reviewed,
        registers.major_resistance_handled, projects.guests_removed, projects.dossier_archived, projects.roles_held,
        projects.objectives_named, services.services_impacted, services.services_marked,
    )
}  # fmt: skip

UNKNOWN = Text(
    "« {name} » n’est pas un calcul que Jalon connaît : la méthode est à corriger.",
    "“{name}” is no computation that Jalon knows: the method is to be mended.",
)


def compute(looked: Looked, text: str) -> Found:
    """What the computation that the method names finds. An unknown one never holds."""
    formula = parse(text)
    function = FUNCTIONS.get(formula.name) if formula is not None else None
    if formula is None or function is None:
        said = UNKNOWN.format(name=text)
        return Found(False, said, (looked.here("project", said),))
    return function(replace(looked, arguments=formula.arguments))
