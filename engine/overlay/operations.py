"""What a service may say of a release: an overlay, an ordered list of operations on stable ids.

    Overlay(method="projet_transversal", version="1.0.0", service="DPAT", operations=(Hide("C2", reason="…"), …))

An operation names what it touches (`element`, or `hook`) and why (`reason`); its text form is in `text`, what the owner
of the method allows in `judging`, what each comes down to on the drawing in `carrying`. A project's choices are
operations too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from engine.method import Field
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Local:
    """A step that the service adds."""

    id: str
    name: Text
    role: str
    help: Text = Text("")
    due: str = ""  #: ISO 8601 duration after opening; empty: no deadline
    never: str = ""  #: role whose holders may not do it
    form: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`less`: it uses a freedom to do less, and is a deviation of its own."""

    kind: ClassVar[str] = ""
    less: ClassVar[bool] = False
    reason: str = ""
    measure: str = ""  #: what makes up for it, where it does less

    @property
    def target(self) -> str:
        """The element that it tailors, or at which it inserts."""
        raise NotImplementedError

    @property
    def claim(self) -> str:
        """What no other operation of the overlay may settle too."""
        return f"{self.target}/{self.kind}"


@dataclass(frozen=True, slots=True)
class OnElement(Operation):
    element: str  #: a task, a gate, a phase, or the process of an exceptional gate

    @property
    def target(self) -> str:
        return self.element


@dataclass(frozen=True, slots=True)
class AtHook(Operation):
    hook: str  #: `P2.end`, `C3.after`

    @property
    def target(self) -> str:
        return self.hook.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Hide(OnElement):
    """An optional step, or a recurring activity, is left out."""

    kind = "hide"
    less = True


@dataclass(frozen=True, slots=True)
class MakeConditional(OnElement):
    kind = "condition"
    less = True
    when: str  #: FEEL over what earlier forms answer


@dataclass(frozen=True, slots=True)
class Replace(OnElement):
    """The process that a phase calls, by a published variant."""

    kind = "replace"
    by: str  #: id of the variant's process


@dataclass(frozen=True, slots=True)
class Insert(AtHook):
    """A step of the service's own."""

    kind = "insert"
    step: Local

    @property
    def claim(self) -> str:
        return f"{self.step.id}/new"


@dataclass(frozen=True, slots=True)
class InsertProcess(AtHook):
    """The steps of a published fragment."""

    kind = "insert_process"
    process: str

    @property
    def claim(self) -> str:
        return f"{self.process}/new"


@dataclass(frozen=True, slots=True)
class AddCriterion(OnElement):
    kind = "criterion"
    key: str
    text: Text
    computed: str = ""
    evidence: bool = False

    @property
    def claim(self) -> str:
        return f"{self.element}/criterion.{self.key}"


@dataclass(frozen=True, slots=True)
class AddItem(OnElement):
    """A line of a checklist."""

    kind = "item"
    field: str
    key: str
    text: Text
    computed: str = ""
    evidence: bool = False

    @property
    def claim(self) -> str:
        return f"{self.element}/{self.field}.item.{self.key}"


@dataclass(frozen=True, slots=True)
class AddField(OnElement):
    kind = "field"
    field: Field

    @property
    def claim(self) -> str:
        return f"{self.element}/field.{self.field.key}"


@dataclass(frozen=True, slots=True)
class AddOption(OnElement):
    kind = "option"
    field: str
    value: str
    label: Text

    @property
    def claim(self) -> str:
        return f"{self.element}/{self.field}.option.{self.value}"


@dataclass(frozen=True, slots=True)
class AddVoter(OnElement):
    kind = "voter"
    role: str

    @property
    def claim(self) -> str:
        return f"{self.element}/voter.{self.role}"


@dataclass(frozen=True, slots=True)
class RaiseQuorum(OnElement):
    kind = "quorum"
    value: Decimal


@dataclass(frozen=True, slots=True)
class TightenRule(OnElement):
    kind = "rule"
    rule: str


@dataclass(frozen=True, slots=True)
class SetDue(OnElement):
    """Shortens a deadline, or lengthens it within its bounds."""

    kind = "due"
    due: str


@dataclass(frozen=True, slots=True)
class LowerThreshold(OnElement):
    """Of an exceptional gate; one that the method draws switched off is switched on by it."""

    kind = "threshold"
    value: Decimal


@dataclass(frozen=True, slots=True)
class Rename(OnElement):
    """An alias: what people read, not what anything refers to. `field`: of that field's label."""

    kind = "label"
    text: Text
    field: str = ""

    @property
    def claim(self) -> str:
        return f"{self.element}/{self.field}.label"


@dataclass(frozen=True, slots=True)
class SetTemplate(OnElement):
    """The document that a step starts from."""

    kind = "template"
    template: str


KINDS: dict[str, type[Operation]] = {
    each.kind: each
    for each in (
        Hide, MakeConditional, Replace, Insert, InsertProcess, AddCriterion, AddItem, AddField, AddOption, AddVoter,
        RaiseQuorum, TightenRule, SetDue, LowerThreshold, Rename, SetTemplate,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overlay:
    """The tailoring of one service, bound to one release. `author` and `approver` are logins, never the same."""

    method: str
    version: str
    service: str
    operations: tuple[Operation, ...] = ()
    reason: str = ""
    author: str = ""
    approver: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def bound_to(self) -> str:
        return f"{self.method}@{self.version}"
