"""Strands, objectives and projects; the weather; what a successor finds."""

from __future__ import annotations

from typing import Any

import pytest

from engine import (
    Appoint,
    ChoiceUnknown,
    HoldProject,
    LoadOrganisation,
    NotAllowed,
    NotFound,
    ObjectivePageOf,
    ProjectHeld,
    Projects,
    ReasonMissing,
    ReportWeather,
    StrandPageOf,
    Strategy,
    StrategyMatrix,
    SuccessionPageOf,
    TooLarge,
)
from engine.store.tables import EntryRow
from tests.engine.play import Play

STRATEGY: dict[str, Any] = {
    "strands": [
        {"code": "V1", "fr": "Accueil", "en": "Welcome", "owner": "karim"},
        {"code": "V2", "fr": "Parc", "en": "Stock"},
    ],
    "objectives": [
        {"code": "O1", "fr": "Mieux accueillir", "en": "Welcome better", "strand": "V1"},
        {"code": "O2", "fr": "Répondre vite", "en": "Answer fast", "strand": "V1", "owner": "gael"},
        {"code": "O10", "fr": "Isoler 100 % des F_G", "en": "Insulate", "strand": "V2"},
        {"code": "O3", "fr": "Sans volet", "en": "Of no strand"},
    ],
}


@pytest.fixture
def played(play: Play) -> Play:
    """Two projects serve O1, one of them O10 too; nothing serves O2 and O3."""
    play.do("jeanne", LoadOrganisation(STRATEGY))
    play.start(title="Accueil des agences")
    play.start(title="Isolation", objectives=("O1", "O10"))
    return play


def test_a_strand_shows_its_objectives_its_projects_and_what_nothing_serves(played: Play) -> None:
    page = played.see("gael", StrandPageOf("V1"))
    assert (page.strand.owner.name, [each.code for each in page.strand.objectives]) == ("Karim", ["O1", "O2"])
    assert [each.title for each in page.projects.projects] == ["Isolation", "Accueil des agences"]
    assert [each.code for each in page.unserved] == ["O2"]


def test_an_objective_lists_the_projects_that_serve_it_and_no_other(played: Play) -> None:
    found = {
        code: [each.title for each in played.see("gael", ObjectivePageOf(code)).projects.projects]
        for code in ("O1", "O2", "O10")
    }
    assert found == {"O1": ["Isolation", "Accueil des agences"], "O2": [], "O10": ["Isolation"]}
    line = played.see("gael", ObjectivePageOf("O1")).projects.projects[0]
    assert (line.phase.fr, line.next_gate.fr != "", line.late) == ("Étude", True, 0)


def test_the_page_of_an_objective_filters_as_the_list_of_projects_does(played: Play) -> None:
    page = played.see("gael", ObjectivePageOf("O1", Projects(text="isol")))
    assert [each.title for each in page.projects.projects] == ["Isolation"]


def test_the_strategy_names_the_objectives_that_no_project_under_way_serves(played: Play) -> None:
    page = played.see("gael", Strategy())
    assert [(each.code, [one.code for one in each.objectives]) for each in page.strands] == [
        ("V1", ["O1", "O2"]), ("V2", ["O10"]),
    ]  # fmt: skip
    assert ([each.code for each in page.others], [each.code for each in page.unserved]) == (["O3"], ["O3", "O2"])


def test_the_matrix_has_a_line_for_each_objective_and_each_project_that_serves_it(played: Play) -> None:
    def pairs(**said: Any) -> list[tuple[str, str]]:
        page = played.see("gael", StrategyMatrix(**said))
        return [(each.objective.code, each.project.title if each.project else "") for each in page.lines]

    everything = [
        ("O3", ""), ("O1", "Isolation"), ("O1", "Accueil des agences"), ("O2", ""), ("O10", "Isolation"),
    ]  # fmt: skip
    assert pairs() == everything
    assert pairs(strand="V2") == [("O10", "Isolation")]
    assert pairs(strand="V1", status="closed") == [("O1", ""), ("O2", "")]
    first = played.see("gael", StrategyMatrix(size=2))
    assert pairs(size=2) + pairs(after=first.after) == everything


def test_what_is_not_there_or_not_for_guests_is_not_found(played: Play) -> None:
    for login, query in (
        ("gael", StrandPageOf("V9")), ("gael", ObjectivePageOf("O9")), ("gael", StrategyMatrix(after="x")),
        ("igor", Strategy()), ("igor", StrandPageOf("V1")), ("igor", StrategyMatrix()),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            played.see(login, query)


def test_an_unknown_owner_or_strand_is_refused_and_what_is_not_said_stays(played: Play) -> None:
    for part in (
        {"strands": [{"code": "V1", "fr": "Accueil", "owner": "personne"}]},
        {"objectives": [{"code": "O1", "fr": "Mieux accueillir", "strand": "V9"}]},
    ):
        assert type(played.refused("jeanne", LoadOrganisation(part))) is ChoiceUnknown
    played.do("jeanne", LoadOrganisation({"strands": [{"code": "V1", "fr": "Accueillir"}]}))
    assert played.see("gael", StrandPageOf("V1")).strand.owner.name == "Karim"
    played.do("jeanne", LoadOrganisation({"strands": [{"code": "V1", "fr": "Accueillir", "owner": ""}]}))
    assert played.see("gael", StrandPageOf("V1")).strand.owner is None


# --- weather ---------------------------------------------------------------------------------------------------


def test_the_lead_says_how_the_project_goes_and_every_page_shows_the_last_word(played: Play) -> None:
    assert played.project(1).weather is None
    played.do("claire", ReportWeather(1, "sunny"))
    played.do("claire", ReportWeather(1, "rainy", "Le fournisseur tarde."))
    weather = played.project(1, "gael").weather
    assert weather is not None
    assert (weather.text.fr, weather.note, weather.by.name) == ("pluvieux", "Le fournisseur tarde.", "Claire")
    lines = played.see("gael", Projects()).projects
    assert {each.id: each.weather.weather if each.weather else "" for each in lines} == {1: "rainy", 2: ""}
    assert "Claire annonce : pluvieux" in [each.text.read("fr") for each in played.project(1).history]


def test_a_weather_that_cannot_be_said_is_refused(played: Play) -> None:
    played.do("claire", HoldProject(2, "budget gelé", played.clock.at.date().replace(year=2027)))
    cases: list[tuple[str, Any, type]] = [
        ("denis", ReportWeather(1, "sunny"), NotAllowed), ("claire", ReportWeather(1, "snowy"), ChoiceUnknown),
        ("claire", ReportWeather(1, "stormy", " "), ReasonMissing), ("claire", ReportWeather(2, "sunny"), ProjectHeld),
        ("claire", ReportWeather(1, "sunny", "x" * 501), TooLarge),
    ]  # fmt: skip
    for login, command, kind in cases:
        assert type(played.refused(login, command)) is kind, command


# --- a successor -----------------------------------------------------------------------------------------------


def test_whoever_takes_up_a_project_is_given_an_action_and_a_page_of_what_is_open_decided_and_promised(
    play: Play,
) -> None:
    project = play.start()
    play.until(project, "X", {"G1": ["go_reserves"]})
    play.do("claire", ReportWeather(project, "cloudy", "Une réserve reste."))
    play.do("denis", Appoint(project, "CP", (play.people["emile"],)))
    (action,) = play.rows(EntryRow, EntryRow.origin == "handover")
    assert (action.owner_id, action.title) == (play.people["emile"], "Prendre la suite de Claire")
    assert f"/projets/{project}/passation" in action.body
    page = play.see("emile", SuccessionPageOf(project))
    assert [each.code for each in page.project.open] == [each.code for each in play.project(project, "emile").open]
    assert [each.title for each in page.actions] == ["Prendre la suite de Claire", "Compléter le budget"]
    assert [each.outcome for each in page.project.decisions] == ["go_reserves"]
    assert [each.text for each in page.project.reserves] == ["Compléter le budget"]
    assert [each.note for each in page.weathers] == ["Une réserve reste."]


def test_naming_the_same_lead_again_or_another_role_hands_nothing_over(play: Play) -> None:
    project = play.start()
    play.do("denis", Appoint(project, "CP", (play.people["claire"],)))
    play.do("denis", Appoint(project, "EXP", (play.people["gael"],)))
    assert play.rows(EntryRow, EntryRow.origin == "handover") == []


def test_the_page_of_a_successor_is_for_those_who_take_part(play: Play) -> None:
    project = play.start()
    for login in ("karim", "igor"):
        with pytest.raises(NotFound):
            play.see(login, SuccessionPageOf(project))
