"""Comment on a task."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import ReasonMissing, TooLarge
from engine.store.act import Act
from engine.store.case import must
from engine.store.tables import CommentRow
from engine.words import Text

LONGEST = 10_000  #: characters


@dataclass(frozen=True, slots=True)
class CommentOn:
    """Comment on a task."""

    task: int
    body: str  #: Markdown


@dataclass(frozen=True, slots=True)
class Commented:
    comment: int


def handle(act: Act, command: CommentOn) -> Commented:
    case = act.case(command.task)
    must(act, case, "comment")
    body = command.body.strip()
    if len(body) > LONGEST:
        name = Text("Votre commentaire", "Your comment")
        raise TooLarge(name=name, size=f"{len(body)}", limit=Text(f"{LONGEST} caractères", f"{LONGEST} characters"))
    if not body:
        raise ReasonMissing(verb=Text("commenter", "comment"))
    row = CommentRow(project_id=case.project.id, task_id=case.task.id, actor_id=act.actor.id, at=act.now, body=body)
    act.session.add(row)
    act.session.flush()
    act.record("comment_made", case.project, case.task, element=case.task.element, comment=row.id)
    return Commented(row.id)
