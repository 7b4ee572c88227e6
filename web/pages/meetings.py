"""The meetings of a project: the list, calling one, one meeting with its agenda and minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    CallMeeting,
    CloseMeeting,
    Conflict,
    DateInvalid,
    Invalid,
    JalonError,
    Line,
    MeetingLine,
    MeetingPageOf,
    Meetings,
    TakeMinutes,
    TooLarge,
)  # fmt: skip
from web.acting import execute, read
from web.exports import EITHER, export
from web.language import _, language, text

pages = Blueprint("meetings", __name__)


# --- the list ----------------------------------------------------------------------------------------------


@pages.get("/projets/<int:project>/reunions")
def index(project: int) -> ResponseReturnValue:
    return show_list(project)


def show_list(project: int, refusal: JalonError | None = None) -> ResponseReturnValue:
    asked = wanted(project)
    narrowed = {name: value for name, value in request.args.items() if name != "apres" and value}
    shown = render_template(
        "meetings/index.html", page=read(asked), asked=asked, narrowed=narrowed,
        refused=refusal.text(language()) if refusal else "",
    )  # fmt: skip
    return shown, refusal.status if refusal else 200


@pages.get(f"/projets/<int:project>/reunions.<{EITHER}>")
def exported(project: int, file: str) -> ResponseReturnValue:
    columns = (
        _("Numéro"), _("Réunion"), _("Nature"), _("Date"), _("Convoquée par"), _("Lignes aux registres"), _("Close le"),
    )  # fmt: skip
    rows = (
        (line.id, line.title, line.kind_name, line.held_on, line.author.name, line.sent, line.closed_at)
        for line in every(wanted(project))
    )
    return export(_("reunions-%(project)s", project=project), columns, rows, file)


def wanted(project: int) -> Meetings:
    given = request.args
    return Meetings(
        project, kind=given.get("nature", ""), open=bool(given.get("ouvertes")), after=given.get("apres", "")
    )


def every(asked: Meetings) -> Iterator[MeetingLine]:
    asked = replace(asked, after="")
    while True:
        page = read(asked)
        yield from page.meetings
        if not page.after:
            return
        asked = replace(asked, after=page.after)


@pages.post("/projets/<int:project>/reunions")
def call(project: int) -> ResponseReturnValue:
    """A meeting outside any activity, or that of the occurrence whose page the form stands on."""
    given = request.form
    task = int(given["task"]) if given.get("task", "").isdecimal() else None
    try:
        held = day(given.get("held_on", "")) if task is None else None
        called = execute(CallMeeting(project, held, given.get("kind", "other"), given.get("title", ""), task))
    except (Invalid, Conflict, TooLarge) as refusal:
        return show_list(project, refusal)
    return redirect(url_for(".page", meeting=called.meeting), 303)


def day(typed: str) -> date:
    """Raises `DateInvalid` for what is not a day."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise DateInvalid(value=typed) from None


# --- one meeting -------------------------------------------------------------------------------------------


@pages.get("/reunions/<int:meeting>")
def page(meeting: int) -> ResponseReturnValue:
    return show(meeting)


def show(meeting: int, refusal: JalonError | None = None) -> ResponseReturnValue:
    """The meeting; with `refusal`, what was typed and why it was refused."""
    seen = read(MeetingPageOf(meeting))
    shown = render_template(
        "meetings/page.html", page=seen, refused=refusal.text(language()) if refusal else "",
        typed=request.form if refusal else {}, addresses=ADDRESSES,
        registers=[(each.value, text(each.label)) for each in seen.registers],
        people=[(each.id, each.name) for each in seen.directory],
        scores=[(each, each) for each in range(1, 5)],
    )  # fmt: skip
    return shown, refusal.status if refusal else 200


#: where what an agenda is about is found, by what it is
ADDRESSES = {"task": "/taches/", "gate": "/portes/", "entry": "/entrees/"}


@pages.post("/reunions/<int:meeting>")
def write(meeting: int) -> ResponseReturnValue:
    """One form: what is typed is saved; `do` says whether the meeting is closed with it."""
    given = request.form
    present = tuple(int(each) for each in given.getlist("present") if each.isdecimal()) if "noted" in given else None
    revision = int(given["revision"]) if given.get("revision", "").isdecimal() else None
    try:
        execute(TakeMinutes(meeting, given.get("minutes", ""), present, lines(), revision), "-minutes")
        if given.get("do") == "close":
            values = {name.removeprefix("asked-"): value for name, value in given.items() if name.startswith("asked-")}
            execute(CloseMeeting(meeting, values), "-close")
    except (Invalid, Conflict, TooLarge) as refusal:
        return show(meeting, refusal)
    closed = given.get("do") == "close"
    flash(_("La réunion est close.") if closed else _("Le compte rendu est enregistré."), "done")
    return redirect(url_for(".page", meeting=meeting), 303)


def lines() -> tuple[Line, ...]:
    """The line typed below the minutes; none where it is empty."""
    given = request.form
    if not given.get("line-title", "").strip():
        return ()

    def number(name: str) -> int:
        typed = given.get(name, "")
        return int(typed) if typed.isdecimal() else 0

    due = given.get("line-due", "").strip()
    return (
        Line(
            given.get("line-register", ""), given.get("line-title", ""), given.get("line-body", ""),
            number("line-owner") or None, day(due) if due else None, number("line-probability"), number("line-impact"),
        ),
    )  # fmt: skip
