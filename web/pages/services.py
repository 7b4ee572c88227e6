"""What is asked of a service: a list that filters, sorts, links and leaves as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import AskedLine, ServicePageOf, Services
from web.acting import read
from web.exports import EITHER, export
from web.language import _

pages = Blueprint("services", __name__)

STATES = ("open", "late", "refused", "answered", "all")
KINDS = ("", "task", "opinion", "action", "reserve", "guest")
SORTS = ("due", "project", "service")


@pages.get("/services")
def index() -> ResponseReturnValue:
    """Of which services one may see what is asked; the page itself where it is one."""
    found = read(Services()).services
    if len(found) == 1:
        return redirect(url_for("services.page", code=found[0].code), 303)
    return render_template("services/index.html", services=found)


@pages.get("/services/<code>")
def page(code: str) -> ResponseReturnValue:
    asked = wanted(code)
    return render_template(
        "services/page.html", page=read(asked), asked=asked, kinds=kinds(), states=states(), address=address,
        narrowed=narrowed(asked),
    )  # fmt: skip


@pages.get(f"/services/<code>.<{EITHER}>")
def exported(code: str, file: str) -> ResponseReturnValue:
    page = read(wanted(code))
    columns = (
        _("Quoi"), _("Nature"), _("État"), _("Projet"), _("Service"), _("Personne"), _("Invité"), _("Demandé le"),
        _("Échéance"), _("En retard"),
    )  # fmt: skip
    return export(_("demandes-au-service"), columns, map(cells, page.asked), file)


def cells(line: AskedLine) -> tuple[object, ...]:
    return (
        line.name, kinds()[line.kind], states()[line.state], line.project_title,
        line.service.name if line.service else "", line.person.name if line.person else "", line.guest, line.opened_at,
        line.due, line.late,
    )  # fmt: skip


def wanted(code: str) -> ServicePageOf:
    """What the address asks for; what it misspells counts as not asked."""
    given = request.args
    return ServicePageOf(
        code, one_of(given.get("etat"), STATES), one_of(given.get("nature"), KINDS), given.get("projet", type=int),
        one_of(given.get("tri"), SORTS),
    )  # fmt: skip


def one_of(word: str | None, words: tuple[str, ...]) -> Any:
    return word if word in words else words[0]


def narrowed(asked: ServicePageOf) -> dict[str, Any]:
    """The filters as the address says them, without those that are as usual."""
    said = {"etat": asked.state, "nature": asked.kind, "projet": asked.project, "tri": asked.sort}
    usual = {"etat": STATES[0], "nature": "", "tri": SORTS[0]}
    return {key: value for key, value in said.items() if value and value != usual.get(key)}


def address(asked: ServicePageOf, **other: Any) -> str:
    return url_for("services.page", code=asked.code, **narrowed(replace(asked, **other)))


def kinds() -> dict[str, str]:
    return {
        "task": _("tâche"), "opinion": _("avis"), "action": _("action"), "reserve": _("réserve"),
        "guest": _("demandé à un invité"),
    }  # fmt: skip


def states() -> dict[str, str]:
    return {
        "open": _("à faire"), "late": _("en retard"), "refused": _("refusé"), "answered": _("répondu"), 
        "all": _("tout"), "deemed": _("réputé rendu"),
    }  # fmt: skip
