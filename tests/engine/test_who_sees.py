"""A command and a page answer alike to the question who may see a task: `sees` and `visible` are one rule."""

from __future__ import annotations

from sqlalchemy import select

from engine.people import load_actor, sees, visible
from engine.store.tables import ActorRow, ProjectRow, ServiceRow, TaskRow
from tests.engine.organisation import SERVICES
from tests.engine.play import Play


def test_the_rule_for_one_task_and_the_condition_for_lists_agree_for_everyone(play: Play) -> None:
    first = play.start(impacted=tuple(SERVICES))
    play.complete(first, "A", urgent=False, services_impactes=SERVICES)
    play.until(first, "R")
    play.start(service="DRH")
    play.until(play.start("petit_projet"), "SG1")
    answers = set()
    with play.engine.store.read() as session:
        rows = session.execute(
            select(TaskRow, ProjectRow, ServiceRow.path)
            .join(ProjectRow, ProjectRow.id == TaskRow.project_id)
            .join(ServiceRow, ServiceRow.id == ProjectRow.service_id)
        ).all()
        for person in play.people.values():
            if not session.get_one(ActorRow, person).active:
                continue  # who has left sees nothing: they cannot sign in
            actor = load_actor(session, person)
            listed = set(session.execute(select(TaskRow.id).where(visible(actor, TaskRow))).scalars())
            for task, project, path in rows:
                seen = sees(actor, task, project, [int(each) for each in path.split("/") if each])
                assert seen == (task.id in listed), (actor.name, task.element)
                answers.add(seen)
    assert answers == {True, False}
