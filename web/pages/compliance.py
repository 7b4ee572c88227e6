"""The compliance of a project with its method: the list of what is locked and passed, then the ratio."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine import Compliance, ComplianceLine
from web.acting import read
from web.exports import EITHER, export
from web.language import _, text

pages = Blueprint("compliance", __name__)


@pages.get("/projets/<int:project>/conformite")
def page(project: int) -> ResponseReturnValue:
    return render_template("projects/compliance.html", page=read(Compliance(project)))


@pages.get(f"/projets/<int:project>/conformite.<{EITHER}>")
def exported(project: int, file: str) -> ResponseReturnValue:
    columns = (_("Repère"), _("Étape ou porte"), _("Phase"), _("Comme prévu"), _("Sinon, pourquoi"))
    return export(_("conformite"), columns, map(row, read(Compliance(project)).lines), file)


def row(line: ComplianceLine) -> tuple[object, ...]:
    why = " ; ".join(text(each.text) for each in line.reasons)
    return (line.element, line.name, line.phase, line.as_designed, why)
