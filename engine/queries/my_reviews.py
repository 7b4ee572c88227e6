"""The drafts of methods that wait for somebody's second word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from engine.people import METHOD_OWNER
from engine.queries.lines import ActorLine
from engine.queries.view import View
from engine.store.drafts import REVIEW, editors_of, name_of, review_asked
from engine.store.tables import MethodDraftRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class MyReviews:
    """What one may review; nothing to who owns no methods."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    draft: int
    method: str  #: id
    name: Text
    version: str
    by: ActorLine | None  #: who asked; None: Jalon itself
    at: datetime  #: when they did


@dataclass(frozen=True, slots=True)
class MyReviewsPage:
    asked: tuple[ReviewLine, ...]  #: the oldest first


def read(view: View, query: MyReviews) -> MyReviewsPage:
    if not view.actor.holds(METHOD_OWNER):
        return MyReviewsPage(())
    waiting = (
        select(MethodDraftRow)
        .where(MethodDraftRow.state == REVIEW, MethodDraftRow.reviewed_digest == "")
        .options(undefer(MethodDraftRow.trail))
    )
    rows = view.session.execute(waiting).scalars()
    mine = [(row, *review_asked(row)) for row in rows if view.actor.id not in editors_of(row)]
    view.people([by for _, by, _ in mine])
    lines = (ReviewLine(row.id, row.method, name_of(row), row.version, view.person(by), at) for row, by, at in mine)
    return MyReviewsPage(tuple(sorted(lines, key=lambda line: (line.at, line.draft))))
