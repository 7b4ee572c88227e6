"""What a refusal asks of the sponsor: done once the task is entrusted to somebody else, or completed."""

from __future__ import annotations

import json

from sqlalchemy import select

from engine.store.act import Act
from engine.store.entries import close_entry
from engine.store.tables import EntryRow, TaskRow

#: among the facts of an action, what it was opened for
WHY = {"why": "refused"}
ENTRUSTED = "La tâche est confiée à une autre personne."
COMPLETED = "La tâche est terminée."
DEEMED = "Aucun avis n’est venu dans le délai : il est réputé rendu."


def settle_refusal(act: Act, task: TaskRow, proof: str) -> None:
    """Close the actions that the refusal of this task opened; nothing is asked where it was not refused."""
    if "refused" not in json.loads(task.remarks):
        return
    rows = act.session.execute(
        select(EntryRow).where(EntryRow.origin == "task", EntryRow.origin_id == task.id, EntryRow.closed_at.is_(None))
    ).scalars()
    for row in rows:
        if json.loads(row.facts).get("why") == WHY["why"]:
            close_entry(act, row, "done", proof)
