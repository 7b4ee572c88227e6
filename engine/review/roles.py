"""What `review` looks for in roles and in the times that people are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagram import Diagram
from engine.dialect import Problem
from engine.method import MEETINGS, Method, Place
from engine.review.untranslated import untranslated_method, untranslated_role
from engine.words import Text
from engine.working_time import parts

#: what `method.role.<ID>.held` may say
HELD = ("project", "service", "anyone", "guest")


def holders(method: Method) -> Iterator[Problem]:
    """The lead and the sponsor; roles that nobody could hold."""
    main = Place(method.file, 1, method.id)
    yield from untranslated_method(method, main)
    for role, attribute, what in (
        (method.lead, "method.lead", Text("le chef de projet", "the project lead")),
        (method.sponsor, "method.sponsor", Text("le commanditaire", "the sponsor")),
    ):
        if role not in method.role:
            yield Problem("lead-missing", main, {"what": what, "attribute": attribute})
    if method.result and method.result not in method.role:
        yield Problem("unknown-role", main, {"name": Text("method.result"), "role": method.result})
    for recurring in method.recurring:
        if recurring.meeting and recurring.meeting not in MEETINGS:
            said = {"attribute": f"method.meeting={recurring.meeting}"}
            yield Problem("unknown-attribute", recurring.task.place, said)
    for each in method.roles:
        if each.held not in HELD:
            yield Problem("role-held-by-nobody", main, {"role": each.name or Text(each.id), "held": each.held})
        yield from untranslated_role(each, main)


def role_problems(role: str, name: Text, place: Place, method: Method) -> Iterator[Problem]:
    if not role:
        yield Problem("no-role", place, {"name": name})
    elif role not in method.role:
        yield Problem("unknown-role", place, {"name": name, "role": role})


def duration_problems(value: str, place: Place) -> Iterator[Problem]:
    if value:
        try:
            parts(value)
        except ValueError:
            yield Problem("bad-duration", place, {"value": value})


def lane_problems(method: Method, diagrams: Iterable[Diagram]) -> Iterator[Problem]:
    for diagram in diagrams:
        for process in diagram.processes:
            for id, lane in diagram.lanes_of(process).items():
                role = lane.properties.get("method.role", "")
                task = method.tasks.get(id)
                if task is not None and role and role != task.role:
                    facts = {"name": task.name, "lane": lane.name, "role": task.role}
                    yield Problem("lane-differs", task.place, facts)
