"""A draft is tried as if it were a project, all roles at once; the play is a scenario, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from engine import NextStep, NotFound, OpenMethodDraft, ScenariosUnreadable, TryMethodDraft, TryPage
from engine.scenarios.reading import read_book
from tests.engine.play import Play


def opened(play: Play, **asked: Any) -> int:
    draft: int = play.do("jeanne", OpenMethodDraft(**{"name": "Trois temps", "phases": 3} | asked)).draft
    return draft


def tried(play: Play, draft: int, file: str = "", *steps: NextStep, **more: Any) -> TryPage:
    page: TryPage = play.see("jeanne", TryMethodDraft(draft, file, **more))
    for step in steps:
        page = play.see("jeanne", TryMethodDraft(draft, page.file, step))
        assert not page.refused, page.refused.fr
    return page


def test_what_waits_is_said_with_its_role_and_a_gate_with_its_outcomes(play: Play) -> None:
    draft = opened(play)
    page = tried(play, draft)
    assert [(each.name.fr, each.role.fr, each.outcomes) for each in page.open] == [("Étape A", "Chef de projet", ())]
    assert (page.open[0].late, page.drawings[""].marks["P1"].state) == (False, "current")
    assert ("Étape A", "fin de « Phase 1 »") in [(each.source.fr, each.target.fr) for each in page.missed]
    page = tried(play, draft, "", NextStep("complete", "Étape A"))
    [gate] = page.open
    assert (gate.name.fr, gate.role.fr, "go" in gate.outcomes) == ("Porte 1", "Commanditaire", True)
    assert page.drawings["P1"].marks["A"].state == "done"
    assert page.drawings[""].marks["G1"].state == "current"


def test_a_play_to_the_end_is_a_scenario_that_says_how_it_ends(play: Play) -> None:
    draft = opened(play)
    go = [NextStep("until", f"Porte {n}", "favorable") for n in (1, 2, 3)]
    page = tried(play, draft, "", *go[:1], NextStep("decide", "Porte 1", "à reprendre"),
                 NextStep("until", "Porte 3", "favorable"), NextStep("decide", "Porte 3", "favorable"))  # fmt: skip
    assert page.over
    assert page.open == ()
    [scenario] = read_book(page.file.encode(), "essai.scenarios.yaml").scenarios
    assert (scenario.end.kind, len(scenario.steps)) == ("ended", 4)
    assert page.where.fr == f"terminé à « {scenario.end.name} »"
    assert 0 < len(page.missed) < page.flows


def test_a_step_that_cannot_be_done_is_said_and_the_play_stays_where_it_was(play: Play) -> None:
    draft = opened(play)
    before = tried(play, draft)
    page: TryPage = play.see("jeanne", TryMethodDraft(draft, before.file, NextStep("complete", "Porte 3")))
    assert "Porte 3" in page.refused.fr
    assert (page.file, page.open) == (before.file, before.open)


def test_time_goes_on_when_it_is_told_to(play: Play) -> None:
    draft = opened(play)
    before = tried(play, draft)
    after = tried(play, draft, "", NextStep("timer", "1 mois plus tard"))
    assert before.now is not None
    assert after.now is not None
    assert 27 < (after.now - before.now).days < 34


def test_what_decides_the_way_on_is_asked_and_each_department_has_its_task(play: Play) -> None:
    draft = opened(play, method="essai", name="")
    page = tried(play, draft, services=("DAF", "DRH"))
    [task] = page.open
    assert "urgent" in [each.key for each in task.asks]
    label = next(each.label.fr for each in task.asks if each.key == "urgent")
    page = tried(play, draft, page.file, NextStep("complete", task.said.fr, answers={label: "oui"}))
    assert [each.element for each in page.open] == ["U"]
    page = tried(play, draft, page.file, NextStep("until", "Répondre"))
    assert [each.said.fr for each in page.open if each.element == "R"] == ["Répondre (DAF)", "Répondre (DRH)"]


def test_a_scenario_that_cannot_be_read_is_refused_by_line(play: Play) -> None:
    draft = opened(play)
    with pytest.raises(ScenariosUnreadable):
        tried(play, draft, "scénarios: [")


def test_only_method_owners_try(play: Play) -> None:
    draft = opened(play)
    with pytest.raises(NotFound):
        play.see("karim", TryMethodDraft(draft))
