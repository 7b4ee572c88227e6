"""The gate room: criteria and their evidence, the vote, the decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    ApproveNotApplicable,
    AssessCriterion,
    CallSecondSession,
    CastVote,
    CloseVote,
    CommentOn,
    Conflict,
    DateInvalid,
    DecideGate,
    DeclareInterest,
    GatePage,
    GatePageOf,
    GateRegisters,
    Invalid,
    JalonError,
    Pointer,
    Reserve,
    ReserveIncomplete,
    ReviewDateMissing,
    Unavailable,
)  # fmt: skip
from web import wording
from web.acting import execute, read
from web.language import _, language, text
from web.pointers import kind_of

pages = Blueprint("gates", __name__)

#: rows of reserves that the form offers to begin with, and at the most
ROWS, MOST_ROWS = 1, 20


@pages.get("/portes/<int:task>")
def page(task: int) -> ResponseReturnValue:
    return room(task)


@pages.get("/portes/<int:task>/quorum")
def quorum(task: int) -> ResponseReturnValue:
    """Only the count of the ballots, for the page to keep it fresh."""
    return render_template("gates/quorum.html", page=read(GatePageOf(task)))


def room(
    task: int, form: str = "", wrong: dict[str, str] | None = None, status: int = 200, rows: int = 0,
    pointers: tuple[Pointer, ...] = (),
) -> ResponseReturnValue:  # fmt: skip
    """The room. With `form`, what was typed in that form is kept, and `wrong` says what is to mend by its key.

    `pointers`: what stands in the way of what was asked.
    """
    seen = read(GatePageOf(task))
    shown = render_template(
        "gates/page.html", page=seen, known=read(GateRegisters(task)), say=wording, form_kept=form, wrong=wrong or {},
        typed=request.form if form else {},
        labels={f"criterion-{line.key}": (f"criterion-{line.key}", text(line.text)) for line in seen.criteria},
        reserve_rows=rows or rows_typed() or ROWS, pointers=pointers,
    )  # fmt: skip
    return shown, status


def act(task: int, form: str, command: Callable[[], Any], done: str) -> ResponseReturnValue:
    """Run what `form` asks; a refusal is said in the room, where what was typed still stands."""
    try:
        execute(command())
    except (Invalid, Conflict, Unavailable) as refusal:
        return room(task, form, {key_of(refusal): refusal.text(language())}, refusal.status, 0, refusal.pointers)
    flash(done, "done")
    return redirect(url_for(".page", task=task), 303)


def key_of(refusal: JalonError) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    if isinstance(refusal, ReviewDateMissing):
        return "review_at"
    return "reserves" if isinstance(refusal, ReserveIncomplete | DateInvalid) else ""


# --- criteria ----------------------------------------------------------------------------------------------


@pages.post("/portes/<int:task>/criteres")
def assess(task: int) -> ResponseReturnValue:
    """Each criterion that was changed is an act of its own; those that are refused do not hold back the others."""
    if aside := request.form.get("aside", ""):
        return set_aside(task, aside)
    seen = read(GatePageOf(task))
    wrong: dict[str, str] = {}
    status = 422
    saved = 0
    for command in changed(seen):
        try:
            execute(command, part=f"-{command.criterion}")
            saved += 1
        except (Invalid, Conflict) as refusal:
            wrong[f"criterion-{command.criterion}"] = refusal.text(language())
            status = refusal.status
    if wrong:
        return room(task, "criteria", wrong, status)
    flash(
        _("Les critères sont enregistrés.") if saved else _("Rien n’a changé : aucun critère n’a été modifié."), "done"
    )
    return redirect(url_for(".page", task=task, _anchor="criteria"), 303)


def changed(seen: GatePage) -> list[AssessCriterion]:
    found = []
    for line in seen.criteria:
        state = request.form.get(f"state-{line.key}", line.state)
        evidence = request.form.get(f"evidence-{line.key}", line.evidence).strip()
        refers = request.form.get(f"refers-{line.key}", line.refers)
        before = (line.state, line.evidence, line.refers)
        if not line.computed and state and (state, evidence, refers) != before:
            found.append(assessment(seen.task.id, line.key, state, evidence, refers))
    return found


def assessment(task: int, criterion: str, state: str, evidence: str, refers: str = "") -> AssessCriterion:
    kind, id = ("text", None) if state == "not_applicable" else kind_of(evidence, refers)
    return AssessCriterion(task, criterion, cast("Any", state), evidence, cast("Any", kind), id)


def set_aside(task: int, asked: str) -> ResponseReturnValue:
    """Ask that a computed criterion be not applicable, or take that back (`-3`)."""
    key = asked.removeprefix("-")
    reason = request.form.get(f"aside-{key}", "").strip()
    state = "unmet" if asked.startswith("-") else "not_applicable"
    done = _("La demande est retirée.") if state == "unmet" else _("La demande est transmise au commanditaire.")
    return act(task, "criteria", lambda: assessment(task, key, state, reason), done)


@pages.post("/portes/<int:task>/sans-objet")
def approve(task: int) -> ResponseReturnValue:
    """The sponsor or the chair answers a request that a criterion be not applicable."""
    given = request.form
    approved = given.get("do") == "approve"
    command = ApproveNotApplicable(task, given.get("subject", ""), approved, given.get("reason", "").strip())
    return act(task, "approve", lambda: command, _("Votre réponse est enregistrée."))


# --- the vote ----------------------------------------------------------------------------------------------


@pages.post("/portes/<int:task>/vote")
def vote(task: int) -> ResponseReturnValue:
    opinion = request.form.get("opinion", "")
    if opinion not in wording.OPINIONS:
        return room(task, "vote", {"opinion": _("Choisissez un avis : favorable, défavorable ou abstention.")}, 422)
    comment = request.form.get("comment", "").strip()
    said = request.form.get("voter", "")
    voter = int(said) if said.isdecimal() else None
    return act(
        task, "vote", lambda: CastVote(task, cast("Any", opinion), comment, voter),
        _("Le vote est enregistré. Il reste secret jusqu’à la clôture du vote."),
    )  # fmt: skip


@pages.post("/portes/<int:task>/interet")
def declare_interest(task: int) -> ResponseReturnValue:
    reason = request.form.get("reason", "").strip()
    return act(
        task, "interest", lambda: DeclareInterest(task, reason),
        _("Votre intérêt est déclaré : vous ne comptez plus dans le quorum."),
    )  # fmt: skip


@pages.post("/portes/<int:task>/clore")
def close_vote(task: int) -> ResponseReturnValue:
    return act(task, "close", lambda: CloseVote(task), _("Le vote est clos. Les bulletins sont dépouillés ci-dessous."))


@pages.post("/portes/<int:task>/seconde-seance")
def call_session(task: int) -> ResponseReturnValue:
    return act(
        task, "session", lambda: CallSecondSession(task),
        _("La seconde séance est convoquée. Les votants peuvent voter dès maintenant."),
    )  # fmt: skip


# --- the decision ------------------------------------------------------------------------------------------


@pages.post("/portes/<int:task>/decision")
def decide(task: int) -> ResponseReturnValue:
    if request.form.get("row") == "add":
        return room(task, "decision", rows=min(rows_typed() + 1, MOST_ROWS))
    if not request.form.get("outcome"):
        return room(task, "decision", {"outcome": _("Choisissez l’issue de la porte.")}, 422)
    return act(task, "decision", lambda: decision(task), _("La porte est décidée. Le procès-verbal est ci-dessous."))


def decision(task: int) -> DecideGate:
    """What the chair decides. Raises `ReserveIncomplete`, `ReviewDateMissing`."""
    given = request.form
    outcome = given.get("outcome", "")
    revision = given.get("revision", "")
    review = given.get("review_at", "").strip()
    return DecideGate(
        task=task,
        outcome=cast("Any", outcome),
        reason=given.get("reason", "").strip(),
        reserves=tuple(reserves()) if outcome == "go_reserves" else (),
        review_at=review_day(review) if outcome == "hold" else None,
        revision=int(revision) if revision.isdecimal() else None,
    )


def reserves() -> list[Reserve]:
    """The rows that hold something; one that lacks a part is refused with its number."""
    found = []
    for row in range(rows_typed()):
        words, owner, due = (request.form.get(f"reserve-{row}-{part}", "").strip() for part in ("text", "owner", "due"))
        if not (words or owner or due):
            continue
        if not (words and owner.isdecimal() and due):
            raise ReserveIncomplete(number=row + 1)
        found.append(Reserve(words, int(owner), due_day(due)))
    return found


def rows_typed() -> int:
    """How many rows of reserves the posted form had."""
    return len([row for row in range(MOST_ROWS) if f"reserve-{row}-text" in request.form])


def due_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise DateInvalid(value=typed) from None


def review_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ReviewDateMissing from None


# --- comments ----------------------------------------------------------------------------------------------


@pages.post("/portes/<int:task>/commentaires")
def comment(task: int) -> ResponseReturnValue:
    body = request.form.get("body", "").strip()
    if not body:
        return room(task, "comment", {"body": _("Écrivez le commentaire avant de l’envoyer.")}, 422)
    return act(task, "comment", lambda: CommentOn(task, body), _("Votre commentaire est publié."))
