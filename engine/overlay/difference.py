"""What changed between two releases of a method, and which version number that asks for.

    difference(old, new).level          patch: words; minor: something more is offered; major: something is locked,
                                        taken away or means another thing
    renamed(old, new)                   ids that are gone, each with the new one that may be the same step
    check_version(old, new)             raises `VersionTooSmall`

A renamed id is a removal and an addition, until the owner says that it is the same step: `method.was` on the new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine import dmn
from engine.diagram import Diagram, Node
from engine.dialect import is_apart
from engine.errors import ChoiceUnknown, VersionTooSmall
from engine.intent import order_lost
from engine.overlay.asking import listed, quorum, threshold
from engine.overlay.lattice import LOCKS, stronger
from engine.overlay.loom import Loom
from engine.release import Release
from engine.words import Text

Level = Literal["none", "patch", "minor", "major"]
LEVELS: tuple[Level, ...] = ("none", "patch", "minor", "major")
#: by the numbers of a version, in order
STEPS: tuple[Level, ...] = ("major", "minor", "patch")
#: attributes by which a method grants a freedom: each word of them is one
FREEDOMS = ("method.tailor", "method.hooks", "method.variants", "method.form")


@dataclass(frozen=True, slots=True)
class Change:
    level: Level
    element: str
    text: Text


@dataclass(frozen=True, slots=True)
class Difference:
    changes: tuple[Change, ...]

    @property
    def level(self) -> Level:
        return max((each.level for each in self.changes), key=LEVELS.index, default="none")


def loom_of(release: Release) -> Loom:
    drawn, _ = dmn.apart(release.files)
    return Loom([Diagram(content, name) for name, content in drawn.items()], drawn=False)


def difference(old: Release, new: Release, same: Mapping[str, str] | None = None) -> Difference:
    """`same`: what is the same step under another id, old -> new, where `method.was` does not say so."""
    before, after = loom_of(old), loom_of(new)
    found = list(_changes(before, after, aliases(after) | dict(same or {})))
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
    fresh = [each for each in after.nodes.values() if each.tag in _NAMED and each.id not in before.nodes]
    found = {}
    for id, node in before.nodes.items():
        if node.tag in _NAMED and id not in after.nodes and id not in known:
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
    before, after = (_numbers(each.method.version) for each in (old, new))
    if before is None or after is None:
        return
    step = next((each for each, a, b in zip(STEPS, before, after, strict=True) if a != b), LEVELS[0])
    if after < before or LEVELS.index(step) < LEVELS.index(found.level):
        worst = [BACK] if after < before else []
        worst += [each.text for each in found.changes if each.level == found.level][:3]
        raise VersionTooSmall(
            method=new.method.id, before=old.method.version, after=new.method.version, level=_WORDS[found.level],
            changes=worst, asked=_next(before, found.level),
        )  # fmt: skip


_NAMED = ("userTask", "callActivity")
BACK = Text("un numéro ne revient pas en arrière", "a number does not go back")
_WORDS = {
    "none": Text("nulle", "none"), "patch": Text("corrective", "a patch"), "minor": Text("mineure", "minor"),
    "major": Text("majeure", "major"),
}  # fmt: skip


def _numbers(version: str) -> tuple[int, ...] | None:
    parts = version.split(".")
    return tuple(map(int, parts)) if len(parts) == 3 and all(each.isdigit() for each in parts) else None


def _next(version: tuple[int, ...], level: Level) -> str:
    major, minor, patch = version
    return {"major": f"{major + 1}.0.0", "minor": f"{major}.{minor + 1}.0"}.get(level, f"{major}.{minor}.{patch + 1}")


def _alike(a: Node, b: Node) -> int:
    """How much two elements have in common: a name counts for two, a role, a kind and most of a form for one."""
    fields, others = ({each.id for each in node.vendor("formData/formField")} for node in (a, b))
    return (
        2 * (a.name.fr == b.name.fr) + (a.camunda("candidateGroups") == b.camunda("candidateGroups") != "")
        + (2 * len(fields & others) > len(fields | others) if fields | others else False)
    ) * (a.tag == b.tag)  # fmt: skip


# --- what changed ---


def _changes(old: Loom, new: Loom, known: Mapping[str, str]) -> Iterator[Change]:
    olds, news = _elements(old), _elements(new)
    kept = {id: news.get(known.get(id, id)) for id in olds}
    for id, node in olds.items():
        other = kept[id]
        if other is None:
            yield Change("major", id, Text(f"« {id} » est retiré", f"“{id}” is removed"))
        else:
            yield from _changed(node, other)
    for id in sorted(news.keys() - {each.id for each in kept.values() if each is not None}):
        if _of_more(id, old, new):
            continue
        optional = news[id].properties.get("method.lock") == "optional" or _is_apart(news[id])
        yield Change("minor" if optional else "major", id, Text(f"« {id} » est ajouté", f"“{id}” is added"))
    yield from _roles(old.main, new.main)


def _of_more(id: str, old: Loom, new: Loom) -> bool:
    """A step of a variant or of a fragment that is offered from now on: it is told as one."""
    holder = new.holder.get(id)
    return holder is not None and _is_apart(holder) and holder.id not in old.processes


def _is_apart(node: Node) -> bool:
    return node.properties.get("method.kind") in ("variant", "fragment")


def _elements(loom: Loom) -> dict[str, Node]:
    """What an overlay may name, and what it stands in."""
    found = {id: each for id, each in loom.nodes.items() if each.tag in _NAMED}
    return found | loom.processes


def _changed(a: Node, b: Node) -> Iterator[Change]:
    id = b.id
    if a.name != b.name or a.help != b.help:
        yield Change("patch", id, Text(f"les mots de « {id} » changent", f"the words of “{id}” change"))
    yield from _lock(a, b)
    yield from _freedoms(a, b)
    roles = (
        "method.gate.chair",
        "method.never",
        "method.silence",
        "method.gate.outcomes",
        "method.each",
        "method.kind",
    )
    if a.camunda("candidateGroups") != b.camunda("candidateGroups") or any(
        a.properties.get(each) != b.properties.get(each) for each in roles
    ):
        yield Change(
            "major", id, Text(f"« {id} » change de rôle ou de nature", f"“{id}” changes its role or its nature")
        )
    if a.get("calledElement") != b.get("calledElement"):
        yield Change("major", id, Text(f"« {id} » appelle un autre processus", f"“{id}” calls another process"))
    yield from _parameters(a, b)
    yield from _fields(a, b)
    yield from _listed(a, b, "method.criterion.", Text("le critère", "the criterion"))


def _lock(a: Node, b: Node) -> Iterator[Change]:
    if a.tag != "userTask":
        return
    before, after = (each.properties.get("method.lock", "locked") for each in (a, b))
    if before != after and before in LOCKS and after in LOCKS:
        level: Level = "major" if stronger("lock", after, before) else "minor"
        yield Change(
            level, b.id, Text(f"« {b.id} » passe de {before} à {after}", f"“{b.id}” goes from {before} to {after}")
        )


def _freedoms(a: Node, b: Node) -> Iterator[Change]:
    for name in FREEDOMS:
        before, after = set(listed(a, name)), set(listed(b, name))
        if before - after:
            gone = ", ".join(sorted(before - after))
            yield Change("major", b.id, Text(f"{name} de « {b.id} » perd {gone}", f"{name} of “{b.id}” loses {gone}"))
        if after - before:
            more = ", ".join(sorted(after - before))
            yield Change("minor", b.id, Text(f"{name} de « {b.id} » gagne {more}", f"{name} of “{b.id}” gains {more}"))


def _parameters(a: Node, b: Node) -> Iterator[Change]:
    """A value that becomes stricter may leave a tailoring below it; one that is relaxed leaves none."""
    gate = "method.gate.voters" in a.properties or "method.gate.rule" in a.properties
    values: dict[str, tuple[Any, ...]] = {
        "due": tuple(each.camunda("dueDate") for each in (a, b)),
        "threshold": tuple(threshold(each) for each in (a, b)),
    }  # fmt: skip
    if gate:
        values |= {
            "quorum": tuple(quorum(each) for each in (a, b)),
            "rule": tuple(each.properties.get("method.gate.rule", "chair") for each in (a, b)),
            "voters": tuple(frozenset(listed(each, "method.gate.voters")) for each in (a, b)),
        }  # fmt: skip
    for name, (before, after) in values.items():
        if before == after or before is None or after is None:
            continue
        level: Level = "minor" if name != "voters" and stronger(name, before, after) else "major"
        yield Change(level, b.id, Text(f"{name} de « {b.id} » change", f"{name} of “{b.id}” changes"))


def _fields(a: Node, b: Node) -> Iterator[Change]:
    before, after = ({each.id: each for each in node.vendor("formData/formField")} for node in (a, b))
    for key in sorted(before.keys() - after.keys()):
        yield Change("major", b.id, Text(f"« {b.id} » perd le champ {key}", f"“{b.id}” loses the field {key}"))
    for key in sorted(after.keys() - before.keys()):
        level: Level = "major" if _required(after[key]) else "minor"
        yield Change(level, b.id, Text(f"« {b.id} » gagne le champ {key}", f"“{b.id}” gains the field {key}"))
    for key in sorted(before.keys() & after.keys()):
        one, other = before[key], after[key]
        if one.get("type") != other.get("type") or (_required(other) and not _required(one)):
            yield Change(
                "major", b.id, Text(f"le champ {key} de « {b.id} » change", f"the field {key} of “{b.id}” changes")
            )
        elif one.get("label") != other.get("label"):
            yield Change("patch", b.id, Text(f"les mots de « {b.id} » changent", f"the words of “{b.id}” change"))
        yield from _listed(one, other, "item.", Text("la ligne", "the line"), b.id)


def _required(field: Node) -> bool:
    return any(each.get("name") == "required" for each in field.vendor("validation/constraint"))


def _listed(a: Node, b: Node, start: str, what: Text, of: str = "") -> Iterator[Change]:
    of = of or b.id
    before, after = (
        {
            name: said
            for name, said in node.properties.items()
            if name.startswith(start) and name.count(".") == start.count(".")
        }
        for node in (a, b)
    )
    for name in sorted(before.keys() - after.keys()):
        yield Change("major", of, Text(f"« {of} » perd {what.fr} {name}", f"“{of}” loses {what.en} {name}"))
    for name in sorted(after.keys() - before.keys()):
        yield Change("minor", of, Text(f"« {of} » gagne {what.fr} {name}", f"“{of}” gains {what.en} {name}"))
    if any(before[name] != after[name] for name in before.keys() & after.keys()):
        yield Change("patch", of, Text(f"les mots de « {of} » changent", f"the words of “{of}” change"))


def _roles(a: Node, b: Node) -> Iterator[Change]:
    before, after = (
        {name for name in node.properties if name.startswith("method.role.") and name.count(".") == 2}
        for node in (a, b)
    )
    for name in sorted(before - after):
        yield Change("major", b.id, Text(f"le rôle {name[12:]} est retiré", f"the role {name[12:]} is removed"))
    for name in sorted(after - before):
        yield Change("minor", b.id, Text(f"le rôle {name[12:]} est ajouté", f"the role {name[12:]} is added"))
    for name in ("method.lead", "method.sponsor"):
        if a.properties.get(name) != b.properties.get(name):
            yield Change("major", b.id, Text(f"{name} change", f"{name} changes"))
