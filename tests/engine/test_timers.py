"""Drawn timers, played through commands. `delais/` is the second phase of `essai/` with four of them:

X_late      on X, which goes on: RX after five working days       Z_again   on Z: Q three times, a week apart
Y_stop      on Y, which it stops: V after ten days instead       Z_wait    between Z and the join: two days
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine import HoldProject, Incident, PublishMethod, ResumeProject
from engine.release import Release, read_method
from engine.review import in_words, review
from engine.store.tables import EventRow, TimerRow
from engine.working_time import PARIS
from tests.engine.play import ESSAI, Play, files_of

MAIN = {"essai.bpmn": ESSAI["essai.bpmn"].replace(b'"1.0.0"', b'"3.0.0"')}
WITHOUT_RECURRING = {name: content for name, content in ESSAI.items() if name != "suivi.bpmn"}
TIMED = WITHOUT_RECURRING | MAIN | files_of(Path(__file__).parent / "delais")


@pytest.fixture
def project(play: Play) -> int:
    """A project in the second phase, which begins on Monday 23 November 2026."""
    play.do("jeanne", PublishMethod(TIMED))
    project = play.start()
    play.until(project, "X")
    return project


def timers(play: Play, project: int) -> dict[str, datetime]:
    """When each timer that waits is due."""
    rows = play.rows(TimerRow, TimerRow.project_id == project, TimerRow.fired_at.is_(None))
    assert {row.kind for row in rows} <= {"drawn"}
    return {row.element: row.due_at for row in rows}


def day(moment: datetime) -> str:
    return moment.astimezone(PARIS).date().isoformat()


def after(play: Play, **time: float) -> int:
    play.clock.advance(**time)
    return play.due()


def test_the_method_with_timers_has_no_finding() -> None:
    assert in_words(review(TIMED).findings, "fr") == ""


def test_timers_are_armed_with_the_tasks_that_they_stand_on(play: Play, project: int) -> None:
    assert play.open(project) == ["X", "Y", "Z"]
    due = timers(play, project)
    began = play.clock().astimezone(PARIS)
    assert {name: day(moment) for name, moment in due.items()} == {
        "X_late": "2026-11-30",
        "Y_stop": day(began + timedelta(days=10)),
        "Z_again": day(began + timedelta(days=7)),
    }
    # working days end with the day, calendar time runs to the minute
    assert due["X_late"].astimezone(PARIS).time().isoformat() == "23:59:59"
    assert due["Z_again"].astimezone(PARIS).time().hour == began.hour
    assert play.due() == 0


def test_a_timer_that_warns_opens_a_task_beside(play: Play, project: int) -> None:
    assert after(play, days=8) == 2
    assert play.open(project) == ["X", "Y", "Z", "Q", "RX"]
    play.complete(project, "RX")
    assert play.open(project) == ["X", "Y", "Z", "Q"]
    assert "X_late" not in timers(play, project)


def test_a_timer_that_stops_withdraws_its_task_and_goes_another_way(play: Play, project: int) -> None:
    assert after(play, days=11) == 3
    assert play.open(project) == ["X", "Z", "Q", "RX", "V"]
    for code in ("X", "RX", "V", "Q"):
        play.complete(project, code)
    play.complete(project, "Z")
    assert after(play, days=3) == 1
    assert play.open(project) == ["G2"]


def test_a_completed_task_takes_its_timers_with_it(play: Play, project: int) -> None:
    for code in ("X", "Y"):
        play.complete(project, code)
    assert list(timers(play, project)) == ["Z_again"]
    play.complete(project, "Z")
    assert list(timers(play, project)) == ["Z_wait"]
    assert (play.open(project), after(play, days=1)) == ([], 0)
    assert after(play, days=1.1) == 1
    assert (play.open(project), timers(play, project)) == (["G2"], {})


def test_a_repetition_comes_as_often_as_it_is_drawn(play: Play, project: int) -> None:
    first = timers(play, project)["Z_again"]
    seen = []
    for week in range(4):
        after(play, days=7)
        seen.append(play.open(project).count("Q"))
        if week < 2:
            assert timers(play, project)["Z_again"] == first + (week + 1) * timedelta(days=7)
    assert seen == [1, 2, 3, 3]
    assert "Z_again" not in timers(play, project)


def test_a_backlog_of_repetitions_collapses_into_one(play: Play, project: int) -> None:
    first = timers(play, project)["Z_again"]
    after(play, days=15)
    assert play.open(project).count("Q") == 1
    assert timers(play, project)["Z_again"] == first + timedelta(days=14)
    after(play, days=100)
    assert play.open(project).count("Q") == 2
    assert "Z_again" not in timers(play, project)


def test_a_hold_stops_them_and_shifts_them(play: Play, project: int) -> None:
    before = timers(play, project)
    held = play.clock().date() + timedelta(days=60)
    play.do("claire", HoldProject(project, "Budget gelé", held))
    assert after(play, days=30) == 0
    play.do("claire", ResumeProject(project))
    assert {name: moment - before[name] for name, moment in timers(play, project).items()} == dict.fromkeys(
        before, timedelta(days=30, seconds=1)
    )
    assert play.open(project) == ["X", "Y", "Z"]


def test_the_page_says_what_the_project_waits_for_when_nobody_has_anything_to_do(play: Play, project: int) -> None:
    for code in ("X", "Y", "Z"):
        play.complete(project, code)
    page = play.project(project)
    until = play.clock().astimezone(PARIS) + timedelta(days=2)
    assert [each.read("fr") for each, _ in page.blocks] == [f"« Deux jours de recul » : jusqu’au {until:%d/%m/%Y}"]
    _, phase = page.drawings
    assert (phase.marks["Z_wait"].state, "Z_again" in phase.marks) == ("waiting", False)


def test_history_says_that_a_delay_is_over(play: Play, project: int) -> None:
    after(play, days=8)
    assert [row.kind for row in play.rows(EventRow)].count("timer_fired") == 2
    assert "Le délai « Relance après 5 jours ouvrés » est échu" in [
        each.text.read("fr") for each in play.project(project).history
    ]


def drawn(before: str, text: str) -> dict[str, bytes]:
    content = TIMED["realisation.bpmn"].decode()
    assert before in content
    return TIMED | {"realisation.bpmn": content.replace(before, text).encode()}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2027-01-04", datetime(2027, 1, 4, tzinfo=PARIS)),
        ("2027-01-04T09:30", datetime(2027, 1, 4, 9, 30, tzinfo=PARIS)),
        ("2027-01-04T09:30:00Z", datetime(2027, 1, 4, 10, 30, tzinfo=PARIS)),
        ('date("2027-01-04")', datetime(2027, 1, 4, tzinfo=PARIS)),
        # passed already when it is armed
        ("2020-01-04", None),
    ],
)
def test_a_timer_may_wait_for_a_date(essai: Play, text: str, due: datetime | None) -> None:
    play = essai
    files = drawn("<bpmn:timeDuration>P10D</bpmn:timeDuration>", f"<bpmn:timeDate>{text}</bpmn:timeDate>")
    play.do("jeanne", PublishMethod(files))
    project = play.start()
    play.until(project, "X")
    assert timers(play, project)["Y_stop"] == (due or play.clock())
    assert play.due() == (due is None)


@pytest.mark.parametrize(
    ("text", "opens"),
    [('if urgent then duration("P1D") else duration("P2D")', ["X", "Z", "V"]), ('"P2D"', ["X", "Y", "Z"])],
)
def test_a_duration_may_be_computed(essai: Play, text: str, opens: list[str]) -> None:
    play = essai
    play.do("jeanne", PublishMethod(drawn(">P10D<", f">{text}<")))
    project = play.start()
    play.until(project, "X")
    after(play, days=1.5)
    assert play.open(project) == opens


def test_a_computed_duration_that_is_none_is_an_incident_and_nothing_moves(essai: Play) -> None:
    play = essai
    play.do("jeanne", PublishMethod(drawn(">P10D<", '>if urgent then "demain" else "P1D"<')))
    project = play.start()
    with pytest.raises(Incident) as refused:
        play.until(project, "X")
    assert "ne donne ni durée, ni date, ni répétition (ISO 8601) : demain." in refused.value.text("fr")
    assert play.open(project) == ["G1"]


@pytest.mark.parametrize(
    ("drawn", "name"), [(b"<bpmn:timeDuration></bpmn:timeDuration>", "Relance après 5 jours ouvrés"), (b"", "X_late")]
)
def test_a_timer_without_time_that_a_review_would_have_missed_is_an_incident_and_nothing_moves(
    play: Play, drawn: bytes, name: str
) -> None:
    release = play.do("jeanne", PublishMethod(TIMED)).release
    project = play.start()
    files = {name: content.replace(b"<bpmn:timeDuration>P5D</bpmn:timeDuration>", drawn)
             for name, content in TIMED.items()}  # fmt: skip
    assert files != TIMED
    method = read_method(files)[0]
    assert method is not None
    play.engine._releases[release] = Release(release, "", method, files)
    with pytest.raises(Incident) as incident:
        play.until(project, "X")
    assert incident.value.text("fr") == (
        f"La méthode ne peut pas continuer comme elle est dessinée : le minuteur « {name} » ne dit pas quand. "
        "Le projet n’a pas bougé ; signalez-le au responsable de la méthode."
    )
    assert incident.value.text("en").endswith(" does not say when. The project did not move; tell the method owner.")
    assert play.open(project) == ["G1"]
