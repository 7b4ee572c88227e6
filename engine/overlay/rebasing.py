"""rebase(overlay, old, new): a tailoring carried over to a new release, and everything in it that this touches.

    found = rebase(overlay, old, new)
    found.entries           eight kinds of conflict: ORPHAN, LOCK, WEAKER, CLASH, CONTRACT and ROLE block; CHANGED and
                            REDUNDANT are acknowledged
    found.overlay           what is left of it, bound to the new release; found.woven: what that gives
    found.questions         ids that are gone and may be there under another: "is this the same step?"

Nothing is decided here for the service: what blocks waits for its administrator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import JalonError
from engine.overlay import operations as op
from engine.overlay.already import says_already
from engine.overlay.asking import quorum, threshold
from engine.overlay.carrying import carry
from engine.overlay.difference import aliases, loom_of, renamed
from engine.overlay.judging import judged
from engine.overlay.loom import Loom, Origin
from engine.overlay.operations import Operation, Overlay
from engine.overlay.rules import BLOCKING, Conflict
from engine.overlay.weaving import Woven, check_bound, weave
from engine.release import Release
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation that the new release touches. `before`, `after`: what the method says of it, in either release."""

    conflict: Conflict
    number: int  #: of the operation, from 1
    operation: Operation
    why: Text
    before: str = ""
    after: str = ""
    moved: Operation | None = None  #: as it names things now; mostly `operation` itself

    @property
    def now(self) -> Operation:
        return self.moved or self.operation

    @property
    def blocks(self) -> bool:
        return self.conflict in BLOCKING

    @property
    def sentence(self) -> Text:
        said = Text(
            "{conflict} – opération {number} ({element}) : {why}", "{conflict} – operation {number} ({element}): {why}"
        )
        facts = {"conflict": self.conflict, "number": self.number, "element": self.operation.target, "why": self.why}
        return said.format(**facts)


@dataclass(frozen=True, slots=True)
class Question:
    """Is `old`, which is gone, the same step as `new`?"""

    old: str
    new: str
    name: Text


@dataclass(frozen=True)
class Rebased:
    overlay: Overlay  #: without what blocks or is redundant; nobody approved it yet
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    woven: Woven | None  #: None where even what is left cannot be woven: `refused` says why
    refused: Text = Text("")
    moved: tuple[Operation, ...] = ()  #: all operations, as they name things now

    @property
    def blocked(self) -> bool:
        return self.woven is None or any(each.blocks for each in self.entries)

    @property
    def clean(self) -> bool:
        """It rebases by itself, and the administrator is told."""
        return not self.entries and self.woven is not None


def rebase(overlay: Overlay, old: Release, new: Release, same: Mapping[str, str] | None = None) -> Rebased:
    """`same`: answers to the questions, old id -> new id; kept as aliases by `method.was` in the next release.

    Raises `OverlayForAnotherVersion` where the overlay is not bound to `old`.
    """
    check_bound(overlay, old.method)
    before, after = loom_of(old), loom_of(new)
    known = _followed(dict(same or {}) | aliases(after))
    entries: list[Entry] = []
    kept: list[Operation] = []
    all_moved = tuple(_renamed(each, known) for each in overlay.operations)
    for number, (operation, moved) in enumerate(zip(overlay.operations, all_moved, strict=True), 1):
        entry = _entry(number, operation, moved, before, after)
        if entry is not None:
            entries.append(entry)
        if entry is None or entry.conflict == "CHANGED":
            kept.append(moved)
            carry(moved, after, Origin("overlay", overlay.service, number, moved.kind, moved.reason))
    moved_to = replace(
        overlay, method=new.method.id, version=new.method.version, operations=tuple(kept), approver=""
    )  # fmt: skip
    woven, refused = _woven(new, moved_to)
    questions = tuple(_questions(overlay, old, new, known))
    return Rebased(moved_to, tuple(entries), questions, woven, refused, all_moved)


def _followed(known: dict[str, str]) -> dict[str, str]:
    """An id that was renamed twice leads to the last name."""
    found = {}
    for was, now in known.items():
        seen = {was}
        while now in known and now not in seen:
            seen.add(now)
            now = known[now]
        found[was] = now
    return found


def _woven(new: Release, overlay: Overlay) -> tuple[Woven | None, Text]:
    try:
        return weave(new, [], overlay), Text("")
    except JalonError as error:
        return None, error.said


def _questions(overlay: Overlay, old: Release, new: Release, known: Mapping[str, str]) -> list[Question]:
    wanted = {each.target for each in overlay.operations} - known.keys()
    return [
        Question(was, now, old.method.name_of(was)) for was, now in sorted(renamed(old, new).items()) if was in wanted
    ]


def _renamed(operation: Operation, known: Mapping[str, str]) -> Operation:
    now = known.get(operation.target)
    if now is None:
        return operation
    if isinstance(operation, op.Insert | op.InsertProcess):
        return replace(operation, hook=f"{now}.{operation.hook.rpartition('.')[2]}")
    return replace(operation, element=now)  # type: ignore[call-arg]


def _entry(number: int, operation: Operation, moved: Operation, before: Loom, after: Loom) -> Entry | None:
    was, now = base_of(operation, before), base_of(moved, after)
    if says_already(moved, after) and not says_already(operation, before):
        why = Text("la méthode le dit désormais elle-même.", "the method now says so itself.")
        return Entry("REDUNDANT", number, operation, why, was, now, moved)
    verdict = judged(moved, after)
    if verdict is not None:
        rule, why = verdict
        return Entry(rule.conflict, number, operation, why, was, now, moved)
    if was != now:
        why = Text(
            "la méthode a changé dessous ; c’est toujours permis.", "the method changed under it; it is still allowed."
        )
        return Entry("CHANGED", number, operation, why, was, now, moved)
    return None


# --- what the method says of what an operation touches ---


def base_of(operation: Operation, loom: Loom) -> str:
    """The method's own value under a local one; empty where there is nothing, or nothing under it."""
    node = loom.element(operation.target)
    if node is None:
        return ""
    read = _BASES.get(type(operation))
    return read(operation, node, loom) if read is not None else ""


def _step(operation: Any, node: Any, loom: Loom) -> str:
    """What is hidden or made conditional: what it asks, not how it says so."""
    fields = ", ".join(f"{each.id}:{each.get('type')}" for each in node.vendor("formData/formField"))
    return f"{node.properties.get('method.lock', 'locked')} {node.camunda('candidateGroups')} ({fields})"


def _called(operation: Any, node: Any, loom: Loom) -> str:
    process = loom.processes.get(node.get("calledElement"))
    return " ".join(each.id for each in process.nodes if each.tag == "userTask") if process is not None else ""


def _name(operation: op.Rename, node: Any, loom: Loom) -> str:
    field = loom.field(operation.element, operation.field) if operation.field else None
    return str(field.get("label")) if field is not None else str(node.name.fr)


_BASES: Mapping[type[Operation], Callable[[Any, Any, Loom], str]] = {
    op.Hide: _step,
    op.MakeConditional: _step,
    op.Replace: _called,
    op.RaiseQuorum: lambda _, node, __: str(quorum(node)),
    op.TightenRule: lambda _, node, __: str(node.properties.get("method.gate.rule", "chair")),
    op.SetDue: lambda _, node, __: str(node.camunda("dueDate")),
    op.LowerThreshold: lambda _, node, __: str(threshold(node)),
    op.Rename: _name,
    op.SetTemplate: lambda _, node, __: str(node.properties.get("method.template", "")),
}
