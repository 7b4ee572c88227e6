"""The inbox: what is expected of me, whom I keep waiting, what is late; and the same as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import MyTasks, TaskLine
from web.acting import read
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
    return render_template("tasks/inbox.html", page=read(asked), asked=asked, filtered=filtered, link=link)


@pages.get("/taches.csv")
def spreadsheet() -> ResponseReturnValue:
    """Every task that the filters keep, for Excel: UTF-8 with its mark, semicolons."""
    sheet = io.StringIO()
    out = csv.writer(sheet, delimiter=";")
    heads = [_("Tâche"), _("Code"), _("Projet"), _("Phase"), _("Rôle"), _("Personne"), _("Échéance"), _("En retard")]
    out.writerow(heads)
    for task in every_task(wanted()):
        out.writerow([harmless(cell) for cell in cells(task)])
    name = _("taches.csv")
    return Response(
        "\ufeff" + sheet.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


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
    wish = replace(asked, **{"after": "", **other})
    late = 1 if wish.late else None
    said = {"voir": wish.scope, "projet": wish.project, "retard": late, "tri": wish.sort, "apres": wish.after}
    usual = {"voir": SCOPES[0], "tri": SORTS[0]}
    unusual: dict[str, Any] = {key: value for key, value in said.items() if value and value != usual.get(key)}
    return url_for("tasks.inbox", **unusual)


def every_task(asked: MyTasks) -> Iterator[TaskLine]:
    asked, count = replace(asked, after="", size=100), 0
    while count < MOST_LINES:
        page = read(asked)
        yield from page.tasks
        count += len(page.tasks)
        if not page.after:
            return
        asked = replace(asked, after=page.after)


def cells(task: TaskLine) -> list[str]:
    due = formats.local(task.due_at).date().isoformat() if task.due_at else ""
    name = f"{text(task.name)} ({text(task.instance)})" if task.instance else text(task.name)
    return [
        name, task.code, task.project_title, text(task.phase), text(task.role),
        task.assignee.name if task.assignee else "", due, _("oui") if task.late else "",
    ]  # fmt: skip


def harmless(cell: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
