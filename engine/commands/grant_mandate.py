"""Name a deputy for a time: they do in one's name what one's role asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from engine.errors import ChoiceUnknown, MandateImpossible, NotAllowed
from engine.people import Held
from engine.store.act import Act
from engine.store.outbox import mail
from engine.store.tables import ActorRow, MandateRow, ProjectRow
from engine.words import Text
from engine.working_time import PARIS, end_of

#: days that one mandate may run
LONGEST = 366


@dataclass(frozen=True, slots=True)
class GrantMandate:
    """Name a deputy for a time: they do in one's name what one's role asks."""

    deputy: int  #: actor
    until: date  #: the last day
    since: date | None = None  #: the first day; none: from now on
    role: str = ""  #: one that the actor holds; empty: all that they hold
    project: int | None = None  #: none: everywhere
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    mandate: int


def handle(act: Act, command: GrantMandate) -> Granted:
    me = act.actor
    if me.guest or not me.id:
        verb = Text("nommer un suppléant", "name a deputy")
        raise NotAllowed(verb=verb, who=Text("une personne qui tient un rôle", "someone who holds a role"))
    project = act.project(command.project) if command.project is not None else None
    deputy = _deputy(act, command.deputy)
    since, until = _time(act, command, deputy)
    _must_hold(act, command, project)
    if project is not None:
        _must_stay_separate(act, project, command.role, deputy)
    row = MandateRow(
        actor_id=me.id, deputy_id=deputy.id, role=command.role, project_id=command.project, since=since, until=until,
        reason=command.reason.strip(), by_id=me.id, at=act.now,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    act.record("mandate_granted", project, to=deputy.id, role=command.role, until=command.until.isoformat())
    words = {"name": deputy.name, "by": me.name, "until": command.until.strftime("%d/%m/%Y")}
    mail(
        act, deputy, f"mandate-{row.id}", SUBJECT.format(**words).read(deputy.language),
        BODY.format(**words).read(deputy.language),
    )  # fmt: skip
    return Granted(row.id)


def _deputy(act: Act, id: int) -> ActorRow:
    row = act.session.execute(select(ActorRow).where(ActorRow.id == id, ActorRow.active)).scalar_one_or_none()
    if row is None:
        raise ChoiceUnknown(value=id, label=Text("Annuaire", "Directory"))
    if row.id == act.actor.id:
        raise MandateImpossible(
            name=row.name, why=Text("on ne se supplée pas soi-même.", "nobody deputises for themselves.")
        )
    if row.kind == "guest":
        why = Text("un compte invité ne voit que ses propres tâches.", "a guest account sees its own tasks only.")
        raise MandateImpossible(name=row.name, why=why)
    return row


def _time(act: Act, command: GrantMandate, deputy: ActorRow) -> tuple[datetime, datetime]:
    """From the beginning of the first day, or now, to the end of the last one."""
    today = act.now.astimezone(PARIS).date()
    first = command.since or today
    if command.until < max(first, today) or command.until > first + timedelta(days=LONGEST):
        why = Text(
            "la suppléance doit finir après son début, et durer un an au plus. Corrigez ses dates.",
            "the mandate must end after it begins, and run one year at most. Mend its dates.",
        )
        raise MandateImpossible(name=deputy.name, why=why)
    begins = datetime.combine(first, time(), PARIS)
    return max(begins, act.now), end_of(command.until)


def _must_hold(act: Act, command: GrantMandate, project: ProjectRow | None) -> None:
    """One gives what one holds, nothing that one stands in for."""
    me = act.actor
    if project is not None:
        _, held = act.held(project)
        mine = {role for role, found in held.items() if any(each.actor == me.id for each in found.holders)}
    else:
        mine = {seat.partition(":")[2] for seat in me.seats}
    if command.role and command.role not in mine:
        raise ChoiceUnknown(value=command.role, label=Text("Rôles que vous tenez", "Roles that you hold"))


def _must_stay_separate(act: Act, project: ProjectRow, role: str, deputy: ActorRow) -> None:
    """The lead presents, and votes for nobody; nor does a voter present. Raises `MandateImpossible`."""
    method = act.release(project.release_id).method
    _, held = act.held(project)
    deciding = {each for gate in method.gates for each in (gate.chair, *gate.voters)}
    given = {each for each in held if role in ("", each) and _holds(held[each], act.actor.id)}
    theirs = {each for each in held if _holds(held[each], deputy.id)}
    if (method.lead in theirs and given & deciding) or (method.lead in given and theirs & deciding):
        why = Text(
            "le chef de projet présente aux portes et n’y vote jamais, même au nom d’un autre. "
            "Choisissez quelqu’un d’autre.",
            "the project lead presents at gates and never votes there, not even for another. Choose someone else.",
        )
        raise MandateImpossible(name=deputy.name, why=why)


def _holds(found: Held, actor: int) -> bool:
    return any(each.actor == actor for each in found.holders)


SUBJECT = Text("Jalon : vous suppléez {by}", "Jalon: you stand in for {by}")
BODY = Text(
    "Bonjour {name},\n\n{by} vous a nommé suppléant jusqu’au {until}. Ses tâches apparaissent parmi les vôtres ; "
    "ce que vous y faites est noté en son nom et au vôtre.\n\nJalon\n",
    "Hello {name},\n\n{by} has named you as deputy until {until}. Their tasks appear among yours; what you do there is "
    "noted in their name and in yours.\n\nJalon\n",
)
