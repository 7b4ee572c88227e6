"""Change one thing in the outline of a draft: a step, a gate, a phase. The diagram is drawn anew where it has to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.release import unpack
from engine.store.act import Act
from engine.store.drafts import change, draft_row, must_be_unpublished, undo
from engine.store.releases import last_releases
from engine.workshop.outline import amended


@dataclass(frozen=True, slots=True)
class AmendMethodDraft:
    """Change one thing in the outline of a draft."""

    draft: int
    #: what `do` asks (engine.workshop.outline); `undo`, with the `revision` that is the last one, takes it back
    edit: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MethodDraftAmended:
    revision: int


def handle(act: Act, command: AmendMethodDraft) -> MethodDraftAmended:
    row = draft_row(act, command.draft)
    if command.edit.get("do") == "undo":
        said = command.edit.get("revision", "")
        return MethodDraftAmended(undo(act, row, int(said) if said.isdecimal() else 0))
    if command.edit.get("do") == "identify" and command.edit.get("id", "").strip() != row.method:
        must_be_unpublished(act, command.edit.get("id", "").strip())
    published = {each.method for each in last_releases(act.session)} if command.edit.get("do") == "adopt" else set()
    files = amended(unpack(row.files), command.edit, published)
    return MethodDraftAmended(change(act, row, files, row.revision)[0])
