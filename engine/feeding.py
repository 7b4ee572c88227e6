"""A table of a form feeds a register: each of its rows is an entry, opened once the step is completed.

The register lives its own life from then on. A row that a correction or another round changes changes its entry while
that is open (a decision is corrected by a new one); a row taken out leaves its entry where it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from engine.answers import decimal
from engine.entering import answered, columns, enter
from engine.errors import FormRefused
from engine.method import Field
from engine.registers import OF_THE_ROW, REGISTERS, Register
from engine.store.act import Act
from engine.store.case import Case
from engine.store.entries import change, note
from engine.store.tables import EntryRow, TaskRow
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
    tasks = _same_step(act, case)
    earlier = _round_before(act, case, tasks) if before is None else before
    wrong: dict[str, Text] = {}
    for field in tables:
        known = _entries(act, field.register, tasks)
        for number, row, old in _pairs(field, earlier.get(field.key), after.get(field.key)):
            try:
                _write(act, case, field, row, old, known)
            except FormRefused as refusal:
                wrong |= _beside(field, number, refusal)
    if wrong:
        labels = tuple(each.label for each in tables if any(key.startswith(f"{each.key}.") for key in wrong))
        raise FormRefused(task=case.name, fields=wrong, labels=labels)


def _same_step(act: Act, case: Case) -> list[int]:
    """The rounds of the step, for the same department; an occurrence stands alone."""
    task = case.task
    if task.kind != "task":
        return [task.id]
    query = select(TaskRow.id).where(
        TaskRow.project_id == task.project_id, TaskRow.element == task.element, TaskRow.instance == task.instance,
        TaskRow.kind == "task",
    ).order_by(TaskRow.id)  # fmt: skip
    return list(act.session.execute(query).scalars())


def _round_before(act: Act, case: Case, tasks: list[int]) -> Mapping[str, Any]:
    earlier = [each for each in tasks if each < case.task.id]
    if not earlier:
        return {}
    said = act.session.execute(
        select(TaskRow.answers).where(TaskRow.id.in_(earlier), TaskRow.state == "done").order_by(TaskRow.id.desc())
    ).scalars().first()  # fmt: skip
    return dict(json.loads(said or "{}"))


def _entries(act: Act, register: str, tasks: Iterable[int]) -> dict[str, EntryRow]:
    """What the step has fed the register with until now, by title; the latest of each."""
    rows = act.session.execute(
        select(EntryRow)
        .where(EntryRow.origin == "task", EntryRow.origin_id.in_(list(tasks)), EntryRow.register == register)
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


def _write(act: Act, case: Case, field: Field, row: Row, old: Row | None, known: Mapping[str, EntryRow]) -> None:
    register = REGISTERS[field.register]
    said = answered(act, register.fields, _values(act, case, field, register, row), register.one)
    entry = known.get(_title(field, row)) or (known.get(_title(field, old)) if old is not None else None)
    if entry is None:
        enter(act, register, case.project, said, origin="task", origin_id=case.task.id)
    elif register.fixed and old is not None:
        enter(act, register, case.project, said, origin="task", origin_id=case.task.id, corrects=entry.id)
    elif entry.closed_at is None and old is not None:
        _change(act, register, entry, said, {each.feeds for each in field.columns})


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
