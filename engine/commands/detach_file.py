"""Withdraw a file from a task that is still open; history keeps its name and fingerprint."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import FileFrozen, NotFound
from engine.store.act import Act
from engine.store.case import must
from engine.store.tables import DecisionRow, FileRow


@dataclass(frozen=True, slots=True)
class DetachFile:
    """Withdraw a file from a task that is still open; history keeps its name and fingerprint."""

    file: int


def handle(act: Act, command: DetachFile) -> None:
    row = act.session.execute(
        select(FileRow).where(FileRow.id == command.file, FileRow.withdrawn_at.is_(None))
    ).scalar_one_or_none()
    if row is None:
        raise NotFound
    case = act.case(row.task_id)
    must_not_be_frozen(act, row)
    must(act, case, "attach")
    row.withdrawn_at = act.now
    act.record("file_withdrawn", case.project, case.task, element=case.task.element, file=row.name, sha256=row.sha256)


def must_not_be_frozen(act: Act, file: FileRow) -> None:
    """Raises `FileFrozen` for what a favourable gate has frozen with its phase."""
    if file.frozen_by is not None:
        number = act.session.execute(select(DecisionRow.number).where(DecisionRow.id == file.frozen_by)).scalar_one()
        raise FileFrozen(name=file.name, decision=number)
