"""What a project chooses of its method before the gate of its intake freezes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import ChoicesOf, ChooseForProject, Conflict, DateInvalid, Invalid, OverlayRefused, Unavailable
from web.acting import execute, read
from web.forms import day, line
from web.language import _, language, text
from web.pages.tailoring import lasting

pages = Blueprint("choices", __name__)


@pages.get("/projets/<int:project>/choix")
def page(project: int) -> ResponseReturnValue:
    return shown(project)


def shown(project: int, told: str = "", status: int = 200) -> ResponseReturnValue:
    """With `told`, why what was asked for is refused, and what was typed."""
    typed = request.form if told else {}
    seen = read(ChoicesOf(project))
    return render_template("projects/choices.html", page=seen, told=told, typed=typed, lasting=lasting), status


@pages.post("/projets/<int:project>/choix")
def choose(project: int) -> ResponseReturnValue:
    given = request.form
    drop = given.get("drop", 0, type=int)
    try:
        done = execute(ChooseForProject(project, {} if drop else asked(), drop, None if drop else until()))
    except OverlayRefused as refusal:
        return shown(project, " ".join(text(each.sentence) for each in refusal.facts["refused"]), refusal.status)
    except (Invalid, Conflict, Unavailable) as refusal:
        return shown(project, refusal.text(language()), refusal.status)
    if drop:
        flash(_("Ce choix est retiré."), "done")
    elif done.deviation:
        flash(_("C’est noté : la dérogation attend l’accord d’une autre personne que vous."), "done")
    else:
        flash(_("C’est noté."), "done")
    return redirect(url_for(".page", project=project), 303)


def asked() -> dict[str, Any]:
    """`what` names a step and what is done with it: `hide C2`."""
    kind, _space, element = line(request.form.get("what", "")).partition(" ")
    said: dict[str, Any] = {"op": kind or "hide", "element": element, "reason": line(request.form.get("reason", ""))}
    if kind == "due":
        said["due"] = f"P{line(request.form.get('days', ''))}D"
    measure = line(request.form.get("measure", ""))
    return said | ({"measure": measure} if measure else {})


def until() -> date | None:
    typed = request.form.get("until", "").strip()
    try:
        return date.fromisoformat(day(typed)) if typed else None
    except ValueError:
        raise DateInvalid(value=typed) from None
