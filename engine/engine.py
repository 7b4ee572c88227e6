"""execute(command, actor) in one transaction; read(query, actor)."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from engine.beside import running
from engine.clock import clock, machine, now
from engine.commands import FOR_JALON, FOR_NOBODY, HANDLERS
from engine.errors import JalonError, KeyReused, NotAllowed, NotFound, SignInNeeded, StalePage, TextRefused
from engine.jobs.queue import Queue
from engine.people import SYSTEM, Actor, load_actor
from engine.queries import READERS
from engine.queries.view import View
from engine.release import Release, read_method, unpack
from engine.sessions import Sessions
from engine.settings import Settings
from engine.store.act import Act
from engine.store.outbox import tell
from engine.store.session import Store, database_url, migrate
from engine.store.statements import Link, ask
from engine.store.tables import ActRow, ReleaseRow
from engine.words import Text

#: the highest number of a row
HIGHEST = 2**63 - 1
#: an act that lost a race to another on the same rows is tried again
TRIES = 5


class Engine:
    """Jalon on one database. Safe to share between threads.

    `url`: SQLAlchemy form; else JALON_DATABASE_URL, else `jalon.db` in the current folder.
    `clock`: what time it is, in UTC; a test moves it.
    """

    def __init__(self, url: str | None = None, *, clock: Callable[[], datetime] = machine) -> None:
        self.store = Store(database_url(url))
        self.sessions = Sessions(self.store)
        self.queue = Queue(self.store.url)
        self.settings = Settings.from_environment()
        self.clock = clock
        self._releases: dict[int, Release] = {}

    def prepare(self) -> None:
        """Create the tables, or bring them up to this version."""
        migrate(self.store.url)
        self.queue.prepare()

    @property
    def one_file(self) -> bool:
        """SQLite: no other machine can work its jobs."""
        return not self.store.locks_rows

    def close(self) -> None:
        self.queue.close()
        self.store.close()

    # --- acts ---

    def execute(self, command: Any, actor: int | None = None, *, key: str | None = None) -> Any:
        """Carry out `command` for `actor` (their id; `SYSTEM` for Jalon itself) and answer what it returns.

        One transaction: a refusal (any `JalonError`) leaves nothing behind. The same `key` twice is one act:
        the second time answers what the first did. Raises `StalePage` when others kept changing the same project.
        """
        must_be_storable(command)
        with self.time():
            for left in reversed(range(TRIES)):
                try:
                    return self._once(command, actor, key)
                except (JalonError, StaleDataError, IntegrityError) as failure:
                    # a repeat is recognised by what it runs into: looking first would cost every act a question
                    if (before := self._before(key)) is not None:
                        return _again(before, command, actor)
                    if isinstance(failure, JalonError) or not _is_a_race(failure):
                        raise
                    if not left:
                        raise StalePage(what=Text("ce projet", "this project")) from failure

    def _once(self, command: Any, actor: int | None, key: str | None) -> Any:
        handle = HANDLERS[type(command)]
        with self.store.act() as link:
            who = _who(type(command).__name__, actor)
            act = Act(link, who, now(), self.store.locks_rows, self.release, self.queue, self.settings)
            answer = handle(act, command)
            kept = key is not None and not act.unnamed
            act.finish([(_KEEP, _kept(str(key), command, actor, answer, act.now))] if kept else [])
            tell(act)
            return answer

    def _before(self, key: str | None) -> ActRow | None:
        """The act that was carried out under this key."""
        if key is None:
            return None
        with self.store.read() as session:
            return session.get(ActRow, key)

    # --- pages ---

    def read(self, query: Any, actor: int | None = None) -> Any:
        """The page that `query` asks for, as `actor` may see it. Raises `NotFound` for what they may not."""
        reader = READERS[type(query)]
        must_be_storable(query)
        with self.time(), self.store.read() as session:
            who = _who("", actor)
            known = who if isinstance(who, Actor) else load_actor(session, who)
            return reader(View(session, known, now(), self.release, self.settings), query)

    # --- releases ---

    def release(self, link: Link, id: int) -> Release:
        """A release, read once in this process."""
        if id not in self._releases:
            found = ask(link, _RELEASE, {"id": id})
            if not found:
                raise NotFound
            [row] = found
            files = running(unpack(row.files))
            method, _, _ = read_method(files)
            if method is None:
                raise NotFound
            self._releases[id] = Release(id, row.digest, method, files)
        return self._releases[id]

    @contextmanager
    def time(self) -> Iterator[None]:
        """Within it, `now()` is what this engine's clock says."""
        before = clock.set(self.clock)
        try:
            yield
        finally:
            clock.reset(before)


def must_be_storable(asked: Any) -> None:
    """Raises for what no database can hold: a number that no row has, a text with a null character."""
    waiting = [getattr(asked, name) for name in _fields(type(asked))]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and "\x00" in value:
            raise TextRefused
        if isinstance(value, int) and abs(value) > HIGHEST:
            raise NotFound
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list | tuple):
            waiting += value
        elif dataclasses.is_dataclass(value):
            waiting += [getattr(value, name) for name in _fields(type(value))]


def _fields(kind: type[Any]) -> tuple[str, ...]:
    """The names of the fields of a command or a query, or of a part of one; looked up once a kind."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(each.name for each in dataclasses.fields(kind))
    return _FIELDS[kind]


_FIELDS: dict[type[Any], tuple[str, ...]] = {}


def _is_a_race(error: StaleDataError | IntegrityError) -> bool:
    """Did another act write the same row or key first? Any other broken constraint is a fault of ours, to be seen."""
    if isinstance(error, StaleDataError):
        return True
    return getattr(error.orig, "sqlstate", "") == "23505" or "UNIQUE constraint" in str(error.orig)


def _who(command: str, actor: int | None) -> Actor | int:
    """Jalon itself, nobody in particular where that is allowed, or the number of a person."""
    if actor == SYSTEM:
        return Actor(SYSTEM, "Jalon", "fr", False, frozenset())
    if command in FOR_JALON:
        raise NotAllowed(verb=Text("exécuter les travaux de Jalon", "work Jalon’s jobs"), who=Text("Jalon", "Jalon"))
    if actor is None and command in FOR_NOBODY:
        return Actor(SYSTEM, "?", "fr", False, frozenset())
    if actor is None:
        raise SignInNeeded
    return actor


def _digest(command: Any) -> str:
    body = json.dumps(
        [type(command).__name__, _plain(command)], default=_plain, ensure_ascii=False, sort_keys=True,
        separators=(",", ":"),
    )  # fmt: skip
    return hashlib.sha256(body.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """What JSON does not know: a part of a command by its fields, a file by its fingerprint, a date as text."""
    if dataclasses.is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else str(value)


def _kept(key: str, command: Any, actor: int | None, answer: Any, at: datetime) -> dict[str, Any]:
    return {
        "key": key, "actor_id": actor, "command": type(command).__name__, "request": _digest(command),
        "answer": json.dumps(answer, default=_plain), "at": at,
    }  # fmt: skip


_RELEASE = select(ReleaseRow.digest, ReleaseRow.files).where(ReleaseRow.id == bindparam("id"))
_KEEP = insert(ActRow.__table__)  # type: ignore[arg-type]


def _again(before: ActRow, command: Any, actor: int | None) -> Any:
    """What the first act under this key answered. Raises `KeyReused` when it was another act."""
    if before.actor_id != actor or before.command != type(command).__name__ or before.request != _digest(command):
        raise KeyReused
    said = json.loads(before.answer)
    if said is None:
        return None
    handle = HANDLERS[type(command)]
    answer = getattr(sys.modules[handle.__module__], handle.__annotations__["return"])
    return answer(**said)


__all__ = ["SYSTEM", "Engine", "JalonError"]
