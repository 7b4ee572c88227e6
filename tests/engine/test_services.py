"""What is asked of a service, across projects: seen by who heads it or one above, and by nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from engine import (
    AskedLine,
    CompleteTask,
    HoldProject,
    NotFound,
    OpenEntry,
    RefuseTask,
    RequestInformation,
    ServicePage,
    ServicePageOf,
    Services,
)
from tests.engine.opinions import asked as opinion_asked
from tests.engine.play import Play
from tests.engine.test_guests import invite


def seen(play: Play, code: str = "DRH", login: str = "hana", **said: object) -> ServicePage:
    page: ServicePage = play.see(login, ServicePageOf(code, **said))  # type: ignore[arg-type]
    return page


def told(lines: tuple[AskedLine, ...]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.name.fr, each.state) for each in lines]


def answering(play: Play, title: str = "Un projet") -> int:
    """A project that awaits the answers of its two departments."""
    project = play.start(title=title)
    play.complete(project, "A", urgent=False)
    play.complete(project, "B", avis="oui")
    return project


def test_a_head_sees_what_every_project_asks_of_the_service(play: Play) -> None:
    first, second = answering(play, "Accueil"), answering(play, "Badges")
    play.do("claire", OpenEntry("action", {"title": "Réserver la salle", "owner": play.people["hana"],
                                           "due": "2026-11-24"}, first))  # fmt: skip
    page = seen(play)
    # the action is for Hana, who works at the root: her own department is asked for its answers
    assert told(page.asked) == [("task", "Répondre", "open")] * 2
    assert [each.project for each in page.asked] == [first, second]
    assert {each.service.code for each in page.asked if each.service} == {"DRH"}
    assert [each.person.name for each in page.asked if each.person] == ["Hana", "Hana"]
    root = seen(play, "ORG", "gael")
    assert ("action", "Réserver la salle", "open") in told(root.asked)
    assert told(root.asked).count(("task", "Répondre", "open")) == 4
    assert [each.value for each in root.projects] == [str(first), str(second)]


def test_who_heads_it_or_one_above_sees_it_and_nobody_else(play: Play) -> None:
    answering(play)
    for login in ("hana", "gael", "denis", "jeanne"):
        assert len(seen(play, "DRH", login).asked) == 1
    for login in ("claire", "karim", "emile", "igor"):
        with pytest.raises(NotFound):
            seen(play, "DRH", login)
    with pytest.raises(NotFound):
        seen(play, "DAF", "hana")
    assert [each.code for each in play.see("hana", Services()).services] == ["DRH"]
    assert len(play.see("gael", Services()).services) == 9
    assert play.see("karim", Services()).services == ()


def test_an_answer_and_a_refusal_are_told_and_filtered(play: Play) -> None:
    project = answering(play)
    task = play.task(project, "R DRH")
    play.do("hana", RefuseTask(task, "Nous ne sommes pas concernés."))
    page = seen(play, state="refused")
    assert told(page.asked) == [("task", "Répondre", "refused")]
    # it is still to be answered, and the sponsor has to see to it
    assert told(seen(play).asked) == [
        ("action", "Refusée : Répondre · Service DRH", "open"), ("task", "Répondre", "refused"),
    ]  # fmt: skip
    play.do("denis", CompleteTask(task, {"reponse": "non concerné"}))
    assert seen(play).asked == ()
    assert told(seen(play, state="answered").asked) == [("task", "Répondre", "answered")]
    assert told(seen(play, state="all", kind="opinion").asked) == []


def test_an_opinion_has_its_clock_and_a_request_stops_it(play: Play) -> None:
    _, task = opinion_asked(play)
    (line,) = [each for each in seen(play, "ORG", "gael").asked if each.kind == "opinion"]
    assert (line.stopped, line.due and line.due.isoformat()) == (False, "2026-12-23T22:59:59+00:00")
    play.do("emile", RequestInformation(task, "Combien ?"))
    play.clock.advance(days=60)
    (line,) = [each for each in seen(play, "ORG", "gael").asked if each.kind == "opinion"]
    assert (line.stopped, line.late) == (True, False)


def test_a_guest_who_was_asked_in_its_name_is_marked(play: Play) -> None:
    project = answering(play)
    invite(play, play.task(project, "R DRH"))
    (line,) = seen(play, kind="guest").asked
    assert (line.guest, line.person and line.person.name) == (True, "Mme Roche")


def test_what_is_late_is_counted_unless_the_project_is_held(play: Play) -> None:
    project = answering(play)
    assert seen(play).late == 0
    play.clock.advance(days=20)
    assert (seen(play).late, len(seen(play, state="late").asked)) == (1, 1)
    play.do("claire", HoldProject(project, "budget", play.clock.at.date().replace(year=2027)))
    assert seen(play).late == 0


def test_what_comes_next_is_what_has_not_opened_for_it(play: Play) -> None:
    project = play.start()
    assert [(each.project, each.name.fr, each.service.code) for each in seen(play).next] == [
        (project, "Répondre", "DRH")
    ]
    answering(play, "Un autre")
    assert [each.project for each in seen(play).next] == [project]


def statements(play: Play) -> int:
    """How many one reading of the page costs."""
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    seen(play)
    event.listen(play.engine.store.engine, "before_cursor_execute", note)
    try:
        seen(play)
    finally:
        event.remove(play.engine.store.engine, "before_cursor_execute", note)
    return count


def test_it_is_read_at_a_cost_that_does_not_grow_with_the_projects(play: Play) -> None:
    answering(play)
    one = statements(play)
    for number in range(3):
        answering(play, f"Projet {number}")
    assert statements(play) == one
