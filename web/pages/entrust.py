"""Entrusting everything that waits for a person to another: how much it is, to whom, and why."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Conflict, EntrustAll, EntrustPageOf, Invalid, JalonError
from web.acting import execute, read
from web.language import language, ngettext

pages = Blueprint("entrust", __name__, url_prefix="/personnes/<int:person>/confier")


@pages.get("")
def ask(person: int) -> ResponseReturnValue:
    return shown(person)


def shown(person: int, refusal: JalonError | None = None) -> ResponseReturnValue:
    """The form; with `refusal`, why it was refused, beside what was typed."""
    page = render_template(
        "people/entrust.html", page=read(EntrustPageOf(person)), typed=request.form,
        refused=refusal.text(language()) if refusal else "",
    )  # fmt: skip
    return page, refusal.status if refusal else 200


@pages.post("")
def entrust(person: int) -> ResponseReturnValue:
    """The batch is begun; its progress is on the page of jobs."""
    read(EntrustPageOf(person))  # whoever may not open the form learns nothing of the person
    to = request.form.get("to", 0, type=int)
    try:
        begun = execute(EntrustAll(person, to, request.form.get("reason", "")))
    except (Invalid, Conflict) as refusal:
        return shown(person, refusal)
    said = ngettext("%(num)s tâche va être confiée.", "%(num)s tâches vont être confiées.", begun.items)
    flash(said % {"num": begun.items}, "done")
    return redirect(url_for("jobs.index", liste="lots", _anchor=f"lot-{begun.batch}"), 303)
