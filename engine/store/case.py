"""A task before an actor: who they are to it, and the refusals that follow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import (
    ClockFixed,
    NotAllowed,
    ProjectEnded,
    ProjectHeld,
    ReasonMissing,
    SeparationOfDuties,
    StalePage,
    TaskClosed,
    TaskTaken,
)  # fmt: skip
from engine.history import STATUSES
from engine.mandates import Stood
from engine.method import Gate, Method, Task
from engine.people import VERBS, WHO, Actor, Held, Standing, can
from engine.release import Release
from engine.store.tables import ExecutionRow, ProjectRow, TaskRow
from engine.words import Text
from engine.working_time import PARIS

if TYPE_CHECKING:
    from engine.store.act import Act, Opened


@dataclass
class Case:
    """A task before an actor."""

    task: TaskRow
    project: ProjectRow
    release: Release
    path: list[int]  #: of the project's service, the root first
    held: dict[str, Held]
    actor: Actor
    run: ExecutionRow | None = None  #: what the task waits in, for a command

    @property
    def execution(self) -> ExecutionRow:
        assert self.run is not None  # a command's case; a page reads none
        return self.run

    @property
    def method(self) -> Method:
        return self.release.method

    @property
    def model(self) -> Task:
        return self.method.tasks[self.task.element]

    @property
    def gate(self) -> Gate:
        return self.method.gate[self.task.element]

    @property
    def name(self) -> Text:
        return self.method.name_of(self.task.element)

    def holds(self, role: str) -> bool:
        """Does the actor hold the role here, or stand in for one who does?"""
        return self.acts_as(role) is not None

    def acts_as(self, role: str) -> int | None:
        """The holder of the role as whom the actor acts here: themselves, or one whose mandate they have."""
        found = self.held.get(role)
        return self._on_behalf((each.actor for each in found.holders), role) if found is not None else None

    def _on_behalf(self, of: Iterable[int | None], role: str) -> int | None:
        return self.actor.on_behalf(of, self.project.id, role)

    @property
    def stands_in_for(self) -> int | None:
        """In whose name the actor does the task, by mandate; None where it is theirs."""
        task, me = self.task, self.actor.id
        if not self.actor.stood or me == task.assignee_id:
            return None
        if task.kind == "gate":
            chair = self.acts_as(self.gate.chair)
            return chair if chair != me else None
        if task.assignee_id is not None:
            return self._on_behalf([task.assignee_id], task.role)
        if task.seat in self.actor.seats:
            return None
        return next((each.actor for each in self._seated if not self.barred(each.actor)), None)

    @property
    def _seated(self) -> list[Stood]:
        """Those whose seat the task waits in, and whose mandate the actor has."""
        task = self.task
        return [each for each in self.actor.stood if each.seat == task.seat and each.covers(task.project_id, task.role)]

    @property
    def in_whose_name(self) -> dict[str, int]:
        """What history says beside the deputy who acts: the one they stand in for."""
        other = self.stands_in_for
        return {} if other is None else {"mandate": other}

    def voters(self) -> dict[int, str]:
        """Who votes at this gate, by actor: the role. The lead never does (separation of duties)."""
        lead = {each.actor for each in self.held[self.method.lead].holders} if self.method.lead in self.held else set()
        found: dict[int, str] = {}
        for role in self.gate.voters:
            for each in self.held[role].holders:
                if each.actor not in lead:
                    found.setdefault(each.actor, role)
        return found

    def barred(self, actor: int) -> str:
        """The role that bars `actor` from this task; empty when nothing does. Standing in for its holder bars too."""
        task = self.method.tasks.get(self.task.element)
        if task is None or not task.never or task.never not in self.held:
            return ""
        if actor == self.actor.id:
            return task.never if self.holds(task.never) else ""
        return task.never if any(each.actor == actor for each in self.held[task.never].holders) else ""

    @property
    def standing(self) -> Standing:
        me = self.actor.id
        gate = self.method.gate.get(self.task.element)
        other = self.stands_in_for
        return Standing(
            lead=self.holds(self.method.lead),
            sponsor=self.holds(self.method.sponsor),
            assignee=self.task.assignee_id in (me, other or me),
            seated=self.task.seat in self.actor.seats or other is not None,
            taken=self.task.assignee_id is not None,
            open=self.task.state == "open",
            barred=bool(self.barred(me)),
            answered=self.task.closed_by == me,
            chair=gate is not None and self.holds(gate.chair),
            voter=gate is not None and self.votes_as() is not None,
            running=self.project.status == "running",
        )

    def ballots_of(self) -> list[int]:
        """The voters whose ballots the actor may cast: themselves first, then those whose mandate they have."""
        voters, me = self.voters(), self.actor.id
        others = [each for each, role in voters.items() if each != me and self._on_behalf([each], role) is not None]
        return [me, *others] if me in voters else others

    def votes_as(self, voter: int | None = None) -> int | None:
        """`voter`, or the first of all, where the actor may cast their ballot."""
        able = self.ballots_of()
        if voter is None:
            return able[0] if able else None
        return voter if voter in able else None

    def must_move(self) -> None:
        """Raises `ProjectHeld` or `ProjectEnded` when nothing may change in the project."""
        must_move(self.project)


def must_move(project: ProjectRow) -> None:
    if project.status == "held":
        raise ProjectHeld(project=project.title, review=project.review_at.date() if project.review_at else "?")
    if project.status != "running":
        raise ProjectEnded(project=project.title, state=STATUSES[project.status])


def last_answers(session: Session, project: int, element: str) -> dict[str, Any]:
    """What a step of the project last answered, by form key; empty where it has not been completed."""
    answered = session.execute(
        select(TaskRow.answers)
        .where(TaskRow.project_id == project, TaskRow.element == element, TaskRow.state == "done")
        .order_by(TaskRow.id.desc())
        .limit(1)
    ).scalar()
    return dict(json.loads(answered or "{}"))


def must(act: Act, case: Case, verb: str) -> None:
    """Raises the refusal that says why this actor may not do `verb` to this task."""
    standing = case.standing
    if can(verb, standing):
        return
    case.must_move()
    task = case.task
    if verb != "correct" and task.state != "open":
        closed = task.closed_at or task.opened_at
        raise TaskClosed(
            task=case.name,
            state=TASK_STATES[task.state],
            by=act.name_of(task.closed_by),
            at=spoken_day(closed),
        )
    if standing.barred and verb in ("claim", "draft", "complete", "refuse", "attach"):
        role = case.method.role[case.barred(case.actor.id)].name
        raise SeparationOfDuties(name=case.actor.name, verb=VERBS[verb].format(task=case.name), role=role)
    if standing.taken and not standing.assignee and verb in ("claim", "draft", "complete", "refuse", "attach"):
        raise TaskTaken(task=case.name, by=act.name_of(task.assignee_id))
    raise NotAllowed(verb=VERBS[verb].format(task=case.name), who=WHO[verb])


def must_be_fresh(case: Case, revision: int | None) -> None:
    """Raises `StalePage` when the page was drawn from another revision of the task."""
    if revision is not None and revision != case.task.revision:
        raise StalePage(what=case.name)


def must_say(reason: str, verb: str, name: Text) -> str:
    """The reason, trimmed; raises `ReasonMissing` when there is none."""
    if not reason.strip():
        raise ReasonMissing(verb=VERBS.get(verb, HOLDS.get(verb, Text(verb))).format(task=name))
    return reason.strip()


def must_be_movable(case: Case) -> None:
    """Raises `ClockFixed` for an opinion whose time limit is the method's, or the law's."""
    task = case.method.tasks.get(case.task.element)
    if task is not None and task.silence is not None:
        raise ClockFixed(task=case.name, source=task.silence.source or "method.silence")


def next_for(actor: Actor, opened: Sequence[Opened]) -> int | None:
    """The first of the tasks just opened that is for `actor`."""
    for task in opened:
        if task.assignee_id == actor.id or (task.assignee_id is None and task.seat in actor.seats):
            return task.id
    return None


HOLDS = {
    "continue": Text("continuer dans une autre méthode", "go on in another method"),
    "hold": Text("suspendre le projet", "put the project on hold"),
    "lift": Text("lever la réserve", "lift the reserve"),
    "migrate": Text("passer à une autre version", "move to another version"),
    "revert": Text("revenir à la version d’avant", "move back to the version before"),
}

TASK_STATES = {
    "open": Text("à faire", "to do"),
    "done": Text("terminée", "completed"),
    "cancelled": Text("retirée", "withdrawn"),
    "missed": Text("non faite", "missed"),
}


def spoken_day(moment: datetime) -> str:
    """A moment as messages say it: the day and the hour in Paris."""
    return moment.astimezone(PARIS).strftime("%d/%m/%Y %H:%M")
