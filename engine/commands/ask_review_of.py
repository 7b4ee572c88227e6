"""Ask another method owner to look at a draft."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import NobodyToReview
from engine.store.act import Act
from engine.store.drafts import REVIEW, draft_row, must_be_sound, name_of, reviewers
from engine.workshop.trail import read_trail


@dataclass(frozen=True, slots=True)
class AskReviewOf:
    """Ask another method owner to look at a draft."""

    draft: int


def handle(act: Act, command: AskReviewOf) -> None:
    row = draft_row(act, command.draft)
    must_be_sound(row)
    if not reviewers(act.session, row):
        raise NobodyToReview(method=name_of(row))
    trail = read_trail(row.trail)
    trail.asked = act.actor.id, act.now
    row.trail = trail.write()
    row.state, row.reviewed_digest = REVIEW, ""
    row.reviewer_id, row.reviewed_at, row.review_word = None, None, ""
    act.record("method_review_asked", draft=row.id, method=row.method, version=row.version, digest=row.digest)
