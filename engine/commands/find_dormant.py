"""Ask after projects in which nobody has done anything for thirty days: the lead first, then the sponsor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select

from engine.store.act import Act
from engine.store.steering import ask_of
from engine.store.tables import EntryRow, ProjectRow
from engine.words import Text

#: since somebody last did something: after how long the lead is asked, then the sponsor
LEAD, SPONSOR = timedelta(days=30), timedelta(days=40)
#: projects of one act
BATCH = 50


@dataclass(frozen=True, slots=True)
class FindDormant:
    """Ask after projects in which nobody has done anything for thirty days: the lead first, then the sponsor.

    What Jalon does by itself is no sign of life. Jalon itself does it, every morning.
    """

    day: date
    after: int = 0  #: the last project that was looked at


@dataclass(frozen=True, slots=True)
class Found:
    after: int  #: where to go on; 0: nothing is left
    asked: int  #: projects whose lead or sponsor was asked


def handle(act: Act, command: FindDormant) -> Found:
    found = _dormant(act, command.after)
    asked = 0
    for id, asked_before, moved in found:
        if asked_before and (asked_before > 1 or moved > act.now - SPONSOR):
            continue
        project = _free(act, id)
        if project is None:
            continue  # someone is at it this very moment: it sleeps no longer
        method = act.release(project.release_id).method
        role = method.sponsor if asked_before else method.lead
        days = (act.now - moved).days
        asked += bool(ask_of(act, project, role, TITLE.format(days=days), BODY, "dormant", project.id))
    return Found(found[-1][0] if len(found) == BATCH else 0, asked)


def _dormant(act: Act, after: int) -> list[tuple[int, int, Any]]:
    """Running projects that nobody has moved for long, how often it was asked since, and when they last moved.

    An index has the moment of the last move: those that go on are not looked at.
    """
    since = and_(
        EntryRow.project_id == ProjectRow.id, EntryRow.register == "action", EntryRow.origin == "dormant",
        EntryRow.at > ProjectRow.moved_at,
    )  # fmt: skip
    query = (
        select(ProjectRow.id, func.count(func.distinct(EntryRow.at)), ProjectRow.moved_at)
        .outerjoin(EntryRow, since)
        .where(ProjectRow.moved_at < act.now - LEAD, ProjectRow.status == "running", ProjectRow.id > after)
        .group_by(ProjectRow.id, ProjectRow.moved_at)
        .order_by(ProjectRow.id)
        .limit(BATCH)
    )
    return [(id, count, moved) for id, count, moved in act.session.execute(query)]


def _free(act: Act, id: int) -> ProjectRow | None:
    query = select(ProjectRow).where(ProjectRow.id == id)
    found = act.session.execute(query.with_for_update(skip_locked=True) if act.locks_rows else query)
    return found.scalar_one_or_none()


TITLE = Text("Dire où en est le projet : rien depuis {days} jours", "Say where the project is: nothing for {days} days")
BODY = Text(
    "Personne n’y a rien fait depuis un mois. Dites ce qui vient, suspendez-le avec une date de revue, "
    "ou proposez de l’arrêter.",
    "Nobody has done anything in it for a month. Say what comes next, put it on hold with a review date, "
    "or propose to stop it.",
)
