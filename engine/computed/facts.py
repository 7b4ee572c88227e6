"""What the record holds for computations: one question to the database, whatever a list of them asks.

A need is a part and what it is about: `("tasks", "A3")`, `("entries", "action")`, `("record", "")`. Each part is a
SELECT of the same columns; what several computations need together is asked in one UNION of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy import Text as Words
from sqlalchemy.types import TypeEngine

from engine.computations import COMPUTATIONS, field_of, parse
from engine.method import Method
from engine.store.tables import (
    ActorRow,
    AssessmentRow,
    DecisionRow,
    EntryRow,
    EventRow,
    ExecutionRow,
    FileRow,
    HoldingRow,
    InvitationRow,
    Moment,
    ProjectRow,
    ReserveRow,
    TaskRow,
)

Need = tuple[str, str]


class TaskFact(NamedTuple):
    """A task that is open or done."""

    id: int
    element: str
    instance: str
    state: str
    role: str
    remarks: str
    answers: str | None
    assignee_id: int | None


class FilesFact(NamedTuple):
    """How many files answer a field, those of earlier rounds too."""

    files: int
    element: str
    instance: str
    field: str


class SaidFact(NamedTuple):
    """What was said of an item of a checklist, in whichever round; the state of the deviation it asked for."""

    id: int
    element: str
    instance: str
    criterion: str
    state: str
    evidence: str
    deviation: str
    kind: str
    refers_to: int | None
    actor_id: int
    at: datetime


class EntryFact(NamedTuple):
    """An open entry of a register."""

    id: int
    register: str
    title: str
    facts: str
    owner_id: int | None
    level: int


class GateFact(NamedTuple):
    """A gate that was held, and how many decisions it has on record."""

    task_id: int
    element: str
    decisions: int


class DecisionFact(NamedTuple):
    """A decision of a gate, holds aside."""

    id: int
    gate: str
    outcome: str
    number: str
    task_id: int


class ReserveFact(NamedTuple):
    """A reserve to lift, and who has it."""

    id: int
    body: str
    owner_id: int | None


class GuestFact(NamedTuple):
    """A guest who has access: by a link that still opens, or a role."""

    id: int
    name: str


class RecordFact(NamedTuple):
    """History: its events, the last number, the digest of the one that the project says is the last."""

    events: int
    digest: str | None
    last: int | None


class ProofFact(NamedTuple):
    """The files of the project, and how many have no fingerprint."""

    files: int
    bare: int


class RunFact(NamedTuple):
    """An execution under way, and a task that it waits in."""

    id: int
    process: str
    element: str
    kind: str
    task_id: int | None


class Part(NamedTuple):
    """A SELECT of the common columns, what makes a fact of a row, and whether it is asked of something by name."""

    query: Select[Any]
    fact: Callable[..., Any]
    places: tuple[str, ...]  #: of the common columns, those of the fact
    named: bool = False


#: the common columns, and what each is in every part: a union has one type a column
COLUMNS: Mapping[str, TypeEngine[Any]] = {
    **dict.fromkeys(("id", "n", "m"), BigInteger()),
    **dict.fromkeys(("a", "b", "c", "d", "e", "f", "g"), Words()),
    "at": Moment(),
}


def _part(what: str, fact: Callable[..., Any], named: bool = False, **columns: Any) -> Part:
    query = select(literal(what).label("what"), *(_column(name, columns.get(name)) for name in COLUMNS))
    return Part(query, fact, tuple(columns), named)


def _column(name: str, column: Any) -> ColumnElement[Any]:
    kind = COLUMNS[name]
    if column is not None and not isinstance(kind, BigInteger):
        return column.label(name)  # type: ignore[no-any-return]
    return cast(null() if column is None else column, kind).label(name)


_OF: BindParameter[int] = bindparam("project")


def _where(part: Part, *where: Any) -> Part:
    return part._replace(query=part.query.where(*where))


def _about(column: Any, part: str) -> Any:
    return column.in_(bindparam(part, expanding=True))


_FILES = _part("files", FilesFact, True, id=func.count(), a=TaskRow.element, b=TaskRow.instance, c=FileRow.field)
_SAID = _part(
    "said", SaidFact, True, id=AssessmentRow.id, a=TaskRow.element, b=TaskRow.instance, c=AssessmentRow.criterion,
    d=AssessmentRow.state, e=AssessmentRow.evidence, f=EntryRow.state, g=AssessmentRow.kind, n=AssessmentRow.refers_to,
    m=AssessmentRow.actor_id, at=AssessmentRow.at,
)  # fmt: skip
_GATES = _part("gates", GateFact, id=TaskRow.id, a=TaskRow.element, n=func.count(DecisionRow.id))
_RUNS = _part(
    "runs", RunFact, id=ExecutionRow.id, a=ExecutionRow.process, b=TaskRow.element, c=TaskRow.kind, n=TaskRow.id
)
_LINKS = _part("links", GuestFact, id=InvitationRow.id, a=ActorRow.name)
_GUESTS = _part("guests", GuestFact, id=ActorRow.id, a=ActorRow.name)
_HEAD = (
    select(EventRow.digest)
    .where(
        EventRow.stream == _OF,
        EventRow.number == select(ProjectRow.events).where(ProjectRow.id == _OF).scalar_subquery(),
    )
    .scalar_subquery()
)

PARTS: Mapping[str, Part] = {
    "tasks": _where(
        _part(
            "tasks", TaskFact, True, id=TaskRow.id, a=TaskRow.element, b=TaskRow.instance, c=TaskRow.state,
            d=TaskRow.role, e=TaskRow.remarks, f=TaskRow.answers, n=TaskRow.assignee_id,
        ),
        TaskRow.project_id == _OF, _about(TaskRow.element, "tasks"), TaskRow.state.in_(("open", "done")),
    ),
    "files": _FILES._replace(
        query=_FILES.query.select_from(FileRow)
        .join(TaskRow, TaskRow.id == FileRow.task_id)
        .where(TaskRow.project_id == _OF, _about(TaskRow.element, "files"), FileRow.withdrawn_at.is_(None))
        .group_by(TaskRow.element, TaskRow.instance, FileRow.field)
    ),
    "said": _SAID._replace(
        query=_SAID.query.select_from(AssessmentRow)
        .join(TaskRow, TaskRow.id == AssessmentRow.task_id)
        .outerjoin(EntryRow, and_(AssessmentRow.state == "not_applicable", EntryRow.id == AssessmentRow.refers_to))
        .where(TaskRow.project_id == _OF, _about(TaskRow.element, "said"))
    ),
    "entries": _where(
        _part(
            "entries", EntryFact, True, id=EntryRow.id, a=EntryRow.register, b=EntryRow.title, c=EntryRow.facts,
            n=EntryRow.owner_id, m=EntryRow.level,
        ),
        EntryRow.project_id == _OF, _about(EntryRow.register, "entries"), EntryRow.closed_at.is_(None),
    ),
    "gates": _GATES._replace(
        query=_GATES.query.select_from(TaskRow)
        .outerjoin(DecisionRow, and_(DecisionRow.task_id == TaskRow.id, DecisionRow.outcome != "hold"))
        .where(TaskRow.project_id == _OF, TaskRow.kind == "gate", TaskRow.state == "done")
        .group_by(TaskRow.id, TaskRow.element)
    ),
    "decisions": _where(
        _part(
            "decisions", DecisionFact, True, id=DecisionRow.id, a=DecisionRow.gate, b=DecisionRow.outcome,
            c=DecisionRow.number, n=DecisionRow.task_id,
        ),
        DecisionRow.project_id == _OF, _about(DecisionRow.gate, "decisions"), DecisionRow.outcome != "hold",
    ),
    "reserves": _where(
        _part("reserves", ReserveFact, id=ReserveRow.id, a=ReserveRow.body, n=ReserveRow.owner_id),
        ReserveRow.project_id == _OF, ReserveRow.lifted_at.is_(None),
    ),
    "record": _where(
        _part("record", RecordFact, id=func.count(), a=_HEAD, n=func.max(EventRow.number)), EventRow.stream == _OF
    ),
    "proofs": _where(
        _part("proofs", ProofFact, id=func.count(), n=func.count().filter(FileRow.sha256 == "")),
        FileRow.project_id == _OF, FileRow.withdrawn_at.is_(None),
    ),
    "links": _LINKS._replace(
        query=_LINKS.query.select_from(InvitationRow)
        .join(ActorRow, ActorRow.id == InvitationRow.actor_id)
        .where(
            InvitationRow.project_id == _OF, InvitationRow.revoked_at.is_(None),
            InvitationRow.expires_at > bindparam("now", type_=Moment()),
        )
    ),
    "guests": _GUESTS._replace(
        query=_GUESTS.query.select_from(HoldingRow)
        .join(ActorRow, ActorRow.id == HoldingRow.actor_id)
        .where(HoldingRow.scope == "project", HoldingRow.scope_id == _OF, ActorRow.kind == "guest")
    ),
    "runs": _RUNS._replace(
        query=_RUNS.query.select_from(ExecutionRow)
        .outerjoin(TaskRow, and_(TaskRow.execution_id == ExecutionRow.id, TaskRow.state == "open"))
        .where(
            ExecutionRow.project_id == _OF, ExecutionRow.ended_at.is_(None),
            ExecutionRow.process.not_in(bindparam("usual", expanding=True)),
        )
    ),
}  # fmt: skip


@lru_cache(maxsize=256)
def question(parts: frozenset[str]) -> Select[Any] | CompoundSelect[Any]:
    """The statement for these parts, built once."""
    first, *others = (PARTS[each].query for each in sorted(parts))
    return union_all(first, *others) if others else first


# --- what a computation needs ---------------------------------------------------------------------------------

ALWAYS: Mapping[str, tuple[Need, ...]] = {
    "reserves_lifted": (("reserves", ""),),
    "decisions_frozen": (("gates", ""),),
    "guests_removed": (("links", ""), ("guests", "")),
    "dossier_archived": (("record", ""), ("proofs", "")),
    "exceptional_gates_passed": (("runs", ""),),
    "no_open_action": (("entries", "action"),),
    "critical_actions_closed": (("entries", "action"),),
    "deviations_reviewed": (("entries", "deviation"),),
}


def needs(method: Method, computation: str) -> set[Need]:
    """What the computation that a method names will ask; what it asks beside is asked then."""
    formula = parse(computation)
    asks = COMPUTATIONS.get(formula.name) if formula is not None else None
    if formula is None or asks is None:
        return set()
    found = set(ALWAYS.get(formula.name, ()))
    if formula.name == "consultations_closed":
        found |= {("tasks", task.id) for task in method.tasks.values() if task.silence}
    for number, argument in enumerate(formula.arguments):
        found |= _of_argument(method, asks.asks[min(number, len(asks.asks) - 1)] if asks.asks else "", argument)
    return found


def _of_argument(method: Method, kind: str, argument: str) -> set[Need]:
    if kind == "gate":
        return {("decisions", argument)}
    if kind == "register":
        return {("entries", argument)}
    if kind not in ("task", "answer", "field", "table", "checklist"):
        return set()
    element = argument.partition(".")[0]
    found = {("tasks", element)}
    field = field_of(argument, method) if "." in argument else None
    if field is not None and field.type == "file":
        found.add(("files", element))
    if field is not None and kind == "checklist":
        found |= of_items(method, element, (item.computed for item in field.items))
    return found


def of_items(method: Method, element: str, computations: Iterable[str]) -> set[Need]:
    """What the lines of a checklist of this task need."""
    return {("said", element)}.union(*(needs(method, each) for each in computations if each))
