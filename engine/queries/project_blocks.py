"""What stands before the next gate of a project, as sentences."""

from __future__ import annotations

from engine.gates import open_exceptions
from engine.method import Method
from engine.queries.lines import TaskLine
from engine.queries.timers import awaited
from engine.queries.view import View
from engine.store.tables import ProjectRow
from engine.words import Text


def blocks(
    view: View, project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...]
) -> tuple[tuple[Text, int | None], ...]:
    """What stands before the next gate, as sentences: open tasks of the phase, or what the open gate still lacks."""
    if project.status == "held":
        return ((Text("Le projet est suspendu.", "The project is on hold."), None),)
    rooms = {each.code: each.id for each in tasks if each.kind == "gate" and each.state == "open"}
    waiting = open_exceptions(view.session, project.id, method)
    found: list[tuple[Text, int | None]] = [
        (EXCEPTION_AWAITS.format(gate=method.name_of(each)), rooms.get(each)) for each in waiting
    ]
    for each in tasks:
        if each.state != "open" or each.kind == "occurrence" or each.code in waiting:
            continue
        if each.kind == "gate":
            found.append((AWAITS.format(gate=each.name), each.id))
        else:
            found.append((_to_do(each), each.id))
    return (*found, *((each, None) for each in awaited(view, project, method)))


def known(
    view: View, project: ProjectRow, method: Method, tasks: tuple[TaskLine, ...]
) -> tuple[tuple[Text, int | None], ...]:
    """The same for who takes no part: how far it is, without who or what."""
    if project.status == "held":
        return ((Text("Le projet est suspendu.", "The project is on hold."), None),)
    waiting = [each for each in tasks if each.state == "open" and each.kind != "occurrence"]
    found = [AWAITS.format(gate=each.name) for each in waiting if each.kind == "gate"]
    count = sum(each.kind == "task" for each in waiting)
    if count:
        phase = method.name_of(project.phase)
        found.append(
            Text("{count} tâche(s) en cours dans « {phase} »", "{count} task(s) under way in “{phase}”").format(
                count=count, phase=phase
            )
        )
    return tuple((each, None) for each in [*found, *awaited(view, project, method)])


AWAITS = Text("« {gate} » attend sa décision", "“{gate}” awaits its decision")
EXCEPTION_AWAITS = Text(
    "La porte d’exception « {gate} » attend sa décision : la prochaine porte ne peut pas être franchie.",
    "The exceptional gate “{gate}” awaits its decision: the next gate cannot be passed.",
)


def _to_do(task: TaskLine) -> Text:
    who = Text(task.assignee.name) if task.assignee else task.role
    name = Text(
        f"{task.name.fr} · {task.instance.fr}" if task.instance else task.name.fr,
        f"{task.name.read('en')} · {task.instance.read('en')}" if task.instance else task.name.read("en"),
    )
    late = Text(" (en retard)", " (late)") if task.late else Text("")
    return Text("« {name} » : attendue de {who}{late}", "“{name}”: expected from {who}{late}").format(
        name=name, who=who, late=late
    )
