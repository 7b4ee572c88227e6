"""The registers: of a project, or of the organisation; each a list that filters, sorts and leaves as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import EntryLine, RegisterPage, RegisterPageOf, RegistersOf, SubscribeTo
from web.acting import execute, read
from web.exports import EITHER, export
from web.language import _, text

pages = Blueprint("registers", __name__)

#: a register as addresses name it
NAMES = {
    "actions": "action", "risques": "risk", "resistances": "resistance", "decisions": "decision", "veille": "watch",
    "idees": "idea", "modifications": "change", "derogations": "deviation",
}  # fmt: skip
SLUGS = {register: name for name, register in NAMES.items()}
NAMED = f"any({', '.join(NAMES)}):name"
SORTS = ("recent", "due", "level", "supports")
#: the filters of a register, as the address names them
FILTERS = ("etat", "porteur", "miens", "retard", "theme", "service", "recherche", "tri")


@pages.get("/projets/<int:project>/registres")
def first(project: int) -> ResponseReturnValue:
    """The first register of the project that one may see."""
    tabs = read(RegistersOf(project)).tabs
    return page(project, SLUGS[tabs[0].register]) if tabs else abort(404)


@pages.get("/registres", defaults={"project": None, "name": "idees"})
@pages.get(f"/registres/<{NAMED}>", defaults={"project": None}, endpoint="everywhere")
@pages.get(f"/projets/<int:project>/registres/<{NAMED}>", endpoint="page")
def page(project: int | None, name: str) -> ResponseReturnValue:
    asked = wanted(project, name)
    narrowed = {key: request.args[key] for key in FILTERS if request.args.get(key)}
    seen = read(asked)
    return render_template("registers/index.html", page=seen, asked=asked, narrowed=narrowed, sorts=sorts(seen))


@pages.post("/registres/veille/themes")
def subscribe() -> ResponseReturnValue:
    """Of which themes one hears."""
    execute(SubscribeTo(tuple(request.form.getlist("themes"))))
    flash(_("C’est enregistré : le message du jour vous dira ce qui s’ouvre sur ces thèmes."), "done")
    return redirect(url_for("registers.everywhere", name="veille"), 303)


@pages.get(f"/registres/<{NAMED}>.<{EITHER}>", defaults={"project": None}, endpoint="exported_everywhere")
@pages.get(f"/projets/<int:project>/registres/<{NAMED}>.<{EITHER}>", endpoint="exported")
def exported(project: int | None, name: str, file: str) -> ResponseReturnValue:
    asked = wanted(project, name)
    seen = read(replace(asked, after=0, size=1))
    said = [each.label for each in seen.entries[0].said] if seen.entries else []
    columns = (
        _("Numéro"), _("Intitulé"), _("État"), _("Texte"), _("Porteur"), _("Service"), _("Échéance"), _("En retard"),
        _("Thème"), _("Projet"), _("Auteur"), _("Ouverte le"), _("Close le"), _("Preuve ou motif"),
        *(text(label) for label in said),
    )  # fmt: skip
    return export(text(seen.name).lower(), columns, map(exported_row, every(asked)), file)


def exported_row(line: EntryLine) -> tuple[object, ...]:
    return (
        line.number, line.title, line.state_text, line.body, line.owner.name if line.owner else "",
        line.service.name if line.service else "", line.due, line.late, line.theme, line.project_title,
        line.author.name if line.author else "", line.at, line.closed_at, line.proof,
        *(each.value for each in line.said),
    )  # fmt: skip


def every(asked: RegisterPageOf) -> Iterator[EntryLine]:
    """All the entries that the filters keep."""
    asked = replace(asked, after=0, size=200)
    while True:
        seen = read(asked)
        yield from seen.entries
        if not seen.after:
            return
        asked = replace(asked, after=seen.after)


def wanted(project: int | None, name: str) -> RegisterPageOf:
    """What the address asks for; what it misspells counts as not asked."""
    given = request.args
    sort = given.get("tri", "")
    return RegisterPageOf(
        NAMES[name], project, state=given.get("etat") or "open", owner=given.get("porteur", type=int),
        mine=bool(given.get("miens")), late=bool(given.get("retard")), theme=given.get("theme", ""),
        service=given.get("service", ""), text=given.get("recherche", "").strip(),
        sort=sort if sort in SORTS else "recent",  # type: ignore[arg-type]
        after=given.get("apres", 0, type=int),
    )  # fmt: skip


@pages.app_template_global("register_slug")
def slug(register: str) -> str:
    """A register as addresses name it."""
    return SLUGS[register]


@pages.app_template_global("register_address")
def address(register: str, project: int | None, **narrowed: Any) -> str:
    if project:
        return url_for("registers.page", name=SLUGS[register], project=project, **narrowed)
    return url_for("registers.everywhere", name=SLUGS[register], **narrowed)


def sorts(seen: RegisterPage) -> list[tuple[str, str]]:
    """What this register may be sorted by."""
    found = [("recent", _("les plus récentes"))]
    if "due" in seen.fields:
        found.append(("due", _("échéance")))
    if "level" in seen.fields:
        found.append(("level", {"risk": _("criticité"), "watch": _("pertinence")}.get(seen.register, _("antagonisme"))))
    if seen.register == "idea":
        found.append(("supports", _("soutiens")))
    return found
