"""Everything that happened in a project, in order."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import NotFound
from engine.people import visible
from engine.queries.lines import ChoiceLine, EventLine
from engine.queries.view import View
from engine.store.chain import follow
from engine.store.tables import EventRow, ProjectRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class History:
    """`before`: the cursor that the page before gave (newest first). `kind`: only events of that kind."""

    project: int
    kind: str = ""
    before: int = 0
    size: int = 50


@dataclass(frozen=True, slots=True)
class HistoryPage:
    project: int
    title: str
    events: tuple[EventLine, ...]
    kinds: tuple[ChoiceLine, ...]
    before: int  #: 0 on the last page
    whole: bool  #: these events follow from those before them, and the project keeps the digest of its last one


#: what one filters history by
KINDS: dict[str, Text] = {
    "task_completed": Text("Tâches terminées", "Tasks completed"),
    "answer_corrected": Text("Corrections", "Corrections"),
    "task_refused": Text("Refus", "Refusals"),
    "gate_decided": Text("Décisions de porte", "Gate decisions"),
    "reserve_lifted": Text("Réserves levées", "Reserves lifted"),
    "project_held": Text("Suspensions", "Holds"),
    "comment_made": Text("Commentaires", "Comments"),
    "file_attached": Text("Fichiers joints", "Files attached"),
}


def read(view: View, query: History) -> HistoryPage:
    project = view.session.execute(
        select(ProjectRow).where(ProjectRow.id == query.project, visible(view.actor, ProjectRow))
    ).scalar_one_or_none()
    if project is None:
        raise NotFound
    size = min(max(query.size, 1), 500)
    rows = select(EventRow).where(EventRow.stream == project.id).order_by(EventRow.number.desc()).limit(size + 1)
    if query.kind:
        rows = rows.where(EventRow.kind == query.kind)
    if query.before:
        rows = rows.where(EventRow.number < query.before)
    found = list(view.session.execute(rows).scalars())
    shown = view.said(found[:size], view.release(project.release_id).method)
    return HistoryPage(
        project=project.id,
        title=project.title,
        events=shown,
        kinds=tuple(ChoiceLine(kind, text) for kind, text in KINDS.items()),
        before=shown[-1].number if len(found) > size else 0,
        whole=follow(view.session, project, found[:size]),
    )
