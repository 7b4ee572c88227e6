"""Give up a draft. Its files stay, to be downloaded."""

from __future__ import annotations

from dataclasses import dataclass

from engine.store.act import Act
from engine.store.drafts import DROPPED, close, draft_row


@dataclass(frozen=True, slots=True)
class DropMethodDraft:
    """Give up a draft. Its files stay, to be downloaded."""

    draft: int


def handle(act: Act, command: DropMethodDraft) -> None:
    row = draft_row(act, command.draft)
    close(act, row, DROPPED)
    act.record("method_draft_dropped", draft=row.id, method=row.method, version=row.version)
