"""What the administrator vouches for: items of a checklist that need an act outside the project (`proof = admin`).

When the task with such items opens, the administrator nearest to the project's service is given an action; it is done
once each of them is vouched for. Where nobody holds that role, the sponsor vouches.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from engine.method import Item, Method, Task
from engine.people import ADMINISTRATOR, Held, resolve
from engine.store.act import Act, Opened
from engine.store.case import Case
from engine.store.entries import close_entry, open_entry
from engine.store.statements import Link
from engine.store.tables import AssessmentRow, EntryRow, ProjectRow, TaskRow
from engine.words import Text
from engine.working_time import due_after

#: among the facts of an action, what it was opened for
WHY = {"why": "attest"}
TITLE = Text("Attester : {items}", "Vouch for: {items}")
DONE = "Tout est attesté."


def items_of(task: Task) -> dict[str, Item]:
    """By `field.item`, those that the administrator vouches for."""
    return {f"{f.key}.{item.key}": item for f in task.form for item in f.items if item.proof == "admin"}


def may_attest(link: Link, case: Case) -> bool:
    """An administrator of the project's service or of one above it; where there is none, the sponsor."""
    held = _administrators(link, case.project, case.path)
    if held.holders:
        return any(seat in case.actor.seats for seat in (f"s{each}:{ADMINISTRATOR}" for each in case.path))
    return case.holds(case.method.sponsor)


def _administrators(link: Link, project: ProjectRow, path: Sequence[int]) -> Held:
    return resolve(link, project.id, path, [ADMINISTRATOR])[ADMINISTRATOR]


def call(act: Act, project: ProjectRow, method: Method, opened: Sequence[Opened]) -> None:
    """An action for the administrator, for each task just opened that needs them; no question asked for others."""
    for each in opened:
        model = method.tasks.get(each.element)
        items = items_of(model) if model is not None else {}
        if not items or model is None:
            continue
        attested = _attested(act, project, each.element)
        wanted = {key: item for key, item in items.items() if key not in attested}
        if not wanted:
            continue
        path, held = act.deciding(project)
        people = _administrators(act.link, project, path).holders or held[method.sponsor].holders
        names = Text(
            ", ".join(item.text.fr for item in wanted.values()), ", ".join(i.text.read("en") for i in wanted.values())
        )
        open_entry(
            act, "action", project, TITLE.format(items=names),
            owner=people[0].actor if people else None, facts=WHY, due=due_after(act.now, model.due or "P10D"),
            origin="task", origin_id=each.id,
        )  # fmt: skip


def settle(act: Act, case: Case) -> None:
    """Close the action once each item of the task is vouched for."""
    if items_of(case.model).keys() - _attested(act, case.project, case.task.element):
        return
    rows = act.session.execute(
        select(EntryRow).where(
            EntryRow.origin == "task", EntryRow.origin_id == case.task.id, EntryRow.closed_at.is_(None),
            EntryRow.register == "action",
        )
    ).scalars()  # fmt: skip
    for row in rows:
        if json.loads(row.facts).get("why") == WHY["why"]:
            close_entry(act, row, "done", DONE)


def _attested(act: Act, project: ProjectRow, element: str) -> set[str]:
    """Vouched for, or set aside, in whichever round."""
    query = (
        select(AssessmentRow.criterion)
        .join(TaskRow, TaskRow.id == AssessmentRow.task_id)
        .where(TaskRow.project_id == project.id, TaskRow.element == element)
    )
    return set(act.session.execute(query).scalars())
