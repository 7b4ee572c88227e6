"""The methods: what each asks, phase by phase, generated from its diagrams."""

from __future__ import annotations

from decimal import Decimal

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine import Field, Method, MethodPageOf, Methods, Role, Task, Text
from web import wording
from web.acting import read
from web.exports import EITHER, export
from web.language import _

pages = Blueprint("methods", __name__)


@pages.get("/methodes")
def index() -> ResponseReturnValue:
    return render_template("methods/index.html", page=read(Methods()))


@pages.get(f"/methodes.<{EITHER}>")
def exported(file: str) -> ResponseReturnValue:
    columns = (_("Méthode"), _("Version"), _("Phases"), _("Tâches"), _("Portes"), _("Projets"), _("Publiée"), _("Par"))
    rows = (
        (each.name, each.version, len(each.phases), each.tasks, each.gates, each.projects, each.published_at,
         each.published_by)
        for each in read(Methods()).methods
    )  # fmt: skip
    return export(_("methodes"), columns, rows, file)


@pages.get("/methodes/<method>")
@pages.get("/methodes/<method>/<version>")
def page(method: str, version: str = "") -> ResponseReturnValue:
    seen = read(MethodPageOf(method, version))
    return render_template(
        "methods/page.html", page=seen, method=seen.method, say=wording, role=role_named(seen.method), quorum=quorum,
        closing=closing(seen.method), counts=counts(seen.method), part=tasks_of_role(seen.method),
    )  # fmt: skip


def role_named(method: Method) -> dict[str, Role]:
    """Every role that a task or a gate names; one that the method does not describe is named by its id."""
    named = {task.role for task in method.tasks.values()}
    for gate in method.gate.values():
        named |= {gate.chair, *gate.voters}
    return {**{each: Role(each, Text(each)) for each in sorted(named - {""})}, **method.role}


def tasks_of_role(method: Method) -> dict[str, list[Task]]:
    """What each role has to do, in the order drawn."""
    found: dict[str, list[Task]] = {}
    for task in method.tasks.values():
        found.setdefault(task.role, []).append(task)
    return found


def closing(method: Method) -> list[tuple[Task, Field]]:
    """The checklists of the method, each with the task that bears it."""
    return [(task, each) for task in method.tasks.values() for each in task.form if each.type == "checklist"]


def counts(method: Method) -> dict[str, int]:
    tasks = [task for phase in method.phases for task in phase.tasks]
    return {
        "phases": len([phase for phase in method.phases if not phase.short]),
        "tasks": len(tasks),
        "gates": len(method.gates),
        "locked": len([task for task in tasks if task.lock == "locked"]),
    }


def quorum(share: Decimal) -> str:
    """A quorum in words. It is a share of the voters who may vote."""
    if share >= 1:
        return _("tous les votants")
    if share <= 0:
        return _("aucun bulletin exigé")
    return _("%(share)s %% des votants", share=f"{share * 100:.0f}")
