"""The history of a project: every act, in order, chained so that none can be changed or removed unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine import EventLine, History
from web.acting import read
from web.exports import EITHER, export
from web.language import _

pages = Blueprint("history", __name__)


@pages.get("/projets/<int:project>/historique")
def page(project: int) -> ResponseReturnValue:
    asked = wanted(project)
    return render_template("history/page.html", page=read(asked), asked=asked)


@pages.get(f"/projets/<int:project>/historique.<{EITHER}>")
def exported(project: int, file: str) -> ResponseReturnValue:
    columns = (_("Numéro"), _("Date"), _("Personne"), _("Nature"), _("Événement"), _("Empreinte"))
    rows = ((each.number, each.at, each.actor, each.kind, each.text, each.digest) for each in every(wanted(project)))
    return export(_("historique-%(project)s", project=project), columns, rows, file)


def wanted(project: int) -> History:
    return History(project, kind=request.args.get("nature", ""), before=request.args.get("avant", 0, type=int))


def every(asked: History) -> Iterator[EventLine]:
    """All the events that the filter keeps, the newest first."""
    asked = replace(asked, before=0, size=500)
    while True:
        page = read(asked)
        yield from page.events
        if not page.before:
            return
        asked = replace(asked, before=page.before)
