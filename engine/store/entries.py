"""Entries of the registers: every one is opened, moved and closed here, whoever asks, with what history keeps of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session, aliased, make_transient_to_detached
from sqlalchemy.sql.dml import ReturningInsert

from engine.errors import ReasonMissing, TransitionRefused
from engine.history import canonical
from engine.registers import MAJOR, REGISTERS
from engine.store.act import Act
from engine.store.reserves import follow
from engine.store.statements import ask
from engine.store.tables import NEVER, EntryRow, ProjectRow
from engine.words import Text
from engine.working_time import PARIS

NOTHING = Text("rien", "nothing")
#: of a title, as the forms have it
LONGEST = 200


def open_entry(
    act: Act, register: str, project: ProjectRow | None, title: str | Text, *, body: str | Text = "",
    owner: int | None = None, service: int | None = None, due: datetime = NEVER, level: int = 0, theme: str = "",
    facts: dict[str, Any] | None = None, origin: str = "", origin_id: int | None = None, state: str = "",
    corrects: int | None = None,
) -> EntryRow:  # fmt: skip
    """A new entry, its row written. The project's row must be locked by this act already.

    What Jalon writes itself is a `Text`: the row has the French, its facts the English. `level`: else what the facts
    come to. `state`: else the register's first; one that closes closes it at once.
    """
    values = _values(
        act, register, project, title, body=body, owner=owner, service=service, due=due, level=level, theme=theme,
        facts=facts, origin=origin, origin_id=origin_id, state=state, corrects=corrects,
    )  # fmt: skip
    if act.session.new:
        act.session.flush()  # what it may refer to
    [(id, number)] = ask(act.link, _OPEN[project is not None], values)
    return _opened(act, project, EntryRow(id=id, number=number, **values))


def open_entries(
    act: Act, register: str, project: ProjectRow, drafts: Sequence[Mapping[str, Any]], last: int
) -> list[EntryRow]:
    """Several at once: each what `open_entry` takes. `last`: the number of the last one before them."""
    rows = [_values(act, register, project, **each) | {"number": last + place} for place, each in enumerate(drafts, 1)]
    if act.session.new:
        act.session.flush()
    ids = {each.number: each.id for each in ask(act.link, _OPEN_ALL, rows if len(rows) > 1 else rows[0])}
    return [_opened(act, project, EntryRow(id=ids[each["number"]], **each)) for each in rows]


def _values(
    act: Act, register: str, project: ProjectRow | None, title: str | Text, *, body: str | Text = "",
    owner: int | None = None, service: int | None = None, due: datetime = NEVER, level: int = 0, theme: str = "",
    facts: dict[str, Any] | None = None, origin: str = "", origin_id: int | None = None, state: str = "",
    corrects: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    asks = REGISTERS[register]
    said = (facts or {}) | _english(title=title, body=body)
    said_title = title.fr[:LONGEST] if isinstance(title, Text) else title
    said_body = body.fr if isinstance(body, Text) else body
    state = state or asks.first
    closes = asks.states[state].closed
    return dict(
        project_id=project.id if project is not None else None, register=register, title=said_title.strip(),
        body=said_body.strip(), state=state, owner_id=owner, service_id=service, due_at=due,
        level=level or asks.level(said), theme=theme, facts=_json(said),
        origin=origin, origin_id=origin_id, corrects_id=corrects, author_id=act.by, at=act.now,
        closed_at=act.now if closes else None, closed_by=act.by if closes else None, proof="", reminded=0, revision=1,
    )  # fmt: skip


def _opened(act: Act, project: ProjectRow | None, row: EntryRow) -> EntryRow:
    make_transient_to_detached(row)
    act.session.add(row)
    sealed = {"content": content(row)} if REGISTERS[row.register].fixed else {}
    _note(act, row, project, "opened", sealed)
    return row


def close_entry(act: Act, entry: EntryRow, state: str, proof: str) -> None:
    """Close an entry in `state`; `proof` is the word that the state asks for. Raises `ReasonMissing` without it, and
    `TransitionRefused` where that state does not follow.

    The project's row must be locked by this act already. Whether one may is for the command to say.
    """
    _move(act, entry, state, proof, True)
    note(act, entry, "closed", state=state)


def move_entry(act: Act, entry: EntryRow, state: str, word: str = "") -> None:
    """To a state that does not close it; one that was closed is open again. Raises as `close_entry`."""
    _move(act, entry, state, word, False)
    note(act, entry, "moved", state=state)


def _move(act: Act, entry: EntryRow, state: str, word: str, closes: bool) -> None:
    register = REGISTERS[entry.register]
    following = [each for each in register.moves[entry.state] if register.states[each].closed is closes]
    if state not in following:
        raise TransitionRefused(
            entry=entry.title, state=register.states[entry.state].text,
            wanted=register.states[state].text if state in register.states else state,
            next=tuple(register.states[each].text for each in following) or NOTHING,
        )  # fmt: skip
    asked = register.states[state]
    if asked.word and not word.strip():
        raise ReasonMissing(verb=_named(entry, asked.text))
    entry.state = state
    entry.proof = word.strip() or entry.proof
    entry.closed_at, entry.closed_by = (act.now, act.by) if closes else (None, None)
    if entry.origin == "reserve":
        follow(act, entry, cast(ProjectRow, _project(act, entry.project_id)))


def change(entry: EntryRow, **said: Any) -> None:
    """Facts that change, the others kept, and the level that follows."""
    facts = {**facts_of(entry), **said}
    entry.facts = _json(facts)
    entry.level = REGISTERS[entry.register].level(facts)


def _english(**said: str | Text) -> dict[str, Any]:
    """`{"en": {"title": …, "body": …}}` of what is said in both languages; empty where all is in one."""
    found = {key: each.en for key, each in said.items() if isinstance(each, Text) and each.en and each.en != each.fr}
    return {"en": found} if found else {}


class Titled(Protocol):
    """A row of a register, or what was read of one."""

    @property
    def title(self) -> str: ...
    @property
    def facts(self) -> str: ...


def title_of(entry: Titled) -> Text:
    """What people wrote is the same in both languages."""
    return Text(entry.title, str(facts_of(entry).get("en", {}).get("title", "")))


def body_of(entry: EntryRow) -> Text:
    return Text(entry.body, str(facts_of(entry).get("en", {}).get("body", "")))


def reworded(entry: EntryRow) -> None:
    """A person wrote it anew: there is no English of Jalon's any more."""
    facts = facts_of(entry)
    if facts.pop("en", None) is not None:
        entry.facts = _json(facts)


def facts_of(entry: Titled) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(entry.facts)
    return found


def values_with(entry: EntryRow, service: str | None) -> dict[str, Any]:
    """What an entry says, as its form takes it; `service`: the code of its department."""
    row = {
        "title": entry.title, "body": entry.body, "owner": entry.owner_id, "service": service,
        "due": day_of(entry.due_at), "theme": entry.theme,
    }  # fmt: skip
    return {**row, **facts_of(entry)}


def day_of(due: datetime) -> str:
    return due.astimezone(PARIS).date().isoformat() if due < NEVER else ""


def note(act: Act, entry: EntryRow, what: str, **said: Any) -> None:
    """What history keeps of an entry: never its words, which rows hold; of a confidential one in its own chain."""
    _note(act, entry, _project(act, entry.project_id), what, said)


def _note(act: Act, entry: EntryRow, project: ProjectRow | None, what: str, said: dict[str, Any]) -> None:
    facts = {"entry": entry.id, "register": entry.register, "number": entry.number, **said}
    if project is not None and REGISTERS[entry.register].confidential:
        act.record_apart(f"entry_{what}", project, **facts)
    else:
        act.record(f"entry_{what}", project, **facts)


def _project(act: Act, id: int | None) -> ProjectRow | None:
    """The project as this act holds it already: two copies of one row would each be written."""
    if id is None:
        return None
    held = next((line for line in act._lines if line._kind is ProjectRow and line.id == id), None)
    return cast(ProjectRow, held) if held is not None else act.session.get_one(ProjectRow, id)


def content(entry: EntryRow) -> str:
    """The fingerprint (SHA-256) of what an entry that never changes says."""
    said = [entry.register, entry.number, entry.title, entry.body, entry.theme, entry.facts]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def major_without_measure(session: Session, project: ProjectRow) -> list[EntryRow]:
    """The major resistances of a project (still open, antagonism from `MAJOR`) that lack a measure or an owner."""
    rows = session.execute(
        select(EntryRow)
        .where(
            EntryRow.project_id == project.id, EntryRow.register == "resistance", EntryRow.closed_at.is_(None),
            EntryRow.level >= MAJOR,
        )
        .order_by(EntryRow.id)
    ).scalars()  # fmt: skip
    return [row for row in rows if row.owner_id is None or not str(facts_of(row).get("measure") or "").strip()]


def _writes(of_project: bool) -> ReturningInsert[int, int]:
    """A new entry, whose number is found as its row is written. Two at once outside projects meet on the event's
    number: one is tried again.
    """
    other = aliased(EntryRow)
    where = other.project_id == bindparam("project_id") if of_project else other.project_id.is_(None)
    last = select(other.number).where(other.register == bindparam("register"), where).order_by(other.id.desc()).limit(1)
    said: dict[str, Any] = {name: bindparam(name) for name in ("project_id", "register")}
    query = insert(EntryRow.__table__)  # type: ignore[arg-type]
    query = query.values(number=func.coalesce(last.scalar_subquery(), 0) + 1, **said)
    return query.returning(EntryRow.id, EntryRow.number)


_OPEN = {each: _writes(each) for each in (False, True)}
_OPEN_ALL = insert(EntryRow.__table__).returning(EntryRow.id, EntryRow.number)  # type: ignore[arg-type]


def _json(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _named(entry: EntryRow, state: Text) -> Text:
    return Text(f"passer « {entry.title} » à « {state.fr} »", f"move “{entry.title}” to “{state.en}”")
