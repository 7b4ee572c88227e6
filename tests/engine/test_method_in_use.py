"""How the steps of a method go in its projects, and what these have learned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine import HoldProject, InUsePage, MethodInUse, NotFound, RefuseTask, StepUse
from tests.engine.next_versions import published, without
from tests.engine.play import Play, filled

REVIEW = date(2100, 1, 4)


def seen(play: Play, login: str = "karim", **asked: Any) -> InUsePage:
    page: InUsePage = play.see(login, MethodInUse(**{"method": "essai"} | asked))
    return page


def line(play: Play, element: str = "A", **asked: Any) -> StepUse:
    return next(each for each in seen(play, **asked).lines if each.element == element)


def after(play: Play, days: int) -> None:
    """A project whose first step takes so long."""
    project = play.start()
    play.clock.advance(days=days)
    play.complete(project, "A")


def test_a_method_that_nobody_follows_has_no_figure(play: Play) -> None:
    page = seen(play)
    assert page.projects == 0
    assert {(each.done, each.open, each.days, each.late, each.refused) for each in page.lines} == {(0, 0, None, 0, 0)}
    assert [drawing.marks for drawing in page.drawings.values() if drawing.marks] == []


def test_what_was_done_of_a_step_that_the_last_version_dropped_is_told_with_its_last_version(play: Play) -> None:
    play.until(play.start(), "C")
    first, dropped = seen(play), line(play, "R")
    assert dropped.done == 2
    published(play, without("R"))
    assert seen(play).versions[1:] == first.versions
    assert line(play, "R") == replace(dropped, until=first.versions[0])
    assert line(play, "R", version=first.versions[0]) == dropped
    with pytest.raises(StopIteration):
        line(play, "R", version=seen(play).versions[0])


def test_steps_stand_as_drawn_each_gate_after_its_phase_what_recurs_and_what_is_exceptional_last(play: Play) -> None:
    assert [(each.element, each.kind) for each in seen(play).lines][:3] == [("A", "task"), ("U", "task"), ("B", "task")]
    kinds = [each.kind for each in seen(play).lines]
    assert kinds.count("gate") == 2
    assert kinds[-2:] == ["recurring", "recurring"]


def test_the_days_are_the_median_of_what_was_done(play: Play) -> None:
    for days in (1, 3, 11):
        after(play, days)
    assert (line(play).done, line(play).open, line(play).days) == (3, 0, 3.0)
    after(play, 5)
    assert line(play).days == 4.0


def test_the_step_that_takes_longest_is_the_hottest_on_its_diagram(play: Play) -> None:
    after(play, 9)
    marks = {id: mark for drawing in seen(play).drawings.values() for id, mark in drawing.marks.items()}
    assert {id: (mark.state, mark.badge) for id, mark in marks.items()} == {"A": ("hot", "9")}
    assert seen(play, sort="days").lines[0].element == "A"


def test_what_is_open_past_its_day_is_late_but_not_while_the_project_is_held(play: Play) -> None:
    project = play.start()
    play.clock.advance(days=60)
    assert (line(play).open, line(play).late) == (1, 1)
    play.do("claire", HoldProject(project, "Le budget est gelé.", REVIEW))
    assert (line(play).open, line(play).late) == (1, 0)


def test_what_is_done_past_its_day_stays_late(play: Play) -> None:
    after(play, 1)
    after(play, 60)
    assert (line(play).done, line(play).late, line(play).share("late")) == (2, 1, 0.5)


def test_a_refusal_counts_where_it_was_said(play: Play) -> None:
    task = play.task(play.start(), "A")
    play.do("claire", RefuseTask(task, "Ce n’est pas à moi."))
    assert line(play).refused == 1


def test_a_rework_counts_the_steps_that_it_opens_again(play: Play) -> None:
    project = play.start()
    play.until(project, "G1")
    play.decide(project, "G1", "rework")
    again = [row.split()[0] for row in play.open(project)]
    assert [line(play, each).reworked for each in dict.fromkeys(again)] == [1] * len(set(again))


def test_it_is_of_one_department_or_one_version_where_that_is_asked(play: Play) -> None:
    after(play, 1)  # of DAF
    assert [seen(play, service=each).projects for each in ("ORG", "DAF", "DRH")] == [1, 1, 0]
    [version] = seen(play).versions
    assert seen(play, version=version).projects == 1


@pytest.mark.parametrize("asked", [{"method": "autre"}, {"version": "9.9.9"}, {"service": "RIEN"}])
def test_what_is_unknown_is_not_found(play: Play, asked: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        seen(play, **asked)


def test_a_guest_finds_nothing(play: Play) -> None:
    with pytest.raises(NotFound):
        seen(play, "igor")


def test_what_projects_learn_and_propose_stands_beside_the_steps_that_it_names(play: Play) -> None:
    project = play.start("projet_transversal")
    play.until(project, "KC1", {"G1": ["stop"]})
    task = play.task(project, "KC1")
    said = filled(play.page(task, play.doer(task))) | {
        "enseignements": [{"enseignement": "Voir les gardiens d’abord.", "pour": "Tous"}],
        "methode": [
            {"etape": "A1", "proposition": "Demander le budget."},
            {"etape": "la note de cadrage", "proposition": "Une page."},
        ],
    }  # fmt: skip
    play.complete(project, "KC1", **said)
    page = seen(play, method="projet_transversal")
    assert [(each.text, each.about, each.proposal) for each in page.lessons] == [
        ("Voir les gardiens d’abord.", "Tous", False), ("Une page.", "la note de cadrage", True),
    ]  # fmt: skip
    [lesson] = line(play, "A1", method="projet_transversal").lessons
    assert (lesson.text, lesson.proposal, lesson.project) == ("Demander le budget.", True, project)
