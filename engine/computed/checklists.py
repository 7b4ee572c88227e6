"""How each line of a checklist stands: computed, vouched for by the administrator, ticked, or set aside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.computations import field_of
from engine.computed.facts import SaidFact, TaskFact, of_items
from engine.computed.looked import Found, Looked, Pointer, joined
from engine.method import Item
from engine.words import Text

#: the state of a deviation that was approved
APPROVED = "approved"
ADMINISTRATOR = Text("l’administrateur", "the administrator")
AWAITS_ADMINISTRATOR = Text("l’administrateur ne l’a pas encore attesté", "the administrator has not vouched for it")
AWAITS_APPROVAL = Text("« sans objet » attend l’accord d’une autre personne", "“not applicable” awaits approval")
NOT_DONE = Text("reste à faire", "is to do")


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a checklist. `state` is what was said of it; `holds` whether that is enough."""

    item: Item
    state: Literal["", "done", "not_applicable"]
    holds: bool
    remark: Text  #: what a computation found, or what is awaited
    said: SaidFact | None = None  #: by the administrator, or who asks that it does not apply
    approved: bool = False  #: "not applicable", by another person
    pointers: tuple[Pointer, ...] = ()
    line: Mapping[str, Any] | None = None  #: what the form says of it

    @property
    def asked(self) -> bool:
        """Does it await approval?"""
        return self.said is not None and self.said.state == "not_applicable" and not self.approved


def bound(item: Item) -> bool:
    """Is it more than a tick in the form?"""
    return bool(item.computed or item.locked or item.proof == "admin")


def standings(
    looked: Looked, element: str, instance: str, key: str, items: Iterable[Item], line: Mapping[str, Any]
) -> list[Standing]:
    """How each item of the checklist `key` of a task stands. `line`: what its form says, by item."""
    from engine.computed import compute  # a checklist may be what is computed

    lines = list(items)
    if any(map(bound, lines)):
        looked.gather(of_items(looked.method, element, (item.computed for item in lines)))
    said = assessments(looked, element, instance) if any(map(bound, lines)) else {}
    found = []
    for item in lines:
        row = said.get(f"{key}.{item.key}")
        form = line.get(item.key)
        form = form if isinstance(form, Mapping) else {}
        if row is not None and row.state == "not_applicable":
            found.append(_set_aside(item, row))
        elif item.computed:
            result = compute(looked, item.computed)
            state: Literal["", "done"] = "done" if result.holds else ""
            if result.holds and item.proof == "admin":  # it is so, and somebody says that they have seen to the rest
                found.append(_vouched(item, row))
            else:
                found.append(Standing(item, state, result.holds, result.remark, pointers=result.pointers))
        elif item.proof == "admin":
            found.append(_vouched(item, row if row is not None and row.state == "met" else None))
        else:
            found.append(_ticked(item, form))
    return found


def _set_aside(item: Item, row: SaidFact) -> Standing:
    approved = row.deviation == APPROVED
    remark = Text(row.evidence) if approved else AWAITS_APPROVAL
    return Standing(item, "not_applicable", approved, remark, row, approved)


def _vouched(item: Item, row: SaidFact | None) -> Standing:
    if row is None:
        return Standing(item, "", False, AWAITS_ADMINISTRATOR)
    return Standing(item, "done", True, Text(row.evidence), row)


def _ticked(item: Item, form: Mapping[str, Any]) -> Standing:
    state = str(form.get("state") or "")
    if state == "done":
        return Standing(item, "done", True, Text(str(form.get("evidence") or "")), line=form)
    if state == "not_applicable":
        remark = AWAITS_APPROVAL if item.locked else Text(str(form.get("reason") or ""))
        return Standing(item, "not_applicable", not item.locked, remark, line=form)
    return Standing(item, "", False, NOT_DONE, line=form)


def assessments(looked: Looked, element: str, instance: str) -> dict[str, SaidFact]:
    """What was last said of the items of a task."""
    return {row.criterion: row for row in looked.rows("said", element) if row.instance == instance}


def checklist_complete(looked: Looked) -> Found:
    """The checklist is filled in, and each of its items holds now."""
    (reference,) = looked.arguments
    element, _, key = reference.partition(".")
    awaited = looked.awaited(element)
    if awaited is not None:
        said = Text("À terminer : {what}.", "To complete: {what}.").format(what=awaited.text)
        return Found(False, said, (awaited,))
    field = field_of(reference, looked.method)
    items = field.items if field is not None else ()
    open_ = [
        (row, each)
        for row in looked.last(element).values()
        for each in _of_row(looked, row, key, items)
        if not each.holds
    ]
    if not open_:
        count = len(items) or len(looked.answers(reference))
        return Found(True, Text("{count} point(s) tiennent.", "{count} item(s) hold.").format(count=count))
    pointers = tuple(pointer for row, each in open_ for pointer in pointers_of(looked, row.id, each))
    said = Text("Ne tiennent pas : {items}.", "Not holding: {items}.")
    return Found(False, said.format(items=joined([each.item.text for _, each in open_])), pointers)


def _of_row(looked: Looked, row: TaskFact, key: str, items: Iterable[Item]) -> list[Standing]:
    line = json.loads(row.answers or "{}").get(key) or {}
    # lines that come from a source are those that were answered
    known = tuple(items) or tuple(Item(each, looked.service(each)) for each in line)
    return standings(looked, row.element, row.instance, key, known, line)


def pointers_of(looked: Looked, task: int, each: Standing) -> tuple[Pointer, ...]:
    """Where an item that does not hold is mended: its culprits, else the task whose list it is."""
    if each.pointers:
        said = Text("{item} : {what}", "{item}: {what}")
        return tuple(
            Pointer(one.place, one.id, said.format(item=each.item.text, what=one.text), one.who)
            for one in each.pointers
        )  # fmt: skip
    said = Text("{item} : {remark}", "{item}: {remark}").format(item=each.item.text, remark=each.remark)
    who = looked.sponsor if each.asked else ADMINISTRATOR if each.item.proof == "admin" else looked.lead
    return (Pointer("task", task, said, who),)
