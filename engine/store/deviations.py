"""What a deviation says; how long it holds: once its day is past, the next gate waits until another one is granted for
the same step.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from engine.method import Method
from engine.overlay import Operation
from engine.store import entries
from engine.store.tables import EntryRow, OverlayRow, ProjectRow, ReleaseRow
from engine.words import Text

#: as the register names an operation that does less
TITLES = {
    "hide": Text("« {name} » est masquée", "“{name}” is hidden"),
    "condition": Text("« {name} » devient conditionnelle", "“{name}” becomes conditional"),
    "due": Text("L’échéance de « {name} » est allongée", "The deadline of “{name}” is lengthened"),
}
FORCED = Text(
    "Décision sans l’accord du vote : {outcome} à « {name} »", "Decided without the vote: {outcome} at “{name}”"
)


def title_of(operation: Operation, method: Method) -> Text:
    return TITLES[operation.kind].format(name=method.name_of(operation.target))


def facts_of(operation: Operation, method: Method, before: str, after: str) -> dict[str, Any]:
    """Of an operation that does less. `before`, `after`: digests of the release without it, and with it."""
    said = {
        "element": operation.target, "operation": operation.kind, "method": method.id, "version": method.version,
        "before": before, "after": after,
    }  # fmt: skip
    return said | ({"measure": operation.measure} if operation.measure else {})


def granted(session: Session, project: ProjectRow) -> list[EntryRow]:
    """What the project departs from with leave, past its day or not: its own, and its department's tailoring's."""
    overlay = select(ReleaseRow.overlay_id).where(ReleaseRow.id == project.release_id).scalar_subquery()
    rows = session.execute(
        select(EntryRow)
        .where(
            EntryRow.register == "deviation", EntryRow.state == "approved",
            or_(EntryRow.project_id == project.id, and_(EntryRow.origin == "overlay", EntryRow.origin_id == overlay)),
        )
        .order_by(EntryRow.id)
    )  # fmt: skip
    return list(rows.scalars())


def expired(session: Session, project: ProjectRow, now: datetime) -> list[Text]:
    """What the project departs from without leave any more: its own deviations, and its department's tailoring's, which
    one of the department that came after may renew.

    Deviations are about the same thing where they name the same step, or bear the same title.
    """
    overlay = select(ReleaseRow.overlay_id).where(ReleaseRow.id == project.release_id).scalar_subquery()
    own = aliased(OverlayRow)
    renewed = (
        select(OverlayRow.id)
        .join(own, and_(own.service_id == OverlayRow.service_id, own.method == OverlayRow.method))
        .where(own.id == overlay)
    )
    rows = session.execute(
        select(EntryRow)
        .where(
            EntryRow.register == "deviation",
            EntryRow.state == "approved",
            or_(
                EntryRow.project_id == project.id,
                and_(EntryRow.origin == "overlay", EntryRow.origin_id == overlay),
                and_(EntryRow.origin == "overlay", EntryRow.origin_id.in_(renewed), EntryRow.due_at >= now),
            ),
        )
        .order_by(EntryRow.id)
    ).scalars()
    past: dict[str, Text] = {}
    held: set[str] = set()
    for row in rows:
        about = str(entries.facts_of(row).get("element") or row.title)
        if row.due_at < now:
            past.setdefault(about, entries.title_of(row))
        else:
            held.add(about)
    return [title for about, title in past.items() if about not in held]
