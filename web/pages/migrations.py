"""Projects move to another version of their method: what that does to each, which ones move, how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Conflict, Invalid, MigrateProjects, MigrationLine, MigrationsOf, RevertMigration
from web import wording
from web.acting import execute, read
from web.exports import EITHER, export
from web.language import _, language, ngettext, text

pages = Blueprint("migrations", __name__)

FILTERS = ("version", "service", "phase", "recherche")


@pages.get("/methodes/<method>/migrer")
def page(method: str) -> ResponseReturnValue:
    return shown(method)


def shown(method: str, told: str = "", status: int = 200) -> ResponseReturnValue:
    """With `told`, why nothing moves, and what was chosen."""
    asked = wanted(method)
    chosen = request.form.getlist("project", type=int) if told else []
    return render_template(
        "methods/migrate.html", page=read(asked), asked=asked, narrowed=narrowed(), say=wording, told=told,
        chosen=chosen, reason=request.form.get("reason", "") if told else "",
    ), status  # fmt: skip


@pages.post("/methodes/<method>/migrer")
def migrate(method: str) -> ResponseReturnValue:
    given = request.form
    named = tuple(given.getlist("project", type=int))
    version = given.get("version", "")
    whole = given.get("all") == "1"
    if not named and not whole:
        return shown(method, _("Cochez au moins un projet, ou demandez tous ceux qui suivent une autre version."), 422)
    try:
        done = execute(MigrateProjects(method, given.get("reason", ""), version, () if whole else named))
    except (Invalid, Conflict) as refusal:
        return shown(method, refusal.text(language()), refusal.status)
    words = ngettext(
        "%(num)s projet va passer à cette version.", "%(num)s projets vont passer à cette version.", done.items
    )
    none = _("Aucun projet n’était à passer à cette version.")
    flash(words % {"num": done.items} if done.items else none, "done")
    return redirect(f"{url_for('.page', method=method, version=version)}#moved", 303)


@pages.post("/projets/<int:project>/version/revenir")
def revert(project: int) -> ResponseReturnValue:
    from web.pages.projects import show

    try:
        done = execute(RevertMigration(project, request.form.get("reason", "").strip()))
    except (Invalid, Conflict) as refusal:
        return show(project, refusal, "revert")
    flash(_("Le projet est revenu à la version %(version)s.", version=done.version), "done")
    return redirect(url_for("projects.page", project=project), 303)


@pages.get(f"/methodes/<method>/migrer.<{EITHER}>")
def exported(method: str, file: str) -> ResponseReturnValue:
    columns = (
        _("Numéro"), _("Projet"), _("Service"), _("Phase"), _("Version"),
        *(text(each) for each in wording.TURNS.values()), _("Refusé"),
    )  # fmt: skip
    return export(_("migrer"), columns, map(row, every(wanted(method))), file)


def row(line: MigrationLine) -> tuple[object, ...]:
    turns = (", ".join(text(each.name) for each in line.at(where)) for where in wording.TURNS)
    return (line.project, line.title, line.service.name, line.phase, line.version, *turns, line.refused)


def every(asked: MigrationsOf) -> Iterator[MigrationLine]:
    """All that the filters keep."""
    asked = replace(asked, after=0, size=100)
    while True:
        seen = read(asked)
        yield from seen.lines
        if not seen.after:
            return
        asked = replace(asked, after=seen.after)


def wanted(method: str) -> MigrationsOf:
    given = request.values
    return MigrationsOf(
        method, given.get("version", ""), given.get("service", ""), given.get("phase", ""),
        given.get("recherche", "").strip(), request.args.get("apres", 0, type=int),
    )  # fmt: skip


def narrowed() -> dict[str, str]:
    return {key: request.args[key] for key in FILTERS if request.args.get(key)}
