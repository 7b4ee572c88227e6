"""Choose, before the method of a project is frozen, what it leaves out or asks more of; or take a choice back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.commands.start_project import last_release
from engine.decisions import advised_in
from engine.errors import ChoicesFrozen, ChoiceUnknown, NotAllowed, ReasonMissing
from engine.method import Method
from engine.overlay import Operation, Woven, weave
from engine.overlay.text import operation_said
from engine.people import steers
from engine.store.act import Act
from engine.store.case import must_move
from engine.store.chosen import Chosen, chosen, last_number, operation_of
from engine.store.deviations import facts_of, title_of
from engine.store.entries import close_entry, open_entry
from engine.store.overlays import begun_with, packs_of, said
from engine.store.tables import NEVER, EntryRow, OverlayRow, ProjectRow, ReleaseRow, ServiceRow
from engine.store.weaving import base_of, themes_of
from engine.words import Text
from engine.working_time import end_of

WHO = Text("le chef de projet ou le commanditaire", "the project lead or the sponsor")
WITHDRAWN = "Le choix a été retiré."


@dataclass(frozen=True, slots=True)
class ChooseForProject:
    """Choose, before the method of a project is frozen, what it leaves out or asks more of; or take a choice back."""

    project: int
    operation: Mapping[str, Any] = field(default_factory=dict)  #: as in the text form of an overlay, with its reason
    drop: int = 0  #: number of a choice to take back; 0: none
    until: date | None = None  #: the last day of the deviation that it asks for


@dataclass(frozen=True, slots=True)
class ChosenForProject:
    number: int
    deviation: int | None  #: the entry that somebody else has to sign; none: it stays within what is granted


def handle(act: Act, command: ChooseForProject) -> ChosenForProject:
    project = act.project(command.project)
    method = act.release(project.release_id).method
    if not steers(act.actor.id, method, act.held(project)[1]):
        raise NotAllowed(verb=Text("choisir pour ce projet", "choose for this project"), who=WHO)
    must_move(project)
    if project.phase != getattr(method.intake, "id", None):
        raise ChoicesFrozen
    if command.drop:
        return _taken_back(act, project, command.drop)
    base, overlay = target(act, project, method)
    owned = act.release(base.id).method
    operation = operation_of(dict(command.operation), base.method, base.version)
    if not operation.reason.strip():
        raise ReasonMissing(verb=Text("choisir pour ce projet", "choose for this project"))
    woven = _woven(act, project, base, overlay, chosen(act.link, project, owned), operation)
    number = last_number(act.link, project) + 1
    entry = None
    if any(each.origin.level == "project" and each.operation == operation for each in woven.departures):
        entry = _asked(act, project, operation, owned, woven, command.until)
    act.record(
        "choice_made", project, number=number, method=base.method, version=base.version,
        operation=operation_said(operation), entry=entry.id if entry is not None else None,
        element=operation.target, reason=operation.reason,
    )  # fmt: skip
    return ChosenForProject(number, entry.id if entry is not None else None)


def target(act: Act, project: ProjectRow, method: Method) -> tuple[ReleaseRow, OverlayRow | None]:
    """What will be frozen: the method advised, where that is another, with the tailoring in force; else its own."""
    wanted = advised_in(act.session, project.id, method)
    if wanted in ("", method.id):
        return base_of(act, project)
    base = last_release(act, wanted)
    service = act.session.get_one(ServiceRow, project.service_id)
    return begun_with(act.session, act.now, base, service)


def _woven(
    act: Act, project: ProjectRow, base: ReleaseRow, overlay: OverlayRow | None, before: list[Chosen], new: Operation
) -> Woven:
    """Raises what the weave refuses: what is locked, what a theme needs, what collides with another choice."""
    kept = [each.operation for each in before if each.state != "refused"]
    packs = packs_of(act.session, themes_of(project)).values()
    return weave(act.release(base.id), packs, said(overlay) if overlay is not None else None, [*kept, new])


def _asked(
    act: Act, project: ProjectRow, operation: Operation, method: Method, woven: Woven, until: date | None
) -> EntryRow:
    return open_entry(
        act, "deviation", project, title_of(operation, method), body=operation.reason, service=project.service_id,
        due=end_of(until) if until is not None else NEVER,
        facts=facts_of(operation, method, woven.base, woven.digest), origin="choice",
    )  # fmt: skip


def _taken_back(act: Act, project: ProjectRow, number: int) -> ChosenForProject:
    found = next((each for each in chosen(act.link, project) if each.number == number), None)
    if found is None:
        raise ChoiceUnknown(value=number, label=Text("Choix du projet", "Choices of the project"))
    if found.state == "open":
        close_entry(act, act.session.get_one(EntryRow, found.entry), "refused", WITHDRAWN)
    act.record("choice_dropped", project, number=number, element=found.operation.target)
    return ChosenForProject(number, found.entry)
