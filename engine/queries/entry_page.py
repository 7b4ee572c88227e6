"""One entry of a register: what it says, where it comes from, what it led to, what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from engine.choices import offered_by_all
from engine.errors import NotFound
from engine.history import canonical
from engine.method import Field
from engine.people import taking_part
from engine.queries.entry_lines import EntryLine, entry_columns, lines, project_of, standing
from engine.queries.lines import ActorLine, ChoiceLine, EventLine
from engine.queries.view import View
from engine.registers import MAJOR, REGISTERS, TRANSFER
from engine.store.circles import Before
from engine.store.entries import facts_of, title_of, values_with
from engine.store.tables import EntryRow, EventRow, ProjectRow, ReserveRow, SupportRow
from engine.words import Text

#: events of an entry that its page shows, the newest first
MOST_EVENTS = 100

VERBS = ("change", "take", "accept", "move", "transfer", "support", "score", "answer", "follow", "correct")


@dataclass(frozen=True, slots=True)
class EntryPageOf:
    entry: int


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A state that may follow."""

    state: str
    verb: Text
    word: str  #: what it asks for: proof, reason; empty: nothing
    closes: bool


@dataclass(frozen=True, slots=True)
class OriginLine:
    """What an entry came from."""

    kind: str  #: task, gate, entry, reserve, meeting …
    id: int
    name: Text


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """How a resistance was scored before."""

    at: datetime
    by: ActorLine | None
    synergy: str
    antagonism: str
    influence: str
    note: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    line: EntryLine
    body_label: Text
    title_label: Text
    fixed: bool  #: never changed
    confidential: bool
    major: bool  #: a resistance whose antagonism is high
    lacks_measure: bool  #: and without measure or owner: it holds up a gate
    trend: str  #: of a resistance since the last score: better, worse, same; empty
    origin: OriginLine | None  #: none, or one that this actor may not see
    led_to: tuple[EntryLine, ...]  #: what came from it, as this actor may see it
    corrects: EntryLine | None
    corrected_by: EntryLine | None
    started: int | None  #: the project that an idea became
    supported: bool  #: by this actor
    scores: tuple[ScoreLine, ...]  #: the newest first
    moves: tuple[MoveLine, ...]
    form: tuple[Field, ...]  #: to change it
    values: dict[str, object]
    choices: dict[str, tuple[ChoiceLine, ...]]
    people: tuple[ActorLine, ...]
    history: tuple[EventLine, ...]
    can: frozenset[str]  #: change, take, accept, move, transfer, support, score, answer, follow, correct
    transfer: tuple[Field, ...] = ()  #: what the transfer of an action asks
    projects: tuple[ChoiceLine, ...] = ()  #: where it may go on; else in the organisation


def read(view: View, query: EntryPageOf) -> EntryPage:
    row = view.session.execute(select(EntryRow).where(EntryRow.id == query.entry)).scalar_one_or_none()
    if row is None:
        raise NotFound
    project = project_of(view, row.project_id)
    who = standing(view, project)
    if not who.sees_entry(row):
        raise NotFound
    register = REGISTERS[row.register]
    (line,) = lines(view, entry_columns().where(EntryRow.id == row.id), who)
    can = frozenset(verb for verb in VERBS if who.may(verb, row))
    facts = facts_of(row)
    edits = bool(can & {"change", "correct", "score"})
    title, body = register.field("title"), register.field("body")
    scores = _scores(view, row)
    lacks = row.owner_id is None or not str(facts.get("measure") or "").strip()
    major = row.register == "resistance" and row.level >= MAJOR
    return EntryPage(
        line=line, fixed=register.fixed, confidential=register.confidential,
        title_label=title.label if title else Text(""), body_label=body.label if body else Text(""),
        major=major, lacks_measure=major and lacks and row.closed_at is None, trend=_trend(row, scores),
        origin=_origin(view, row), led_to=_led_to(view, row, who),
        corrects=_one(view, EntryRow.id == row.corrects_id, who) if row.corrects_id else None,
        corrected_by=_one(view, EntryRow.corrects_id == row.id, who) if row.register == "decision" else None,
        started=facts.get("project") if row.register == "idea" else None, supported=_supported(view, row),
        scores=scores, moves=_moves(row, can), form=register.fields if edits else (),
        values=values_with(row, line.service.code if line.service else None),
        choices={
            key: tuple(ChoiceLine(each.value, each.label) for each in chosen)
            for key, chosen in offered_by_all(view.session, register.fields if edits else ()).items()
        },
        people=view.directory() if edits else (), history=_history(view, row, project), can=can,
        transfer=TRANSFER if "transfer" in can else (), projects=_others(view, row) if "transfer" in can else (),
    )  # fmt: skip


def _others(view: View, row: EntryRow) -> tuple[ChoiceLine, ...]:
    """The other projects under way in which this actor takes part."""
    query = (
        taking_part(view.actor)
        .with_only_columns(ProjectRow.id, ProjectRow.title)
        .where(ProjectRow.status.in_(("running", "held")), ProjectRow.id != row.project_id)
    )
    return tuple(ChoiceLine(str(id), Text(title)) for id, title in view.session.execute(query.order_by(ProjectRow.id)))


def _moves(row: EntryRow, can: frozenset[str]) -> tuple[MoveLine, ...]:
    """What leads elsewhere is another command's; a proposal is accepted by who may, and withdrawn by who made it."""
    register = REGISTERS[row.register]
    allowed = "answer" if row.register == "idea" else "move"
    found = []
    for each in register.offers(row.state) if allowed in can else ():
        state = register.states[each]
        accepts = row.state == "proposed" and not state.closed
        if not (accepts and "accept" not in can):
            found.append(MoveLine(each, ACCEPT if accepts else state.verb, state.word, state.closed))
    return tuple(found)


ACCEPT = Text("Accepter", "Accept")


def _origin(view: View, row: EntryRow) -> OriginLine | None:
    if not row.origin or row.origin_id is None:
        return None
    if row.origin in ("entry", "answer"):
        found = view.session.get(EntryRow, row.origin_id)
        if found is None or not standing(view, _project(view, found)).sees_entry(found):
            return None
        one = REGISTERS[found.register].one
        name = Text("{one} n° {number} : {title}", "{one} no. {number}: {title}")
        name = name.format(one=one, number=found.number, title=title_of(found))
        return OriginLine("entry", found.id, name)
    if row.origin in ("task", "gate"):
        try:
            case = view.case(row.origin_id)
        except NotFound:
            return None
        return OriginLine("gate" if case.task.kind == "gate" else "task", case.task.id, case.name)
    return OriginLine(row.origin, row.origin_id, _named(view, row))


def _named(view: View, row: EntryRow) -> Text:
    if row.origin == "reserve":
        gate = view.session.execute(select(ReserveRow.gate).where(ReserveRow.id == row.origin_id)).scalar()
        return Text(f"réserve de {gate}", f"reserve of {gate}") if gate else Text("réserve", "reserve")
    return ORIGINS.get(row.origin, Text(row.origin))


ORIGINS = {
    "meeting": Text("une réunion", "a meeting"),
    "drift": Text("la dérive du projet", "the drift of the project"),
    "dormant": Text("le silence du projet", "the silence of the project"),
    "handover": Text("une passation", "a hand-over"),
    "review": Text("la revue d’un volet", "the review of a strand"),
    "cold": Text("l’évaluation à froid", "the cold evaluation"),
}


def _project(view: View, row: EntryRow) -> ProjectRow | None:
    return view.session.get(ProjectRow, row.project_id) if row.project_id is not None else None


def _led_to(view: View, row: EntryRow, who: Before) -> tuple[EntryLine, ...]:
    """Each only if its own circle holds the actor."""
    found = view.session.execute(
        select(EntryRow)
        .where(EntryRow.origin.in_(("entry", "answer")), EntryRow.origin_id == row.id, EntryRow.corrects_id.is_(None))
        .order_by(EntryRow.id)
    ).scalars()
    seen = [each.id for each in found if standing(view, _project(view, each)).sees_entry(each)]
    return lines(view, entry_columns().where(EntryRow.id.in_(seen)).order_by(EntryRow.id)) if seen else ()


def _one(view: View, where: object, who: Before) -> EntryLine | None:
    found = lines(view, entry_columns().where(where).order_by(EntryRow.id).limit(1), who)  # type: ignore[arg-type]
    return found[0] if found else None


def _supported(view: View, row: EntryRow) -> bool:
    mine = select(SupportRow.id).where(SupportRow.entry_id == row.id, SupportRow.actor_id == view.actor.id)
    return row.register == "idea" and view.session.execute(mine).first() is not None


def _scores(view: View, row: EntryRow) -> tuple[ScoreLine, ...]:
    past = facts_of(row).get("scores", [])
    view.people([each["by"] for each in past])
    return tuple(
        ScoreLine(
            datetime.fromisoformat(each["at"]), view.person(each["by"]), str(each.get("synergy", "")),
            str(each.get("antagonism", "")), str(each.get("influence", "")), each.get("note", ""),
        )
        for each in reversed(past)
    )  # fmt: skip


def _trend(row: EntryRow, scores: tuple[ScoreLine, ...]) -> str:
    """What is for less what is against, now and before."""
    if not scores:
        return ""
    facts = facts_of(row)
    now = int(facts.get("synergy") or 0) - int(facts.get("antagonism") or 0)
    then = int(scores[0].synergy or 0) - int(scores[0].antagonism or 0)
    return "same" if now == then else "better" if now > then else "worse"


def _history(view: View, row: EntryRow, project: ProjectRow | None) -> tuple[EventLine, ...]:
    return view.events(_events(row, project).order_by(EventRow.number.desc()).limit(MOST_EVENTS))


def _events(row: EntryRow, project: ProjectRow | None) -> Select[Any]:
    """Of the project's history, or of its confidential one; an entry's number begins the facts of its events."""
    stream = 0 if project is None else -project.id if REGISTERS[row.register].confidential else project.id
    begins = canonical({"entry": row.id})[:-1]
    return select(EventRow).where(
        EventRow.stream == stream, EventRow.kind.in_(KINDS),
        or_(EventRow.facts.startswith(f"{begins},", autoescape=True), EventRow.facts == f"{begins}}}"),
    )  # fmt: skip


KINDS = (
    "entry_opened", "entry_changed", "entry_taken", "entry_moved", "entry_closed", "entry_scored", "idea_supported",
    "idea_escalated",
)  # fmt: skip
