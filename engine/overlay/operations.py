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
    """`element`: the id of what is tailored. `less`: it uses a freedom to do less, and is a deviation of its own."""

    kind: ClassVar[str] = ""
    less: ClassVar[bool] = False
    reason: str = ""
    measure: str = ""  #: what makes up for it, where it does less

    @property
    def target(self) -> str:
        return str(getattr(self, "element", ""))

    @property
    def claim(self) -> str:
        """What no other operation of the overlay may settle too."""
        return f"{self.target}/{self.kind}"


@dataclass(frozen=True, slots=True)
class Hide(Operation):
    """An optional step, or a recurring activity, is left out."""

    kind = "hide"
    less = True
    element: str


@dataclass(frozen=True, slots=True)
class MakeConditional(Operation):
    kind = "condition"
    less = True
    element: str
    when: str  #: FEEL over what earlier forms answer


@dataclass(frozen=True, slots=True)
class Replace(Operation):
    """The process that a phase calls, by a published variant."""

    kind = "replace"
    element: str  #: the call activity
    by: str  #: id of the variant's process


@dataclass(frozen=True, slots=True)
class Insert(Operation):
    """A step of the service's own, at a hook (`P2.end`, `C3.after`)."""

    kind = "insert"
    hook: str
    step: Local

    @property
    def target(self) -> str:
        return self.hook.rpartition(".")[0]

    @property
    def claim(self) -> str:
        return f"{self.step.id}/new"


@dataclass(frozen=True, slots=True)
class InsertProcess(Operation):
    """The steps of a published fragment, at a hook."""

    kind = "insert_process"
    hook: str
    process: str

    @property
    def target(self) -> str:
        return self.hook.rpartition(".")[0]

    @property
    def claim(self) -> str:
        return f"{self.process}/new"


@dataclass(frozen=True, slots=True)
class AddCriterion(Operation):
    kind = "criterion"
    element: str
    key: str
    text: Text
    computed: str = ""
    evidence: bool = False

    @property
    def claim(self) -> str:
        return f"{self.element}/criterion.{self.key}"


@dataclass(frozen=True, slots=True)
class AddItem(Operation):
    """A line of a checklist."""

    kind = "item"
    element: str
    field: str
    key: str
    text: Text
    computed: str = ""
    evidence: bool = False

    @property
    def claim(self) -> str:
        return f"{self.element}/{self.field}.item.{self.key}"


@dataclass(frozen=True, slots=True)
class AddField(Operation):
    kind = "field"
    element: str
    field: Field

    @property
    def claim(self) -> str:
        return f"{self.element}/field.{self.field.key}"


@dataclass(frozen=True, slots=True)
class AddOption(Operation):
    kind = "option"
    element: str
    field: str
    value: str
    label: Text

    @property
    def claim(self) -> str:
        return f"{self.element}/{self.field}.option.{self.value}"


@dataclass(frozen=True, slots=True)
class AddVoter(Operation):
    kind = "voter"
    element: str
    role: str

    @property
    def claim(self) -> str:
        return f"{self.element}/voter.{self.role}"


@dataclass(frozen=True, slots=True)
class RaiseQuorum(Operation):
    kind = "quorum"
    element: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class TightenRule(Operation):
    kind = "rule"
    element: str
    rule: str


@dataclass(frozen=True, slots=True)
class SetDue(Operation):
    """Shortens a deadline, or lengthens it within its bounds."""

    kind = "due"
    element: str
    due: str


@dataclass(frozen=True, slots=True)
class LowerThreshold(Operation):
    """Of an exceptional gate; one that the method draws switched off is switched on by it."""

    kind = "threshold"
    element: str  #: the process of the exception
    value: Decimal


@dataclass(frozen=True, slots=True)
class Rename(Operation):
    """An alias: what people read, not what anything refers to. `field`: of that field's label."""

    kind = "label"
    element: str
    text: Text
    field: str = ""

    @property
    def claim(self) -> str:
        return f"{self.element}/{self.field}.label"


@dataclass(frozen=True, slots=True)
class SetTemplate(Operation):
    """The document that a step starts from."""

    kind = "template"
    element: str
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
