"""Why an operation is refused, as the diagrams stand when its turn comes: the rule that it breaks, and how.

    judged(operation, loom)         None, or the rule and what was expected and found
    does_less(operation, loom)      does it use a freedom to do less?

What the owner allows is read from the drawing (docs/reference/dialect.md, "Tailoring"): `steps`, `limits`, `additions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.overlay import additions, limits, steps
from engine.overlay import operations as op
from engine.overlay.already import says_already
from engine.overlay.asking import Verdict
from engine.overlay.lattice import stronger
from engine.overlay.loom import Loom


def judged(operation: op.Operation, loom: Loom) -> Verdict:
    return None if says_already(operation, loom) else _JUDGES[type(operation)](operation, loom)


def does_less(operation: op.Operation, loom: Loom) -> bool:
    if isinstance(operation, op.SetDue):
        node = loom.element(operation.element)
        return node is not None and not stronger("due", operation.due, node.camunda("dueDate"))
    return operation.less


_JUDGES: Mapping[type[op.Operation], Callable[[Any, Loom], Verdict]] = {
    op.Hide: steps.hide,
    op.MakeConditional: steps.condition,
    op.Replace: steps.replace_phase,
    op.Insert: steps.insert,
    op.InsertProcess: steps.insert_process,
    op.AddCriterion: additions.criterion,
    op.AddItem: additions.item,
    op.AddField: additions.field_added,
    op.AddOption: additions.option,
    op.AddVoter: additions.voter,
    op.RaiseQuorum: limits.quorum_raised,
    op.TightenRule: limits.rule_tightened,
    op.SetDue: limits.due_set,
    op.LowerThreshold: limits.threshold_lowered,
    op.Rename: additions.rename,
    op.SetTemplate: additions.template,
}
