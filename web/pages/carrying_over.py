"""A tailoring that a new release touches is carried over in the page: each conflict is looked at, and answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engine import (
    Conflict,
    ConflictLine,
    ConflictsLeft,
    Grant,
    Invalid,
    JalonError,
    OverlayRefused,
    RebaseOf,
    RebaseOfPage,
    RebaseOverlay,
    Text,
    Unavailable,
)
from web import wording
from web.acting import execute, read
from web.amending import Unclear, said_otherwise
from web.forms import line
from web.language import _, language, text
from web.pages.methods import role_named
from web.pages.tailoring import bound, states

pages = Blueprint("carrying_over", __name__)

HERE = "/methodes/<method>/adapter/<service>/transposer"
#: answers to one conflict
DROP, KEEP, OTHERWISE, REKEY, ELSEWHERE = "drop", "keep", "other", "key", "place"
#: between the old id and the new one of an answer to a question
SAME = ":"


@pages.get(HERE)
def page(method: str, service: str) -> ResponseReturnValue:
    return shown(method, service)


def shown(method: str, service: str, wrong: Mapping[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    """`wrong`: sentences by the name of the field, `""` for the whole."""
    seen: RebaseOfPage = read(RebaseOf(method, service, same()))
    roles = role_named(seen.method)

    def choices(grant: Grant) -> list[tuple[str, str]]:
        return [(each.value, text(each.label)) for each in grant.choices]

    def places(conflict: ConflictLine) -> list[tuple[str, str]]:
        return [(each.value, text(each.label)) for each in conflict.places]

    return render_template(
        "tailoring/carrying_over.html", page=seen, wrong=wrong or {}, typed=request.form, say=wording, role=roles,
        places=places, conflicts=CONFLICTS, answers=answers, choices=choices, bound=bound, states=states(),
        asked=asked(),
    ), status  # fmt: skip


@pages.post(HERE)
def carry_over(method: str, service: str) -> ResponseReturnValue:
    seen: RebaseOfPage = read(RebaseOf(method, service, same()))
    given = request.form
    try:
        said = answered(seen)
        command = RebaseOverlay(
            given.get("overlay", 0, type=int), line(given.get("digest", "")), line(given.get("version", "")),
            same=same(), **said,
        )  # fmt: skip
        execute(command)
    except Unclear as unclear:
        return shown(method, service, {unclear.place: unclear.sentence}, 422)
    except (Invalid, Conflict, Unavailable) as refusal:
        return shown(method, service, wrong_of(refusal, seen), refusal.status)
    flash(_("C’est transposé, en brouillon : relisez-le, puis présentez-le à l’approbation."), "done")
    return redirect(url_for("tailoring.page", method=method, service=service), 303)


# --- what was answered ---


def same() -> dict[str, str]:
    """The ids that are said to be the same step: old -> new."""
    pairs = (each.partition(SAME) for each in request.values.getlist("meme"))
    return {was: now for was, sign, now in pairs if was and sign and now}


def asked() -> list[str]:
    return [f"{was}{SAME}{now}" for was, now in same().items()]


def answered(seen: RebaseOfPage) -> dict[str, Any]:
    """What is left unanswered is for the engine to tell. Raises `Unclear`, whose place is the field's name."""
    dropped, kept, changed = [], [], {}
    for each in seen.conflicts:
        number = each.operation.number
        match request.form.get(f"n{number}", ""):
            case "drop":
                dropped.append(number)
            case "keep":
                kept.append(number)
            case "other":
                changed[number] = otherwise(each)
            case "key":
                changed[number] = {"key": ""}
            case "place":
                changed[number] = elsewhere(each)
    return {"drop": tuple(dropped), "acknowledged": tuple(kept), "changed": changed}


def elsewhere(conflict: ConflictLine) -> dict[str, Any]:
    """Raises `Unclear` where no place was chosen."""
    place, number = line(request.form.get(f"place{conflict.operation.number}", "")), conflict.operation.number
    if place not in {each.value for each in conflict.places}:
        raise Unclear(f"place{number}", _("Choisissez où la mettre."))
    return {"hook" if conflict.operation.kind in ("insert", "insert_process") else "element": place}


def otherwise(conflict: ConflictLine) -> dict[str, Any]:
    number = conflict.operation.number
    names = ("value", "unit", "fr", "en", "answer", "number", "comparison", "when")
    given = MultiDict({name: request.form.get(f"{name}{number}", "") for name in names})
    try:
        return said_otherwise(conflict.operation.kind, given)
    except Unclear as unclear:
        raise Unclear(f"{unclear.place}{number}", unclear.sentence) from None


def wrong_of(refusal: JalonError, seen: RebaseOfPage) -> dict[str, str]:
    """Each sentence beside the conflict that it is about."""
    if isinstance(refusal, ConflictsLeft):
        missing = _("Dites ce que vous en faites.")
        return {f"n{number}": missing for number in refusal.facts["left"]}
    if not isinstance(refusal, OverlayRefused):
        return {"": refusal.text(language())}
    places = {each.operation.element: f"n{each.operation.number}" for each in seen.conflicts}
    return {places.get(each.element, ""): text(each.sentence) for each in refusal.facts["refused"]}


# --- what is offered ---


def answers(conflict: ConflictLine) -> list[tuple[str, str]]:
    """What may be made of a conflict; a value that is said otherwise stands apart, with its field."""
    found = []
    if conflict.conflict == "CHANGED":
        found.append((KEEP, _("Garder l’opération telle quelle : j’ai vu ce qui a changé")))
    if conflict.conflict == "REDUNDANT":
        found.append((KEEP, _("La retirer : la méthode le dit désormais")))
    if conflict.rekeyed:
        found.append((REKEY, _("La garder à côté de celle de la méthode, sous une autre clé")))
    if conflict.conflict != "REDUNDANT":
        found.append((DROP, _("La retirer de l’aménagement")))
    if conflict.places:
        found.append((ELSEWHERE, _("La mettre ailleurs :")))
    if conflict.grant is not None:
        found.append((OTHERWISE, _("La garder avec une autre valeur :")))
    return found


#: the eight names, as people read them
CONFLICTS = {
    "ORPHAN": Text("disparu", "gone"),
    "LOCK": Text("liberté retirée", "freedom withdrawn"),
    "WEAKER": Text("en dessous de la méthode", "below the method"),
    "CLASH": Text("même clé pour autre chose", "same key for another thing"),
    "CONTRACT": Text("variante qui ne suit plus", "variant that no longer fits"),
    "ROLE": Text("rôle ou séparation", "role or separation"),
    "CHANGED": Text("la méthode a changé dessous", "the method changed under it"),
    "REDUNDANT": Text("la méthode le dit déjà", "the method says so already"),
}
