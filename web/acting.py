"""The one road from a page to the engine: who acts, and under which idempotency key."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, cast

from flask import Flask, current_app, g, request

from engine import Engine, JalonError, Me, MePage
from web.session import signed_in


def install(app: Flask, engine: Engine) -> None:
    app.extensions["engine"] = engine
    app.jinja_env.globals.update(me=me, new_key=new_key, new_secret=new_secret)


def the_engine() -> Engine:
    return cast("Engine", current_app.extensions["engine"])


def execute(command: Any, part: str = "") -> Any:
    """Run a command for the signed-in person; the form's hidden `key` makes a repeated click one act.

    `part` tells apart the several commands that one form may give (`"file-1"`).
    """
    key = request.form.get("key", "")[:64]
    return the_engine().execute(command, who(), key=f"{key}{part}" if key else None)


def read(query: Any) -> Any:
    """Read a page as the signed-in person."""
    return the_engine().read(query, who())


def who() -> int | None:
    """Who acts in this request: the guest whose link was opened (`act_as_guest`), else the signed-in person."""
    return cast("int | None", g.get("guest")) or signed_in()


def act_as_guest(actor: int) -> None:
    """For the rest of this request the holder of the link acts and reads, whoever is signed in beside."""
    g.guest = actor


def me() -> MePage | None:
    """The signed-in person, read once a request; None when nobody is, or when the engine cannot say."""
    if "me" not in g:
        g.me = None
        if signed_in() is not None:
            try:
                g.me = the_engine().read(Me(), signed_in())
            except JalonError:  # the header must not hide the error that the page is about to tell
                g.me = None
    return cast("MePage | None", g.me)


def new_key() -> str:
    """An idempotency key for a form, made when the page is rendered."""
    return str(uuid.uuid4())


def new_secret() -> str:
    """The secret of a guest's link, of 256 bits; made with the form, so that a repeated click makes one link."""
    return secrets.token_urlsafe(32)
