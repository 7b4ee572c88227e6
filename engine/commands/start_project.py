"""Start a project of a method, in a service, for a strategic objective."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sqlalchemy import select

from engine import execution
from engine.commands.appoint import must_be_compatible
from engine.completion import IMPACTED
from engine.errors import ChoiceUnknown, MethodRetired, NotAllowed, RoleWithoutHolder, StartIncomplete, TooLarge
from engine.method import Method
from engine.store.act import Act
from engine.store.case import next_for
from engine.store.overlays import tailored
from engine.store.projection import begin
from engine.store.releases import last_of
from engine.store.tables import ActorRow, ChoiceRow, HoldingRow, ProjectRow, ReleaseRow, ServiceRow
from engine.words import Text

LONGEST_TITLE = 200  #: characters
MISSING = {
    "title": Text(
        "Le titre du projet manque. Écrivez en une ligne ce qu’il va changer.",
        "The title of the project is missing. Write in one line what it will change.",
    ),
    "objectives": Text(
        "Aucun objectif stratégique n’est choisi. Cochez-en au moins un.",
        "No strategic objective is chosen. Tick one at least.",
    ),
    "service": Text(
        "Le service qui porte le projet manque. Choisissez-le dans la liste.",
        "The department that carries the project is missing. Choose it from the list.",
    ),
}


@dataclass(frozen=True, slots=True)
class StartProject:
    """Start a project of a method, in a service, for a strategic objective."""

    title: str
    method: str  #: id; its last release
    service: str  #: code
    objectives: tuple[str, ...]
    theme: str = ""  #: its first theme
    impacted: tuple[str, ...] = ()  #: codes of the impacted services
    people: dict[str, tuple[int, ...]] = field(default_factory=dict)  #: role -> actors
    themes: tuple[str, ...] = ()  #: all of them; `theme` is among them where it is said

    @property
    def carried(self) -> tuple[str, ...]:
        """The themes, each once, the first one first."""
        return tuple(dict.fromkeys(each for each in (self.theme, *self.themes) if each))


@dataclass(frozen=True, slots=True)
class Started:
    project: int
    next_task: int | None  #: the first task that is for the one who started it


def handle(act: Act, command: StartProject) -> Started:
    if act.actor.guest:
        who = Text("les personnes de l’organisme", "the people of the organisation")
        raise NotAllowed(verb=Text("démarrer un projet", "start a project"), who=who)
    _must_be_whole(command)
    if len(command.title) > LONGEST_TITLE:
        limit = Text(f"{LONGEST_TITLE} caractères", f"{LONGEST_TITLE} characters")
        raise TooLarge(name=Text("Le titre", "The title"), size=str(len(command.title)), limit=limit)
    base = last_release(act, command.method)
    service = _service(act, command.service)
    # the intake ends with a gate that freezes the themes
    themes = command.carried if act.release(base.id).method.intake is None else ()
    release = tailored(act, base, service, themes)
    _must_be_known(act, command)
    project = ProjectRow(
        title=command.title.strip(), release_id=release.id, service_id=service.id, author_id=act.by,
        status="running", theme=next(iter(command.carried), ""), themes=json.dumps(command.carried),
        objectives=json.dumps(list(command.objectives)),
        impacted=json.dumps(list(command.impacted)), phase="", started_at=act.now, moved_at=act.now, hold_reason="",
        round=0, events=0, digest="",
    )  # fmt: skip
    act.session.add(project)
    act.session.flush()
    add_holders(act, project, command.people)
    act.record("project_started", project, title=project.title, method=release.method, version=release.version)
    built = act.release(release.id)
    staff(act, project, built.method, act.release(base.id).method)
    run = execution.start(built.program, built.method.process, {IMPACTED: list(command.impacted)})
    opened = begin(act, project, built, built.method.process, run)
    return Started(project.id, next_for(act.actor, opened))


def last_release(act: Act, method: str) -> ReleaseRow:
    """Raises `ChoiceUnknown`, `MethodRetired`."""
    row = last_of(act.session, method)
    if row is None:
        raise ChoiceUnknown(value=method, label=Text("Méthode", "Method"))
    if row.retired_at is not None:
        raise MethodRetired(method=Text(row.name_fr, row.name_en), version=row.version)
    return row


def _must_be_whole(command: StartProject) -> None:
    """Raises `StartIncomplete`, with all that is left to say."""
    said = {"title": command.title.strip(), "objectives": command.objectives, "service": command.service}
    missing = {name: MISSING[name] for name, value in said.items() if not value}
    if missing:
        raise StartIncomplete(fields=missing)


def _service(act: Act, code: str) -> ServiceRow:
    row = act.session.execute(select(ServiceRow).where(ServiceRow.code == code)).scalar_one_or_none()
    if row is None:
        raise ChoiceUnknown(value=code, label=Text("Service", "Department"))
    return row


def _must_be_known(act: Act, command: StartProject) -> None:
    """Raises `ChoiceUnknown` for an objective, a theme or a service that the organisation does not have."""
    rows = act.session.execute(select(ChoiceRow.kind, ChoiceRow.code)).all()
    known = {(kind, code) for kind, code in rows}
    for code in command.objectives:
        if ("objective", code) not in known:
            raise ChoiceUnknown(value=code, label=Text("Objectif stratégique", "Strategic objective"))
    for code in command.carried:
        if ("theme", code) not in known:
            raise ChoiceUnknown(value=code, label=Text("Thématique", "Theme"))
    services = set(act.session.execute(select(ServiceRow.code)).scalars())
    for code in command.impacted:
        if code not in services:
            raise ChoiceUnknown(value=code, label=Text("Services impactés", "Impacted departments"))


def add_holders(act: Act, project: ProjectRow, people: dict[str, tuple[int, ...]]) -> None:
    known = set(act.session.execute(select(ActorRow.id).where(ActorRow.active)).scalars())
    for role, actors in people.items():
        for actor in dict.fromkeys(actors):
            if actor not in known:
                raise ChoiceUnknown(value=actor, label=Text("Annuaire", "Directory"))
            act.session.add(HoldingRow(role=role, scope="project", scope_id=project.id, actor_id=actor))
    act.session.flush()


def staff(act: Act, project: ProjectRow, woven: Method, drawn: Method) -> None:
    """A role that a theme brings, and that nobody holds, is the lead's until somebody is named."""
    _, held = act.held(project)
    brought = [each for each in sorted(woven.asked) if each not in drawn.role and not held[each].holders]
    if brought:
        leads = tuple(each.actor for each in held[woven.lead].holders)
        add_holders(act, project, dict.fromkeys(brought, leads))
        act.forget(project)
    must_be_staffed(act, project, woven)


def must_be_staffed(act: Act, project: ProjectRow, method: Method) -> None:
    """Every role that the method cannot do without is held, and the lead neither chairs nor votes."""
    asked = method.asked
    _, held = act.held(project)
    missing = [method.role[each].name for each in sorted(asked) if not held[each].holders]
    if missing:
        raise RoleWithoutHolder(roles=tuple(missing))
    must_be_compatible(method, held)
