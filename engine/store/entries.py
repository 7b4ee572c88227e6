"""Entries of the registers: every one is opened and closed here, whoever asks for it, with what history keeps."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import ReasonMissing, TransitionRefused
from engine.registers import CONFIDENTIAL, MAJOR, REGISTERS
from engine.store.act import Act
from engine.store.tables import NEVER, EntryRow, ProjectRow
from engine.words import Text

NOTHING = Text("rien", "nothing")


def open_entry(
    act: Act, register: str, project: ProjectRow | None, title: str, *, body: str = "", owner: int | None = None,
    service: int | None = None, due: datetime = NEVER, level: int = 0, theme: str = "",
    facts: dict[str, Any] | None = None, origin: str = "", origin_id: int | None = None, state: str = "",
) -> EntryRow:  # fmt: skip
    """A new entry, its row written. The project's row must be locked by this act already.

    `level`: else what the facts come to. `state`: else the register's first; one that closes closes it at once.
    """
    asks = REGISTERS[register]
    said = facts or {}
    state = state or asks.first
    closes = asks.state(state).closed
    row = EntryRow(
        project_id=project.id if project is not None else None, register=register,
        number=_next(act, register, project), title=title.strip(), body=body.strip(), state=state, owner_id=owner,
        service_id=service, due_at=due, level=level or asks.level(said), theme=theme,
        facts=json.dumps(said, ensure_ascii=False, sort_keys=True), origin=origin, origin_id=origin_id,
        author_id=act.by, at=act.now, closed_at=act.now if closes else None, closed_by=act.by if closes else None,
        proof="", reminded=0,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    note(act, row, "opened", project)
    return row


def close_entry(act: Act, entry: EntryRow, state: str, proof: str) -> None:
    """Close an entry in `state`; `proof` is the word that the state asks for. Raises `ReasonMissing` without it, and
    `TransitionRefused` where that state does not follow.

    The project's row must be locked by this act already. Whether one may is for the command to say.
    """
    word = _must_follow(entry, state, proof)
    entry.state, entry.proof = state, word
    entry.closed_at, entry.closed_by = act.now, act.by
    note(act, entry, "closed", state=state, word=word)


def _must_follow(entry: EntryRow, state: str, word: str) -> str:
    """The word, trimmed."""
    register = REGISTERS[entry.register]
    following = register.moves[entry.state]
    if state not in following:
        raise TransitionRefused(
            entry=entry.title, state=register.state(entry.state).text,
            wanted=register.states[state].text if state in register.states else state,
            next=tuple(register.state(each).text for each in following) or NOTHING,
        )  # fmt: skip
    if register.state(state).word and not word.strip():
        raise ReasonMissing(verb=named(entry))
    return word.strip()


def note(act: Act, entry: EntryRow, what: str, project: ProjectRow | None = None, **said: Any) -> None:
    """What history keeps of an entry. Of a confidential one neither words nor state: only that there is one."""
    if project is None and entry.project_id is not None:
        project = act.session.get_one(ProjectRow, entry.project_id)
    facts: dict[str, Any] = {"register": entry.register, "number": entry.number}
    if REGISTERS[entry.register].confidential:
        act.record(f"{CONFIDENTIAL}{what}", project, **facts)
        return
    act.record(f"entry_{what}", project, **facts, entry=entry.id, title=entry.title, **said)


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
    return [row for row in rows if row.owner_id is None or not str(json.loads(row.facts).get("measure") or "").strip()]


def _next(act: Act, register: str, project: ProjectRow | None) -> int:
    """The number of a new entry. Two at once outside projects meet on the event's number: one is tried again."""
    where = EntryRow.project_id == project.id if project is not None else EntryRow.project_id.is_(None)
    last = act.session.execute(
        select(EntryRow.number).where(EntryRow.register == register, where).order_by(EntryRow.id.desc()).limit(1)
    ).scalar()
    return (last or 0) + 1


def named(entry: EntryRow) -> Text:
    one = REGISTERS[entry.register].one
    return Text(f"clore {one.fr} n° {entry.number}", f"close {one.en} no. {entry.number}")
