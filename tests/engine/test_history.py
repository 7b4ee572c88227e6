"""History, page after page: each verifies its own links, and none reads the whole."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, select, text

from engine import History, HistoryPage, ProjectPageOf
from engine.history import canonical
from engine.history import digest as link
from engine.store.chain import Break, breaks
from engine.store.tables import EventRow, ProjectRow, TaskRow
from tests.engine.play import Play

GUARDS = {
    "sqlite": ("DROP TRIGGER jalon_events_no_update", "DROP TRIGGER jalon_events_no_delete"),
    "postgresql": ("DROP TRIGGER jalon_events_kept ON jalon_events",),
}


def behind_its_back(play: Play, *statements: str) -> None:
    """What someone who owns the database can do."""
    with play.engine.store.write() as session:
        for statement in (*GUARDS[session.get_bind().dialect.name], *statements):
            session.execute(text(statement))


def pages(play: Play, project: int, **asked: Any) -> list[HistoryPage]:
    found = [play.see("claire", History(project, **asked))]
    while found[-1].before:
        found.append(play.see("claire", History(project, **asked, before=found[-1].before)))
    return found


def broken(play: Play) -> list[Break]:
    with play.engine.store.snapshot() as session:
        return list(breaks(session))


@pytest.mark.parametrize("kind", ["", "task_completed"])
def test_pages_follow_one_another_without_a_gap_and_each_proves_its_links(play: Play, kind: str) -> None:
    project = play.start()
    play.until(project, "")
    found = pages(play, project, size=4, kind=kind)
    numbers = [each.number for page in found for each in page.events]
    (whole,) = pages(play, project, size=500, kind=kind)
    assert numbers == [each.number for each in whole.events]
    assert len(found) > 2
    assert [page.whole for page in found] == [True] * len(found)
    assert broken(play) == []


def test_the_page_that_holds_a_changed_event_says_so_and_the_others_do_not(play: Play) -> None:
    project = play.start()
    play.until(project, "")
    behind_its_back(play, f"UPDATE jalon_events SET facts = '{{}}' WHERE number = 3 AND stream = {project}")
    found = pages(play, project, size=4)
    told = {each.number: page.whole for page in found for each in page.events}
    assert not told[3]
    assert {whole for page in found for whole in [page.whole] if all(each.number > 4 for each in page.events)} == {True}
    assert broken(play) == [Break(project, 3)]


def test_a_removed_event_breaks_the_page_that_comes_after_it(play: Play) -> None:
    project = play.start()
    play.until(project, "")
    behind_its_back(play, f"DELETE FROM jalon_events WHERE number = 3 AND stream = {project}")
    told = {each.number: page.whole for page in pages(play, project, size=2) for each in page.events}
    assert not told[4]
    assert broken(play) == [Break(project, 3)]


def test_the_whole_chain_names_the_first_event_that_does_not_follow_in_each_stream(play: Play) -> None:
    first, second, third = (play.start(title=title) for title in ("Un", "Deux", "Trois"))
    with play.engine.store.read() as session:
        ends = {id: events for id, events in session.execute(select(ProjectRow.id, ProjectRow.events))}
    behind_its_back(
        play,
        "UPDATE jalon_events SET actor_id = NULL WHERE number = 2 AND stream = 0",
        f"DELETE FROM jalon_events WHERE stream = {first} AND number = {ends[first]}",
        f"DELETE FROM jalon_events WHERE stream = {third}",
    )
    expected = [Break(first, ends[first]), Break(third, 1)]
    assert [each for each in broken(play) if each.stream] == expected
    assert second not in {each.stream for each in broken(play)}


# --- a project of many years -------------------------------------------------------------------------------


def aged(play: Play, project: int, reworks: int) -> None:
    """The rows of a project that was taken up again so many times, written as the engine writes them."""
    with play.engine.store.write() as session:
        row = session.execute(select(ProjectRow).where(ProjectRow.id == project)).scalar_one()
        pattern = session.execute(select(TaskRow).where(TaskRow.project_id == project).limit(1)).scalar_one()
        columns = [each.key for each in TaskRow.__table__.columns if each.key != "id"]
        same = {each: getattr(pattern, each) for each in columns} | {"state": "done", "closed_at": row.moved_at}
        session.execute(TaskRow.__table__.insert(), [same] * reworks)  # type: ignore[attr-defined]
        events, number, last = [], row.events, row.digest
        for _ in range(reworks):
            number += 1
            facts = canonical({"element": pattern.element, "instance": ""})
            last = link(last, project, number, row.moved_at, None, "task_completed", pattern.id, facts)
            events.append(
                {
                    "stream": project, "number": number, "at": row.moved_at, "actor_id": None, "kind": "task_completed",
                    "task_id": pattern.id, "facts": facts, "digest": last,
                }
            )  # fmt: skip
        session.execute(EventRow.__table__.insert(), events)  # type: ignore[attr-defined]
        row.events, row.digest = number, last


def test_the_pages_of_an_old_project_fetch_no_more_rows_than_they_show(play: Play) -> None:
    project = play.start()
    aged(play, project, 2000)
    fetched: list[int] = []

    @event.listens_for(TaskRow, "load")
    @event.listens_for(EventRow, "load")
    def count(row: Any, _: Any) -> None:
        fetched.append(row.id)

    try:
        history = play.see("claire", History(project))
        page = play.see("claire", ProjectPageOf(project))
    finally:
        event.remove(TaskRow, "load", count)
        event.remove(EventRow, "load", count)
    assert (len(history.events), history.whole) == (50, True)
    assert (len(page.done), page.over, len(page.history)) == (200, 2000, 20)
    assert [(step.id, step.done, step.open) for step in page.phases if step.state == "current"] == [("P1", 2000, 1)]
    assert len(fetched) < 100
    assert broken(play) == []
