"""A project under way goes on in another release of its method, woven as its own was; what it would have passed is
caught up with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.errors import NotFound, ReleaseSame, TailoringBehind
from engine.method import Method
from engine.overlay import Operation
from engine.packs import Pack
from engine.people import resolve
from engine.registers import REGISTERS
from engine.release import Release
from engine.store.act import Act
from engine.store.chosen import chosen
from engine.store.entries import facts_of, open_entry, title_of
from engine.store.overlays import in_force, packs_of
from engine.store.releases import version_of
from engine.store.tables import CallRow, EntryRow, OverlayRow, ProjectRow, ReleaseRow, ServiceRow, TaskRow
from engine.words import Text
from engine.working_time import due_after

#: what an obligation missed opened comes from
ORIGIN = "migration"
#: and once the change of version was undone
REVERTED = "reverted"
CATCH_UP = Text("Rattraper « {name} »", "Catch up with “{name}”")
WHY = Text(
    "La version {version} de la méthode verrouille cette étape, que le projet a déjà passée : la prochaine porte "
    "l’attend. Faites ce que l’étape demande, puis « {done} », avec la preuve ; ou faites accorder une dérogation pour "
    "cette étape (registre des dérogations du projet).",
    "Version {version} of the method locks this step, which the project has passed already: the next gate waits for "
    "it. Do what the step asks, then “{done}”, with the proof; or have a deviation granted for this step (the "
    "project’s register of deviations).",
)
ASKS = Text("{why}\n\nCe que l’étape demande :\n{help}", "{why}\n\nWhat the step asks:\n{help}")
WITHOUT = Text("Sans « {name} », passée avant cette version", "Without “{name}”, passed before this version")
#: what is given to catch up with a step that has no deadline of its own
DAYS = "P10D"


@dataclass(frozen=True)
class Ingredients:
    """What is woven into a release for one project."""

    base: ReleaseRow
    overlay: OverlayRow | None
    packs: Mapping[str, Pack]
    choices: tuple[Operation, ...]


def release_to(session: Session, project: ProjectRow, version: str) -> ReleaseRow:
    """That version of the project's method, as published; empty: the last. Raises `NotFound`."""
    now = session.execute(select(ReleaseRow.method).where(ReleaseRow.id == project.release_id)).scalar_one()
    row = version_of(session, now, version)
    if row is None:
        raise NotFound
    return row


def ingredients(session: Session, now: datetime, project: ProjectRow, base: ReleaseRow) -> Ingredients:
    """As the project's own release was woven: its themes, its choices, and its department's tailoring as that stands
    for the other version. Raises `ReleaseSame`, `TailoringBehind`.
    """
    row = session.execute(select(ReleaseRow).where(ReleaseRow.id == project.release_id)).scalar_one()
    if base.id in (row.id, row.base_id):
        raise ReleaseSame(method=Text(base.name_fr, base.name_en), version=base.version)
    overlay = None
    if row.overlay_id is not None:
        service = session.execute(select(ServiceRow).where(ServiceRow.id == project.service_id)).scalar_one()
        overlay = in_force(session, now, base, service)
        if overlay is None:
            raise TailoringBehind(service=Text(service.name_fr, service.name_en), version=base.version)
    levels = _origins(row)
    choices = tuple(each.operation for each in chosen(session, project) if each.counts and each.method == base.method)
    return Ingredients(
        base, overlay, packs_of(session, sorted(levels.get("pack", ()))), choices if "project" in levels else ()
    )


def _origins(row: ReleaseRow) -> dict[str, set[str]]:
    """Who has a part in a woven release, by level."""
    said = json.loads(row.origins or "{}")
    found: dict[str, set[str]] = {}
    parts = [*said.get("hidden", {}).values(), *(one for each in said.get("elements", {}).values() for one in each)]
    for each in parts:
        found.setdefault(each["level"], set()).add(each["who"])
    return found


# --- what was passed already ---------------------------------------------------------------------------------


def owe(act: Act, project: ProjectRow, after: Release, element: str, why: str) -> None:
    """A catch-up action, or where it is said why not, a deviation to be signed."""
    facts = {"element": element, "method": after.method.id, "version": after.method.version, "operation": ORIGIN}
    if why.strip():
        open_entry(
            act, "deviation", project, WITHOUT.format(name=after.method.name_of(element)), body=why.strip(),
            facts=facts, origin=ORIGIN, origin_id=after.id,
        )  # fmt: skip
    else:
        owe_action(act, project, after, facts)


def owe_action(act: Act, project: ProjectRow, release: Release, facts: Mapping[str, Any]) -> None:
    element, method = str(facts["element"]), release.method
    model = method.tasks.get(element)
    role = model.role if model is not None else method.lead
    held = resolve(act.link, project.id, act.path(project.service_id), {role, method.lead})
    owner = held[role].sole if role in held else None
    leads = held[method.lead].holders
    lasts = model.due if model is not None and model.due.startswith("P") else DAYS
    why = WHY.format(version=method.version, done=REGISTERS["action"].states["done"].verb)
    open_entry(
        act, "action", project, CATCH_UP.format(name=method.name_of(element)),
        body=ASKS.format(why=why, help=model.help) if model is not None and model.help else why,
        owner=owner or (leads[0].actor if leads else None),
        due=_before_gate(act, project, due_after(act.now, lasts)),
        facts={**facts, "critical": True}, origin=ORIGIN, origin_id=release.id,
    )  # fmt: skip


def _before_gate(act: Act, project: ProjectRow, due: datetime) -> datetime:
    """A gate that is open waits for it: it is due by the same day at the latest."""
    gates = select(TaskRow.due_at).where(
        TaskRow.project_id == project.id, TaskRow.kind == "gate", TaskRow.state == "open", TaskRow.due_at > act.now
    )
    return min([due, *(each for each in act.session.execute(gates).scalars() if each is not None)])


def caught_up(session: Session, project: ProjectRow) -> set[str]:
    """The steps that were owed since a change of version, and were proved done."""
    rows = session.execute(
        select(EntryRow).where(
            EntryRow.project_id == project.id, EntryRow.origin == ORIGIN, EntryRow.register == "action",
            EntryRow.state == "done",
        )
    ).scalars()  # fmt: skip
    return {str(facts_of(row)["element"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Owed:
    entry: int  #: the action, or the deviation that is asked for
    title: Text


def unresolved(session: Session, project: ProjectRow) -> tuple[Owed, ...]:
    """What the project has not caught up with: neither proved done, nor done in another round, nor left with leave.

    The next gate cannot be passed before.
    """
    rows = session.execute(
        select(EntryRow).where(EntryRow.project_id == project.id, EntryRow.origin == ORIGIN).order_by(EntryRow.id)
    ).scalars()
    owed: dict[str, Owed] = {}
    for row in rows:
        owed.setdefault(str(facts_of(row)["element"]), Owed(row.id, title_of(row)))
    if not owed:
        return ()
    done = select(TaskRow.element).where(
        TaskRow.project_id == project.id, TaskRow.element.in_(owed), TaskRow.state == "done"
    )
    settled = set(session.execute(done).scalars())
    signed = select(EntryRow).where(
        EntryRow.project_id == project.id, EntryRow.register == "deviation", EntryRow.state == "approved"
    )
    settled |= {str(facts_of(row).get("element")) for row in session.execute(signed).scalars()}
    settled |= caught_up(session, project)
    return tuple(each for element, each in owed.items() if element not in settled)


# --- who does what is open ---------------------------------------------------------------------------------


def seat_again(act: Act, project: ProjectRow, before: Method, after: Release) -> None:
    """Open tasks and gates wait for whom the other release names."""
    method = after.method
    query = select(TaskRow).where(TaskRow.project_id == project.id, TaskRow.state == "open")
    for task in act.session.execute(query.order_by(TaskRow.id)).scalars():
        gate, model, old = method.gate.get(task.element), method.tasks.get(task.element), before.tasks.get(task.element)
        role = gate.chair if gate is not None else model.role if model is not None else task.role
        if role != task.role and (old is None or not old.each):
            seat = act.seats(project, [role])[role]
            task.role, task.seat, task.assignee_id = role, seat.id, seat.sole
        if gate is not None and gate != before.gate.get(task.element):
            _call_again(act, project, method, task.id, task.element)


def _call_again(act: Act, project: ProjectRow, method: Method, task: int, element: str) -> None:
    gate = method.gate[element]
    voters: Sequence[str] = () if gate.rule == "chair" else gate.voters
    asked = [("present", method.lead), *(("vote", role) for role in voters)]
    seats = act.seats(project, [role for _, role in asked])
    act.session.execute(delete(CallRow).where(CallRow.task_id == task).execution_options(synchronize_session=False))
    act.session.add_all(CallRow(task_id=task, kind=kind, role=role, seat=seats[role].id) for kind, role in asked)
