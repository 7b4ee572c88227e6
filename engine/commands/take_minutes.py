"""Write what is said in a meeting: its minutes, who is there, and the lines that go into the registers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine.commands.call_meeting import STEERING
from engine.errors import ChoiceUnknown, LineIncomplete, MeetingClosed, NotAllowed, NotFound, StalePage, TooLarge
from engine.people import steers
from engine.store.act import Act
from engine.store.case import must_move, spoken_day
from engine.store.entries import open_entry
from engine.store.tables import NEVER, ActorRow, MeetingRow, ProjectRow
from engine.words import Text
from engine.working_time import end_of

LONGEST_MINUTES = 50_000  #: characters
#: lines of one act
MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """What a meeting sends to a register. An action has an owner and a date, a decision a reason, a risk its scores."""

    register: str  #: action, decision or risk
    title: str
    body: str = ""  #: a decision's reason; of a risk, how it is answered
    owner: int | None = None  #: actor
    due: date | None = None
    probability: int = 0  #: 1 to 4
    impact: int = 0  #: 1 to 4


@dataclass(frozen=True, slots=True)
class TakeMinutes:
    """Write what is said in a meeting: its minutes, who is there, and the lines that go into the registers.

    Who called it, the lead and the sponsor may, until it is closed.
    """

    meeting: int
    minutes: str  #: Markdown
    present: tuple[int, ...] | None = None  #: actors; None: as noted before
    lines: tuple[Line, ...] = ()
    revision: int | None = None


def handle(act: Act, command: TakeMinutes) -> None:
    project = project_of(act, command.meeting)
    row = open_meeting(act, project, command.meeting, command.revision)
    minutes = command.minutes.strip()
    if len(minutes) > LONGEST_MINUTES:
        limit = Text(f"{LONGEST_MINUTES} caractères", f"{LONGEST_MINUTES} characters")
        raise TooLarge(name=Text("Le compte rendu", "The minutes"), size=f"{len(minutes)}", limit=limit)
    if len(command.lines) > MOST_LINES:
        limit = Text(f"{MOST_LINES} lignes", f"{MOST_LINES} lines")
        raise TooLarge(name=Text("Le compte rendu", "The minutes"), size=f"{len(command.lines)}", limit=limit)
    row.minutes = minutes
    if command.present is not None:
        row.present = json.dumps(_known(act, command.present))
    for number, line in enumerate(command.lines, 1):
        _open(act, project, row, number, line)
    act.record("minutes_taken", project, title=row.title, meeting=row.id, count=len(command.lines))


def project_of(act: Act, meeting: int) -> ProjectRow:
    """The project of a meeting, locked. Raises `NotFound`."""
    owner = act.session.execute(select(MeetingRow.project_id).where(MeetingRow.id == meeting)).scalar_one_or_none()
    if owner is None:
        raise NotFound
    return act.project(owner)


def open_meeting(act: Act, project: ProjectRow, id: int, revision: int | None) -> MeetingRow:
    """A meeting of this project that the actor may write in. Raises the refusal that says why not."""
    row = act.session.execute(select(MeetingRow).where(MeetingRow.id == id)).scalar_one()
    _, held = act.held(project)
    if act.actor.id != row.author_id and not steers(act.actor.id, act.release(project.release_id).method, held):
        raise NotAllowed(verb=Text("écrire dans cette réunion", "write in this meeting"), who=STEERING)
    if row.closed_at is not None:
        raise MeetingClosed(meeting=row.title, at=spoken_day(row.closed_at))
    must_move(project)
    if revision is not None and revision != row.revision:
        raise StalePage(what=Text(row.title))
    return row


def _known(act: Act, actors: tuple[int, ...]) -> list[int]:
    """Each once, in the order given. Raises `ChoiceUnknown` for one whom the directory does not have."""
    wanted = list(dict.fromkeys(actors))
    known = set(act.session.execute(select(ActorRow.id).where(ActorRow.id.in_(wanted), ActorRow.active)).scalars())
    for each in wanted:
        if each not in known:
            raise ChoiceUnknown(value=each, label=Text("Annuaire", "Directory"))
    return wanted


def _open(act: Act, project: ProjectRow, meeting: MeetingRow, number: int, line: Line) -> None:
    missing = _missing(line)
    if missing is not None:
        raise LineIncomplete(number=number, why=missing)
    if line.owner is not None:
        _known(act, (line.owner,))
    facts: dict[str, object] = {}
    if line.register == "risk":
        facts = {"probability": str(line.probability), "impact": str(line.impact)}
    if line.register == "decision":
        facts = {"body_of": meeting.title, "on": meeting.held_on.isoformat()}
    open_entry(
        act, line.register, project, line.title.strip(), body=line.body.strip(), owner=line.owner,
        due=end_of(line.due) if line.due else NEVER, level=line.probability * line.impact, facts=facts,
        origin="meeting", origin_id=meeting.id,
    )  # fmt: skip


def _missing(line: Line) -> Text | None:
    """What a line lacks, in words; None where it is whole."""
    scored = all(1 <= each <= 4 for each in (line.probability, line.impact))
    match line.register:
        case _ if not line.title.strip():
            return Text("elle ne dit rien.", "it says nothing.")
        case "action" if line.owner is None or line.due is None:
            return Text(
                "une action a un porteur et une échéance. Choisissez-les.",
                "an action has an owner and a due date. Choose them.",
            )
        case "decision" if not line.body.strip():
            return Text("une décision a un motif. Écrivez-le.", "a decision has a reason. Write it.")
        case "risk" if line.owner is None or not scored:
            return Text(
                "un risque a un porteur, une probabilité et un impact de 1 à 4. Choisissez-les.",
                "a risk has an owner, a probability and an impact from 1 to 4. Choose them.",
            )
    if line.register in ("action", "decision", "risk"):
        return None
    return Text("elle va aux actions, aux décisions ou aux risques.", "it goes to actions, decisions or risks.")
