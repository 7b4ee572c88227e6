"""A project: where it is, what blocks the next gate, who does what, what happened."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import Select, and_, func, or_, select

from engine.errors import NotFound
from engine.evaluation import HELD
from engine.gates import open_exceptions
from engine.history import STATUSES
from engine.method import Method, Phase
from engine.people import ADMINISTRATOR, METHOD_OWNER, Held, roles_to_appoint, steers, taking_part, visible
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
from engine.queries.timers import awaited, due_in
from engine.queries.view import View, task_columns
from engine.release import Release
from engine.store.baselines import drift_of, last_baseline, promising
from engine.store.moves import last_move, touched
from engine.store.releases import last_releases
from engine.store.tables import (
    ChoiceRow,
    DecisionRow,
    EntryRow,
    EventRow,
    ExecutionRow,
    ProjectRow,
    ServiceRow,
    StageRow,
    TaskRow,
    TimerRow,
)  # fmt: skip
from engine.words import Text

#: tasks that are over, as the page shows them; history has all
MOST_DONE = 200

Step = Literal["done", "current", "waiting", "upcoming", "skipped"]


@dataclass(frozen=True, slots=True)
class ProjectPageOf:
    project: int


@dataclass(frozen=True, slots=True)
class GateStep:
    id: str
    name: Text
    state: Step
    task: int | None  #: the open or last gate task
    outcome: str  #: of the last decision; empty
    at: datetime | None  #: decided at, else due at
    late: bool


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """One cell of the phase strip and one bar of the timeline."""

    id: str
    name: Text
    state: Step
    started_at: datetime | None
    ended_at: datetime | None
    done: int  #: tasks completed in the present round
    open: int
    reworks: int
    gate: GateStep | None


@dataclass(frozen=True, slots=True)
class RoleLine:
    role: str
    name: Text
    people: tuple[ActorLine, ...]
    held_by: Text  #: the project, or the service through which it is held
    may_appoint: bool  #: this actor may name who holds it here


@dataclass(frozen=True, slots=True)
class OccurrenceLine:
    name: Text
    code: str
    every: Text
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """Whether the results last, as asked of who keeps them."""

    entry: int
    owner: ActorLine | None
    due: datetime
    held: str  #: yes, partly, no; empty while nobody has said
    text: Text
    note: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """An exceptional gate that was opened: its last opening."""

    id: str  #: of the gate
    name: Text
    task: int | None  #: the gate's task, once what prepares it is done
    open: bool
    outcome: str  #: of the last decision; empty while it is open
    at: datetime | None  #: decided at


@dataclass(frozen=True, slots=True)
class BaselineLine:
    """What the project promised last, and how far it is from it."""

    at: datetime
    end: str  #: ISO date; empty
    cost: str
    scope: int  #: parts
    delay: int  #: working days
    delay_share: Decimal | None  #: per cent of the time given
    cost_share: Decimal | None  #: per cent
    missing: int
    added: int
    beyond: frozenset[str]  #: delay, cost: what exceeds its tolerance


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
        lead=_actors(view, held, method.lead),
        sponsor=_actors(view, held, method.sponsor),
        started_at=project.started_at,
        ended_at=project.ended_at,
        phases=_phases(view, project, method, tasks, decisions),
        exceptions=_exceptions(view, project, method, tasks, decisions),
        blocks=_blocks(view, project, method, tasks) if inside else _known(view, project, method, tasks),
        next_gate=method.name_of(gate) if (gate := next_gate(project, method, tasks)) else Text(""),
        lacks=lacks(view, project, method, gate, tasks, steering) if inside and gate else (),
        open=tuple(each for each in tasks if each.state == "open") if inside else (),
        done=tuple(each for each in tasks if each.state != "open") if inside else (),
        over=_over(view, project) if inside else 0,
        people=(roles := _people(view, method, held, project.status == "running")),
        directory=view.directory() if any(each.may_appoint for each in roles) else (),
        occurrences=_occurrences(view, project, method),
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
        evaluation=(evaluation := _evaluation(view, project) if inside else None),
        can=_can(project, steering, inside is not None)
        | _may(view, project, method, held, evaluation)
        | ({"continue"} if others else set()),
        others=others,
        chooses=method.intake is not None,
        moved_from=_moved_from(view, project, method, held),
        baseline=_baseline(view, project, method),
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


def _baseline(view: View, project: ProjectRow, method: Method) -> BaselineLine | None:
    row = last_baseline(view.session, project.id) if promising(method) is not None else None
    if row is None:
        return None
    said, found = json.loads(row.promised), drift_of(view.session, project, method, row, project.ended_at or view.now)
    return BaselineLine(
        at=row.at, end=str(said.get("end") or ""), cost=str(said.get("cost") or ""), scope=int(said.get("scope") or 0),
        delay=found.delay, delay_share=found.delay_share, cost_share=found.cost, missing=found.missing,
        added=found.added, beyond=frozenset(found.beyond),
    )  # fmt: skip


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


def _evaluation(view: View, project: ProjectRow) -> EvaluationLine | None:
    """What is asked, or was said, of a project that was closed; of several who were asked, who answered counts."""
    if project.status != "closed":
        return None
    asked = select(EntryRow).where(
        EntryRow.origin == "cold", EntryRow.origin_id == project.id, EntryRow.project_id == project.id
    )
    rows = list(view.session.execute(asked.order_by(EntryRow.id)).scalars())
    mine = [row for row in rows if row.owner_id == view.actor.id]
    row = next(iter([each for each in rows if each.closed_at is not None] or mine or rows), None)
    if row is None:
        return None
    held = str(json.loads(row.facts).get("held", ""))
    return EvaluationLine(
        row.id, view.person(row.owner_id), row.due_at, held, HELD.get(held, Text("")), row.proof, row.closed_at
    )


def _current(view: View, project: ProjectRow, release: Release) -> tuple[Drawing, ...]:
    return (of_phase(view, project, release, project.phase),) if project.phase in release.method.phase else ()


def _labels(view: View) -> dict[tuple[str, str], Text]:
    rows = view.session.execute(select(ChoiceRow)).scalars()
    return {(row.kind, row.code): Text(row.label_fr, row.label_en) for row in rows}


def _actors(view: View, held: dict[str, Held], role: str) -> tuple[ActorLine, ...]:
    people = view.people(each.actor for each in held[role].holders)
    return tuple(people[each.actor] for each in held[role].holders)


# --- the strip ---------------------------------------------------------------------------------------------


def _phases(
    view: View, project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...], decisions: tuple[DecisionLine, ...]
) -> tuple[PhaseStep, ...]:  # fmt: skip
    stages: dict[str, list[StageRow]] = {}
    for row in view.session.execute(
        select(StageRow).where(StageRow.project_id == project.id).order_by(StageRow.id)
    ).scalars():
        stages.setdefault(row.phase, []).append(row)
    counts = _counts(view, [rows[-1].id for rows in stages.values()])
    shown = [phase for phase in method.phases if not phase.short or phase.id in stages]
    return tuple(_phase(phase, stages.get(phase.id, []), project, method, tasks, decisions, counts) for phase in shown)


def _counts(view: View, stages: list[int]) -> dict[tuple[str, str], int]:
    """How many tasks each of these passages opened, by phase and state."""
    rows = view.session.execute(
        select(TaskRow.phase, TaskRow.state, func.count())
        .join(StageRow, and_(StageRow.project_id == TaskRow.project_id, StageRow.phase == TaskRow.phase))
        .where(StageRow.id.in_(stages), TaskRow.kind == "task", TaskRow.opened_at >= StageRow.entered_at)
        .group_by(TaskRow.phase, TaskRow.state)
    )
    return {(phase, state): count for phase, state, count in rows}


def _phase(
    phase: Phase, stages: list[StageRow], project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...],
    decisions: tuple[DecisionLine, ...], counts: dict[tuple[str, str], int],
) -> PhaseStep:  # fmt: skip
    ended = project.status not in ("running", "held")
    return PhaseStep(
        id=phase.id,
        name=phase.name,
        state=_state(bool(stages), bool(stages) and stages[-1].left_at is None, ended),
        started_at=stages[0].entered_at if stages else None,
        ended_at=stages[-1].left_at if stages else None,
        done=counts.get((phase.id, "done"), 0),
        open=counts.get((phase.id, "open"), 0),
        reworks=max(0, len(stages) - 1),
        gate=_gate(method, phase.gate, tasks, decisions, ended) if phase.gate else None,
    )


def _state(entered: bool, running: bool, ended: bool) -> Step:
    if running:
        return "current"
    return "done" if entered else "skipped" if ended else "upcoming"


def _gate(
    method: Method, gate: str, tasks: tuple[TaskLine, ...], decisions: tuple[DecisionLine, ...], ended: bool
) -> GateStep:  # fmt: skip
    mine = [each for each in tasks if each.code == gate and each.kind == "gate"]
    waiting = next((each for each in mine if each.state == "open"), None)
    decided = next((each for each in reversed(decisions) if each.gate == gate), None)
    passed = decided is not None and decided.outcome in ("go", "go_reserves", "stop")
    state: Step = "waiting" if waiting else "done" if passed else "skipped" if ended else "upcoming"
    last = waiting or (mine[-1] if mine else None)
    return GateStep(
        id=gate,
        name=method.name_of(gate),
        state=state,
        task=last.id if last else None,
        outcome=decided.outcome if decided and not waiting else "",
        at=waiting.due_at if waiting else decided.at if decided else None,
        late=waiting.late if waiting else False,
    )


# --- what blocks -------------------------------------------------------------------------------------------


def _blocks(
    view: View, project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...]
) -> tuple[tuple[Text, int | None], ...]:
    """What stands before the next gate, as sentences: open tasks of the phase, or what the open gate still lacks."""
    if project.status == "held":
        return ((Text("Le projet est suspendu.", "The project is on hold."), None),)
    rooms = {each.code: each.id for each in tasks if each.kind == "gate" and each.state == "open"}
    waiting = open_exceptions(view.session, project.id, method)
    found: list[tuple[Text, int | None]] = [
        (EXCEPTION_AWAITS.format(gate=method.name_of(each)), rooms.get(each)) for each in waiting
    ]
    for each in tasks:
        if each.state != "open" or each.kind == "occurrence" or each.code in waiting:
            continue
        if each.kind == "gate":
            found.append((AWAITS.format(gate=each.name), each.id))
        else:
            found.append((_to_do(each), each.id))
    return (*found, *((each, None) for each in awaited(view, project, method)))


def _exceptions(
    view: View, project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...], decisions: tuple[DecisionLine, ...]
) -> tuple[ExceptionLine, ...]:  # fmt: skip
    if not method.exceptions:
        return ()
    opened: dict[str, bool] = {}
    for process, ended in view.session.execute(
        select(ExecutionRow.process, ExecutionRow.ended_at)
        .where(ExecutionRow.project_id == project.id, ExecutionRow.process.in_(method.exception))
        .order_by(ExecutionRow.id)
    ):
        opened[process] = ended is None
    found = []
    for each in method.exceptions:
        if each.id in opened:
            step = _gate(method, each.gate.id, tasks, decisions, ended=False)
            is_open = opened[each.id]
            found.append(
                ExceptionLine(
                    id=each.gate.id, name=each.gate.name, open=is_open, outcome="" if is_open else step.outcome,
                    at=None if is_open else step.at,
                    task=step.task if step.state == "waiting" or not is_open else None,
                )
            )  # fmt: skip
    return tuple(found)


def _known(
    view: View, project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...]
) -> tuple[tuple[Text, int | None], ...]:
    """The same for who takes no part: how far it is, without who or what."""
    if project.status == "held":
        return ((Text("Le projet est suspendu.", "The project is on hold."), None),)
    waiting = [each for each in tasks if each.state == "open" and each.kind != "occurrence"]
    found = [AWAITS.format(gate=each.name) for each in waiting if each.kind == "gate"]
    count = sum(each.kind == "task" for each in waiting)
    if count:
        phase = method.name_of(project.phase)
        found.append(
            Text("{count} tâche(s) en cours dans « {phase} »", "{count} task(s) under way in “{phase}”").format(
                count=count, phase=phase
            )
        )
    return tuple((each, None) for each in [*found, *awaited(view, project, method)])


AWAITS = Text("« {gate} » attend sa décision", "“{gate}” awaits its decision")
EXCEPTION_AWAITS = Text(
    "La porte d’exception « {gate} » attend sa décision : la prochaine porte ne peut pas être franchie.",
    "The exceptional gate “{gate}” awaits its decision: the next gate cannot be passed.",
)


def _to_do(task: TaskLine) -> Text:
    who = Text(task.assignee.name) if task.assignee else task.role
    name = Text(
        f"{task.name.fr} · {task.instance.fr}" if task.instance else task.name.fr,
        f"{task.name.read('en')} · {task.instance.read('en')}" if task.instance else task.name.read("en"),
    )
    late = Text(" (en retard)", " (late)") if task.late else Text("")
    return Text("« {name} » : attendue de {who}{late}", "“{name}”: expected from {who}{late}").format(
        name=name, who=who, late=late
    )


# --- people and recurrences --------------------------------------------------------------------------------


def _people(view: View, method: Method, held: dict[str, Held], running: bool) -> tuple[RoleLine, ...]:
    appoints = roles_to_appoint(method, held, view.actor.id) if running else frozenset()
    services = {row.id: row for row in view.session.execute(select(ServiceRow)).scalars()}
    lines = []
    for role in method.roles:
        found = held[role.id]
        if role.held == "anyone":
            continue
        where = found.seat.partition(":")[0]
        service = services.get(int(where[1:])) if where.startswith("s") else None
        by = Text(service.name_fr, service.name_en) if service else Text("le projet", "the project")
        lines.append(RoleLine(role.id, role.name, _actors(view, held, role.id), by, role.id in appoints))
    return tuple(lines)


def _occurrences(view: View, project: ProjectRow, method: Method) -> tuple[OccurrenceLine, ...]:
    timers = {
        row.element: row.due_at
        for row in view.session.execute(
            select(TimerRow).where(
                TimerRow.project_id == project.id, TimerRow.kind == "occurrence", TimerRow.fired_at.is_(None)
            )
        ).scalars()
    }
    started = Counter(
        view.session.execute(
            select(TaskRow.element).where(TaskRow.project_id == project.id, TaskRow.kind == "occurrence")
        ).scalars()
    )
    return tuple(
        OccurrenceLine(each.name, each.id, every_in_words(each.every), timers.get(each.id))
        for each in method.recurring
        if started[each.id]
    )


def every_in_words(every: str) -> Text:
    known = {
        "P7D": Text("chaque semaine", "every week"),
        "P14D": Text("tous les quinze jours", "every fortnight"),
        "P1M": Text("chaque mois", "every month"),
        "plan": Text("selon le plan", "as planned"),
    }
    return known.get(every, Text(every))
