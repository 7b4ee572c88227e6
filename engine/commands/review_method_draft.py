"""A second person's word on a draft: nobody who drew it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import ReasonMissing, ReviewedByEditor, ReviewNotAsked
from engine.store.act import Act
from engine.store.drafts import OPEN, REVIEW, draft_row, editors_of, must_be_sound, name_of
from engine.words import Text

#: characters of the word of who reviewed
LONGEST_WORD = 5_000


@dataclass(frozen=True, slots=True)
class ReviewMethodDraft:
    """A second person's word on a draft: nobody who drew it."""

    draft: int
    word: str = ""  #: required where it is refused
    refused: bool = False
    digest: str = ""  #: of what they looked at; empty: whatever it is


def handle(act: Act, command: ReviewMethodDraft) -> None:
    row = draft_row(act, command.draft)
    if row.state != REVIEW or command.digest not in ("", row.digest):
        raise ReviewNotAsked(method=name_of(row))
    if act.actor.id in editors_of(row):
        raise ReviewedByEditor(person=act.actor.name)
    if not command.refused:
        must_be_sound(row)
    word = command.word.strip()[:LONGEST_WORD]
    if command.refused and not word:
        raise ReasonMissing(verb=Text("refuser ce brouillon", "refuse this draft"))
    row.reviewer_id, row.reviewed_at, row.review_word = act.by, act.now, word
    row.state, row.reviewed_digest = (OPEN, "") if command.refused else (REVIEW, row.digest)
    kind = "method_review_refused" if command.refused else "method_review_given"
    act.record(kind, draft=row.id, method=row.method, version=row.version, digest=row.digest, reason=word)
