"""A table of a form feeds a register: each of its rows is an entry, opened once the step is completed.

The register lives its own life from then on. A row that a correction or another round changes changes its entry while
that is open (a decision is corrected by a new one); a row taken out leaves its entry where it is.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, literal, select, union_all

from engine.answers import decimal
from engine.entering import answered_all, columns, draft, entered
from engine.errors import FormRefused
from engine.method import Field
from engine.registers import OF_THE_ROW, REGISTERS, Register
from engine.store.act import Act
from engine.store.case import Case
from engine.store.entries import change, note, open_entries
from engine.store.statements import ask
from engine.store.tables import EntryRow, EventRow, ServiceRow, TaskRow
from engine.words import Text
from engine.working_time import PARIS

Row = Mapping[str, Any]


def feed(act: Act, case: Case, before: Mapping[str, Any] | None = None) -> None:
    """Open, or bring up to date, the entries of the answers that the task has now.

    `before`: what it answered until now, where that is corrected; else the round before is looked up. Costs nothing
    where no table of the form feeds a register. Raises `FormRefused`, beside the cells, for what the register refuses.
    """
    tables = [each for each in case.model.form if each.register]
    if not tables:
        return
    after = json.loads(case.task.answers or "{}")
    record = _record(act, case, {each.register for each in tables})
    earlier = record.said if before is None else before
    wrong: dict[str, Text] = {}
    for field in tables:
        known = _entries(act, field.register, [*record.rounds, *([case.task.id] if before is not None else ())])
        pairs = list(_pairs(field, earlier.get(field.key), after.get(field.key)))
        wrong |= _write(act, case, field, pairs, known, record)
    if wrong:
        labels = tuple(each.label for each in tables if any(key.startswith(f"{each.key}.") for key in wrong))
        raise FormRefused(task=case.name, fields=wrong, labels=labels)


@dataclasses.dataclass
class Record:
    """What the project has before the step feeds its registers."""

    rounds: list[int] = dataclasses.field(default_factory=list)  #: the tasks of the rounds before
    said: Mapping[str, Any] = dataclasses.field(default_factory=dict)  #: what the last of them answered
    last: dict[str, int] = dataclasses.field(default_factory=dict)  #: by register, the number of its last entry
    services: dict[str, int] = dataclasses.field(default_factory=dict)  #: by code


def _record(act: Act, case: Case, registers: set[str]) -> Record:
    """Asked at once, with the last event of the confidential chain, which a resistance goes on."""
    task, found = case.task, Record()
    rows = ask(
        act.link, _RECORD,
        {
            "project": case.project.id, "task": task.id, "element": task.element, "instance": task.instance,
            "kind": task.kind, "registers": sorted(registers), "apart": -case.project.id,
        },
    )  # fmt: skip
    for row in sorted(rows, key=attrgetter("id")):
        match row.what:
            case "round":
                found.rounds.append(row.id)
                found.said = json.loads(row.words) if row.words else found.said
            case "number":
                found.last[row.words] = row.id
            case "service":
                found.services[row.words] = row.id
            case "head":
                act.heads[-case.project.id] = (row.id, row.words)
    return found


def _part(what: str, id: Any, words: Any) -> Select[Any]:
    return select(literal(what).label("what"), id.label("id"), words.label("words"))


_PROJECT: BindParameter[int] = bindparam("project")
_APART: BindParameter[int] = bindparam("apart")
_RECORD = union_all(
    # an occurrence stands alone
    _part("round", TaskRow.id, TaskRow.answers).where(
        TaskRow.project_id == _PROJECT, TaskRow.element == bindparam("element"),
        TaskRow.instance == bindparam("instance"), TaskRow.kind == "task", bindparam("kind") == "task",
        TaskRow.id < bindparam("task"), TaskRow.state == "done",
    ),
    _part("number", func.max(EntryRow.number), EntryRow.register)
    .where(EntryRow.project_id == _PROJECT, EntryRow.register.in_(bindparam("registers", expanding=True)))
    .group_by(EntryRow.register),
    _part("service", ServiceRow.id, ServiceRow.code),
    _part("head", EventRow.number, EventRow.digest).where(
        EventRow.stream == _APART,
        EventRow.number == select(func.max(EventRow.number)).where(EventRow.stream == _APART).scalar_subquery(),
    ),
)  # fmt: skip


def _entries(act: Act, register: str, tasks: list[int]) -> dict[str, EntryRow]:
    """What the step has fed the register with until now, by title; the latest of each."""
    if not tasks:
        return {}
    rows = act.session.execute(
        select(EntryRow)
        .where(EntryRow.origin == "task", EntryRow.origin_id.in_(tasks), EntryRow.register == register)
        .order_by(EntryRow.id)
    ).scalars()
    return {row.title: row for row in rows}


def _pairs(field: Field, before: Any, after: Any) -> Iterator[tuple[int, Row, Row | None]]:
    """Each row that is new or changed, with its number, and the row that it stands in for: of the same title, else the
    one of the same place whose title is gone."""
    old, new = list(before or ()), list(after or ())
    titles = {_title(field, each) for each in new}
    by_title = {_title(field, each): each for each in old}
    for number, row in enumerate(new):
        was = by_title.get(_title(field, row))
        if was is None and number < len(old) and _title(field, old[number]) not in titles:
            was = old[number]
        if row != was:
            yield number, row, was


def _title(field: Field, row: Row) -> str:
    """In one line, as the register keeps it."""
    said = next((str(row.get(each.key) or "") for each in field.columns if each.feeds == "title"), "")
    return " ".join(said.split())[:200].strip()


def _write(
    act: Act, case: Case, field: Field, pairs: list[tuple[int, Row, Row | None]], known: Mapping[str, EntryRow],
    record: Record,
) -> dict[str, Text]:  # fmt: skip
    """The rows that are new, together; those that changed, one by one. Answers what the register refuses."""
    register = REGISTERS[field.register]
    rows = [_values(act, case, field, register, row) for _, row, _ in pairs]
    wrong: dict[str, Text] = {}
    drafts: list[dict[str, Any]] = []
    for (number, row, old), said in zip(pairs, answered_all(act, register.fields, rows, register.one), strict=True):
        if isinstance(said, FormRefused):
            wrong |= _beside(field, number, said)
            continue
        entry = known.get(_title(field, row)) or (known.get(_title(field, old)) if old is not None else None)
        if entry is None or (register.fixed and old is not None):
            drafted = draft(act, register, case.project, said, services=record.services)
            corrects = entry.id if entry is not None else None
            drafts.append({**drafted, "origin": "task", "origin_id": case.task.id, "corrects": corrects})
        elif entry.closed_at is None and old is not None:
            _change(act, register, entry, said, {each.feeds for each in field.columns})
    if drafts and not wrong:
        last = record.last.get(register.id, 0)
        for opened in open_entries(act, register.id, case.project, drafts, last):
            entered(act, opened)
        record.last[register.id] = last + len(drafts)
    return wrong


def _values(act: Act, case: Case, field: Field, register: Register, row: Row) -> dict[str, Any]:
    """The row as the register's form takes it, with what the step itself says: its department, its day, its name."""
    said: dict[str, Any] = {
        each.feeds: _as_asked(register.field(each.feeds), row.get(each.key)) for each in field.columns if each.feeds
    }
    said["title"] = _title(field, row)
    if case.model.each == "service" and register.field("service") is not None:
        said.setdefault("service", case.task.instance)
    if register.id == "decision":
        said.setdefault("body_of", case.name.fr)
        said.setdefault("on", act.now.astimezone(PARIS).date().isoformat())
    if register.id in ("decision", "idea") and not said.get("body"):
        said["body"] = said["title"]
    return said


def _as_asked(asked: Field | None, value: Any) -> Any:
    """A number of a table is the choice of a scale where the register has one."""
    number = decimal(value) if asked is not None and asked.type == "enum" else None
    return str(int(number)) if number is not None and number == int(number) else value


def _change(act: Act, register: Register, entry: EntryRow, said: Mapping[str, Any], fed: set[str]) -> None:
    """What the row says of the entry now; what the register alone says stays."""
    row = columns(act, register, said)
    entry.title = str(said["title"]).strip()
    for key, name in (("body", "body"), ("owner", "owner_id"), ("due", "due_at"), ("theme", "theme")):
        if key in fed:
            setattr(entry, name, row[key])
    change(entry, **{key: value for key, value in row["facts"].items() if key in fed and key not in OF_THE_ROW})
    note(act, entry, "changed", **({} if register.confidential else {"fields": sorted(fed - {""})}))


def _beside(field: Field, number: int, refusal: FormRefused) -> dict[str, Text]:
    """What the register refuses, beside the cell that says it; beside the first where no cell does."""
    cells = {each.feeds: each.key for each in field.columns if each.feeds}
    first = cells["title"]
    return {f"{field.key}.{number}.{cells.get(key, first)}": why for key, why in refusal.fields.items()}
