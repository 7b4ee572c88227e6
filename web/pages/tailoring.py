"""A service tailors a method in the page: a change in its place with its reason, what it comes to, its approval."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    COMPUTATIONS,
    AmendOverlay,
    ApproveOverlay,
    ChangeLine,
    Conflict,
    Grant,
    Invalid,
    JalonError,
    MethodSheet,
    OverlayRefused,
    ReasonMissing,
    RequestOverlay,
    TailoringOf,
    TailoringPage,
    Unavailable,
)
from web import wording
from web.acting import execute, read
from web.amending import Unclear, asked, last_day, typed_again, without_question
from web.forms import line
from web.language import _, language, text
from web.pages.files import attached
from web.pages.methods import quorum, role_named

pages = Blueprint("tailoring", __name__)

HERE = "/methodes/<method>/adapter/<service>"
#: the form that says until when
UNTIL = "until"


@pages.get(HERE)
def page(method: str, service: str) -> ResponseReturnValue:
    return shown(method, service)


@pages.get("/methodes/<method>/services/<service>")
def sheet(method: str, service: str) -> ResponseReturnValue:
    """The method as it is in force in the service, for everyone."""
    return rendered("tailoring/sheet.html", method, service, settled=True)


@pages.get("/methodes/<method>/services/<service>/fiche.pdf")
def paper(method: str, service: str) -> ResponseReturnValue:
    """The same, to print and hand on."""
    found = read(MethodSheet(method, service, language()))
    return attached(found.name, found.content, "application/pdf")


def shown(
    method: str, service: str, form: str = "", wrong: Mapping[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    """`form`: which one was posted and is kept as typed, with what is `wrong` in it by field."""
    typed = request.form if form else {}
    return rendered("tailoring/page.html", method, service, form_kept=form, wrong=wrong or {}, typed=typed), status


def rendered(template: str, method: str, service: str, *, settled: bool = False, **more: Any) -> str:
    seen: TailoringPage = read(TailoringOf(method, service, settled))
    view = view_of()
    given = {
        "page": seen, "method": seen.woven or seen.method, "say": wording, "role": role_named(seen.method),
        "quorum": share, "bound": bound, "lasting": lasting, "states": states(), "title": title, "view": view,
        "shows": shows(seen, view), "unfolded": unfolded(seen, view), "again": typed_again, "computed": computed(),
        "grant_of": grant_of, "kinds": kinds(), "single": SINGLE,
    }  # fmt: skip
    return render_template(template, **given, **more)


@pages.post(HERE)
def amend(method: str, service: str) -> ResponseReturnValue:
    given = request.form
    form, drop = line(given.get("form", "")), given.get("drop", 0, type=int)
    try:
        operation = {} if drop or form == UNTIL else wanted(method, service)
        until = last_day(given) if form == UNTIL else None
        mark = given.get("overlay", type=int), line(given.get("digest", ""))
        execute(AmendOverlay(method, service, operation, drop, until, *mark))
    except Unclear as unclear:
        return shown(method, service, form, {unclear.place: unclear.sentence}, 422)
    except (Invalid, Conflict, Unavailable) as refusal:
        return shown(method, service, form, {place_of(refusal): sentence_of(refusal)}, refusal.status)
    flash(_("C’est dans le brouillon.") if not drop else _("Ce changement est retiré du brouillon."), "done")
    part = line(given.get("part", "")) or None
    here = url_for("tailoring.page", method=method, service=service, partie=part, voir=view_of() or None)
    return redirect(f"{here}#at-{line(given.get('at', ''))}", 303)


def wanted(method: str, service: str) -> dict[str, Any]:
    """The operation that is asked for; where it corrects a change, that one is looked up."""
    given = request.form
    number = given.get("of", 0, type=int)
    if not number:
        return asked(given, None)
    seen: TailoringPage = read(TailoringOf(method, service))
    before = next((each for each in seen.changes if each.number == number), None)
    if before is not None and "drop_question" in given:
        return without_question(before, given["drop_question"])
    return asked(given, before)


@pages.post(f"{HERE}/presenter")
def present(method: str, service: str) -> ResponseReturnValue:
    try:
        execute(RequestOverlay(request.form.get("overlay", 0, type=int)))
    except (Invalid, Conflict, Unavailable) as refusal:
        return shown(method, service, "request", {"": sentence_of(refusal)}, refusal.status)
    flash(_("L’aménagement est présenté : quelqu’un d’autre que vous l’approuvera."), "done")
    return redirect(url_for("tailoring.page", method=method, service=service), 303)


@pages.post(f"{HERE}/decider")
def decide(method: str, service: str) -> ResponseReturnValue:
    given = request.form
    refused = given.get("decision") == "refuse"
    try:
        execute(ApproveOverlay(given.get("overlay", 0, type=int), given.get("word", ""), refused))
    except (Invalid, Conflict, Unavailable) as refusal:
        return shown(method, service, "decide", {"word": sentence_of(refusal)}, refusal.status)
    flash(
        _("L’aménagement est refusé.")
        if refused
        else _("L’aménagement est approuvé : les nouveaux projets du service partent ainsi."),
        "done",
    )
    return redirect(url_for("tailoring.page", method=method, service=service), 303)


# --- what is said ---


#: the field beside which the engine's refusal of a change stands; of a step that is hidden, all that is asked: why
PLACES = {
    "hide": "reason", "condition": "when", "criterion": "fr", "item": "fr", "field": "fr", "option": "fr",
    "label": "fr", "insert": "fr",
}  # fmt: skip


def place_of(refusal: JalonError) -> str:
    return "reason" if isinstance(refusal, ReasonMissing) else PLACES.get(request.form.get("op", ""), "value")


def sentence_of(refusal: JalonError) -> str:
    if isinstance(refusal, OverlayRefused):
        told = refusal.facts["refused"]
        return " ".join(text(each.beside if len(told) == 1 else each.sentence) for each in told)
    return refusal.text(language())


def share(value: Any) -> str:
    return quorum(Decimal(str(value)))


def lasting(iso: str) -> str:
    return text(wording.duration(iso)) if iso else _("sans échéance")


def bound(grant: Grant) -> str:
    """What may be set, in words: a few, which stand beside what is offered."""
    match grant.kind:
        case "quorum":
            return _("de %(now)s à 100 %%", now=percent(grant.now))
        case "due" if grant.least and grant.most:
            return _("entre %(least)s et %(most)s", least=lasting(grant.least), most=lasting(grant.most))
        case "due":
            return _("au plus %(most)s", most=lasting(grant.most)) if grant.most else _("sans borne")
        case "threshold":
            return _("au plus %(most)s", most=grant.most) if grant.most else _("sans borne")
        case "rule":
            return _("au-delà de : %(now)s", now=text(wording.RULES[grant.now]))
        case "insert" | "insert_process":
            return WHERE[grant.hook.rpartition(".")[2]]()
        case "item" | "option":
            return text(grant.label)
    return ""


#: where a step is inserted
WHERE = {
    "start": lambda: _("au début de la phase"),
    "end": lambda: _("à la fin de la phase"),
    "before": lambda: _("avant cette étape"),
    "after": lambda: _("après cette étape"),
}


def title(kind: str) -> str:
    return {
        "hide": _("Masquer cette étape"), "condition": _("La rendre conditionnelle"),
        "replace": _("Prendre une variante"), "insert": _("Insérer une étape"),
        "insert_process": _("Insérer un processus publié"), "criterion": _("Ajouter un critère"),
        "item": _("Ajouter un point de contrôle"), "field": _("Ajouter une question"),
        "option": _("Ajouter un choix"), "voter": _("Ajouter un votant"), "quorum": _("Relever le quorum"),
        "rule": _("Durcir la règle de décision"), "due": _("Changer l’échéance"), "threshold": _("Baisser le seuil"),
        "label": _("L’appeler autrement ici"), "template": _("Partir d’un autre document"),
    }[kind]  # fmt: skip


def grant_of(page: TailoringPage, change: ChangeLine) -> Grant | None:
    """What a change uses, so that it may be corrected."""
    hook, field = change.said.get("hook", ""), change.said.get("field", "")
    for each in page.grants.get(change.element, ()):
        if each.kind == change.kind and each.hook == hook and (each.kind in ("label", "field") or each.field == field):
            return each
    return None


#: what an element has once: changed again, it is corrected
SINGLE = ("hide", "condition", "replace", "quorum", "rule", "due", "threshold", "template")


def kinds() -> list[tuple[str, str]]:
    return [(each, text(said)) for each, said in wording.FIELDS.items()]


def computed() -> list[tuple[str, str]]:
    """What Jalon may answer by itself in a criterion or an item, where nothing more is to be said of it."""
    return [(name, text(each.text)) for name, each in COMPUTATIONS.items() if not each.asks]


# --- how much of it is shown ---

#: all; what may be changed; what is
VIEWS = ("", "libre", "change")


def view_of() -> str:
    asked = request.args.get("voir", "")
    return asked if asked in VIEWS else ""


def shows(page: TailoringPage, view: str) -> frozenset[str]:
    """The elements that the view keeps."""
    changed = {each.element for each in page.changes}
    every = [each for part in page.parts for each in part.elements]
    if view == "change":
        return frozenset(changed)
    free = {id for id in every if any(not grant.usual for grant in page.grants.get(id, ()))}
    return frozenset(free | changed if view == "libre" else every)


def unfolded(page: TailoringPage, view: str) -> frozenset[str]:
    """The parts that are open: asked for, with a change, or with the form that is kept."""
    wished = {request.args.get("partie", ""), request.form.get("part", "")}
    return frozenset(each.id for each in page.parts if view or each.changed or each.id in wished)


def percent(value: str) -> str:
    return f"{Decimal(value):.0%}".replace("%", "")


def states() -> dict[str, str]:
    return {
        "draft": _("brouillon"), "requested": _("présenté, attend son approbation"), "in_force": _("en vigueur"),
        "refused": _("refusé"), "superseded": _("remplacé"),
    }  # fmt: skip
