"""The strategy: strands, objectives, the projects that serve them, and the matrix of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine import MatrixLine, ObjectivePageOf, StrandPageOf, Strategy, StrategyMatrix
from web.acting import read
from web.exports import EITHER, export
from web.language import _
from web.pages.projects import wanted

pages = Blueprint("strategy", __name__)


@pages.get("/strategie")
def index() -> ResponseReturnValue:
    return render_template("strategy/index.html", page=read(Strategy()))


@pages.get("/strategie/objectifs/<code>")
def objective(code: str) -> ResponseReturnValue:
    asked = wanted()
    page = read(ObjectivePageOf(code, asked))
    return render_template("strategy/objective.html", page=page, asked=asked, narrowed=narrowed())


@pages.get("/strategie/volets/<code>")
def strand(code: str) -> ResponseReturnValue:
    asked = wanted()
    page = read(StrandPageOf(code, asked))
    return render_template("strategy/strand.html", page=page, asked=asked, narrowed=narrowed())


def narrowed() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name != "apres" and value}


@pages.get("/strategie/matrice")
def matrix() -> ResponseReturnValue:
    asked = asked_matrix()
    return render_template("strategy/matrix.html", page=read(asked), asked=asked, narrowed=narrowed())


@pages.get(f"/strategie/matrice.<{EITHER}>")
def exported(file: str) -> ResponseReturnValue:
    columns = (
        _("Volet"), _("Objectif"), _("Intitulé"), _("Numéro"), _("Projet"), _("État"), _("Phase"), _("Prochaine porte"),
        _("Météo"), _("En retard"),
    )  # fmt: skip
    return export(_("objectifs-et-projets"), columns, map(row, every(asked_matrix())), file)


def asked_matrix() -> StrategyMatrix:
    given = request.args
    return StrategyMatrix(
        strand=given.get("volet", ""), status=given.get("statut", ""), after=given.get("apres", "")
    )  # fmt: skip


def every(asked: StrategyMatrix) -> Iterator[MatrixLine]:
    asked = replace(asked, after="", size=2_000)
    while True:
        page = read(asked)
        yield from page.lines
        if not page.after:
            return
        asked = replace(asked, after=page.after)


def row(line: MatrixLine) -> tuple[object, ...]:
    served, objective = line.project, line.objective
    of = (objective.strand_name, objective.code, objective.label)
    if served is None:
        return (*of, None, _("aucun projet"), "", "", "", "", None)
    weather = served.weather.text if served.weather else ""
    return (
        *of, served.id, served.title, served.status_text, served.phase, served.next_gate, weather, served.late,
    )  # fmt: skip
