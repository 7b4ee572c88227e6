"""Ask the owner of each strand, in January and in July, to review its projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine.store.act import Act
from engine.store.entries import open_entry
from engine.store.tables import ActorRow, ChoiceRow
from engine.words import Text
from engine.working_time import due_after

#: the months in which a half-year is reviewed
MONTHS = (1, 7)
#: working days for it
DUE = "P20D"


@dataclass(frozen=True, slots=True)
class CallReviews:
    """Ask the owner of each strand, in January and in July, to review its projects: their page is the agenda.

    Jalon itself does it, once a half-year.
    """

    half: str  #: the half-year, as `2027-1`


@dataclass(frozen=True, slots=True)
class Asked:
    reviews: int


def half_of(day: date) -> str:
    """The half-year of a day, as `2027-1`."""
    return f"{day.year}-{1 if day.month < 7 else 2}"


def handle(act: Act, command: CallReviews) -> Asked:
    strands = act.session.execute(
        select(ChoiceRow)
        .join(ActorRow, ActorRow.id == ChoiceRow.owner_id)
        .where(ChoiceRow.kind == "strand", ActorRow.active)
        .order_by(ChoiceRow.code)
    ).scalars()
    asked = 0
    for strand in list(strands):
        title = TITLE.format(strand=Text(strand.label_fr, strand.label_en), half=command.half)
        open_entry(
            act, "action", None, title, body=BODY.format(code=strand.code), owner=strand.owner_id,
            due=due_after(act.now, DUE), origin="review", origin_id=strand.id,
        )  # fmt: skip
        asked += 1
    return Asked(asked)


TITLE = Text("Revue semestrielle : {strand} ({half})", "Half-yearly review: {strand} ({half})")
BODY = Text(
    "L’ordre du jour est la page du volet, /strategie/volets/{code} : ses projets, leur phase, leur météo, leurs "
    "retards, et les objectifs que nul projet ne sert. Dites ici ce qui en est décidé.",
    "The agenda is the strand’s page, /strategie/volets/{code}: its projects, their phase, their weather, what is "
    "late, and the objectives that no project serves. Say here what is decided.",
)
