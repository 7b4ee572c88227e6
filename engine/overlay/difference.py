"""What changed between two releases of a method, and which version number that asks for.

    difference(old, new).level          patch: words; minor: something more is offered; major: something is locked,
                                        taken away or means another thing
    renamed(old, new)                   ids that are gone, each with the new one that may be the same step
    check_version(old, new)             raises `VersionTooSmall`

A renamed id is a removal and an addition, until the owner says that it is the same step: `method.was` on the new one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.diagram import Diagram, Node, drawn_in
from engine.dialect import is_apart
from engine.errors import ChoiceUnknown, NumberInvalid, VersionTooSmall
from engine.intent import order_lost
from engine.overlay.asking import listed
from engine.overlay.changes import NAMED, Change, Level, changes
from engine.overlay.loom import Loom
from engine.release import Release
from engine.words import Text

LEVELS: tuple[Level, ...] = ("none", "patch", "minor", "major")
#: by the numbers of a version, in order
STEPS: tuple[Level, ...] = ("major", "minor", "patch")
_PART = "(?:0|[1-9][0-9]{0,8})"
_NUMBER = re.compile(rf"{_PART}\.{_PART}\.{_PART}")


@dataclass(frozen=True, slots=True)
class Difference:
    changes: tuple[Change, ...]

    @property
    def level(self) -> Level:
        return max((each.level for each in self.changes), key=LEVELS.index, default="none")


def loom_of(release: Release) -> Loom:
    return Loom(drawn_in(release.files), drawn=False)


def difference(old: Release, new: Release, same: Mapping[str, str] | None = None) -> Difference:
    """`same`: what is the same step under another id, old -> new, where `method.was` does not say so."""
    before, after = loom_of(old), loom_of(new)
    found = list(changes(before, after, aliases(after) | dict(same or {})))
    turned = order_lost(*((each.method, _used(loom)) for each, loom in ((old, before), (new, after))))
    found += [
        Change("major", b, Text(f"« {a} » ne vient plus avant « {b} »", f"“{a}” no longer comes before “{b}”"))
        for a, b in turned
    ]
    return Difference(tuple(found))


def _used(loom: Loom) -> list[Diagram]:
    return [each for each in loom.diagrams if not is_apart(each)]


def aliases(loom: Loom) -> dict[str, str]:
    """What an element was called before -> its id now (`method.was`)."""
    elements = [*loom.nodes.values(), *loom.processes.values()]
    return {was: each.id for each in elements for was in listed(each, "method.was")}


def renamed(old: Release, new: Release) -> dict[str, str]:
    """What is gone -> what is new and may be the same step: to be asked, never assumed."""
    before, after = loom_of(old), loom_of(new)
    known = aliases(after)
    fresh = [each for each in after.nodes.values() if each.tag in NAMED and each.id not in before.nodes]
    found = {}
    for id, node in before.nodes.items():
        if node.tag in NAMED and id not in after.nodes and id not in known:
            best = max(fresh, key=lambda each, node=node: (_alike(node, each), each.id), default=None)  # type: ignore[misc]
            if best is not None and _alike(node, best) >= 2:
                found[id] = best.id
    return found


def must_be_ids(old: Release, new: Release, same: Mapping[str, str]) -> None:
    """Raises `ChoiceUnknown` where `same` names what is not gone, or as its successor what is not new."""
    before, after = (loom_of(each).nodes for each in (old, new))
    for was, now in same.items():
        for id, here, there in ((was, before, after), (now, after, before)):
            if id not in here or id in there:
                raise ChoiceUnknown(value=id, label=Text("Le même pas", "The same step"))


def check_version(old: Release, new: Release, same: Mapping[str, str] | None = None) -> None:
    """Does the number say what changed? One that is not three numbers is not compared."""
    found = difference(old, new, same)
    before, after = (numbers_of(each.method.version) for each in (old, new))
    if before is None or after is None:
        return
    step = next((each for each, a, b in zip(STEPS, before, after, strict=True) if a != b), LEVELS[0])
    if after < before or LEVELS.index(step) < LEVELS.index(found.level):
        worst = [BACK] if after < before else []
        worst += [each.text for each in found.changes if each.level == found.level][:3]
        raise VersionTooSmall(
            method=new.method.id, before=old.method.version, after=new.method.version, level=_WORDS[found.level],
            changes=worst, asked=next_number(old.method.version, found.level),
        )  # fmt: skip


BACK = Text("un numéro ne revient pas en arrière", "a number does not go back")
_WORDS = {
    "none": Text("nulle", "none"), "patch": Text("corrective", "a patch"), "minor": Text("mineure", "minor"),
    "major": Text("majeure", "major"),
}  # fmt: skip


def numbers_of(version: str) -> tuple[int, ...] | None:
    """The three numbers of a version; None for what is no number of a release."""
    return tuple(map(int, version.split("."))) if _NUMBER.fullmatch(version) else None


def must_be_number(version: str) -> None:
    """Raises `NumberInvalid` for what is not three whole numbers."""
    if numbers_of(version) is None:
        raise NumberInvalid(version=version or "–")


def next_number(version: str, level: str) -> str:
    """The smallest that says of a difference how grave it is; empty where `version` is not three numbers."""
    numbers = numbers_of(version)
    if numbers is None:
        return ""
    major, minor, patch = numbers
    return {"major": f"{major + 1}.0.0", "minor": f"{major}.{minor + 1}.0"}.get(level, f"{major}.{minor}.{patch + 1}")


def _alike(a: Node, b: Node) -> int:
    """How much two elements have in common: a name counts for two, a role, a kind and most of a form for one."""
    fields, others = ({each.id for each in node.vendor("formData/formField")} for node in (a, b))
    return (
        2 * (a.name.fr == b.name.fr) + (a.camunda("candidateGroups") == b.camunda("candidateGroups") != "")
        + (2 * len(fields & others) > len(fields | others) if fields | others else False)
    ) * (a.tag == b.tag)  # fmt: skip
