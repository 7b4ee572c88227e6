"""What the gates and the consultations of the project say."""

from __future__ import annotations

from engine.computed.facts import DecisionFact, RunFact
from engine.computed.looked import Found, Looked, Pointer, joined
from engine.words import Text


def reserves_lifted(looked: Looked) -> Found:
    """Every reserve of the project is lifted."""
    pointers = tuple(
        looked.here("reserves", Text(f"« {row.body} »", f"“{row.body}”"), looked.person(row.owner_id))
        for row in looked.rows("reserves")
    )
    if not pointers:
        return Found(True, Text("Aucune réserve à lever.", "No reserve to lift."))
    said = Text("{count} réserve(s) à lever.", "{count} reserve(s) to lift.").format(count=len(pointers))
    return Found(False, said, pointers)


def evaluation_approved(looked: Looked) -> Found:
    """The gate was passed: its last decision lets the project go on."""
    (gate,) = looked.arguments
    last: DecisionFact | None = next(reversed(looked.rows("decisions", gate)), None)
    name = looked.method.name_of(gate)
    if last is not None and last.outcome in ("go", "go_reserves"):
        said = Text("« {name} » : décision {number}.", "“{name}”: decision {number}.")
        return Found(True, said.format(name=name, number=last.number))
    said = Text("« {name} » n’a pas été passée.", "“{name}” was not passed.").format(name=name)
    pointer = Pointer("gate", last.task_id, said) if last is not None else looked.here("project", said)
    return Found(False, said, (pointer,))


def decisions_frozen(looked: Looked) -> Found:
    """Every gate that was held has its decision on record; a decision is never changed."""
    rows = looked.rows("gates")
    lacking = [row for row in rows if not row.decisions]
    if not lacking:
        said = Text(
            "{count} décision(s) de porte consignée(s) et figée(s).", "{count} gate decision(s) on record and frozen."
        )
        return Found(True, said.format(count=len(rows)))
    said = Text("« {name} » n’a pas de décision", "“{name}” has no decision")
    pointers = tuple(
        Pointer("gate", row.task_id, said.format(name=looked.method.name_of(row.element)), looked.sponsor)
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
    rows = looked.rows("runs")
    if not rows:
        return Found(True, Text("Aucune porte exceptionnelle ouverte.", "No exceptional gate open."))
    said = Text("« {name} » est à terminer", "“{name}” is to be completed")
    pointers = tuple(_under_way(looked, row, said) for row in rows)
    return Found(False, joined([each.text for each in pointers]), pointers)


def _under_way(looked: Looked, row: RunFact, said: Text) -> Pointer:
    """An exception waits in a task, or on a moment before its gate."""
    if row.task_id is None:
        gate = looked.method.exception[row.process].gate
        return looked.here("project", said.format(name=gate.name))
    name = looked.method.name_of(row.element)
    return Pointer("gate" if row.kind == "gate" else "task", row.task_id, said.format(name=name))
