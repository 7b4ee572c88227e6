"""Call a meeting of a project, or hold the one that a recurring activity asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine.errors import ChoiceUnknown, NotAllowed, ReasonMissing, TooLarge
from engine.method import MEETINGS
from engine.people import steers
from engine.store.act import Act
from engine.store.case import must, must_move
from engine.store.tables import MeetingRow, ProjectRow
from engine.words import Text
from engine.working_time import PARIS

LONGEST_TITLE = 200  #: characters


@dataclass(frozen=True, slots=True)
class CallMeeting:
    """Call a meeting of a project, or hold the one that a recurring activity asks for.

    With `task`, an open occurrence: its meeting, called once; the kind is the activity's. The lead and the sponsor call
    the others.
    """

    project: int
    held_on: date | None = None  #: none: today
    kind: str = "other"
    title: str = ""  #: empty: what its kind is called
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Called:
    meeting: int


def handle(act: Act, command: CallMeeting) -> Called:
    kind, project = _kind(act, command)
    must_move(project)
    if command.task is not None:
        known = select(MeetingRow.id).where(MeetingRow.task_id == command.task)
        before = act.session.execute(known).scalar_one_or_none()
        if before is not None:
            return Called(before)
    held_on = command.held_on or act.now.astimezone(PARIS).date()
    row = MeetingRow(
        project_id=project.id, task_id=command.task, kind=kind, title=_title(command, kind), held_on=held_on,
        agenda="[]", present="[]", minutes="", author_id=act.actor.id, at=act.now,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    act.record("meeting_called", project, title=row.title, until=held_on.isoformat(), meeting=row.id)
    return Called(row.id)


def _kind(act: Act, command: CallMeeting) -> tuple[str, ProjectRow]:
    """Of which kind, in which project. Raises the refusal of who may not, and `ChoiceUnknown` for no such kind."""
    if command.task is None:
        project = act.project(command.project)
        must_convene(act, project)
        if command.kind not in MEETINGS:
            raise ChoiceUnknown(value=command.kind, label=KIND)
        return command.kind, project
    case = act.case(command.task)
    if not (case.standing.lead or case.standing.sponsor) or case.task.state != "open":
        must(act, case, "complete")
    found = next((each.meeting for each in case.method.recurring if each.id == case.task.element), "")
    if not found or case.project.id != command.project:
        raise ChoiceUnknown(value=case.name, label=KIND)
    return found, case.project


def must_convene(act: Act, project: ProjectRow) -> None:
    """Raises `NotAllowed` for whoever is neither the project's lead nor its sponsor."""
    _, held = act.held(project)
    if not steers(act.actor.id, act.release(project.release_id).method, held):
        raise NotAllowed(verb=Text("convoquer une réunion", "call a meeting"), who=STEERING)


def _title(command: CallMeeting, kind: str) -> str:
    title = command.title.strip() or MEETINGS[kind].fr
    if kind == "other" and not command.title.strip():
        raise ReasonMissing(verb=Text("nommer la réunion", "name the meeting"))
    if len(title) > LONGEST_TITLE:
        limit = Text(f"{LONGEST_TITLE} caractères", f"{LONGEST_TITLE} characters")
        raise TooLarge(name=Text("Le titre", "The title"), size=str(len(title)), limit=limit)
    return title


KIND = Text("Nature de la réunion", "Kind of meeting")
STEERING = Text("le chef de projet ou le commanditaire", "the project lead or the sponsor")
