"""Whatever is decided, a project is under way with someone awaited, held with a review date, or at one of its ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import SYSTEM, HoldProject, JalonError, PublishMethod, ResumeProject
from engine.store.tables import ExecutionRow, ProjectRow, TaskRow, TimerRow
from tests.engine.play import MONDAY, Play
from tests.engine.test_exceptions import FILES

ENDS = {"closed", "stopped", "dismissed"}
MOVES = st.tuples(
    st.sampled_from(["task", "task", "task", "gate", "hold", "resume", "time"]),
    st.integers(0, 9),
    st.sampled_from(["go", "go_reserves", "rework", "hold", "stop"]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=4, max_size=18), amount=st.sampled_from(["800", "1200"]))
def test_no_project_is_ever_abandoned(essai: Play, moves: list[Any], amount: str) -> None:
    if not essai.rows(ProjectRow):
        essai.engine.execute(PublishMethod(FILES), SYSTEM)
    essai.clock.at = MONDAY
    project = essai.start()
    for kind, number, outcome in moves:
        try:
            move(essai, project, kind, number, outcome, amount)
        except JalonError:
            pass  # not now: nothing has moved
        must_be_somewhere(essai, project)


def move(play: Play, project: int, kind: str, number: int, outcome: str, amount: str) -> None:
    rows = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "open", TaskRow.kind == kind)
    if kind == "hold":
        play.do("denis", HoldProject(project, "attendre", play.clock.at.date() + timedelta(days=30)))
    elif kind == "resume":
        play.do("denis", ResumeProject(project))
    elif kind == "time":
        play.clock.advance(days=number)
        play.due()
    elif rows:
        row = rows[number % len(rows)]
        if kind == "gate":
            play.decide(project, row.element, outcome)
        else:
            said = {"montant": amount, "urgent": number % 2 == 0} if row.element == "A" else {}
            play.complete(project, f"{row.element} {row.instance}".strip(), **said)


def must_be_somewhere(play: Play, project: int) -> None:
    [row] = play.rows(ProjectRow, ProjectRow.id == project)
    waiting = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "open")
    clocks = play.rows(TimerRow, TimerRow.project_id == project, TimerRow.fired_at.is_(None), TimerRow.kind != "cold")
    going = play.rows(ExecutionRow, ExecutionRow.project_id == project, ExecutionRow.ended_at.is_(None))
    if row.status in ENDS:
        assert (waiting, clocks, row.ended_at is not None) == ([], [], True)
        assert "essai" not in {each.process for each in going}
        return
    assert row.status in {"running", "held"}
    assert row.ended_at is None
    assert going
    steps = [each for each in waiting if each.kind != "occurrence"]
    assert steps or [each for each in clocks if each.kind == "drawn"]
    if row.status == "held":
        assert row.review_at is not None
        assert [each.kind for each in clocks].count("review") == 1
