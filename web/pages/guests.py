"""Guests: who is invited to a project, and the one page that a guest's link opens, where nobody signs in."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    ChoiceUnknown,
    CompleteTask,
    Conflict,
    DetachFile,
    Download,
    FormRefused,
    GuestImpossible,
    Guests,
    Invalid,
    InvitationLine,
    InviteGuest,
    JalonError,
    LinkForOther,
    LinkOpened,
    LinkRefused,
    NotAllowed,
    OpenLink,
    RefuseTask,
    RemoveGuest,
    RequestInformation,
    RevokeInvitation,
    SaveDraft,
    TaskFormOf,
    TaskPage,
    TaskPageOf,
    TooLarge,
    Unavailable,
)  # fmt: skip
from web import forms, wording
from web.acting import act_as_guest, execute, read, the_engine
from web.errors import page as error_page
from web.errors import said_beside
from web.exports import EITHER, export
from web.language import _, text
from web.pages.files import attached as download
from web.pages.task import attach_answers, posted_revision

pages = Blueprint("guests", __name__)

LINK = "/invitation/<secret>"
STATES = ("", "live", "awaited", "done", "expired", "revoked")
SHOWN = (Invalid, Conflict, NotAllowed, TooLarge, Unavailable)


# --- who is invited to a project ---------------------------------------------------------------------------


@pages.get("/projets/<int:project>/invites")
def index(project: int) -> ResponseReturnValue:
    return shown_index(project)


def shown_index(project: int, problems: dict[str, str] | None = None, link: str = "") -> str:
    """`link`: of the guest who has just been invited, to be copied; it is shown this once."""
    asked = wanted(project)
    page = read(asked)
    return render_template(
        "guests/index.html", page=page, asked=asked, states=states(), problems=problems or {}, link=link,
        offered=[(task, text(name)) for task, name in page.tasks], typed=request.form if problems else {},
        chosen=request.args.get("tache", ""),
    )  # fmt: skip


def wanted(project: int) -> Guests:
    state: Any = request.args.get("etat", "")
    return Guests(project, state if state in STATES else "")


def states() -> dict[str, str]:
    return {
        "awaited": _("attendue"), "done": _("rendue"), "expired": _("lien expiré"), "revoked": _("lien retiré"),
        "live": _("lien ouvert"),
    }  # fmt: skip


@pages.get(f"/projets/<int:project>/invites.<{EITHER}>")
def exported(project: int, file: str) -> ResponseReturnValue:
    page = read(wanted(project))
    columns = (
        _("Invité"), _("Adresse électronique"), _("Tâche"), _("Pour"), _("État"), _("Lien ouvert"), _("Invité par"),
        _("Le"), _("Jusqu’au"), _("Ouvert pour la dernière fois"),
    )  # fmt: skip
    return export(_("invites"), columns, map(cells, page.invitations), file)


def cells(line: InvitationLine) -> tuple[object, ...]:
    return (
        line.guest.name, line.email, line.task_name, line.instance, states()[line.state], line.live,
        line.by.name if line.by else "", line.at, line.until, line.used_at,
    )  # fmt: skip


@pages.post("/projets/<int:project>/invites")
def invite(project: int) -> ResponseReturnValue:
    given = request.form
    secret = given.get("secret", "")
    try:
        until = date.fromisoformat(forms.day(given.get("until", "")))
    except ValueError:
        return shown_index(project, {"until": _("Dites jusqu’à quel jour le lien vaut, par exemple 2026-12-31.")}), 422
    task = given.get("tache", 0, int)
    if not task:
        return shown_index(project, {"tache": _("Choisissez la tâche que vous demandez.")}), 422
    command = InviteGuest(
        task, given.get("name", ""), given.get("email", ""), until, secret, given.get("language", "fr"),
        given.get("message", ""),
    )  # fmt: skip
    try:
        execute(command)
    except SHOWN as refusal:
        return shown_index(project, beside(refusal)), refusal.status
    return shown_index(project, link=url_for("guests.request_page", secret=secret, _external=True))


def beside(refusal: JalonError) -> dict[str, str]:
    """A refused invitation by the field to mend."""
    field = str(refusal.facts.get("field", "")) if isinstance(refusal, GuestImpossible) else ""
    field = "language" if isinstance(refusal, ChoiceUnknown) else field
    return {{"task": "tache"}.get(field, field): text(refusal.said)}


@pages.post("/projets/<int:project>/invites/<int:guest>/retirer")
def remove(project: int, guest: int) -> ResponseReturnValue:
    execute(RemoveGuest(project, guest))
    flash(_("Cette personne n’a plus accès au projet ; l’historique garde ce qu’elle y a fait."), "done")
    return redirect(url_for("guests.index", project=project), 303)


@pages.post("/projets/<int:project>/invitations/<int:invitation>/retirer")
def revoke(project: int, invitation: int) -> ResponseReturnValue:
    execute(RevokeInvitation(invitation))
    flash(_("Le lien est retiré ; la tâche attend de nouveau son rôle."), "done")
    return redirect(url_for("guests.index", project=project), 303)


# --- what a link opens -------------------------------------------------------------------------------------


def opened(secret: str) -> LinkOpened:
    """Whose link it is; until the end of this request, they are who acts. Raises `LinkRefused`."""
    link: LinkOpened = the_engine().execute(OpenLink(secret, request.form.get("task", type=int)))
    act_as_guest(link.actor)
    g.link, g.link_language = secret, link.language
    return link


@pages.errorhandler(LinkRefused)
def nothing_opened(refusal: JalonError) -> ResponseReturnValue:
    return error_page(refusal.status, text(refusal.said), ("", ""))


@pages.after_request
def tell_nobody(response: Response) -> Response:
    """The address of the page is the secret: it is neither sent on, nor kept, nor indexed."""
    if request.path.startswith("/invitation/"):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.get(LINK)
def request_page(secret: str) -> ResponseReturnValue:
    page = read(TaskPageOf(opened(secret).task))
    return shown(page, page.values)


@pages.post(LINK)
def answer(secret: str) -> ResponseReturnValue:
    """The form: a draft, the completion, or one more row."""
    task = opened(secret).task
    page = read(TaskFormOf(task))
    values = forms.typed(page.form, page.items, request.form)
    try:
        attach_answers(page)
        if removed := request.form.get("remove_file", type=int):
            execute(DetachFile(removed), "detach")
        if "add_row" in request.form or "remove_row" in request.form or removed:
            return shown(read(TaskPageOf(task)), values, revision=posted_revision())
        if request.form.get("do") == "complete":
            execute(CompleteTask(task, values, posted_revision()))
            flash(_("Merci : votre réponse est transmise."), "done")
        else:
            execute(SaveDraft(task, values, posted_revision()))
            flash(_("Brouillon enregistré. Rien n’est encore transmis."), "done")
    except SHOWN as refusal:
        return again(task, refusal, values)
    return redirect(url_for("guests.request_page", secret=secret), 303)


@pages.post(f"{LINK}/refuser")
def refuse(secret: str) -> ResponseReturnValue:
    task = opened(secret).task
    try:
        execute(RefuseTask(task, request.form.get("reason", "")))
    except SHOWN as refusal:
        return again(task, refusal, opened_panel="refuse")
    return render_template("guests/refused.html")


@pages.post(f"{LINK}/information")
def request_information(secret: str) -> ResponseReturnValue:
    task = opened(secret).task
    try:
        execute(RequestInformation(task, request.form.get("body", "")))
    except SHOWN as refusal:
        return again(task, refusal, opened_panel="request")
    flash(_("Votre demande est transmise ; le délai est suspendu jusqu’à la réponse."), "done")
    return redirect(url_for("guests.request_page", secret=secret), 303)


@pages.get(f"{LINK}/fichiers/<int:file>")
def file(secret: str, file: int) -> ResponseReturnValue:
    """One of the files that the page shows, and no other."""
    page = read(TaskPageOf(opened(secret).task))
    if file not in {each.id for each in page.files if each.task == page.task.id}:
        raise LinkForOther(task=page.task.name)
    found = read(Download(file))
    return download(found.name, found.content, "application/octet-stream")


def again(
    task: int, refusal: JalonError, values: dict[str, Any] | None = None, opened_panel: str = ""
) -> ResponseReturnValue:  # fmt: skip
    """The page with the refusal and all that was typed."""
    page = read(TaskPageOf(task))
    revision = posted_revision() if isinstance(refusal, FormRefused) else None
    values = page.values if values is None else values
    return shown(page, values, revision, said_beside(refusal), opened_panel), refusal.status


def shown(
    page: TaskPage, values: dict[str, Any], revision: int | None = None, problems: dict[str, str] | None = None,
    opened_panel: str = "",
) -> str:  # fmt: skip
    problems = problems or {}
    return render_template(
        "guests/request.html", say=wording, page=page, values=values, problems=problems, opened=opened_panel,
        places=forms.places(page.form, page.items, problems), rows_shown=forms.rows_shown,
        revision=page.revision if revision is None else revision, editing=bool(page.can & {"draft", "complete"}),
        secret=g.link,
    )  # fmt: skip
