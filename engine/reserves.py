"""A reserve of a gate: what remains to be done, by whom, until when. It is an action too: one lifts the other."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from engine.store.act import Act
from engine.store.case import Case
from engine.store.entries import close_entry, open_entry
from engine.store.reserves import lifted
from engine.store.tables import DecisionRow, EntryRow, ProjectRow, ReserveRow
from engine.working_time import end_of


def set_reserve(act: Act, case: Case, decision: DecisionRow, text: str, owner: int, due: date) -> None:
    row = ReserveRow(
        project_id=case.project.id, decision_id=decision.id, gate=decision.gate, body=text, owner_id=owner,
        due_at=end_of(due), proof="",
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    act.record("reserve_set", case.project, case.task, element=decision.gate, text=text, to=owner)
    open_entry(act, "action", case.project, text, owner=owner, due=row.due_at, origin="reserve", origin_id=row.id)


def lift(act: Act, project: ProjectRow, row: ReserveRow, proof: str) -> None:
    """The action is done, and with it the reserve is lifted. Those set before reserves were actions have none."""
    action = act.session.execute(
        select(EntryRow).where(EntryRow.origin == "reserve", EntryRow.origin_id == row.id)
    ).scalar_one_or_none()
    if action is None or action.closed_at is not None:
        lifted(act, project, row, proof)
    else:
        close_entry(act, action, "done", proof)
