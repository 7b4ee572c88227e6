"""Ask for information before an opinion is given: its clock stands still until the answer."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import NoClock, TooLarge
from engine.store.act import Act
from engine.store.case import must, must_say
from engine.store.silences import stop_clock
from engine.store.tables import RequestRow
from engine.words import Text

LONGEST = 10_000  #: characters, of a question as of its answer


@dataclass(frozen=True, slots=True)
class RequestInformation:
    """Ask for information before an opinion is given: its clock stands still until the answer."""

    task: int
    body: str


@dataclass(frozen=True, slots=True)
class Requested:
    request: int


def handle(act: Act, command: RequestInformation) -> Requested:
    case = act.case(command.task)
    must(act, case, "request")
    if case.task.kind == "gate" or case.model.silence is None:
        raise NoClock(task=case.name)
    body = must_say(command.body, "request", case.name)
    must_be_short(body)
    row = RequestRow(task_id=case.task.id, body=body, asked_by=act.actor.id, asked_at=act.now, answer="")
    act.session.add(row)
    act.session.flush()
    stop_clock(act, case.task)
    act.record("information_requested", case.project, case.task, element=case.task.element, text=body)
    return Requested(row.id)


def must_be_short(body: str) -> None:
    """Raises `TooLarge`."""
    if len(body) > LONGEST:
        limit = Text(f"{LONGEST} caractères", f"{LONGEST} characters")
        raise TooLarge(name=Text("Votre texte", "Your text"), size=f"{len(body)}", limit=limit)
