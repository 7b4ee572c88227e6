"""What each revision of a draft changed, file by file, so that two people who edit it lose nothing of one another.

Kept as fingerprints: {"editors": [3], "files": {"essai.bpmn": [[1, "9f86…", 3, "2026-11-23T09:00:00+00:00"]]}}; that of
a file that was taken out is empty. Of each file the last `MOST_KEPT` changes are known; what is older clashes. What the
last revision changed is there as it was before, so that it can be undone:
"undo": {"revision": 4, "files": {"essai.bpmn": "eJzt…"}}; one that was not there is empty. Who asked last for the
review: "asked": [3, "2026-11-23T09:00:00+00:00"].
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.beside import running

#: changes of one file that are remembered
MOST_KEPT = 200
#: bytes, compressed, of the files that an undo brings back; a change of more is not undone
MOST_UNDONE = 400_000
#: of a file that is not there
NONE = ""


@dataclass(frozen=True, slots=True)
class Step:
    revision: int
    digest: str
    by: int  #: 0: Jalon itself
    at: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    files: dict[str, bytes]  #: what the draft holds from now on
    merged: tuple[str, ...]  #: files that another changed meanwhile, and that are theirs
    clash: tuple[str, ...]  #: files that both changed


@dataclass
class Trail:
    editors: list[int] = field(default_factory=list)  #: everyone who ever changed something of what runs
    steps: dict[str, list[Step]] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)  #: what the last revision changed, as it was, compressed
    since: int = 0  #: the revision that an undo takes back; 0: none
    asked: tuple[int, datetime] | None = None  #: who asked last for the review, and when

    def changed(
        self, before: Mapping[str, bytes], after: Mapping[str, bytes], revision: int, by: int, at: datetime
    ) -> None:
        """Note what `revision` changed."""
        if by not in self.editors and running(before) != running(after):
            self.editors.append(by)
        for name in sorted({*before, *after}):
            digest = of(after, name)
            if of(before, name) != digest:
                self.steps[name] = [*self.steps.get(name, []), Step(revision, digest, by, at)][-MOST_KEPT:]
        changed = [name for name in sorted({*before, *after}) if of(before, name) != of(after, name)]
        kept = {name: _packed(before[name]) if name in before else NONE for name in changed}
        small = sum(map(len, kept.values())) <= MOST_UNDONE
        self.before, self.since = (kept, revision) if before and small else ({}, 0)

    def undone(self, current: Mapping[str, bytes]) -> dict[str, bytes]:
        """`current` as it was before the last revision."""
        back = {name: _unpacked(kept) for name, kept in self.before.items() if kept}
        return {name: content for name, content in current.items() if name not in self.before} | back

    def merge(self, current: Mapping[str, bytes], mine: Mapping[str, bytes], revision: int) -> Merge:
        """`mine`, begun from `revision`, put together with what the draft has become, a file at a time."""
        files: dict[str, bytes] = {}
        merged, clash = [], []
        for name in sorted({*current, *mine}):
            base, theirs, own = self._at(name, revision), of(current, name), of(mine, name)
            if own == theirs or theirs == base:
                taken = mine
            elif own == base:
                taken = current
                merged.append(name)
            else:
                taken = current
                clash.append(name)
            if name in taken:
                files[name] = taken[name]
        return Merge(files, tuple(merged), tuple(clash))

    def last(self, name: str) -> Step:
        return self.steps[name][-1]

    def _at(self, name: str, revision: int) -> str | None:
        """The fingerprint that a file had then; None: it is no longer known."""
        steps = self.steps.get(name, [])
        known = [each for each in steps if each.revision <= revision]
        if known:
            return known[-1].digest
        return None if len(steps) >= MOST_KEPT else NONE

    # --- as kept ---

    def write(self) -> str:
        steps = {
            name: [[each.revision, each.digest, each.by, each.at.isoformat()] for each in found]
            for name, found in self.steps.items()
        }
        said = {"editors": self.editors, "files": steps}
        undo = {"undo": {"revision": self.since, "files": self.before}} if self.since else {}
        asked = {"asked": [self.asked[0], self.asked[1].isoformat()]} if self.asked else {}
        return json.dumps(said | undo | asked, separators=(",", ":"))


def read_trail(content: str) -> Trail:
    said = json.loads(content)
    steps = {
        name: [Step(revision, digest, by, datetime.fromisoformat(at)) for revision, digest, by, at in found]
        for name, found in said["files"].items()
    }
    undo = said.get("undo", {"revision": 0, "files": {}})
    by, at = said.get("asked", (0, ""))
    asked = (by, datetime.fromisoformat(at)) if at else None
    return Trail(list(said["editors"]), steps, dict(undo["files"]), undo["revision"], asked)


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode()


def _unpacked(kept: str) -> bytes:
    return zlib.decompress(base64.b64decode(kept))


def of(files: Mapping[str, bytes], name: str) -> str:
    return hashlib.sha256(files[name]).hexdigest()[:32] if name in files else NONE
