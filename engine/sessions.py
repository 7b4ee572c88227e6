"""Signed-in sessions, kept on the server: the browser holds only a random token, the database only its hash.

A token has 256 bits; a session ends after `IDLE` without a request or `LONGEST` in all (OWASP ASVS 5, 7.3).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from engine.clock import now
from engine.store.tables import SessionRow

if TYPE_CHECKING:
    from engine.store.session import Store

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
#: a session's last use is written at most once in this time, so that reading a page seldom writes
TOUCH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A live session. `data`: what the web keeps in it (CSRF token, messages), JSON values only."""

    actor: int | None
    data: dict[str, Any]
    opened_at: datetime
    used_at: datetime


class Sessions:
    def __init__(self, store: Store) -> None:
        self.store = store

    def open(self, actor: int | None, data: dict[str, Any] | None = None) -> str:
        """A new session's token, shown once: only its hash is kept. `actor` None: not signed in yet."""
        token = secrets.token_urlsafe(32)
        moment = now()
        with self.store.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.used_at < moment - IDLE))
            session.execute(
                insert(SessionRow).values(
                    digest=digest(token),
                    actor_id=actor,
                    data=json.dumps(data or {}),
                    opened_at=moment,
                    used_at=moment,
                )
            )
        return token

    def find(self, token: str) -> SessionLine | None:
        """The live session of `token`; None when it is unknown, closed or too old."""
        moment = now()
        with self.store.read() as session:
            row = session.execute(select(SessionRow).where(SessionRow.digest == digest(token))).scalar_one_or_none()
            if row is None or row.used_at < moment - IDLE or row.opened_at < moment - LONGEST:
                return None
            line = SessionLine(row.actor_id, json.loads(row.data), row.opened_at, row.used_at)
        if line.used_at < moment - TOUCH:
            self.save(token, line.data)
        return line

    def save(self, token: str, data: dict[str, Any]) -> None:
        """Keep `data` in the session and count it as used now."""
        with self.store.write() as session:
            session.execute(
                update(SessionRow)
                .where(SessionRow.digest == digest(token))
                .values(data=json.dumps(data), used_at=now())
            )

    def close(self, token: str) -> None:
        with self.store.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.digest == digest(token)))

    def close_all_of(self, actor: int) -> None:
        """End every session of a person: after a new password, or when they leave."""
        with self.store.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.actor_id == actor))


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
