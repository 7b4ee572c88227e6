"""Go on with a project in another method: what it has done and knows goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from engine import execution
from engine.commands.start_project import add_holders, last_release, must_be_staffed
from engine.completion import IMPACTED
from engine.errors import MethodsShareSteps, NotAllowed, SameMethod
from engine.method import Method
from engine.people import WHO
from engine.store.act import Act, Opened
from engine.store.case import HOLDS, must_move, must_say, next_for
from engine.store.exceptions import close_all
from engine.store.known import known
from engine.store.overlays import tailored
from engine.store.projection import begin
from engine.store.tables import ProjectRow, ServiceRow
from engine.store.weaving import themes_of
from engine.words import Text


@dataclass(frozen=True, slots=True)
class ContinueInMethod:
    """Go on with a project in another method: what it has done and knows goes with it."""

    project: int
    method: str  #: id; its last release
    reason: str
    people: dict[str, tuple[int, ...]] = field(default_factory=dict)  #: role of that method -> actors


@dataclass(frozen=True, slots=True)
class Continued:
    next_task: int | None  #: the first task that is for the one who said so


def handle(act: Act, command: ContinueInMethod) -> Continued:
    project = act.project(command.project)
    _, held = act.held(project)
    sponsor = act.release(project.release_id).method.sponsor
    if all(each.actor != act.actor.id for each in held[sponsor].holders):
        raise NotAllowed(verb=HOLDS["continue"], who=WHO["sponsor"])
    must_move(project)
    reason = must_say(command.reason, "continue", Text(""))
    opened = carry_on(act, project, command.method, reason, command.people)
    return Continued(next_for(act.actor, opened))


def carry_on(
    act: Act, project: ProjectRow, method: str, reason: str, people: Mapping[str, Sequence[int]]
) -> list[Opened]:  # fmt: skip
    """The same project, history, registers and people, from the beginning of the other method.

    Raises `SameMethod`, `MethodsShareSteps`, `RoleWithoutHolder`, `RolesIncompatible`.
    """
    before = act.release(project.release_id)
    base = last_release(act, method)
    if base.method == before.method.id:
        raise SameMethod(method=before.method.name)
    service = act.session.execute(select(ServiceRow).where(ServiceRow.id == project.service_id)).scalar_one()
    row = tailored(act, base, service, themes_of(project) if act.release(base.id).method.intake is None else ())
    after = act.release(row.id)
    _must_differ(before.method, after.method)
    impacted = known(act.session, project, before.method, [IMPACTED])[IMPACTED]
    _, held = act.held(project)
    kept = {role: [each.actor for each in held[own].holders] for role, own in _same(before.method, after.method)}
    close_all(act, project, before)
    act.record(
        "project_continued", project, reason=reason, before=before.method.id, before_release=before.id,
        method=row.method, version=row.version,
    )  # fmt: skip
    project.release_id, project.phase, project.round = row.id, "", 0
    act.forget(project)
    _, now = act.held(project)
    for role, actors in {**kept, **people}.items():
        if role in people or not now[role].holders:
            add_holders(act, project, {role: tuple(actors)})
    act.forget(project)
    must_be_staffed(act, project, after.method)
    run = execution.start(after.program, after.method.process, {IMPACTED: impacted})
    return begin(act, project, after, after.method.process, run)


def _same(before: Method, after: Method) -> list[tuple[str, str]]:
    """Who leads and who sponsors goes on doing so, whatever the other method calls them; other roles go by their id."""
    return [(after.lead, before.lead), (after.sponsor, before.sponsor)]


def _must_differ(before: Method, after: Method) -> None:
    """What is recorded of a step must not be taken for that of another with the same id."""
    own = {*before.tasks, *before.gate, *before.phase}
    shared = sorted(own & {*after.tasks, *after.gate, *after.phase})
    if shared:
        raise MethodsShareSteps(method=before.name, other=after.name, steps=", ".join(shared))
