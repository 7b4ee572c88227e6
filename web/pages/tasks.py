"""The inbox: what is expected of me, whom I keep waiting, what is late; and the same as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import MyEntries, MyReviews, MyTailorings, MyTasks, TaskLine
from web.acting import read
from web.exports import EITHER, export
from web.language import _, formats, text

pages = Blueprint("tasks", __name__)

SCOPES = ("all", "mine", "roles", "unassigned")
SORTS = ("due", "project", "opened")
#: a spreadsheet holds so many lines at most
MOST_LINES = 5_000


@pages.get("/")
def inbox() -> ResponseReturnValue:
    asked = wanted()
    filtered = asked != MyTasks()
    return render_template(
        "tasks/inbox.html", page=read(asked), asked=asked, filtered=filtered, link=link, narrowed=said(asked),
        carried=None if filtered else read(MyEntries()), tailorings=None if filtered else read(MyTailorings()),
        reviews=() if filtered else read(MyReviews()).asked,
    )  # fmt: skip


@pages.get(f"/taches.<{EITHER}>")
def exported(file: str) -> ResponseReturnValue:
    """Every task that the filters keep."""
    heads = (_("Tâche"), _("Code"), _("Projet"), _("Phase"), _("Rôle"), _("Personne"), _("Échéance"), _("En retard"))
    return export(_("taches"), heads, map(cells, every_task(wanted())), file)


def wanted() -> MyTasks:
    """What the address asks for; what it misspells counts as not asked."""
    asked = request.args
    return MyTasks(
        scope=one_of(asked.get("voir"), SCOPES),
        project=asked.get("projet", type=int),
        late="retard" in asked,
        sort=one_of(asked.get("tri"), SORTS),
        after=asked.get("apres", ""),
    )


def one_of(word: str | None, words: tuple[str, ...]) -> Any:
    return word if word in words else words[0]


def link(asked: MyTasks, **other: Any) -> str:
    """The address of the inbox with other filters; any change starts again at the first page."""
    return url_for("tasks.inbox", **said(replace(asked, **{"after": "", **other})))


def said(wish: MyTasks) -> dict[str, Any]:
    """The filters as the address says them, without those that are as usual."""
    late = 1 if wish.late else None
    words = {"voir": wish.scope, "projet": wish.project, "retard": late, "tri": wish.sort, "apres": wish.after}
    usual = {"voir": SCOPES[0], "tri": SORTS[0]}
    return {key: value for key, value in words.items() if value and value != usual.get(key)}


def every_task(asked: MyTasks) -> Iterator[TaskLine]:
    asked, count = replace(asked, after="", size=100), 0
    while count < MOST_LINES:
        page = read(asked)
        yield from page.tasks
        count += len(page.tasks)
        if not page.after:
            return
        asked = replace(asked, after=page.after)


def cells(task: TaskLine) -> tuple[object, ...]:
    due = formats.local(task.due_at).date() if task.due_at else None
    name = f"{text(task.name)} ({text(task.instance)})" if task.instance else text(task.name)
    person = task.assignee.name if task.assignee else ""
    return (name, task.code, task.project_title, task.phase, task.role, person, due, _("oui") if task.late else "")
