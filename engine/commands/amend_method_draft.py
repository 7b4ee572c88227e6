"""Change one thing in the outline of a draft: a step, a gate, a phase. The diagram is drawn anew where it has to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.release import unpack
from engine.store.act import Act
from engine.store.drafts import change, draft_row
from engine.workshop.outline import amended


@dataclass(frozen=True, slots=True)
class AmendMethodDraft:
    """Change one thing in the outline of a draft."""

    draft: int
    edit: Mapping[str, str] = field(default_factory=dict)  #: what `do` asks (engine.workshop.outline)


@dataclass(frozen=True, slots=True)
class MethodDraftAmended:
    revision: int


def handle(act: Act, command: AmendMethodDraft) -> MethodDraftAmended:
    row = draft_row(act, command.draft)
    files = amended(unpack(row.files), command.edit)
    return MethodDraftAmended(change(act, row, files, row.revision)[0])
