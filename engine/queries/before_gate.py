"""What the next gate of a project still lacks."""

from __future__ import annotations

from engine.computed import Looked
from engine.criteria import assessed, lacking
from engine.method import Method
from engine.queries.lines import LackLine, TaskLine
from engine.queries.view import View
from engine.store.tables import ProjectRow


def next_gate(project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...]) -> str:
    """The gate that is open, else the one that ends the present phase; exceptional gates stand beside them."""
    if project.status not in ("running", "held"):
        return ""
    main = {gate.id for gate in method.gates}
    waiting = next((each.code for each in tasks if each.state == "open" and each.code in main), "")
    phase = method.phase.get(project.phase)
    return waiting or (phase.gate if phase is not None else "")


def lacks(
    view: View, project: ProjectRow, method: Method, gate: str, tasks: tuple[TaskLine, ...], steers: bool
) -> tuple[LackLine, ...]:
    """The criteria of the next gate that do not hold; before it opens, those that the record already answers."""
    looked = Looked(view.session, project, method, view.now, steers)
    task = next((each.id for each in tasks if each.code == gate and each.state == "open"), None)
    return tuple(
        LackLine(each.text, each.remark, lacking(task, each, looked), each.asked)
        for each in assessed(looked, task, method.gate[gate])
        if not each.holds and (task is not None or each.computed)
    )
