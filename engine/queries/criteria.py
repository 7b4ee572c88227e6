"""The criteria of a gate, as its room shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.asides import may_approve
from engine.computations import binds
from engine.computed import Pointer
from engine.criteria import Assessed
from engine.queries.proofs import named, refers
from engine.queries.view import View
from engine.store.case import Case
from engine.words import Text


@dataclass(frozen=True, slots=True)
class CriterionLine:
    key: str
    text: Text
    state: Literal["", "met", "unmet", "not_applicable"]  #: empty: not examined yet
    evidence: str  #: words, the address of a link, or the reason why it does not apply
    by: str
    at: datetime | None
    computed: bool  #: nobody can tick it
    remark: Text = Text("")  #: what a computed criterion found, or what is awaited
    kind: Literal["text", "link", "file", "task", "entry"] = "text"  #: of the evidence
    refers: str = ""  #: `file:12`, `task:5`, `entry:7`; empty for words and links
    label: Text = Text("")  #: of what it refers to
    needs_evidence: bool = False
    locked: bool = False  #: "not applicable" needs another person's approval
    binds: bool = False  #: nobody may declare it not applicable
    asked: bool = False  #: "not applicable" awaits approval
    approved_by: str = ""
    may_approve: bool = False
    pointers: tuple[Pointer, ...] = ()  #: what stands in the way, and where it is mended


def criterion_lines(view: View, case: Case, criteria: tuple[Assessed, ...]) -> tuple[CriterionLine, ...]:
    people = view.people(id for each in criteria for id in (each.actor, each.approved_by))
    asked = {each.key: each for each in case.gate.criteria}
    labels = named(view, case.project.id, case.method, (refers(each.kind, each.refers_to) for each in criteria))

    def name(id: int | None) -> str:
        return people[id].name if id else ""

    return tuple(
        CriterionLine(
            key=each.key, text=each.text, state=each.state, evidence=each.evidence,  # type: ignore[arg-type]
            by=name(each.actor), at=each.at, computed=each.computed, remark=each.remark,
            kind=each.kind, refers=refers(each.kind, each.refers_to),  # type: ignore[arg-type]
            label=labels.get(refers(each.kind, each.refers_to), Text("")),
            needs_evidence=asked[each.key].evidence,
            locked=asked[each.key].locked or each.computed, binds=binds(asked[each.key].computed),
            asked=each.asked, approved_by=name(each.approved_by),
            may_approve=each.asked and case.task.state == "open" and may_approve(case, each.actor or 0),
            pointers=each.pointers,
        )
        for each in criteria
    )  # fmt: skip
