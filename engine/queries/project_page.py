"""A project: where it is, what blocks the next gate, who does what, what happened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, or_, select

from engine.errors import NotFound
from engine.history import STATUSES
from engine.method import Method
from engine.people import ADMINISTRATOR, METHOD_OWNER, Held, steers, taking_part, visible
from engine.queries.before_gate import lacks, next_gate
from engine.queries.drawings import of_method, of_phase
from engine.queries.lines import (
    ActorLine,
    ChoiceLine,
    DecisionLine,
    Drawing,
    DueLine,
    EventLine,
    FileLine,
    LackLine,
    MarkLine,
    ReserveLine,
    ServiceLine,
    TaskLine,
    WeatherLine,
)  # fmt: skip
from engine.queries.places import places
from engine.queries.project_blocks import blocks, known
from engine.queries.project_people import OccurrenceLine, RoleLine, actors, occurrences, people
from engine.queries.project_phases import ExceptionLine, PhaseStep, exceptions, phases
from engine.queries.project_promises import BaselineLine, EvaluationLine, baseline, evaluation
from engine.queries.timers import due_in
from engine.queries.view import View, task_columns
from engine.release import Release
from engine.store.migrating import Owed, unresolved
from engine.store.moves import last_move, touched
from engine.store.releases import last_releases
from engine.store.tables import (
    ChoiceRow,
    DecisionRow,
    EventRow,
    ProjectRow,
    ServiceRow,
    TaskRow,
)  # fmt: skip
from engine.words import Text

#: tasks that are over, as the page shows them; history has all
MOST_DONE = 200


@dataclass(frozen=True, slots=True)
class ProjectPageOf:
    project: int


@dataclass(frozen=True, slots=True)
class ProjectPage:
    id: int
    title: str
    status: Literal["running", "held", "closed", "stopped", "dismissed"]
    status_text: Text
    review_at: datetime | None  #: of the hold
    hold_reason: str
    method: Text
    method_id: str
    version: str
    service: ServiceLine
    impacted: tuple[ServiceLine, ...]
    objectives: tuple[ChoiceLine, ...]
    theme: Text
    services: tuple[MarkLine, ...]  #: the place of each department but the organisation itself
    lead: tuple[ActorLine, ...]
    sponsor: tuple[ActorLine, ...]
    started_at: datetime
    ended_at: datetime | None
    phases: tuple[PhaseStep, ...]
    exceptions: tuple[ExceptionLine, ...]  #: exceptional gates that were opened, in the order of the method
    blocks: tuple[tuple[Text, int | None], ...]  #: what stands before the next gate: (sentence, task)
    owed: tuple[Owed, ...]  #: to be caught up with since a change of version, before the next gate; for who takes part
    next_gate: Text  #: the one that is open or comes next in the phase; empty where there is none
    lacks: tuple[LackLine, ...]  #: its criteria that do not hold; of a gate to come, the computed ones
    open: tuple[TaskLine, ...]
    done: tuple[TaskLine, ...]  #: the last `MOST_DONE`, and the last task of each gate
    over: int  #: how many tasks are over in all
    people: tuple[RoleLine, ...]
    directory: tuple[ActorLine, ...]  #: whom one may appoint; empty for who may not
    occurrences: tuple[OccurrenceLine, ...]
    due: tuple[DueLine, ...]  #: what will happen by itself, soonest first; empty for who takes no part
    held_at: datetime | None  #: since when a hold stops the clocks
    reserves: tuple[ReserveLine, ...]
    decisions: tuple[DecisionLine, ...]
    files: tuple[FileLine, ...]
    drawings: tuple[Drawing, ...]  #: the method, then the current phase
    history: tuple[EventLine, ...]  #: the last twenty
    weather: WeatherLine | None  #: the last one
    evaluation: EvaluationLine | None  #: six months after it was closed
    can: frozenset[str]  #: hold, resume, assign, mark, see_tasks, report_weather, call_meeting, evaluate, continue,
    #: guests (see who is invited)
    baseline: BaselineLine | None = None  #: None before the gate that promises
    moved_from: str = ""  #: the version to which this actor may have it go back; mostly empty
    chooses: bool = False  #: its method has an intake, whose gate freezes what it chooses
    others: tuple[ChoiceLine, ...] = ()  #: the methods in which the sponsor may have it go on


def read(view: View, query: ProjectPageOf) -> ProjectPage:
    project = view.session.execute(
        select(ProjectRow).where(ProjectRow.id == query.project, visible(view.actor, ProjectRow))
    ).scalar_one_or_none()
    if project is None:
        raise NotFound
    release = view.release(project.release_id)
    method = release.method
    service = view.session.execute(select(ServiceRow).where(ServiceRow.id == project.service_id)).scalar_one()
    held = view.held(project, method, [int(each) for each in service.path.split("/") if each])
    inside = view.session.execute(taking_part(view.actor).where(ProjectRow.id == project.id)).first()
    steering = any(
        view.actor.on_behalf((each.actor for each in held[role].holders), project.id, role) is not None
        for role in (method.lead, method.sponsor)
    )
    tasks = view.tasks(_shown(project).order_by(TaskRow.due_at, TaskRow.id))
    decisions = view.decisions(
        select(DecisionRow).where(DecisionRow.project_id == project.id).order_by(DecisionRow.id), method
    )
    reserves = view.reserves(project.id, method, steering)
    labels = _labels(view)
    others = _others(view, project, method, held)
    return ProjectPage(
        id=project.id,
        title=project.title,
        status=project.status,  # type: ignore[arg-type]
        status_text=STATUSES[project.status],
        review_at=project.review_at,
        hold_reason=project.hold_reason,
        method=method.name,
        method_id=method.id,
        version=method.version,
        service=view.services[service.code],
        impacted=tuple(view.services[code] for code in json.loads(project.impacted) if code in view.services),
        objectives=tuple(
            ChoiceLine(code, labels.get(("objective", code), Text(code))) for code in json.loads(project.objectives)
        ),
        theme=labels.get(("theme", project.theme), Text(project.theme)),
        services=places(view, project),
        lead=actors(view, held, method.lead),
        sponsor=actors(view, held, method.sponsor),
        started_at=project.started_at,
        ended_at=project.ended_at,
        phases=phases(view, project, method, tasks, decisions),
        exceptions=exceptions(view, project, method, tasks, decisions),
        blocks=blocks(view, project, method, tasks) if inside else known(view, project, method, tasks),
        owed=unresolved(view.session, project) if inside and project.ended_at is None else (),
        next_gate=method.name_of(gate) if (gate := next_gate(project, method, tasks)) else Text(""),
        lacks=lacks(view, project, method, gate, tasks, steering) if inside and gate else (),
        open=tuple(each for each in tasks if each.state == "open") if inside else (),
        done=tuple(each for each in tasks if each.state != "open") if inside else (),
        over=_over(view, project) if inside else 0,
        people=(roles := people(view, method, held, project.status == "running")),
        directory=view.directory() if any(each.may_appoint for each in roles) else (),
        occurrences=occurrences(view, project, method),
        due=due_in(view, project, method) if inside else (),
        held_at=project.held_at,
        reserves=reserves,
        decisions=decisions,
        files=view.files(TaskRow.project_id == project.id, method=method) if inside else (),
        drawings=(of_method(view, project, release), *_current(view, project, release)),
        history=view.events(
            select(EventRow).where(EventRow.stream == project.id).order_by(EventRow.number.desc()).limit(20),
            method,
        ),
        weather=view.weathers([project.id]).get(project.id),
        evaluation=(lasting := evaluation(view, project) if inside else None),
        can=_can(project, steering, inside is not None)
        | _may(view, project, method, held, lasting)
        | ({"continue"} if others else set()),
        others=others,
        chooses=method.intake is not None,
        moved_from=_moved_from(view, project, method, held),
        baseline=baseline(view, project, method),
    )


def _shown(project: ProjectRow) -> Select[Any]:
    """Every open task and gate, and the last `MOST_DONE` tasks that are over."""
    mine = TaskRow.project_id == project.id
    over = select(TaskRow.id).where(mine, TaskRow.state != "open").order_by(TaskRow.id.desc()).limit(MOST_DONE)
    gates = select(func.max(TaskRow.id)).where(mine, TaskRow.kind == "gate").group_by(TaskRow.element)
    shown = or_(TaskRow.state == "open", TaskRow.id.in_(over), TaskRow.id.in_(gates))
    return task_columns().where(mine, shown)


def _over(view: View, project: ProjectRow) -> int:
    query = select(func.count()).where(TaskRow.project_id == project.id, TaskRow.state != "open")
    return view.session.execute(query).scalar_one()


def _others(view: View, project: ProjectRow, method: Method, held: dict[str, Held]) -> tuple[ChoiceLine, ...]:
    if project.status != "running" or all(each.actor != view.actor.id for each in held[method.sponsor].holders):
        return ()
    rows = [row for row in last_releases(view.session) if row.method != method.id]
    return tuple(ChoiceLine(row.method, Text(row.name_fr, row.name_en)) for row in rows)


def _moved_from(view: View, project: ProjectRow, method: Method, held: dict[str, Held]) -> str:
    """Asks nothing for who may not."""
    sponsors = any(each.actor == view.actor.id for each in held[method.sponsor].holders)
    if project.status != "running" or not (sponsors or view.actor.holds(METHOD_OWNER)):
        return ""
    moved = last_move(view.session, project)
    if moved is None or touched(view.session, project, moved) is not None:
        return ""
    return str(json.loads(moved.facts)["before"])


def _can(project: ProjectRow, steering: bool, inside: bool) -> frozenset[str]:
    verbs = {"see_tasks"} if inside else set()
    if steering and project.status == "running":
        verbs |= {"hold", "assign", "mark"}
    if steering and project.status == "held":
        verbs.add("resume")
    return frozenset(verbs)


def _may(
    view: View, project: ProjectRow, method: Method, held: dict[str, Held], evaluation: EvaluationLine | None
) -> frozenset[str]:  # fmt: skip
    leads = any(each.actor == view.actor.id for each in held[method.lead].holders)
    verbs = {"report_weather"} if leads and project.status == "running" else set()
    if steers(view.actor.id, method, held) or view.actor.holds(ADMINISTRATOR):
        verbs.add("guests")
    asked = evaluation is not None and not evaluation.held and evaluation.owner is not None
    if asked and evaluation is not None and evaluation.owner is not None and evaluation.owner.id == view.actor.id:
        verbs.add("evaluate")
    return frozenset(verbs)


def _current(view: View, project: ProjectRow, release: Release) -> tuple[Drawing, ...]:
    return (of_phase(view, project, release, project.phase),) if project.phase in release.method.phase else ()


def _labels(view: View) -> dict[tuple[str, str], Text]:
    rows = view.session.execute(select(ChoiceRow)).scalars()
    return {(row.kind, row.code): Text(row.label_fr, row.label_en) for row in rows}
