"""How the steps of a method go in its projects: a heat map with its table, and what projects have learned."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine import InUsePage, MethodInUse, Text
from web.acting import read
from web.exports import EITHER, export
from web.forms import line
from web.language import _

pages = Blueprint("in_use", __name__)

HERE = "/methodes/<method>/usage"
KINDS = {
    "task": Text("tâche", "task"), "gate": Text("porte", "gate"), "recurring": Text("récurrente", "recurring"),
}  # fmt: skip


@pages.get(HERE)
def page(method: str) -> ResponseReturnValue:
    asked = wanted(method)
    seen: InUsePage = read(asked)
    return render_template(
        "methods/in_use.html", page=seen, asked=asked, measures=measures(), sorts=[("drawn", _("tel que dessiné"))],
        given=request.args, kinds=KINDS,
    )  # fmt: skip


@pages.get(f"{HERE}.<{EITHER}>")
def exported(method: str, file: str) -> ResponseReturnValue:
    columns = (
        _("Étape"), _("Nom"), _("Phase"), _("Genre"), _("Faites"), _("Ouvertes"),
        *dict(measures()).values(), _("Leçons et propositions"), _("Jusqu’à la version"),
    )  # fmt: skip
    seen: InUsePage = read(wanted(method))
    rows = (
        (each.element, each.name, each.phase, KINDS[each.kind], each.done, each.open, each.days, each.late,
         each.reworked, each.refused, each.hidden, " · ".join(one.text for one in each.lessons), each.until)
        for each in seen.lines
    )  # fmt: skip
    return export(_("usage"), columns, rows, file)


def wanted(method: str) -> MethodInUse:
    given = request.args
    known: dict[str, Any] = dict(measures())
    measure, sort = line(given.get("mesure", "")), line(given.get("tri", ""))
    return MethodInUse(
        method, line(given.get("version", "")), line(given.get("service", "")),
        measure if measure in known else "days",  # type: ignore[arg-type]
        sort if sort in known else "drawn",  # type: ignore[arg-type]
    )  # fmt: skip


def measures() -> list[tuple[str, str]]:
    return [
        ("days", _("jours, médiane")), ("late", _("en retard")), ("reworked", _("reprises")), ("refused", _("refus")),
        ("hidden", _("services qui la masquent")),
    ]  # fmt: skip
