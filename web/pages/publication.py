"""A draft is published: what the review says, what changes on both diagrams, whom it touches, a second word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    AskReviewOf,
    Conflict,
    DateInvalid,
    DescribeMethodDraft,
    Finding,
    Invalid,
    JalonError,
    MethodDraftOf,
    NotFound,
    NumberInvalid,
    NumberTooSmall,
    PublicationOf,
    PublicationPage,
    Published,
    PublishMethodDraft,
    ReasonMissing,
    RetireRelease,
    ReviewMethodDraft,
    SaveMethodDraft,
    ScenariosNote,
    SupportRelease,
    Unavailable,
    WarningsLeft,
    numbered,
)
from web.acting import execute, read
from web.amending import last_day
from web.forms import line, lines
from web.language import _, language, ngettext
from web.pages.carrying_over import CONFLICTS
from web.pages.workshop import shown as page_of_draft

pages = Blueprint("publication", __name__)

HERE = "/atelier/<int:draft>/publier"


@pages.get(HERE)
def page(draft: int) -> ResponseReturnValue:
    try:
        return shown(draft)
    except NotFound:
        read(MethodDraftOf(draft))  # raises the same, where there is no such draft
        return redirect(url_for("workshop.page", draft=draft), 303)


def shown(
    draft: int, form: str = "", wrong: Mapping[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:  # fmt: skip
    """`form`: which one was posted and is kept as typed, with what is `wrong` in it by field."""
    seen: PublicationPage = read(PublicationOf(draft))
    kept = request.form if form else {}
    return render_template(
        "workshop/publish.html", page=seen, form_kept=form, typed=kept, wrong=wrong or {}, levels=levels(),
        signs=signs(), by_rule=by_rule(seen.warnings), accepted=request.form.getlist("accept") if form else [],
        conflicts=CONFLICTS, may_publish=may_publish(seen), scenarios_said=scenarios_said,
    ), status  # fmt: skip


def may_publish(seen: PublicationPage) -> bool:
    sound = seen.report is not None and not seen.errors
    return sound and not seen.proposed and not seen.unchanged and seen.draft.approved


def by_rule(findings: tuple[Finding, ...]) -> list[tuple[str, list[Finding]]]:
    ordered = sorted(findings, key=lambda each: each.rule)
    return [(rule, list(found)) for rule, found in groupby(ordered, key=lambda each: each.rule)]


# --- what is done ---


@pages.post(HERE)
def publish(draft: int) -> ResponseReturnValue:
    given = request.form
    try:
        until = last_day(given) if given.get("value", "").strip() else None
        done = execute(PublishMethodDraft(draft, tuple(given.getlist("accept")), until))
    except (Invalid, Conflict, Unavailable) as refusal:
        return again(draft, "publish", refusal)
    told_of(done)
    return redirect(url_for("methods.page", method=done.method), 303)


def told_of(done: Published) -> None:
    said = _("La version %(version)s est publiée : les projets qui démarrent la suivent.", version=done.version)
    flash(said, "done")
    if done.carried:
        flash(_("Aménagements qui suivent d’eux-mêmes : %(services)s.", services=", ".join(done.carried)), "done")
    if done.left:
        said = _("Aménagements dont l’administrateur est prévenu : %(services)s.", services=", ".join(done.left))
        flash(said, "done")


@pages.post(f"{HERE}/numero")
def number(draft: int) -> ResponseReturnValue:
    """The number that was typed, put into the main diagram."""

    def act() -> str:
        given = request.form
        seen: PublicationPage = read(PublicationOf(draft))
        if line(given.get("version", "")) == seen.draft.line.version:
            return _("C’est déjà son numéro : rien n’est changé.")
        files = numbered(seen.draft.files, line(given.get("version", "")), seen.least)
        execute(SaveMethodDraft(draft, files, given.get("revision", 0, type=int)))
        return _("Le numéro est changé ; la relecture par une seconde personne est à redemander.")

    return done_on_the_page(draft, "number", act)


@pages.post(f"{HERE}/notes")
def describe(draft: int) -> ResponseReturnValue:
    def act() -> str:
        given = request.form
        execute(DescribeMethodDraft(draft, lines(given.get("notes", "")), lines(given.get("notes_en", ""))))
        return _("Les notes sont gardées.")

    return done_on_the_page(draft, "notes", act)


@pages.post(f"{HERE}/meme")
def same(draft: int) -> ResponseReturnValue:
    """Which steps of before are steps of now."""

    def act() -> str:
        pairs = (each.partition(":") for each in request.form.getlist("meme"))
        execute(DescribeMethodDraft(draft, same={was: now for was, sign, now in pairs if was and sign and now}))
        return _("C’est noté.")

    return done_on_the_page(draft, "same", act, at="changes")


@pages.post(f"{HERE}/relecture")
def review(draft: int) -> ResponseReturnValue:
    def act() -> str:
        given = request.form
        match given.get("decision", ""):
            case "ask":
                execute(AskReviewOf(draft))
                return _("La relecture est demandée.")
            case decision:
                refused, digest = decision == "refuse", line(given.get("digest", ""))
                execute(ReviewMethodDraft(draft, given.get("word", ""), refused, digest))
                if refused:
                    return _("Le brouillon est rendu à qui l’a dessiné.")
                return _("Le brouillon est approuvé, tel qu’il est : il peut être publié.")

    return done_on_the_page(draft, "review", act)


def done_on_the_page(draft: int, form: str, act: Callable[[], str], at: str = "") -> ResponseReturnValue:
    """Back on the page with what `act` says of what it did, at `at` or at the form; or with why it is refused."""
    try:
        said = act()
    except (Invalid, Conflict, Unavailable) as refusal:
        return again(draft, form, refusal)
    flash(said, "done")
    return redirect(f"{url_for('publication.page', draft=draft)}#{at or form}", 303)


@pages.post("/methodes/<method>/<version>/soutenir")
def support(method: str, version: str) -> ResponseReturnValue:
    def act() -> str:
        given = request.form
        until = last_day(given) if given.get("value", "").strip() else None
        execute(SupportRelease(method, version, until))
        return _("C’est noté.")

    return done_on_the_method(method, act)


@pages.post("/methodes/<method>/<version>/retirer")
def retire(method: str, version: str) -> ResponseReturnValue:
    def act() -> str:
        execute(RetireRelease(method, version, request.form.get("reason", "")))
        return _("La version %(version)s est retirée.", version=version)

    return done_on_the_method(method, act)


def done_on_the_method(method: str, act: Callable[[], str]) -> ResponseReturnValue:
    """The page of the method says what was done, or why it is refused."""
    try:
        flash(act(), "done")
    except (Invalid, Conflict, Unavailable) as refusal:
        flash(refusal.text(language()), "warning")
    return redirect(f"{url_for('methods.page', method=method)}#versions", 303)


def again(draft: int, form: str, refusal: JalonError) -> ResponseReturnValue:
    """The page with the sentence; that of the draft, where somebody published or dropped it meanwhile."""
    said = to_accept(refusal.facts["count"]) if isinstance(refusal, WarningsLeft) else refusal.text(language())
    place = next((place for kind, place in PLACES.items() if isinstance(refusal, kind)), "")
    try:
        return shown(draft, form, {place: said}, refusal.status)
    except NotFound:
        return page_of_draft(draft, said, refusal.status)


#: where a refusal is mended: the field that it stands at
PLACES: dict[type[JalonError], str] = {
    ReasonMissing: "word", DateInvalid: "value", NumberInvalid: "version", NumberTooSmall: "version",
    WarningsLeft: "accept",
}  # fmt: skip


# --- what is said ---


def to_accept(count: int) -> str:
    """Which remarks they are stands beside the boxes."""
    return ngettext(
        "Rien n’est publié : %(num)s remarque reste à accepter. Cochez-la ci-dessous, puis publiez.",
        "Rien n’est publié : %(num)s remarques restent à accepter. Cochez-les ci-dessous, une à une ou « Ces … "
        "remarques semblables », puis publiez.",
        count,
    ) % {"num": count}


def scenarios_said(note: ScenariosNote) -> tuple[str, str]:
    """In a word, and in a line."""
    facts = {"num": note.unread}
    unread = ngettext("%(num)s fichier illisible", "%(num)s fichiers illisibles", note.unread) % facts
    if not note.count:
        return (_("à corriger"), unread) if note.unread else (_("aucun"), _("aucun scénario n’est gardé"))
    if not note.played:
        return _("à jouer"), _("%(num)s gardés, pas joués sur ce dessin", num=note.count)
    if note.failing or note.unread:
        facts = {"num": note.failing, "all": note.count}
        failing = ngettext(
            "%(num)s scénario sur %(all)s ne passe pas", "%(num)s scénarios sur %(all)s ne passent pas", note.failing
        )  # fmt: skip
        return _("à voir"), ", ".join([failing % facts] * bool(note.failing) + [unread] * bool(note.unread))
    passes = ngettext("le scénario passe", "les %(num)s scénarios passent", note.count)
    return _("fait"), passes % {"num": note.count}


def levels() -> dict[str, str]:
    return {
        "none": _("aucune différence"), "patch": _("mots seulement"), "minor": _("s’ajoute sans rien rompre"),
        "major": _("peut rompre un aménagement"),
    }  # fmt: skip


def signs() -> dict[str, tuple[str, str]]:
    return {"added": ("+", _("ajouté")), "removed": ("×", _("retiré")), "changed": ("≠", _("modifié"))}
