"""A service tailors a method in the page: a change in its place with its reason, what it comes to, its approval."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    AmendOverlay,
    ApproveOverlay,
    Conflict,
    DateInvalid,
    Grant,
    Invalid,
    JalonError,
    OverlayRefused,
    ReasonMissing,
    RequestOverlay,
    TailoringOf,
    Unavailable,
)
from web import wording
from web.acting import execute, read
from web.forms import NUMBER, day, line, number
from web.language import _, language, text
from web.pages.methods import quorum, role_named

pages = Blueprint("tailoring", __name__)

HERE = "/methodes/<method>/adapter/<service>"
UNITS = ("D", "W", "M")
#: the form that says until when
UNTIL = "until"


class NotANumber(Exception):
    """What was typed where a number is needed."""


@pages.get(HERE)
def page(method: str, service: str) -> ResponseReturnValue:
    return shown(method, service)


@pages.get("/methodes/<method>/services/<service>")
def sheet(method: str, service: str) -> ResponseReturnValue:
    """The method as it is in force in the service, for everyone."""
    return rendered("tailoring/sheet.html", method, service, settled=True)


def shown(
    method: str, service: str, form: str = "", wrong: Mapping[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    """`form`: which one was posted and is kept as typed, with what is `wrong` in it by field."""
    typed = request.form if form else {}
    return rendered("tailoring/page.html", method, service, form_kept=form, wrong=wrong or {}, typed=typed), status


def rendered(template: str, method: str, service: str, *, settled: bool = False, **more: Any) -> str:
    seen = read(TailoringOf(method, service, settled))
    roles = role_named(seen.method)

    def choices(grant: Grant) -> list[tuple[str, str]]:
        named = wording.RULES if grant.kind == "rule" else {id: role.name for id, role in roles.items()}
        return [(each, text(named[each])) for each in grant.choices]

    return render_template(
        template, page=seen, method=seen.woven or seen.method, say=wording, role=roles, quorum=share, amount=amount,
        bound=bound, lasting=lasting, choices=choices, states=states(), **more,
    )  # fmt: skip


@pages.post(HERE)
def amend(method: str, service: str) -> ResponseReturnValue:
    given = request.form
    form, drop = line(given.get("form", "")), given.get("drop", 0, type=int)
    try:
        ends = form == UNTIL
        operation = {} if drop or ends else asked()
        until = last_day() if ends else None
        mark = given.get("overlay", type=int), line(given.get("digest", ""))
        execute(AmendOverlay(method, service, operation, drop, until, *mark))
    except NotANumber as refusal:
        said = _("« %(typed)s » devait être un nombre. Écrivez-le en chiffres.", typed=str(refusal))
        return shown(method, service, form, {"value": said}, 422)
    except (Invalid, Conflict, Unavailable) as refusal:
        return shown(method, service, form, {place_of(refusal, form): sentence_of(refusal)}, refusal.status)
    flash(_("C’est dans le brouillon.") if not drop else _("Ce changement est retiré du brouillon."), "done")
    return redirect(f"{url_for('tailoring.page', method=method, service=service)}#{anchor()}", 303)


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


# --- what was typed ---


def asked() -> dict[str, Any]:
    """The operation that a form asks for, as the text form says it (docs/reference/overlays.md)."""
    given = request.form
    kind = line(given.get("op", ""))
    found: dict[str, Any] = {"op": kind, "element": line(given.get("element", ""))}
    found |= {"reason": line(given.get("reason", ""))}
    both = {"fr": line(given.get("fr", "")), "en": line(given.get("en", ""))}
    more: dict[str, Any] = {}
    match kind:
        case "quorum":
            more = {"value": str(Decimal(figure()) / 100)}
        case "threshold":
            more = {"value": figure()}
        case "due":
            unit = given.get("unit", "D")
            more = {"due": f"P{figure()}{unit if unit in UNITS else 'D'}"}
        case "rule" | "voter":
            more = {"rule" if kind == "rule" else "role": line(given.get("value", ""))}
        case "criterion":
            more = {"key": "", "text": both}
        case "item":
            more = {"field": line(given.get("field", "")), "key": "", "text": both}
        case "label":
            more = {"text": both}
    return found | more


def figure() -> str:
    """« 75 » and « 75 % » are 75."""
    typed = line(request.form.get("value", ""))
    found = number(typed.removesuffix("%"))
    if not NUMBER.fullmatch(found):
        raise NotANumber(typed)
    return found


def last_day() -> date:
    typed = request.form.get("value", "")
    try:
        return date.fromisoformat(day(typed))
    except ValueError:
        raise DateInvalid(value=typed) from None


def anchor() -> str:
    """Where on the page the change stands."""
    return f"at-{line(request.form.get('element', ''))}"


# --- what is said ---


def place_of(refusal: JalonError, form: str) -> str:
    """The field beside which it stands: what was asked for; the reason where that is missing, or all that is asked."""
    return "reason" if isinstance(refusal, ReasonMissing) or form.endswith("-hide") else "value"


def sentence_of(refusal: JalonError) -> str:
    if isinstance(refusal, OverlayRefused):
        return " ".join(text(each.sentence) for each in refusal.facts["refused"])
    return refusal.text(language())


def share(value: Any) -> str:
    return quorum(Decimal(str(value)))


def amount(iso: str) -> tuple[str, str]:
    """`P10D` -> ("10", "D"); what is written otherwise is left to be typed."""
    digits, unit = iso[1:-1], iso[-1:]
    return (digits, unit) if iso[:1] == "P" and digits.isdigit() and unit in UNITS else ("", "D")


def lasting(iso: str) -> str:
    return text(wording.duration(iso)) if iso else _("sans échéance")


def bound(grant: Grant) -> str:
    """What may be set, in words."""
    match grant.kind:
        case "quorum":
            now = share(grant.now)
            return _("Aujourd’hui : %(now)s. Il ne peut que monter, jusqu’à tous les votants.", now=now)
        case "due" if grant.least and grant.most:
            said = _("Aujourd’hui : %(now)s. Entre %(least)s et %(most)s.")
        case "due" if grant.most:
            said = _("Aujourd’hui : %(now)s. Au plus %(most)s.")
        case "due":
            said = _("Aujourd’hui : %(now)s. Une échéance peut être posée.")
        case "threshold":
            now = grant.now or _("désactivé")
            if not grant.most:
                return _("Aujourd’hui : %(now)s. Un seuil l’active.", now=now)
            return _("Aujourd’hui : %(now)s. Au plus %(most)s.", now=now, most=grant.most)
        case _:
            return ""
    return said % {"now": lasting(grant.now), "least": lasting(grant.least), "most": lasting(grant.most)}


def states() -> dict[str, str]:
    return {
        "draft": _("brouillon"), "requested": _("présenté, attend son approbation"), "in_force": _("en vigueur"),
        "refused": _("refusé"), "superseded": _("remplacé"),
    }  # fmt: skip
