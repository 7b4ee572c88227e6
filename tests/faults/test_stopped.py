"""PostgreSQL is stopped as by a power cut, three times, while eight people work: nothing lost, nothing done twice."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from engine import CompleteTask, Engine, Unavailable, examine
from engine.store.tables import ActRow, EventRow, TaskRow
from tests.engine.conftest import furnish
from tests.engine.organisation import SERVICES
from tests.engine.play import Clock, Play
from tests.faults.server import Server, server

PROJECTS, PEOPLE, STOPS = 24, 8, 3


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    with server() as made:
        yield made


class Load:
    """People who complete their tasks one after the other, and ask again under the same key until they are answered."""

    def __init__(self, engine: Engine, todo: list[tuple[int, int]]) -> None:
        self.engine, self.todo = engine, iter(todo)
        self.lock, self.moved = threading.Lock(), threading.Condition()
        self.up = threading.Event()  #: the server is said to answer again
        self.acknowledged: dict[str, int] = {}
        self.unanswered = 0
        self.raised: list[BaseException] = []

    def work(self) -> None:
        try:
            while True:
                with self.lock:
                    task, actor = next(self.todo)
                key = uuid.uuid4().hex
                self.complete(task, actor, key)
                with self.moved:
                    self.acknowledged[key] = task
                    self.moved.notify_all()
        except StopIteration:
            return
        except BaseException as error:
            self.raised.append(error)
            with self.moved:
                self.moved.notify_all()

    def complete(self, task: int, actor: int, key: str) -> None:
        while True:
            try:
                self.engine.execute(CompleteTask(task, {"reponse": "oui"}), actor, key=key)
            except Unavailable:
                with self.lock:
                    self.unanswered += 1
                self.up.wait(60)
            else:
                return

    def reaches(self, count: int) -> None:
        with self.moved:
            assert self.moved.wait_for(lambda: self.raised or len(self.acknowledged) >= count, 120)


@pytest.mark.postgresql
def test_a_server_stopped_three_times_under_load_loses_and_doubles_nothing(
    own_server: Server, record_property: Callable[[str, object], None]
) -> None:
    prepared = Engine(own_server.url)
    prepared.prepare()
    prepared.close()
    furnish(own_server.url)
    play = Play(Engine(own_server.url, clock=Clock()), Clock())
    for _ in range(PROJECTS):
        project = play.start(impacted=tuple(SERVICES))
        play.complete(project, "A", urgent=False, services_impactes=SERVICES)
        play.until(project, "R")
    rows = play.rows(TaskRow, TaskRow.element == "R", TaskRow.state == "open")
    todo = [(row.id, row.assignee_id) for row in sorted(rows, key=lambda row: (row.instance, row.project_id))]
    load = Load(play.engine, todo)
    load.up.set()
    people = [threading.Thread(target=load.work) for _ in range(PEOPLE)]
    for person in people:
        person.start()
    for stop in range(1, STOPS + 1):
        load.reaches(stop * len(todo) // (STOPS + 1))
        load.up.clear()
        own_server.stop()
        own_server.start()
        load.up.set()
    for person in people:
        person.join(120)
    assert load.raised == []
    done = {row.id for row in play.rows(TaskRow, TaskRow.element == "R", TaskRow.state == "done")}
    events = Counter(row.task_id for row in play.rows(EventRow, EventRow.kind == "task_completed"))
    kept = {row.key for row in play.rows(ActRow)}
    lost = [task for key, task in load.acknowledged.items() if task not in done or key not in kept]
    doubled = [task for task, _ in todo if events[task] != 1]
    assert (len(load.acknowledged), lost, doubled) == (len(todo), [], [])
    assert [each.check for each in examine(play.engine) if not each.well] == []
    play.engine.close()
    record_property("figure: times PostgreSQL was stopped `immediate` under 8 clients", STOPS)
    record_property("figure: acts acknowledged meanwhile", len(load.acknowledged))
    record_property("figure: attempts without an answer, repeated under their key", load.unanswered)
    record_property("figure: acknowledged acts lost", len(lost))
    record_property("figure: acts done twice", len(doubled))
