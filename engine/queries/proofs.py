"""What a page offers as evidence, and how evidence that refers to something reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, not_, select

from engine.evidence import CONFIDENTIAL, split
from engine.method import Method
from engine.queries.lines import ProofLine
from engine.queries.view import View
from engine.registers import REGISTERS
from engine.store.migrating import REVERTED
from engine.store.tables import EntryRow, FileRow, TaskRow
from engine.words import Text

#: of each kind that a list offers, the last ones
MOST = 100
ENTRY = Text("{register} n° {number} : {title}", "{register} no. {number}: {title}")


def offered(view: View, project: int, method: Method) -> tuple[ProofLine, ...]:
    """Files, completed tasks and entries of the project, the last first; none that a change of version opened and its
    undoing withdrew.
    """
    files = _files().where(FileRow.project_id == project, FileRow.withdrawn_at.is_(None)).order_by(FileRow.id.desc())
    tasks = _tasks().where(TaskRow.project_id == project, TaskRow.state == "done").order_by(TaskRow.id.desc())
    withdrawn = and_(EntryRow.origin == REVERTED, EntryRow.state == "dropped")
    entries = _entries().where(EntryRow.project_id == project, not_(withdrawn)).order_by(EntryRow.id.desc())
    return _lines(view, project, method, files.limit(MOST), tasks.limit(MOST), entries.limit(MOST))


def named(view: View, project: int, method: Method, refers: Iterable[str]) -> dict[str, Text]:
    """What each `file:12`, `task:5` or `entry:7` of the project is called."""
    named: dict[str, list[int]] = {"file": [], "task": [], "entry": []}
    for each in refers:
        kind, id = split(each)
        if id is not None:
            named[kind].append(id)
    if not any(named.values()):
        return {}
    lines = _lines(
        view,
        project,
        method,
        _files().where(FileRow.project_id == project, FileRow.id.in_(named["file"])),
        _tasks().where(TaskRow.project_id == project, TaskRow.id.in_(named["task"])),
        _entries().where(EntryRow.project_id == project, EntryRow.id.in_(named["entry"])),
    )
    return {each.value: each.label for each in lines}


def refers(kind: str, id: int | None) -> str:
    """How a page writes what evidence refers to; empty for words and links."""
    return f"{kind}:{id}" if id is not None else ""


def _files() -> Any:
    return select(FileRow.id, FileRow.name)


def _tasks() -> Any:
    return select(TaskRow.id, TaskRow.element, TaskRow.instance)


def _entries() -> Any:
    return select(EntryRow.id, EntryRow.register, EntryRow.number, EntryRow.title).where(
        EntryRow.register.not_in((CONFIDENTIAL, "deviation"))
    )


def _lines(
    view: View, project: int, method: Method, files: Any, tasks: Any, entries: Any
) -> tuple[ProofLine, ...]:  # fmt: skip
    found = [ProofLine(f"file:{row.id}", Text(row.name)) for row in view.session.execute(files)]
    for row in view.session.execute(tasks):
        name, instance = view.name_of(method, row.element, project), view.instance(row.instance)
        said = Text(f"{name.fr} · {instance.fr}", f"{name.read('en')} · {instance.read('en')}") if instance else name
        found.append(ProofLine(f"task:{row.id}", said))
    for row in view.session.execute(entries):
        register = REGISTERS[row.register].name
        found.append(ProofLine(f"entry:{row.id}", ENTRY.format(register=register, number=row.number, title=row.title)))
    return tuple(found)
