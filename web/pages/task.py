"""One task: its form, and everything that one can do with it."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from engine import (
    AnswerRequest,
    ApproveNotApplicable,
    AskMoreTime,
    AskNotApplicable,
    AssignTask,
    AttachFile,
    AttestItem,
    ClaimTask,
    CommentOn,
    CompleteTask,
    Conflict,
    CorrectAnswer,
    DateInvalid,
    DetachFile,
    FormRefused,
    GatePageOf,
    GrantTime,
    HandOver,
    Invalid,
    JalonError,
    NotAllowed,
    NotFound,
    Pointer,
    RefuseTask,
    ReleaseTask,
    RequestInformation,
    SaveDraft,
    TaskForm,
    TaskFormOf,
    TaskLine,
    TaskLineOf,
    TaskPage,
    TaskPageOf,
    TooLarge,
    Unavailable,
)  # fmt: skip
from web import forms, wording
from web.acting import execute, read
from web.errors import said_beside
from web.language import _, text
from web.pointers import kind_of

pages = Blueprint("task", __name__, url_prefix="/taches/<int:task>")

#: refusals that the page itself shows, with what was typed
SHOWN = (Invalid, Conflict, NotAllowed, TooLarge, Unavailable)


@pages.get("")
def show(task: int) -> ResponseReturnValue:
    try:
        page = read(TaskPageOf(task))
    except NotFound:
        return redirect(address(read(GatePageOf(task)).task), 303)
    return shown(page, page.values)


@pages.post("")
def answer(task: int) -> ResponseReturnValue:
    """The form: a draft, the completion, a correction, or one more row."""
    page = read(TaskFormOf(task))
    values = forms.typed(page.form, page.items, request.form)
    try:
        attach_answers(page)
        if aside := request.form.get("aside", ""):
            execute(AskNotApplicable(task, aside, request.form.get(f"aside.{aside}", "")), "aside")
            flash(_("La demande est transmise au commanditaire."), "done")
            return shown(read(TaskPageOf(task)), values, revision=posted_revision())
        if removed := request.form.get("remove_file", type=int):
            execute(DetachFile(removed), "detach")
        if "add_row" in request.form or "remove_row" in request.form or removed:
            return shown(read(TaskPageOf(task)), values, revision=posted_revision())
        return answered(page, values, request.form.get("do", "draft"))
    except SHOWN as refusal:
        return again(task, refusal, values)


def answered(page: TaskForm, values: dict[str, Any], what: str) -> ResponseReturnValue:
    task, revision = page.task, posted_revision()
    if what == "complete":
        done = execute(CompleteTask(task, values, revision))
        flash(said_done(page, done.next_task), "done")
        return redirect(url_for("tasks.inbox"), 303)
    if what == "correct":
        execute(CorrectAnswer(task, values, request.form.get("reason", ""), revision))
        flash(_("Votre correction est enregistrée ; l’historique garde la réponse d’avant."), "done")
    else:
        execute(SaveDraft(task, values, revision))
        flash(_("Brouillon enregistré. Rien n’est encore transmis."), "done")
    return redirect(url_for("task.show", task=task), 303)


def said_done(page: TaskForm, following: int | None) -> Any:
    """« … est terminée » and, where there is one, the next task."""
    said = _("« %(task)s » est terminée.", task=text(page.name))
    if following is None:
        return said
    try:
        after: TaskLine = read(TaskLineOf(following))
    except JalonError:  # the act is done: that its follow-up cannot be shown must not hide it
        return said
    return {"said": said, "address": address(after), "words": _("Continuer : %(task)s", task=text(after.name))}


def address(task: TaskLine) -> str:
    """A gate has a room of its own."""
    return url_for("gates.page" if task.kind == "gate" else "task.show", task=task.id)


def attach_answers(page: TaskForm) -> None:
    """Every file chosen in a field is attached before the answers are given."""
    for each in page.form:
        if each.type == "file":
            for number, file in enumerate(chosen(f"f.{each.key}")):
                execute(attached(page.task, file, each.key), f"file-{each.key}-{number}")


def chosen(name: str) -> list[FileStorage]:
    return [file for file in request.files.getlist(name) if file.filename]


def attached(task: int, file: FileStorage, field: str = "") -> AttachFile:
    return AttachFile(task, file.filename or "", file.read(), field)


# --- the other acts ----------------------------------------------------------------------------------------


@pages.post("/prendre")
def claim(task: int) -> ResponseReturnValue:
    return act(task, ClaimTask(task), _("La tâche est à vous."))


@pages.post("/rendre")
def release(task: int) -> ResponseReturnValue:
    return act(task, ReleaseTask(task), _("La tâche est rendue : un autre titulaire du rôle peut la prendre."))


@pages.post("/passer")
def hand_over(task: int) -> ResponseReturnValue:
    command = HandOver(task, request.form.get("to", 0, int), request.form.get("message", ""))
    return act(task, command, _("La tâche est transmise."), "hand_over")


@pages.post("/confier")
def assign(task: int) -> ResponseReturnValue:
    return act(task, AssignTask(task, request.form.get("to", 0, int)), _("La tâche est confiée."), "assign")


@pages.post("/delai")
def more_time(task: int) -> ResponseReturnValue:
    return dated(
        task, lambda until: AskMoreTime(task, until, request.form.get("reason", "")),
        _("Votre demande est transmise au chef de projet."), "more_time",
    )  # fmt: skip


@pages.post("/accorder")
def grant_time(task: int) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    if request.form.get("do") == "decline":
        return act(task, GrantTime(task, None, reason), _("L’échéance reste inchangée."), "grant_time")
    return dated(task, lambda until: GrantTime(task, until, reason), _("La nouvelle échéance est fixée."), "grant_time")


@pages.post("/refuser")
def refuse(task: int) -> ResponseReturnValue:
    command = RefuseTask(task, request.form.get("reason", ""))
    return act(task, command, _("Votre refus est transmis au commanditaire."), "refuse")


@pages.post("/sans-objet")
def approve(task: int) -> ResponseReturnValue:
    """The sponsor answers a request that a line of a checklist be not applicable."""
    given = request.form
    approved = given.get("do") == "approve"
    command = ApproveNotApplicable(task, given.get("subject", ""), approved, given.get("reason", ""))
    return act(task, command, _("Votre réponse est enregistrée."), "approve")


@pages.post("/attester")
def attest(task: int) -> ResponseReturnValue:
    """The administrator vouches for a line of a checklist."""
    evidence = request.form.get("evidence", "")
    kind, refers_to = kind_of(evidence, request.form.get("refers", ""))
    command = AttestItem(task, request.form.get("item", ""), evidence, cast("Any", kind), refers_to)
    return act(task, command, _("C’est attesté."), "attest")


@pages.post("/information")
def request_information(task: int) -> ResponseReturnValue:
    command = RequestInformation(task, request.form.get("body", ""))
    return act(task, command, _("Votre demande est transmise ; le délai est suspendu jusqu’à la réponse."), "request")


@pages.post("/information/<int:request_id>")
def give_information(task: int, request_id: int) -> ResponseReturnValue:
    command = AnswerRequest(request_id, request.form.get("answer", ""))
    return act(task, command, _("Votre réponse est transmise."), f"answer-{request_id}")


@pages.post("/commenter")
def comment(task: int) -> ResponseReturnValue:
    command = CommentOn(task, request.form.get("body", ""))
    return act(task, command, _("Votre commentaire est publié."), "comment")


@pages.post("/joindre")
def attach(task: int) -> ResponseReturnValue:
    files = chosen("file")
    if not files:
        flash(_("Choisissez d’abord un fichier."), "warning")
        return redirect(url_for("task.show", task=task), 303)
    try:
        for number, file in enumerate(files):
            execute(attached(task, file), f"file-{number}")
    except SHOWN as refusal:
        return again(task, refusal, opened="attach")
    flash(_("Fichier joint."), "done")
    return redirect(url_for("task.show", task=task), 303)


@pages.post("/retirer/<int:file>")
def detach(task: int, file: int) -> ResponseReturnValue:
    return act(task, DetachFile(file), _("Fichier retiré ; l’historique garde son nom et son empreinte."), "attach")


def act(task: int, command: Any, done: str, opened: str = "") -> ResponseReturnValue:
    """Carry out a command and come back to the task, or show beside what was typed why it was refused."""
    try:
        execute(command)
    except SHOWN as refusal:
        return again(task, refusal, opened=opened)
    flash(done, "done")
    seen = visible(task)
    return redirect(url_for("task.show", task=task) if seen else url_for("tasks.inbox"), 303)


def visible(task: int) -> bool:
    """Whoever passes a task on may no longer see it."""
    try:
        read(TaskPageOf(task))
    except JalonError:
        return False
    return True


def dated(task: int, command: Any, done: str, opened: str) -> ResponseReturnValue:
    written = request.form.get("until", "")
    try:
        until = date.fromisoformat(forms.day(written))
    except ValueError:
        return again(task, DateInvalid(value=written), opened=opened)
    return act(task, command(until), done, opened)


# --- the page ----------------------------------------------------------------------------------------------


def again(
    task: int, refusal: JalonError, values: dict[str, Any] | None = None, opened: str = ""
) -> ResponseReturnValue:
    """The page with the refusal and everything that was typed; `opened`: the panel that was used."""
    page = read(TaskPageOf(task))
    values = page.values if values is None else values
    revision = posted_revision() if isinstance(refusal, FormRefused) else None
    return shown(page, values, revision, said_beside(refusal), opened, refusal.pointers), refusal.status


def shown(
    page: TaskPage, values: dict[str, Any], revision: int | None = None,
    problems: dict[str, str] | None = None, opened: str = "", pointers: tuple[Pointer, ...] = (),
) -> str:  # fmt: skip
    problems = problems or {}
    can_answer = bool(page.can & {"draft", "complete"})
    correcting = "correct" in page.can and ("corriger" in request.args or request.form.get("do") == "correct")
    return render_template(
        "tasks/task.html", say=wording, page=page, values=values, problems=problems, opened=opened, pointers=pointers,
        places=forms.places(page.form, page.items, problems), rows_shown=forms.rows_shown,
        revision=page.revision if revision is None else revision,
        editing=can_answer or correcting, correcting=correcting,
    )  # fmt: skip


def posted_revision() -> int | None:
    return request.form.get("revision", type=int)
