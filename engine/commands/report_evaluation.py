"""Say, six months after a project was closed, whether what it brought still holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from engine.errors import ChoiceUnknown, NotAllowed, NotFound, ReasonMissing, TooLarge
from engine.evaluation import HELD
from engine.store.act import Act
from engine.store.entries import change, close_entry
from engine.store.tables import EntryRow
from engine.words import Text

LONGEST_NOTE = 5_000  #: characters


@dataclass(frozen=True, slots=True)
class ReportEvaluation:
    """Say, six months after a project was closed, whether what it brought still holds: who is asked does."""

    entry: int  #: the action that asks it
    held: Literal["yes", "partly", "no"]
    note: str  #: what was measured, and what follows


def handle(act: Act, command: ReportEvaluation) -> None:
    project = act.session.execute(
        select(EntryRow.project_id).where(EntryRow.id == command.entry, EntryRow.origin == "cold")
    ).scalar_one_or_none()
    if project is None:
        raise NotFound
    act.project(project)
    row = act.session.execute(select(EntryRow).where(EntryRow.id == command.entry)).scalar_one()
    if act.actor.id != row.owner_id:
        raise NotAllowed(verb=Text("rendre cette évaluation", "give this evaluation"), who=act.name_of(row.owner_id))
    if command.held not in HELD:
        raise ChoiceUnknown(value=command.held, label=Text("Les indicateurs tiennent-ils ?", "Do the indicators hold?"))
    note = command.note.strip()
    if not note:
        raise ReasonMissing(verb=Text("rendre l’évaluation à froid", "give the cold evaluation"))
    if len(note) > LONGEST_NOTE:
        limit = Text(f"{LONGEST_NOTE} caractères", f"{LONGEST_NOTE} characters")
        raise TooLarge(name=Text("L’évaluation", "The evaluation"), size=str(len(note)), limit=limit)
    change(row, held=command.held)
    close_entry(act, row, "done", note)
