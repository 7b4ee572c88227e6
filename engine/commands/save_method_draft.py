"""Keep the files of a draft, as they were drawn.

History has a draft's opening, review and publication, not each stroke of the pen.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.beside import scenarios_among
from engine.release import unpack
from engine.store.act import Act
from engine.store.drafts import change, draft_row
from engine.workshop import brought


@dataclass(frozen=True, slots=True)
class SaveMethodDraft:
    """Keep the files of a draft, as they were drawn."""

    draft: int
    #: all of them, by name: .bpmn, .dmn and .scenarios.yaml files, or zips; without a word of scenarios, these stay
    files: dict[str, bytes]
    revision: int  #: of the draft, from which they were changed; a zip that was exported says its own
    beside: bool = False  #: what the draft has and was not sent stays, instead of going


@dataclass(frozen=True, slots=True)
class MethodDraftSaved:
    revision: int
    merged: list[str]  #: files that another changed meanwhile: they are as that person left them
    ignored: list[str]  #: names of what was sent and is no diagram
    stayed: list[str]  #: files that stay beside those that were sent, in order


def handle(act: Act, command: SaveMethodDraft) -> MethodDraftSaved:
    row = draft_row(act, command.draft)
    kept = unpack(row.files)
    found = brought(command.files, kept if command.beside else {})
    begun = command.revision if found.revision is None else found.revision
    files = found.files
    if found.revision is None and not scenarios_among(files):  # nobody said a word of scenarios
        files = files | scenarios_among(kept)
    revision, merged = change(act, row, files, begun)
    return MethodDraftSaved(revision, list(merged), list(found.ignored), list(found.stayed))
