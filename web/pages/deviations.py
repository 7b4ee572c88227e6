"""What departs from the methods: by step, by department, by reason, and one by one; a list that leaves as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import DeviationGroup, DeviationLine, Deviations
from web import wording
from web.acting import read
from web.exports import EITHER, export
from web.language import _, text

pages = Blueprint("deviations", __name__)

#: as addresses name them
VIEWS = {"etape": "step", "service": "service", "motif": "reason"}
SORTS = ("recent", "due", "title", "service")
FILTERS = ("vue", "etat", "methode", "etape", "service", "motif", "recherche", "tri")


@pages.get("/derogations")
def index() -> ResponseReturnValue:
    asked = wanted()
    return render_template(
        "deviations/index.html", page=read(asked), asked=asked, narrowed=narrowed(), views=views(), states=states(),
        sorts=sorts(), say=wording, address=group_address,
    )  # fmt: skip


@pages.get(f"/derogations.<{EITHER}>")
def exported(file: str) -> ResponseReturnValue:
    columns = (
        _("Numéro"), _("Ce dont on s’écarte"), _("Méthode"), _("Version"), _("Étape"), _("État"), _("Service"),
        _("Projet"), _("Pourquoi"), _("Mesure compensatoire"), _("Demandée par"), _("Accordée par"), _("Le"),
        _("Valable jusqu’au"), _("Empreinte avant"), _("Empreinte après"),
    )  # fmt: skip
    return export(_("derogations"), columns, map(row, every(wanted())), file)


def row(line: DeviationLine) -> tuple[object, ...]:
    return (
        line.number, line.title, line.method, line.version, line.name, wording.DEVIATIONS[line.state],
        line.service.name if line.service else "", line.project_title, line.reason, line.measure,
        line.asked_by.name if line.asked_by else "", line.approved_by.name if line.approved_by else "", line.at,
        line.until, line.before, line.after,
    )  # fmt: skip


def every(asked: Deviations) -> Iterator[DeviationLine]:
    """All that the filters keep."""
    asked = replace(asked, after=0, size=200)
    while True:
        page = read(asked)
        yield from page.lines
        if not page.after:
            return
        asked = replace(asked, after=page.after)


def wanted() -> Deviations:
    """What the address asks for; what it misspells counts as not asked."""
    given = request.args
    state, sort = given.get("etat", ""), given.get("tri", "")
    return Deviations(
        by=VIEWS.get(given.get("vue", ""), "step"),  # type: ignore[arg-type]
        state=state if state in (*wording.DEVIATIONS, "all") else "used",
        method=given.get("methode", ""), element=given.get("etape", ""), service=given.get("service", ""),
        reason=given.get("motif", ""), text=given.get("recherche", "").strip(),
        sort=sort if sort in SORTS else "recent",  # type: ignore[arg-type]
        after=given.get("apres", 0, type=int),
    )  # fmt: skip


def narrowed() -> dict[str, str]:
    return {key: request.args[key] for key in FILTERS if request.args.get(key)}


def group_address(by: str, group: DeviationGroup) -> str:
    """What is in a group, one by one."""
    named: dict[str, Any] = {
        "step": {"etape": group.key, "methode": group.method}, "service": {"service": group.key},
        "reason": {"motif": group.key},
    }[by]  # fmt: skip
    return url_for(".index", **narrowed() | named, _anchor="list")


def views() -> list[tuple[str, str, str]]:
    """The groups: as addresses name them, as the engine does, in words."""
    words = {"step": _("Par étape"), "service": _("Par service"), "reason": _("Par motif")}
    return [(name, by, words[by]) for name, by in VIEWS.items()]


def states() -> list[tuple[str, str]]:
    found = [("used", _("en vigueur")), ("all", _("toutes"))]
    return found + [(state, text(words)) for state, words in wording.DEVIATIONS.items()]


def sorts() -> list[tuple[str, str]]:
    return [
        ("recent", _("les plus récentes")), ("due", _("échéance")), ("title", _("intitulé")), ("service", _("service")),
    ]  # fmt: skip
