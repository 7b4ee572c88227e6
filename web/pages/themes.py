"""The themes: what each adds to a method."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine import ThemeLine, Themes
from web.acting import read
from web.exports import EITHER, export
from web.language import _

pages = Blueprint("themes", __name__)


@pages.get("/thematiques")
def index() -> ResponseReturnValue:
    return render_template("themes/index.html", page=read(Themes()))


@pages.get(f"/thematiques.<{EITHER}>")
def exported(file: str) -> ResponseReturnValue:
    """A line for each thing that a theme adds."""
    columns = (_("Thématique"), _("Version"), _("Nature"), _("Identifiant"), _("Ajout"), _("Où"), _("Rôle"))
    rows = (row for theme in read(Themes()).themes for row in added(theme))
    return export(_("thematiques"), columns, rows, file)


def added(theme: ThemeLine) -> Iterator[tuple[object, ...]]:
    head = (theme.name, theme.version)
    for nature, lines in ((_("tâche"), theme.tasks), (_("critère"), theme.criteria), (_("étape imposée"), theme.locks)):
        for each in lines:
            yield (*head, nature, each.id, each.name, ", ".join(each.where), each.role)
    for role in theme.roles:
        yield (*head, _("rôle"), role.id, role.name, "", "")
    for indicator in theme.indicators:
        yield (*head, _("indicateur"), indicator.key, indicator.label, "", indicator.unit)
    for reminder in theme.reminders:
        yield (*head, _("rappel"), "", reminder.text, reminder.source, "")
    for term in theme.glossary:
        yield (*head, _("terme"), "", term.term, term.meaning, "")
