"""What becomes of a reserve when its action moves: done, it is lifted; open again, it is to lift; never dropped."""

from __future__ import annotations

from engine.errors import ReserveStands
from engine.store.act import Act
from engine.store.tables import EntryRow, ProjectRow, ReserveRow


def follow(act: Act, action: EntryRow, project: ProjectRow) -> None:
    """Raises `ReserveStands` where the action is given up: what a gate has set, nobody drops."""
    row = act.session.get(ReserveRow, action.origin_id)
    if row is None:
        return
    if action.state == "done":
        lifted(act, project, row, action.proof)
    elif action.closed_at is not None:
        raise ReserveStands(reserve=row.body)
    elif row.lifted_at is not None:
        row.lifted_at, row.lifted_by = None, None
        act.record("reserve_reopened", project, text=row.body, gate=row.gate)


def lifted(act: Act, project: ProjectRow, row: ReserveRow, proof: str) -> None:
    if row.lifted_at is None:
        row.proof, row.lifted_at, row.lifted_by = proof, act.now, act.by
        act.record("reserve_lifted", project, text=row.body, proof=proof, gate=row.gate)
