"""Server-side sessions: the cookie is a random token, everything else stays in the engine's `Sessions`.

A session is written only when it was changed, and gets a new token whenever the person changes (OWASP ASVS 5, 7.2).
"""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, Request, Response, has_request_context, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from engine import Sessions


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """JSON values only. `actor`: who is signed in. `renewed`: the token must change with this answer."""

    def __init__(self, data: dict[str, Any], token: str = "", actor: int | None = None) -> None:
        super().__init__(data, ServerSession.touched)
        self.token = token
        self.actor = actor
        self.new = not token
        self.modified = False
        self.accessed = True
        self.renewed = False

    def touched(self) -> None:
        self.modified = True

    def become(self, actor: int | None) -> None:
        """Sign in as `actor`, or out with None. Nothing of the session before is kept."""
        self.clear()
        self.actor = actor
        self.renewed = True


class ServerSessions(SessionInterface):
    def __init__(self, sessions: Sessions, *, secure: bool) -> None:
        self.sessions = sessions
        self.secure = secure
        self.cookie = "__Host-jalon" if secure else "jalon"

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        token = request.cookies.get(self.cookie, "")
        line = self.sessions.find(token) if token and not is_static(request) else None
        return ServerSession(dict(line.data), token, line.actor) if line else ServerSession({})

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        kept = cast("ServerSession", session)
        if kept.renewed and kept.token:
            self.sessions.close(kept.token)
            kept.token = ""
        if kept.actor is None and not kept:
            if kept.renewed:
                response.delete_cookie(self.cookie, path="/", secure=self.secure, httponly=True, samesite="Lax")
        elif not kept.token:
            self.give(response, self.sessions.open(kept.actor, dict(kept)))
        elif kept.modified:
            self.sessions.save(kept.token, dict(kept))

    def give(self, response: Response, token: str) -> None:
        response.set_cookie(self.cookie, token, path="/", secure=self.secure, httponly=True, samesite="Lax")


def is_static(request: Request) -> bool:
    """A style sheet is nobody's: it costs no look-up."""
    return request.path.startswith("/static/")


def install(app: Flask, sessions: Sessions, *, secure: bool) -> None:
    app.session_interface = ServerSessions(sessions, secure=secure)


def current() -> ServerSession:
    """The session of this request, with its `actor`."""
    return cast("ServerSession", cast("Any", session)._get_current_object())


def signed_in() -> int | None:
    """The id of the signed-in actor; None when nobody is."""
    return current().actor if has_request_context() else None
