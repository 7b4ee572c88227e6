"""History's chain, recomputed: of the whole database in one pass, or of the events of one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.history import GENESIS, digest
from engine.store.tables import EventRow, ProjectRow

#: events held in memory at once
BATCH = 500


@dataclass(frozen=True, slots=True)
class Break:
    """The first event of a stream that does not follow from the one before."""

    stream: int  #: project; 0: the organisation; below: a project's confidential history, its number's opposite
    number: int  #: one beyond the last: the end is not the one that the project keeps


def breaks(session: Session) -> Iterator[Break]:
    """Every stream whose chain does not hold. Reads every event once, in order; memory does not grow."""
    yield from _broken_streams(session)
    lost = select(ProjectRow.id).where(ProjectRow.events > 0, ~exists().where(EventRow.stream == ProjectRow.id))
    for id in session.execute(lost.order_by(ProjectRow.id)).scalars():
        yield Break(id, 1)


def _broken_streams(session: Session) -> Iterator[Break]:
    rows = session.execute(
        select(*LINKED, ProjectRow.id.label("project"), ProjectRow.events, ProjectRow.digest.label("head"))
        .outerjoin(ProjectRow, ProjectRow.id == EventRow.stream)
        .order_by(EventRow.stream, EventRow.number)
        .execution_options(yield_per=BATCH)
    )
    stream, number, last, broken = None, 0, GENESIS, False
    expected = (0, GENESIS)
    for row in rows:
        if row.stream != stream:
            if stream is not None and stream > 0 and not broken and (number, last) != expected:
                yield Break(stream, number + 1)
            stream, number, last, broken = row.stream, 0, GENESIS, False
            expected = (row.events, row.head) if row.project is not None else (-1, "")
        number += 1
        last = link(last, row)
        if not broken and (row.number, row.digest) != (number, last):
            broken = True
            yield Break(row.stream, number)
    if stream is not None and stream > 0 and not broken and (number, last) != expected:
        yield Break(stream, number + 1)


LINKED = (
    EventRow.stream, EventRow.number, EventRow.at, EventRow.actor_id, EventRow.kind, EventRow.task_id, EventRow.facts,
    EventRow.digest,
)  # fmt: skip


def link(previous: str, row: object) -> str:
    """The digest that an event ought to have after `previous`; `row` has the columns of `LINKED`."""
    event: EventRow = row  # type: ignore[assignment]
    return digest(
        previous, event.stream, event.number, event.at, event.actor_id, event.kind, event.task_id, event.facts
    )


def follow(session: Session, project: ProjectRow, rows: Sequence[EventRow]) -> bool:
    """Does each of these events of the project follow from the one before it, and is the last one the project's?"""
    before = {row.number - 1 for row in rows}
    known = {0: GENESIS} | {
        number: digest
        for number, digest in session.execute(
            select(EventRow.number, EventRow.digest).where(EventRow.stream == project.id, EventRow.number.in_(before))
        )
    }
    last = session.execute(
        select(EventRow.number, EventRow.digest)
        .where(EventRow.stream == project.id)
        .order_by(EventRow.number.desc())
        .limit(1)
    ).first()
    head = (last.number, last.digest) if last is not None else (0, "")
    return head == (project.events, project.digest) and all(
        row.number - 1 in known and row.digest == link(known[row.number - 1], row) for row in rows
    )
