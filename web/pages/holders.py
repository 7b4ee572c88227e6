"""Who holds which role in a service: a list that filters, sorts, leaves as a file, and in which one names people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import ActorLine, Conflict, HolderLine, HoldersOf, HoldersPage, Invalid, NameHolders
from web.acting import execute, read
from web.exports import EITHER, export
from web.forms import line
from web.language import _, language, text

pages = Blueprint("holders", __name__)

HERE = "/services/<code>/personnes"
#: which roles: all, held by nobody, held here, held above, those of whom somebody is away
SEEN = ("", "personne", "ici", "dessus", "absents")
SORTS = ("", "role", "personne")


@pages.get(HERE)
def page(code: str) -> ResponseReturnValue:
    return shown(code)


def shown(code: str, wrong: str = "", role: str = "", status: int = 200) -> ResponseReturnValue:
    """`wrong`: why it is refused to name somebody for `role`."""
    seen: HoldersPage = read(HoldersOf(code))
    return render_template(
        "services/holders.html", page=replace(seen, lines=narrowed_to(seen.lines, role)), asked=asked(), seen=seen_as(),
        sorts=sorts(), narrowed=narrowed(), wrong=wrong, role=role,
    ), status  # fmt: skip


@pages.get(f"{HERE}.<{EITHER}>")
def exported(code: str, file: str) -> ResponseReturnValue:
    columns = _("Rôle"), _("Personnes"), _("Désignées par"), _("Suppléants")
    page: HoldersPage = read(HoldersOf(code))
    rows = (
        (line.name, names(holders(line)), (line.by or page.service).name if holders(line) else "",
         names([each.deputy for each in line.deputies]))
        for line in narrowed_to(page.lines)
    )  # fmt: skip
    return export(_("roles-du-service"), columns, rows, file)


@pages.post(f"{HERE}/<role>")
def name(code: str, role: str) -> ResponseReturnValue:
    named = tuple(int(each) for each in request.form.getlist("people") if each.isdecimal())
    try:
        execute(NameHolders(code, role, named))
    except (Invalid, Conflict) as refusal:
        return shown(code, refusal.text(language()), role, refusal.status)
    flash(_("Le rôle est attribué. Ses tâches ouvertes ont suivi."), "done")
    return redirect(url_for("holders.page", code=code, _anchor=f"role-{role}", **narrowed()), 303)


# --- what the address asks for ---


def asked() -> dict[str, str]:
    """What it misspells counts as not asked."""
    given = request.args
    seen, sort = given.get("voir", ""), given.get("tri", "")
    return {
        "recherche": line(given.get("recherche", "")), "voir": seen if seen in SEEN else "",
        "tri": sort if sort in SORTS else "",
    }  # fmt: skip


def narrowed() -> dict[str, Any]:
    return {name: said for name, said in asked().items() if said}


def narrowed_to(lines: Iterable[HolderLine], kept: str = "") -> tuple[HolderLine, ...]:
    """`kept`: a role that stays in any case, since something is said of it."""
    wanted = asked()
    found = [each for each in lines if each.role == kept or fits(each, wanted["voir"], plain(wanted["recherche"]))]
    match wanted["tri"]:
        case "role":
            found.sort(key=lambda each: plain(text(each.name)))
        case "personne":
            found.sort(key=lambda each: (not holders(each), plain(names(holders(each)))))
    return tuple(found)


def fits(one: HolderLine, seen: str, word: str) -> bool:
    said = {"personne": not holders(one), "ici": one.here, "dessus": one.above, "absents": one.deputies}
    words = [one.role, text(one.name), names(holders(one)), names(each.deputy for each in one.deputies)]
    return bool(said.get(seen, True)) and word in plain(" ".join(words))


def holders(one: HolderLine) -> tuple[ActorLine, ...]:
    return one.here or one.above


def names(people: Iterable[ActorLine]) -> str:
    return ", ".join(each.name for each in people)


def plain(words: str) -> str:
    """« Équipe » is found by « equipe »."""
    return unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()


# --- what is said ---


def seen_as() -> dict[str, str]:
    return {
        "": _("tous"), "personne": _("que personne ne tient"), "ici": _("tenus ici"), "dessus": _("tenus au-dessus"),
        "absents": _("dont quelqu’un est absent"),
    }  # fmt: skip


def sorts() -> dict[str, str]:
    return {"": _("comme les méthodes les nomment"), "role": _("rôle"), "personne": _("personne")}
