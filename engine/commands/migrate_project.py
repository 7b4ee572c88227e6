"""Have a project go on in another version of its method: what waits waits on, what it would have passed is owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands.appoint import must_be_compatible
from engine.errors import NotAllowed, RoleWithoutHolder, StepsStuck
from engine.method import Method
from engine.people import METHOD_OWNER, Held, resolve
from engine.store.act import Act, Opened
from engine.store.case import must_move, must_say
from engine.store.migrating import ingredients, owe, release_to, seat_again
from engine.store.outlook import outlook
from engine.store.overlays import known_as, woven_of
from engine.store.projection import start_recurring
from engine.store.rebinding import rebind, said
from engine.store.tables import ProjectRow
from engine.words import Text

WHO = Text("un responsable de méthode, ou le commanditaire du projet", "a method owner, or the project’s sponsor")
VERB = Text("passer un projet à une autre version", "move a project to another version")


@dataclass(frozen=True, slots=True)
class MigrateProject:
    """Have a project go on in another version of its method."""

    project: int
    reason: str
    version: str = ""  #: one that was published; empty: the last
    deviations: Mapping[str, str] = field(default_factory=dict)  #: step that it missed -> why it is not caught up with


@dataclass(frozen=True, slots=True)
class Migrated:
    version: str  #: as it is woven for the project
    missed: list[str]  #: the locked steps that it had passed: each is a catch-up action, or a deviation to sign


def handle(act: Act, command: MigrateProject) -> Migrated:
    project = act.project(command.project)
    must_migrate(act, project)
    must_move(project)
    reason = must_say(command.reason, "migrate", Text(""))
    version, missed, _ = migrate(act, project, command.version, reason, command.deviations)
    return Migrated(version, list(missed))


def must_migrate(act: Act, project: ProjectRow) -> None:
    sponsor = act.release(project.release_id).method.sponsor
    holds = any(each.actor == act.actor.id for each in act.held(project)[1][sponsor].holders)
    if act.actor.id and not holds and not act.actor.holds(METHOD_OWNER):
        raise NotAllowed(verb=VERB, who=WHO)


def migrate(
    act: Act, project: ProjectRow, version: str, reason: str, deviations: Mapping[str, str]
) -> tuple[str, tuple[str, ...], list[Opened]]:  # fmt: skip
    """To that version, as woven for the project; what it missed; what that opened. Whatever is refused is so before
    anything of the project is changed.
    """
    before = act.release(project.release_id)
    made = ingredients(act.session, act.now, project, release_to(act.session, project, version))
    row = woven_of(act, made.base, made.overlay, made.packs, made.choices)
    after = act.release(row.id)
    same = known_as(act.session, row.method, before.method.version)
    looked = outlook(act.session, project, before, after, same)
    if looked.stuck:
        raise StepsStuck(steps=tuple(said(each, before) for each in looked.stuck))
    _must_be_held(after.method, resolve(act.link, project.id, act.path(project.service_id), after.method.role))
    rebind(act, project, after)
    for element in looked.missed:
        owe(act, project, after, element, deviations.get(element, ""))
    seat_again(act, project, before.method, after)
    opened = start_recurring(act, project, after, [project.phase]) if project.phase in after.method.phase else []
    act.record(
        "project_migrated", project, before_release=before.id, before=before.method.version, release=row.id,
        method=row.method, version=made.base.version, reason=reason, missed=list(looked.missed), digest=row.digest,
    )  # fmt: skip
    return row.version, looked.missed, opened


def _must_be_held(method: Method, held: dict[str, Held]) -> None:
    missing = [method.role[each].name for each in sorted(method.asked) if not held[each].holders]
    if missing:
        raise RoleWithoutHolder(roles=tuple(missing))
    must_be_compatible(method, held)
