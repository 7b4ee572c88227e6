"""Say what a draft changes, for those who will work with it; and which of its steps are steps of before."""

from __future__ import annotations

import json
from dataclasses import dataclass

from engine.store.act import Act
from engine.store.drafts import draft_row

#: characters of the notes of a release, in each language
LONGEST_NOTES = 20_000


@dataclass(frozen=True, slots=True)
class DescribeMethodDraft:
    """Say what a draft changes, for those who will work with it; and which of its steps are steps of before."""

    draft: int
    notes: str | None = None  #: Markdown, in French; None: as they are
    notes_en: str | None = None
    same: dict[str, str] | None = None  #: id before -> id now; None: as answered


def handle(act: Act, command: DescribeMethodDraft) -> None:
    row = draft_row(act, command.draft)
    if command.notes is not None:
        row.notes_fr = command.notes.strip()[:LONGEST_NOTES]
    if command.notes_en is not None:
        row.notes_en = command.notes_en.strip()[:LONGEST_NOTES]
    if command.same is not None:
        row.same = json.dumps(command.same, ensure_ascii=False, sort_keys=True)
