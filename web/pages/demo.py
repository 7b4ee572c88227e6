"""Act as anyone: in a demonstration only. `create_app` registers this blueprint for `demo=True` and never otherwise."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from engine import NotFound, People, PersonLine
from web.acting import the_engine
from web.session import current

pages = Blueprint("demo", __name__)

#: the demonstration's first person, through whose eyes the directory is read before anyone is signed in
FIRST = 1


@pages.record
def offer(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["everyone"] = everyone


def everyone() -> tuple[PersonLine, ...]:
    """The people one may act as."""
    found: tuple[PersonLine, ...] = the_engine().read(People(), FIRST).people
    return found


@pages.post("/agir")
def act_as() -> ResponseReturnValue:
    wish = request.form.get("actor", "")
    if wish not in {str(person.actor.id) for person in everyone()}:
        raise NotFound
    current().become(int(wish))
    return redirect(url_for("tasks.inbox"), 303)
