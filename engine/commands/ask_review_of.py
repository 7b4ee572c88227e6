"""Ask another method owner to look at a draft."""

from __future__ import annotations

from dataclasses import dataclass

from engine.store.act import Act
from engine.store.drafts import REVIEW, draft_row


@dataclass(frozen=True, slots=True)
class AskReviewOf:
    """Ask another method owner to look at a draft."""

    draft: int


def handle(act: Act, command: AskReviewOf) -> None:
    row = draft_row(act, command.draft)
    row.state, row.reviewed_digest = REVIEW, ""
    row.reviewer_id, row.reviewed_at, row.review_word = None, None, ""
    act.record("method_review_asked", draft=row.id, method=row.method, version=row.version, digest=row.digest)
