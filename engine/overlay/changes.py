"""What changed between two looms, element by element, each with the least level of version that it asks for.

Patch: words. Minor: something more is offered, or less asked. Major: something is locked, taken away, or means another
thing, so that a tailoring may break on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.diagram import Node
from engine.overlay.asking import listed, quorum, threshold
from engine.overlay.figures import LOCKS, lasting, number, point, rule, share
from engine.overlay.lattice import stronger
from engine.overlay.loom import Loom
from engine.words import Text

Level = Literal["none", "patch", "minor", "major"]
#: of the elements that a tailoring names
NAMED = ("userTask", "callActivity")


@dataclass(frozen=True, slots=True)
class Change:
    level: Level
    element: str
    text: Text


def changes(old: Loom, new: Loom, known: Mapping[str, str]) -> Iterator[Change]:
    """`known`: what an element was called -> its id now."""
    olds, news = _elements(old), _elements(new)
    kept = {id: news.get(known.get(id, id)) for id in olds}
    for id, node in olds.items():
        other = kept[id]
        if other is None:
            yield _change("major", id, "« {of} » est retiré", "“{of}” is removed", of=_called(id, old))
        else:
            yield from _changed(node, other, old, new)
    for id in sorted(news.keys() - {each.id for each in kept.values() if each is not None}):
        if _of_more(id, old, new):
            continue
        optional = news[id].properties.get("method.lock") == "optional" or _is_apart(news[id])
        level: Level = "minor" if optional else "major"
        yield _change(level, id, "« {of} » est ajouté", "“{of}” is added", of=_called(id, new))
    yield from _roles(old.main, new.main)


def _change(level: Level, element: str, fr: str, en: str, **facts: Any) -> Change:
    return Change(level, element, Text(fr, en).format(**facts))


def _called(id: str, loom: Loom) -> str | Text:
    """Of a process, its name: people do not see its id."""
    return loom.name(id) if id in loom.processes else id


def _of_more(id: str, old: Loom, new: Loom) -> bool:
    """A step of a variant or of a fragment that is offered from now on: it is told as one."""
    holder = new.holder.get(id)
    return holder is not None and _is_apart(holder) and holder.id not in old.processes


def _is_apart(node: Node) -> bool:
    return node.properties.get("method.kind") in ("variant", "fragment")


def _elements(loom: Loom) -> dict[str, Node]:
    """What an overlay may name, and what it stands in."""
    apart_first = sorted(loom.processes.values(), key=lambda each: not _is_apart(each))  # a variant has ids of its base
    found = {each.id: each for process in apart_first for each in process.nodes if each.tag in NAMED}
    return found | loom.processes


#: what makes another step of a step
NATURE = ("method.gate.chair", "method.never", "method.silence", "method.gate.outcomes", "method.each", "method.kind")


def _changed(a: Node, b: Node, old: Loom, new: Loom) -> Iterator[Change]:
    of = _called(b.id, new)
    if a.name != b.name or a.help != b.help:
        yield _words_of(b.id, of)
    yield from _lock(a, b)
    yield from _freedoms(a, b, old, new)
    nature = any(a.properties.get(each) != b.properties.get(each) for each in NATURE)
    if nature or a.camunda("candidateGroups") != b.camunda("candidateGroups"):
        said = "« {of} » change de rôle ou de nature", "“{of}” changes its role or its nature"
        yield _change("major", b.id, *said, of=of)
    if a.get("calledElement") != b.get("calledElement"):
        yield _change("major", b.id, "« {of} » appelle un autre processus", "“{of}” calls another process", of=of)
    yield from _parameters(a, b, of)
    yield from _fields(a, b)
    yield from _listed(a, b, "method.criterion.", Text("le critère", "the criterion"))


def _words_of(id: str, of: str | Text) -> Change:
    return _change("patch", id, "les mots de « {of} » changent", "the words of “{of}” change", of=of)


def _lock(a: Node, b: Node) -> Iterator[Change]:
    if a.tag != "userTask":
        return
    before, after = (each.properties.get("method.lock", "locked") for each in (a, b))
    if before != after and before in LOCKS and after in LOCKS:
        level: Level = "major" if stronger("lock", after, before) else "minor"
        said = "« {of} » était {before} et devient {after}", "“{of}” was {before} and becomes {after}"
        yield _change(level, b.id, *said, of=b.id, before=LOCKS[before], after=LOCKS[after])


# --- what a service may do ---

#: attributes by which a method grants a freedom: each word of them is one
FREEDOMS = ("method.tailor", "method.hooks", "method.variants", "method.form")
_MAY = {
    "hide": Text("la masquer", "hide it"),
    "condition": Text("la rendre conditionnelle", "make it conditional"),
    "extensible": Text("y ajouter des questions", "add questions to it"),
}


def _freedoms(a: Node, b: Node, old: Loom, new: Loom) -> Iterator[Change]:
    of = _called(b.id, new)
    for name in FREEDOMS:
        before, after = set(listed(a, name)), set(listed(b, name))
        if before - after:
            gone = [_freedom(name, each, b.id, old) for each in sorted(before - after)]
            said = "« {of} » : un service ne peut plus {what}", "“{of}”: a department may no longer {what}"
            yield _change("major", b.id, *said, of=of, what=gone)
        if after - before:
            more = [_freedom(name, each, b.id, new) for each in sorted(after - before)]
            said = "« {of} » : un service peut désormais {what}", "“{of}”: a department may now {what}"
            yield _change("minor", b.id, *said, of=of, what=more)


def _freedom(attribute: str, word: str, id: str, loom: Loom) -> Text:
    if attribute == "method.hooks":
        return Text("insérer une étape {point}", "insert a step {point}").format(point=point(f"{id}.{word}"))
    if attribute == "method.variants":
        return Text("la remplacer par « {name} »", "replace it by “{name}”").format(name=loom.name(word))
    return _MAY.get(word, Text(word))


# --- values ---

_VALUES: dict[str, tuple[Text, Callable[[Any], Text]]] = {
    "due": (Text("l’échéance", "the deadline"), lasting),
    "threshold": (Text("le seuil", "the threshold"), number),
    "quorum": (Text("le quorum", "the quorum"), share),
    "rule": (Text("la règle de décision", "the decision rule"), rule),
}


def _parameters(a: Node, b: Node, of: str | Text) -> Iterator[Change]:
    """A value that becomes stricter may leave a tailoring below it; one that is relaxed leaves none."""
    values: dict[str, tuple[Any, Any]] = {
        "due": (a.camunda("dueDate"), b.camunda("dueDate")), "threshold": (threshold(a), threshold(b)),
    }  # fmt: skip
    gate = "method.gate.voters" in a.properties or "method.gate.rule" in a.properties
    if gate:
        rules = (each.properties.get("method.gate.rule", "chair") for each in (a, b))
        values |= {"quorum": (quorum(a), quorum(b)), "rule": (next(rules), next(rules))}
    for name, (before, after) in values.items():
        if before == after or before is None or after is None:
            continue
        what, words = _VALUES[name]
        level: Level = "minor" if stronger(name, before, after) else "major"
        said = "{what} de « {of} » passe de {before} à {after}", "{what} of “{of}” goes from {before} to {after}"
        yield _change(level, b.id, *said, what=what, of=of, before=words(before), after=words(after))
    if gate and set(listed(a, "method.gate.voters")) != set(listed(b, "method.gate.voters")):
        yield _change("major", b.id, "les votants de « {of} » changent", "the voters of “{of}” change", of=of)


# --- forms ---


def _fields(a: Node, b: Node) -> Iterator[Change]:
    before, after = ({each.id: each for each in node.vendor("formData/formField")} for node in (a, b))
    for key in sorted(before.keys() - after.keys()):
        said = "« {of} » perd la question « {label} »", "“{of}” loses the question “{label}”"
        yield _change("major", b.id, *said, of=b.id, label=_label(before[key]))
    for key in sorted(after.keys() - before.keys()):
        level: Level = "major" if _required(after[key]) else "minor"
        said = "« {of} » gagne la question « {label} »", "“{of}” gains the question “{label}”"
        yield _change(level, b.id, *said, of=b.id, label=_label(after[key]))
    for key in sorted(before.keys() & after.keys()):
        one, other = before[key], after[key]
        if one.get("type") != other.get("type") or (_required(other) and not _required(one)):
            said = "la question « {label} » de « {of} » change", "the question “{label}” of “{of}” changes"
            yield _change("major", b.id, *said, of=b.id, label=_label(one))
        elif one.get("label") != other.get("label"):
            yield _words_of(b.id, b.id)
        yield from _listed(one, other, "item.", Text("le point de contrôle", "the checklist item"), b.id)


def _label(field: Node) -> Text:
    return Text(field.get("label") or field.id, field.properties.get("label.en", ""))


def _required(field: Node) -> bool:
    return any(each.get("name") == "required" for each in field.vendor("validation/constraint"))


def _listed(a: Node, b: Node, start: str, what: Text, of: str = "") -> Iterator[Change]:
    of = of or b.id
    before, after = (
        {name: Text(said, node.properties.get(f"{name}.en", ""))
         for name, said in node.properties.items()
         if name.startswith(start) and name.count(".") == start.count(".")}
        for node in (a, b)
    )  # fmt: skip
    for name in sorted(before.keys() - after.keys()):
        said = "« {of} » perd {what} « {text} »", "“{of}” loses {what} “{text}”"
        yield _change("major", of, *said, of=of, what=what, text=before[name])
    for name in sorted(after.keys() - before.keys()):
        said = "« {of} » gagne {what} « {text} »", "“{of}” gains {what} “{text}”"
        yield _change("minor", of, *said, of=of, what=what, text=after[name])
    if any(before[name].fr != after[name].fr for name in before.keys() & after.keys()):
        yield _words_of(of, of)


# --- roles ---


def _roles(a: Node, b: Node) -> Iterator[Change]:
    before, after = (
        {name: Text(said, node.properties.get(f"{name}.en", ""))
         for name, said in node.properties.items()
         if name.startswith("method.role.") and name.count(".") == 2}
        for node in (a, b)
    )  # fmt: skip
    for name in sorted(before.keys() - after.keys()):
        yield _change("major", b.id, "le rôle « {role} » est retiré", "the role “{role}” is removed", role=before[name])
    for name in sorted(after.keys() - before.keys()):
        yield _change("minor", b.id, "le rôle « {role} » est ajouté", "the role “{role}” is added", role=after[name])
    for name, what in _HEADS.items():
        if a.properties.get(name) != b.properties.get(name):
            yield Change("major", b.id, what)


_HEADS = {
    "method.lead": Text("un autre rôle conduit les projets", "another role leads projects"),
    "method.sponsor": Text("un autre rôle commande les projets", "another role sponsors projects"),
}
