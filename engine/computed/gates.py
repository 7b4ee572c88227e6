"""What the gates and the consultations of the project say."""

from __future__ import annotations

from sqlalchemy import Row, and_, func, select

from engine.computed.looked import Found, Looked, Pointer, joined
from engine.store.tables import DecisionRow, ExecutionRow, ReserveRow, TaskRow
from engine.words import Text


def reserves_lifted(looked: Looked) -> Found:
    """Every reserve of the project is lifted."""
    rows = looked.session.execute(
        select(ReserveRow)
        .where(ReserveRow.project_id == looked.project.id, ReserveRow.lifted_at.is_(None))
        .order_by(ReserveRow.id)
    ).scalars()
    pointers = tuple(
        looked.here("reserves", Text(f"« {row.body} »", f"“{row.body}”"), looked.person(row.owner_id)) for row in rows
    )
    if not pointers:
        return Found(True, Text("Aucune réserve à lever.", "No reserve to lift."))
    said = Text("{count} réserve(s) à lever.", "{count} reserve(s) to lift.").format(count=len(pointers))
    return Found(False, said, pointers)


def evaluation_approved(looked: Looked) -> Found:
    """The gate was passed: its last decision lets the project go on."""
    (gate,) = looked.arguments
    last = looked.session.execute(
        select(DecisionRow.outcome, DecisionRow.number, DecisionRow.task_id)
        .where(
            DecisionRow.project_id == looked.project.id, DecisionRow.gate == gate, DecisionRow.outcome != "hold"
        )
        .order_by(DecisionRow.id.desc())
        .limit(1)
    ).first()  # fmt: skip
    name = looked.method.name_of(gate)
    if last is not None and last.outcome in ("go", "go_reserves"):
        said = Text("« {name} » : décision {number}.", "“{name}”: decision {number}.")
        return Found(True, said.format(name=name, number=last.number))
    said = Text("« {name} » n’a pas été passée.", "“{name}” was not passed.").format(name=name)
    pointer = Pointer("gate", last.task_id, said) if last is not None else looked.here("project", said)
    return Found(False, said, (pointer,))


def decisions_frozen(looked: Looked) -> Found:
    """Every gate that was held has its decision on record; a decision is never changed."""
    rows = looked.session.execute(
        select(TaskRow.id, TaskRow.element, func.count(DecisionRow.id).label("decisions"))
        .outerjoin(DecisionRow, and_(DecisionRow.task_id == TaskRow.id, DecisionRow.outcome != "hold"))
        .where(TaskRow.project_id == looked.project.id, TaskRow.kind == "gate", TaskRow.state == "done")
        .group_by(TaskRow.id, TaskRow.element)
        .order_by(TaskRow.id)
    ).all()
    lacking = [row for row in rows if not row.decisions]
    if not lacking:
        said = Text(
            "{count} décision(s) de porte consignée(s) et figée(s).", "{count} gate decision(s) on record and frozen."
        )
        return Found(True, said.format(count=len(rows)))
    said = Text("« {name} » n’a pas de décision", "“{name}” has no decision")
    pointers = tuple(
        Pointer("gate", row.id, said.format(name=looked.method.name_of(row.element)), looked.sponsor)
        for row in lacking
    )  # fmt: skip
    return Found(False, joined([each.text for each in pointers]), pointers)


def consultations_closed(looked: Looked) -> Found:
    """No task that has an effect of silence is open."""
    asked = [task.id for task in looked.method.tasks.values() if task.silence]
    waiting = [row for element in asked for row in looked.last(element).values() if row.state == "open"]
    if not waiting:
        return Found(True, Text("Aucune consultation en attente.", "No consultation pending."))
    pointers = tuple(looked.open(row) for row in waiting)
    said = Text("En attente : {what}.", "Pending: {what}.").format(what=joined([each.text for each in pointers]))
    return Found(False, said, pointers)


def exceptional_gates_passed(looked: Looked) -> Found:
    """No execution but the method itself, its short closure and what recurs is under way."""
    method, short = looked.method, looked.method.short_closure
    usual = {method.process, *method.recurs, *([short.process] if short is not None else [])}
    rows = looked.session.execute(
        select(ExecutionRow.process, TaskRow.id, TaskRow.element, TaskRow.kind)
        .outerjoin(TaskRow, and_(TaskRow.execution_id == ExecutionRow.id, TaskRow.state == "open"))
        .where(
            ExecutionRow.project_id == looked.project.id, ExecutionRow.ended_at.is_(None),
            ExecutionRow.process.not_in(usual),
        )
        .order_by(ExecutionRow.id, TaskRow.id)
    ).all()  # fmt: skip
    if not rows:
        return Found(True, Text("Aucune porte exceptionnelle ouverte.", "No exceptional gate open."))
    said = Text("« {name} » est à terminer", "“{name}” is to be completed")
    pointers = tuple(_under_way(looked, row, said) for row in rows)
    return Found(False, joined([each.text for each in pointers]), pointers)


def _under_way(looked: Looked, row: Row[str, int, str, str], said: Text) -> Pointer:
    """An exception waits in a task, or on a moment before its gate."""
    if row.id is None:
        gate = looked.method.exception[row.process].gate
        return looked.here("project", said.format(name=gate.name))
    name = looked.method.name_of(row.element)
    return Pointer("gate" if row.kind == "gate" else "task", row.id, said.format(name=name))
