"""A batch: one command for many things, one act each, that goes on where it was interrupted."""

from __future__ import annotations

import signal

from engine import (
    SYSTEM,
    BatchBegun,
    CarryOutItem,
    ChoiceUnknown,
    EntrustAll,
    History,
    HoldProject,
    Jobs,
    NotAllowed,
    ResumeProject,
)  # fmt: skip
from engine.jobs.batches import carry_out
from engine.store.tables import BatchRow, EventRow, TaskRow
from tests.engine.play import Play
from tests.jobs.processes import DEADLINE, processes, until
from tests.jobs.test_queue import jobs


def leaving(play: Play, projects: int) -> list[int]:
    """Claire leads projects, and A of each waits for her."""
    return [play.task(play.start(title=f"Projet {number}"), "A") for number in range(projects)]


def entrust(play: Play, to: str = "karim", by: str = "jeanne") -> BatchBegun:
    answer: BatchBegun = play.do(by, EntrustAll(play.people["claire"], play.people[to]))
    return answer


def whose(play: Play, tasks: list[int]) -> list[str]:
    logins = {id: login for login, id in play.people.items()}
    return [logins[int(play.row(task).assignee_id or 0)] for task in tasks]


def test_all_tasks_of_one_who_leaves_become_those_of_another_one_act_each(play: Play) -> None:
    tasks = leaving(play, 3)
    assert entrust(play) == BatchBegun(1, 3)
    assert (whose(play, tasks), [key for key, *_ in jobs(play.engine)]) == (["claire"] * 3, ["batch-1"])
    assert play.due() == 3
    assert whose(play, tasks) == ["karim"] * 3
    for project in (1, 2, 3):
        event = play.project(project).history[0]
        assert event.text.read("fr") == "Jeanne a confié « Cadrer » à Karim"
        assert play.see("claire", History(project)).whole
    assert play.due() == 0


def test_its_progress_is_on_the_page_of_jobs(play: Play) -> None:
    leaving(play, 3)
    entrust(play)
    play.engine.execute(CarryOutItem(1, 0), SYSTEM)
    (line,) = play.see("jeanne", Jobs()).batches
    assert (line.done, line.total, line.asked_by, line.ended_at) == (1, 3, "Jeanne", None)
    assert line.what.read("en") == "entrust the tasks of Claire to Karim"
    play.due()
    (line,) = play.see("jeanne", Jobs()).batches
    assert (line.done, line.ended_at, line.refusals) == (3, play.clock.at, ())


def test_what_is_refused_is_noted_and_the_batch_goes_on(play: Play) -> None:
    first, second = leaving(play, 2)
    entrust(play)
    play.complete(1, "A")
    play.due()
    (line,) = play.see("jeanne", Jobs()).batches
    ((item, why),) = line.refusals
    assert item == str(first)
    assert why.read("en").startswith("“Frame” is no longer to do: completed by Claire on ")
    assert whose(play, [second]) == ["karim"]
    assert line.ended_at is not None


def test_a_task_that_has_changed_hands_meanwhile_is_left_to_whom_it_is(play: Play) -> None:
    tasks = leaving(play, 2)
    entrust(play)
    with play.engine.store.write() as session:
        session.get_one(TaskRow, tasks[0]).assignee_id = play.people["emile"]
    play.due()
    assert whose(play, tasks) == ["emile", "karim"]


def test_tasks_of_projects_on_hold_change_hands_too(play: Play) -> None:
    tasks = leaving(play, 1)
    play.do("claire", HoldProject(1, "budget gelé", play.clock.at.date().replace(year=2027)))
    entrust(play)
    play.due()
    assert whose(play, tasks) == ["karim"]
    play.do("denis", ResumeProject(1))
    assert play.row(tasks[0]).state == "open"


def test_a_batch_of_nothing_is_over_at_once(play: Play) -> None:
    assert entrust(play) == BatchBegun(1, 0)
    assert (play.rows(BatchRow)[0].ended_at, jobs(play.engine)) == (play.clock.at, [])


def test_who_may_not_entrust_and_to_whom_not(play: Play) -> None:
    leaving(play, 1)
    claire, karim, lea = (play.people[each] for each in ("claire", "karim", "lea"))
    assert type(play.refused("denis", EntrustAll(claire, karim))) is NotAllowed
    for person, to in ((claire, claire), (claire, lea), (claire, 999), (999, karim)):
        assert type(play.refused("jeanne", EntrustAll(person, to))) is ChoiceUnknown
    assert type(play.refused("jeanne", CarryOutItem(1, 0))) is NotAllowed


def test_an_item_told_twice_is_done_once(play: Play) -> None:
    tasks = leaving(play, 2)
    entrust(play)
    for _ in range(2):
        play.engine.execute(CarryOutItem(1, 0), SYSTEM)
    assert whose(play, tasks) == ["karim", "claire"]
    assert carry_out(play.engine, 1) == 1


def test_a_batch_goes_on_after_its_process_was_killed_and_each_item_is_done_once(play: Play) -> None:
    tasks = leaving(play, 12)
    entrust(play)
    url, hour = play.engine.store.url, play.clock.at
    with processes() as started:
        # dies in the first item, then in the one after it
        for number, die_at in enumerate(("UPDATE jalon_tasks", "INSERT INTO jalon_acts; commit")):
            victim = started.worker(url, f"victim-{number}", hour, die_at)
            assert victim.wait(DEADLINE) == -signal.SIGKILL
        started.worker(url, "last", hour)
        until(lambda: play.rows(BatchRow)[0].ended_at)
    assert whose(play, tasks) == ["karim"] * 12
    assert len(play.rows(EventRow, EventRow.kind == "task_assigned")) == 12
    assert all(play.see("claire", History(project)).whole for project in range(1, 13))
