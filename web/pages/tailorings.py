"""All that services tailor of a method, services by steps, for its owner."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine import CellLine, TailoringRow, TailoringsOf, TailoringsPage, Text
from web.acting import read
from web.exports import EITHER, export
from web.forms import line
from web.language import _, text
from web.pages.tailoring import title

pages = Blueprint("tailorings", __name__)

HERE = "/methodes/<method>/amenagements"
STATES = {
    "in_force": Text("en vigueur", "in force"),
    "requested": Text("attend son approbation", "awaits approval"),
    "outdated": Text("à transposer", "to be carried over"),
}


@pages.get(HERE)
def page(method: str) -> ResponseReturnValue:
    seen: TailoringsPage = read(asked(method))
    return render_template(
        "tailoring/all.html", page=seen, states=STATES, kinds=[(each, title(each)) for each in seen.kinds],
        sorts=sorts(), given=request.args, title=title, phases=phases(seen), lines=list(lines(seen)),
    )  # fmt: skip


@pages.get(f"{HERE}.<{EITHER}>")
def exported(method: str, file: str) -> ResponseReturnValue:
    columns = (
        _("Service"), _("État"), _("Version"), _("Étape"), _("Nom"), _("Opération"), _("Ce qui change"), _("Motif"),
        _("Moins que la méthode"), _("Demandé par"), _("Approuvé par"), _("Le"), _("Jusqu’au"),
    )  # fmt: skip
    seen: TailoringsPage = read(asked(method))
    rows = (
        (row.service.name, STATES[row.state], row.version, cell.element, cell.name,
         title(cell.kind), cell.text, cell.reason, cell.less, row.author.name if row.author else "",
         row.approver.name if row.approver else "", row.at, row.until)
        for row, cell in lines(seen)
    )  # fmt: skip
    return export(_("amenagements"), columns, rows, file)


def asked(method: str) -> TailoringsOf:
    given = request.args
    sort = given.get("tri", "")
    return TailoringsOf(
        method, line(given.get("etat", "")), line(given.get("operation", "")), line(given.get("phase", "")),
        line(given.get("service", "")), line(given.get("texte", "")), sort if sort in dict(sorts()) else "tree",  # type: ignore[arg-type]
    )  # fmt: skip


def lines(seen: TailoringsPage) -> Iterator[tuple[TailoringRow, CellLine]]:
    for row in seen.rows:
        for column in seen.columns:
            for cell in row.cells.get(column.id, ()):
                yield row, cell


def phases(seen: TailoringsPage) -> list[tuple[str, str]]:
    return [(each.id, text(each.name)) for each in seen.method.phases]


def sorts() -> list[tuple[str, str]]:
    return [
        ("tree", _("dans l’ordre des services")), ("most", _("les plus aménagés")), ("recent", _("les plus récents")),
    ]  # fmt: skip
