"""The scenarios of a draft: play them all or one, read why one fails, see where they go and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    Conflict,
    Invalid,
    RemoveScenario,
    RenameScenario,
    ScenariosOf,
    ScenariosPage,
    ScenariosUnreadable,
    TakenLine,
    Text,
)
from web.acting import execute, read
from web.exports import EITHER, export
from web.forms import line
from web.language import _, language

pages = Blueprint("scenarios", __name__)

HERE = "/atelier/<int:draft>/scenarios"
KINDS = {
    "step": Text("étape", "step"), "outcome": Text("issue de porte", "gate outcome"), "flow": Text("flux", "flow"),
}  # fmt: skip
MISSED = "manque"


@pages.get(HERE)
def page(draft: int) -> ResponseReturnValue:
    return shown(draft)


def shown(draft: int, refused: str = "", status: int = 200) -> ResponseReturnValue:
    seen: ScenariosPage = read(wanted(draft))
    return render_template(
        "workshop/scenarios.html", page=seen, lines=chosen(seen.lines), kinds=KINDS, given=request.args,
        missed=MISSED, refused=refused, shares=shares(seen.lines), only=line(request.args.get("scenario", "")),
    ), status  # fmt: skip


def wanted(draft: int, play: bool = False) -> ScenariosOf:
    given = request.args
    return ScenariosOf(
        draft, play or bool(given.get("jouer")), line(given.get("fichier", "")), line(given.get("scenario", ""))
    )  # fmt: skip


def chosen(lines: Iterable[TakenLine]) -> list[TakenLine]:
    """Those that the filter lets through; what no scenario takes first, each in the order drawn."""
    kind, state = line(request.args.get("genre", "")), line(request.args.get("voir", ""))
    found = [each for each in lines if kind in ("", each.kind) and not (state == MISSED and each.taken)]
    return sorted(found, key=lambda each: each.taken)


def shares(lines: Iterable[TakenLine]) -> list[tuple[str, int, int]]:
    """Kind, how many are taken, how many there are."""
    all_ = list(lines)
    of = {kind: [each.taken for each in all_ if each.kind == kind] for kind in KINDS}
    return [(kind, sum(taken), len(taken)) for kind, taken in of.items() if taken]


@pages.get(f"{HERE}.<{EITHER}>")
def exported(draft: int, file: str) -> ResponseReturnValue:
    columns = (
        _("Genre"), _("Identifiant"), _("Nom"), _("Libellé"), _("Fichier"), _("Ligne"), _("Parcouru"), _("Par"),
        _("Ce qu’il faudrait"),
    )  # fmt: skip
    seen: ScenariosPage = read(wanted(draft, play=True))
    rows = (
        (KINDS[each.kind], each.element, each.name, each.label, each.file, each.line, each.taken,
         " · ".join(each.by), each.needs)
        for each in chosen(seen.lines)
    )  # fmt: skip
    return export(_("couverture"), columns, rows, file)


@pages.post(f"{HERE}/renommer")
def rename(draft: int) -> ResponseReturnValue:
    given = request.form
    file, name, called = given.get("file", ""), given.get("name", ""), line(given.get("called", ""))
    try:
        execute(RenameScenario(draft, file, name, called))
    except (Invalid, Conflict, ScenariosUnreadable) as refusal:
        return shown(draft, refusal.text(language()), refusal.status)
    flash(_("Le scénario s’appelle désormais « %(name)s ».", name=called), "done")
    return redirect(url_for("scenarios.page", draft=draft), 303)


@pages.post(f"{HERE}/retirer")
def remove(draft: int) -> ResponseReturnValue:
    given = request.form
    file, name = given.get("file", ""), given.get("name", "")
    try:
        execute(RemoveScenario(draft, file, name))
    except (Invalid, Conflict, ScenariosUnreadable) as refusal:
        return shown(draft, refusal.text(language()), refusal.status)
    flash(_("Le scénario « %(name)s » est retiré du brouillon.", name=name or file), "done")
    return redirect(url_for("scenarios.page", draft=draft), 303)
