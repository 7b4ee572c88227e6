"""One entry of a register: its page, and everything that one can do with it; a new one from wherever it is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    AnswerIdea,
    ChangeEntry,
    CloseEntry,
    Conflict,
    CorrectDecision,
    EntryForm,
    EntryFormOf,
    EntryPage,
    EntryPageOf,
    FollowUp,
    Invalid,
    JalonError,
    MoveEntry,
    NotAllowed,
    OpenEntry,
    ScoreResistance,
    StartFromIdea,
    StartPageOf,
    SupportIdea,
    TakeEntry,
    TransferAction,
)
from web import forms
from web.acting import execute, read, the_engine
from web.errors import said_beside
from web.language import _
from web.pages.registers import NAMES, address
from web.session import signed_in

pages = Blueprint("entries", __name__)

#: refusals that the page itself shows, with what was typed
SHOWN = (Invalid, Conflict, NotAllowed)
#: what a new entry may come from, as the address names it
ORIGINS = {"tache": "task", "porte": "gate", "entree": "entry"}


# --- a new one ---------------------------------------------------------------------------------------------


@pages.get("/entrees/nouvelle")
def new() -> ResponseReturnValue:
    return form(asked_form(), {})


@pages.post("/entrees/nouvelle")
def add() -> ResponseReturnValue:
    seen = asked_form()
    values = forms.typed(seen.form, {}, request.form)
    origin, origin_id = asked_origin()
    command = OpenEntry(seen.register, values, seen.project, origin, origin_id, "unnamed" in request.form)
    try:
        opened = without_trace(command) if command.unnamed else execute(command)
    except SHOWN as refusal:
        return form(seen, values, refusal)
    if not opened.entry:
        flash(_("C’est transmis au chef de projet et au commanditaire, et à eux seuls."), "done")
        return redirect(back(seen), 303)
    flash(_("L’entrée n° %(number)s est ouverte.", number=opened.number), "done")
    return redirect(url_for(".page", entry=opened.entry), 303)


def without_trace(command: OpenEntry) -> Any:
    """Without the form's key, which would tell who sent it."""
    return the_engine().execute(command, signed_in())


def asked_form() -> EntryForm:
    given = request.values
    register = NAMES.get(given.get("registre", ""), "action")
    seen: EntryForm = read(EntryFormOf(register, given.get("projet", type=int)))
    return seen


def asked_origin() -> tuple[str, int | None]:
    """What the entry comes from: a task, a gate or another entry."""
    for name, origin in ORIGINS.items():
        if found := request.values.get(name, type=int):
            return origin, found
    return "", None


def form(seen: EntryForm, values: dict[str, Any], refusal: JalonError | None = None) -> ResponseReturnValue:
    problems = said_beside(refusal) if refusal else {}
    kept = {key: request.values[key] for key in ("projet", *ORIGINS) if request.values.get(key)}
    shown = render_template(
        "registers/new.html", page=seen, values=values, problems=problems, kept=kept, back=back(seen),
        places=forms.places(seen.form, {}, problems), rows_shown=forms.rows_shown,
    )  # fmt: skip
    return shown, refusal.status if refusal else 200


def back(seen: EntryForm) -> str:
    """Where the form was asked for."""
    origin, id = asked_origin()
    if origin == "entry":
        return url_for(".page", entry=id)
    if origin:
        return url_for("gates.page" if origin == "gate" else "task.show", task=id)
    return address(seen.register, seen.project)


# --- one entry ---------------------------------------------------------------------------------------------


@pages.get("/entrees/<int:entry>")
def page(entry: int) -> ResponseReturnValue:
    return show(entry)


def show(entry: int, refusal: JalonError | None = None, kept: str = "") -> ResponseReturnValue:
    """The entry; with `refusal`, what was asked in the form `kept` and why it was refused, with what was typed."""
    seen: EntryPage = read(EntryPageOf(entry))
    problems = said_beside(refusal) if refusal else {}
    values = forms.typed(seen.form, {}, request.form) if kept in ("change", "correct") else seen.values
    starts = read(StartPageOf()) if seen.line.register == "idea" and "answer" in seen.can else None
    shown = render_template(
        "registers/entry.html", page=seen, problems=problems, kept=kept, values=values, starts=starts,
        typed=request.form if kept else {}, rows_shown=forms.rows_shown,
        places=forms.places(seen.form, {}, problems) if kept in ("change", "correct") else {},
    )  # fmt: skip
    return shown, refusal.status if refusal else 200


def act(entry: int, kept: str, command: Callable[[], Any], done: str) -> ResponseReturnValue:
    try:
        answer = execute(command())
    except SHOWN as refusal:
        return show(entry, refusal, kept)
    flash(done, "done")
    if request.form.get("retour") == "inbox":
        return redirect(url_for("tasks.inbox", _anchor="actions"), 303)
    following = getattr(answer, "entry", 0) or entry
    return redirect(url_for(".page", entry=following), 303)


@pages.post("/entrees/<int:entry>")
def change(entry: int) -> ResponseReturnValue:
    seen: EntryPage = read(EntryPageOf(entry))
    values = forms.typed(seen.form, {}, request.form)
    return act(entry, "change", lambda: ChangeEntry(entry, values, revision()), _("L’entrée est modifiée."))


@pages.post("/entrees/<int:entry>/prendre")
def take(entry: int) -> ResponseReturnValue:
    return act(entry, "take", lambda: TakeEntry(entry), _("C’est à vous."))


@pages.post("/entrees/<int:entry>/etat")
def move(entry: int) -> ResponseReturnValue:
    """To the state that the button names; `word`: the proof or the reason."""
    seen: EntryPage = read(EntryPageOf(entry))
    state, word = request.form.get("state", ""), forms.lines(request.form.get("word", ""))
    closes = next((each.closes for each in seen.moves if each.state == state), False)

    def command() -> AnswerIdea | CloseEntry | MoveEntry:
        if seen.line.register == "idea":
            return AnswerIdea(entry, state, word, revision())
        if closes:
            return CloseEntry(entry, state, word, revision())
        return MoveEntry(entry, state, word, revision())

    return act(entry, f"move-{state}", command, _("C’est enregistré."))


@pages.post("/entrees/<int:entry>/transferer")
def transfer(entry: int) -> ResponseReturnValue:
    given = request.form
    command = TransferAction(
        entry, given.get("owner", type=int), given.get("due", ""), forms.lines(given.get("reason", "")),
        given.get("project", type=int), revision(),
    )  # fmt: skip
    return act(entry, "transfer", lambda: command, _("L’action est transférée ; la voici."))


@pages.post("/entrees/<int:entry>/soutenir")
def support(entry: int) -> ResponseReturnValue:
    return act(entry, "support", lambda: SupportIdea(entry), _("Votre soutien est compté."))


@pages.post("/entrees/<int:entry>/coter")
def score(entry: int) -> ResponseReturnValue:
    synergy, antagonism, influence = (
        request.form.get(key, 0, type=int) for key in ("synergy", "antagonism", "influence")
    )
    note = forms.lines(request.form.get("note", ""))
    return act(
        entry, "score", lambda: ScoreResistance(entry, synergy, antagonism, influence, note, revision()),
        _("La cotation est enregistrée ; les précédentes sont gardées."),
    )  # fmt: skip


@pages.post("/entrees/<int:entry>/corriger")
def correct(entry: int) -> ResponseReturnValue:
    seen: EntryPage = read(EntryPageOf(entry))
    values = forms.typed(seen.form, {}, request.form)
    done = _("La correction est consignée ; la décision d’avant reste comme elle était.")
    return act(entry, "correct", lambda: CorrectDecision(entry, values), done)


@pages.post("/entrees/<int:entry>/projet")
def start(entry: int) -> ResponseReturnValue:
    """The idea becomes a project."""
    given = request.form
    command = StartFromIdea(
        entry, given.get("method", ""), given.get("service", ""), tuple(given.getlist("objectives")),
        given.get("title", "").strip(), given.get("lead", type=int),
    )  # fmt: skip
    try:
        started = execute(command)
    except SHOWN as refusal:
        return show(entry, refusal, "start")
    flash(_("L’idée est devenue ce projet ; son auteur en reste l’auteur."), "done")
    return redirect(url_for("projects.page", project=started.project), 303)


# --- what a watch entry leads to ---------------------------------------------------------------------------


@pages.get("/entrees/<int:entry>/suite")
def follow(entry: int) -> ResponseReturnValue:
    return follow_form(read(EntryPageOf(entry)), {})


@pages.post("/entrees/<int:entry>/suite")
def followed(entry: int) -> ResponseReturnValue:
    watch: EntryPage = read(EntryPageOf(entry))
    seen = follow_up_form(watch)
    values = forms.typed(seen.form, {}, request.form)
    register: Any = seen.register
    try:
        opened = execute(FollowUp(entry, register, values, request.form.get("projet", type=int)))
    except SHOWN as refusal:
        return follow_form(watch, values, refusal)
    flash(_("L’entrée n° %(number)s est ouverte, liée à cette veille.", number=opened.number), "done")
    return redirect(url_for(".page", entry=opened.entry), 303)


def follow_up_form(watch: EntryPage) -> EntryForm:
    register = NAMES.get(request.values.get("registre", ""), "idea")
    project = watch.line.project if register != "idea" else None
    seen: EntryForm = read(EntryFormOf(register, project))
    return seen


def follow_form(
    watch: EntryPage, values: dict[str, Any], refusal: JalonError | None = None
) -> ResponseReturnValue:  # fmt: skip
    seen = follow_up_form(watch)
    problems = said_beside(refusal) if refusal else {}
    line = watch.line
    shown = render_template(
        "registers/follow.html", page=seen, watch=watch, problems=problems,
        values=values or {"title": line.title, "body": watch.line.body, "theme": watch.values.get("theme")},
        places=forms.places(seen.form, {}, problems), rows_shown=forms.rows_shown,
    )  # fmt: skip
    return shown, refusal.status if refusal else 200


def revision() -> int | None:
    given = request.form.get("revision", "")
    return int(given) if given.isdecimal() else None
