"""What a field chooses from: its own options, or what its `source` names. One question to the database a form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy import Text as Words

from engine.answers import Allowed
from engine.method import Field, Item, Method, Task
from engine.store.statements import Link, ask
from engine.store.tables import ActorRow, ChoiceRow, FileRow, ProjectRow, ReleaseRow, ServiceRow, TaskRow
from engine.words import Text

#: sources that the organisation keeps as lists
KEPT = {"objectives": "objective", "strands": "strand", "themes": "theme"}
EMPTY, ZERO = literal_column("''", Words()), literal_column("0", Integer())


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form offers: for each enum and multiselect field its choices, for each checklist its items; in order."""

    choices: Mapping[str, tuple[Choice, ...]]
    items: Mapping[str, tuple[Item, ...]]


def offered(link: Link, project: ProjectRow, method: Method, fields: Sequence[Field]) -> Offered:
    """What is offered by these fields, asked at once."""
    found = _asked(link, _needs(fields), project.id)
    return Offered(_choices(project, method, fields, found), _items(project, method, fields, found))


def allowed(
    link: Link, project: ProjectRow, method: Method, task: Task, row: TaskRow, values: Mapping[str, Any]
) -> Allowed:
    """What the answers of one task may choose from; asks the database once, for what its form needs.

    `values`: what is answered; of the directory, only the people named in it are looked up.
    """
    needs, named = _needs(task.form), _named(task.form, values)
    if named:
        needs |= {"person"}
    if any(each.type == "file" for each in task.form):
        needs |= {"file"}
    found = _asked(link, needs, project.id, row, named)
    return Allowed(
        choices={
            key: frozenset(choice.value for choice in chosen)
            for key, chosen in _choices(project, method, task.form, found).items()
        },
        items=_items(project, method, task.form, found),
        people=frozenset(int(each.value) for each in found.get("person", ())),
        files={each.value: int(each.label.fr) for each in found.get("file", ())},
    )


def offered_by_all(link: Link, fields: Sequence[Field]) -> dict[str, tuple[Choice, ...]]:
    """What fields offer that only name what the organisation has (its services, its lists), or their own options."""
    found = _asked(link, _needs(fields), 0)
    return {each.key: _of_all(each, found) for each in fields if each.type in ("enum", "multiselect")}


def allowed_by_all(link: Link, fields: Sequence[Field], values: Mapping[str, Any]) -> Allowed:
    """What the answers to such fields may choose from; asks the database once."""
    named = _named(fields, values)
    found = _asked(link, _needs(fields) | ({"person"} if named else set()), 0, named=named)
    chosen = {each.key: _of_all(each, found) for each in fields if each.type in ("enum", "multiselect")}
    return Allowed(
        choices={key: frozenset(each.value for each in offered) for key, offered in chosen.items()},
        people=frozenset(int(each.value) for each in found.get("person", ())),
    )


def _of_all(each: Field, found: Found) -> tuple[Choice, ...]:
    if not each.source:
        return tuple(Choice(option.value, option.label) for option in each.options)
    return tuple(found.get(KEPT.get(each.source, "service"), ()))


def _choices(
    project: ProjectRow, method: Method, fields: Iterable[Field], found: Found
) -> dict[str, tuple[Choice, ...]]:
    return {
        each.key: _from(project, method, each.source, found)
        if each.source
        else tuple(Choice(option.value, option.label) for option in each.options)
        for each in fields
        if each.type in ("enum", "multiselect")
    }


def _items(project: ProjectRow, method: Method, fields: Iterable[Field], found: Found) -> dict[str, tuple[Item, ...]]:
    return {
        each.key: tuple(Item(c.value, c.label) for c in _from(project, method, each.source, found))
        if each.source
        else each.items
        for each in fields
        if each.type == "checklist"
    }


def _from(project: ProjectRow, method: Method, source: str, found: Found) -> tuple[Choice, ...]:
    if source in KEPT:
        return tuple(found.get(KEPT[source], ()))
    if source in ("services", "impacted_services"):
        impacted = json.loads(project.impacted)
        return tuple(each for each in found.get("service", ()) if source == "services" or each.value in impacted)
    if source == "methods":
        return tuple({each.value: each for each in found.get("method", ())}.values())
    return _rows_answered(method, source, found)


def _rows_answered(method: Method, source: str, found: Found) -> tuple[Choice, ...]:
    """The rows of a table that an earlier task answered, by their first column; the value is the row's text."""
    element, _, key = source.partition(".")
    task = method.tasks.get(element)
    field = task.field(key) if task else None
    if field is None or not field.columns or source not in found:
        return ()
    first = field.columns[0].key
    answers = json.loads(found[source][0].value or "{}")
    words = [str(row.get(first) or "") for row in answers.get(key) or []]
    return tuple(Choice(each, Text(each)) for each in dict.fromkeys(words) if each)


# --- asking the database -----------------------------------------------------------------------------------

#: what was found of each need, in order
Found = Mapping[str, Sequence[Choice]]


def _needs(fields: Iterable[Field]) -> frozenset[str]:
    """What must be asked for these fields: a kept list's kind, `service`, `method`, or `<task>.<field>`."""
    names = {"services": "service", "impacted_services": "service", "methods": "method", **KEPT}
    return frozenset(names.get(each.source, each.source) for each in fields if each.source)


def _named(fields: Iterable[Field], values: Mapping[str, Any]) -> list[int]:
    """The people whom the answers name: in fields of one or several, and in columns of a table."""
    said: list[Any] = []
    for each in fields:
        value = values.get(each.key)
        if each.type in ("user", "users"):
            said += value if isinstance(value, list | tuple) else [value]
        elif each.type == "table" and isinstance(value, list | tuple):
            keys = [column.key for column in each.columns if column.type == "user"]
            said += [row.get(key) for row in value if isinstance(row, Mapping) for key in keys]
    return sorted({int(one) for one in said if re.fullmatch(r"\d{1,18}", str(one))})


def _asked(
    link: Link, needs: frozenset[str], project: int, row: TaskRow | None = None, named: Sequence[int] = ()
) -> Found:
    found: dict[str, list[Choice]] = {}
    if not needs:
        return found
    given = {"project": project, "people": named, "element": "", "instance": ""}
    if row is not None:
        given |= {"element": row.element, "instance": row.instance}
    rows = ask(link, _question(needs), given)
    for each in sorted(rows, key=lambda each: (each.number, each.path)):
        found.setdefault(each.need, []).append(Choice(each.value, Text(each.fr, each.en)))
    return found


@lru_cache(maxsize=256)
def _question(needs: frozenset[str]) -> Select[Any] | CompoundSelect[Any]:
    """The statement for these needs, built once."""
    parts = [_PARTS[need] if need in _PARTS else _last_answer(need) for need in sorted(needs)]
    return parts[0] if len(parts) == 1 else union_all(*parts)


def _part(
    need: str, value: Any, fr: Any = EMPTY, en: Any = EMPTY, number: Any = ZERO, path: Any = EMPTY
) -> Select[Any]:
    named = {"need": literal(need, Words), "value": value, "fr": fr, "en": en, "number": number, "path": path}
    return select(*(column.label(name) for name, column in named.items()))


def _last_answer(source: str) -> Select[Any]:
    """The last answers of the task that `<task>.<field>` names, as JSON."""
    done = [TaskRow.project_id == bindparam("project"), TaskRow.element == source.partition(".")[0]]
    last = select(func.max(TaskRow.id)).where(*done, TaskRow.state == "done").scalar_subquery()
    return _part(source, TaskRow.answers).where(TaskRow.id == last)


_PARTS = {
    **{
        kind: _part(kind, ChoiceRow.code, ChoiceRow.label_fr, ChoiceRow.label_en, ChoiceRow.id).where(
            ChoiceRow.kind == kind
        )
        for kind in KEPT.values()
    },
    "service": _part("service", ServiceRow.code, ServiceRow.name_fr, ServiceRow.name_en, path=ServiceRow.path),
    "method": _part("method", ReleaseRow.method, ReleaseRow.name_fr, ReleaseRow.name_en, ReleaseRow.id).where(
        ReleaseRow.base_id.is_(None)
    ),
    "person": _part("person", cast(ActorRow.id, Words)).where(
        ActorRow.id.in_(bindparam("people", expanding=True)), ActorRow.active, ActorRow.kind == "internal"
    ),
    # files of an earlier round of the task still count
    "file": _part("file", FileRow.field, cast(func.count(), Words))
    .join(TaskRow, TaskRow.id == FileRow.task_id)
    .where(
        TaskRow.project_id == bindparam("project"), TaskRow.element == bindparam("element"),
        TaskRow.instance == bindparam("instance"), FileRow.withdrawn_at.is_(None),
    )
    .group_by(FileRow.field),
}  # fmt: skip
