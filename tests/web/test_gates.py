"""The gate room, over a real engine: Amina leads, Bruno chairs, Bruno and Chloé vote."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine import Engine, GatePageOf, ProjectPageOf
from tests.web.conftest import Browser, words
from tests.web.under_vote import AMINA, BRUNO, CHLOE, in_days, under_vote


@pytest.fixture
def opened(engine: Engine) -> tuple[int, int]:
    """The project and its gate."""
    return under_vote(engine)


@pytest.fixture
def gate(opened: tuple[int, int]) -> int:
    return opened[1]


def voted(gate: int, opinion: str, *voters: Browser) -> None:
    for voter in voters:
        voter.post(f"/portes/{gate}/vote", {"opinion": opinion, "comment": f"avis {opinion}"})


def decided(chair: Browser, gate: int, **form: Any) -> TestResponse:
    chair.get(f"/portes/{gate}")
    return chair.post(f"/portes/{gate}/decision", form)


def test_the_lead_assesses_the_criteria_and_only_what_changed_is_an_act(
    engine: Engine, amina: Browser, gate: int
) -> None:
    form = {"state-1": "met", "evidence-1": "Fiche projet"}
    page = amina.post(f"/portes/{gate}/criteres", form, follow_redirects=True)
    assert "Les critères sont enregistrés." in words(page)
    first, second = engine.read(GatePageOf(gate), AMINA).criteria
    assert (first.state, first.evidence, first.by) == ("met", "Fiche projet", "Amina Benali")
    assert second.state == ""
    again = amina.post(f"/portes/{gate}/criteres", form, follow_redirects=True)
    assert "Rien n’a changé : aucun critère n’a été modifié." in words(again)


def test_a_criterion_without_object_needs_its_reason_and_keeps_what_was_typed(amina: Browser, gate: int) -> None:
    page = amina.post(
        f"/portes/{gate}/criteres", {"state-1": "not_applicable", "state-2": "met", "evidence-2": "8 jours"}
    )
    assert page.status_code == 422
    assert 'name="state-1" value="not_applicable" checked' in page.text
    assert 'name="state-2" value="met" checked' in page.text
    assert "Un motif est attendu" in words(page)


def test_one_who_may_not_assess_reads_the_criteria_without_a_form(chloe: Browser, gate: int) -> None:
    page = chloe.get(f"/portes/{gate}")
    assert "Objectif clair pas encore examiné" in words(page)
    assert "state-1" not in page.text


def test_a_ballot_stays_secret_until_the_vote_closes(amina: Browser, bruno: Browser, chloe: Browser, gate: int) -> None:
    voted(gate, "unfavourable", chloe)
    open_room = words(amina.get(f"/portes/{gate}"))
    assert "Chloé Dumas Comité a voté" in open_room
    assert "avis unfavourable" not in open_room
    assert "Votre bulletin est déposé : défavorable." in words(chloe.get(f"/portes/{gate}"))
    voted(gate, "favourable", bruno)
    bruno.post(f"/portes/{gate}/clore")
    closed = words(amina.get(f"/portes/{gate}"))
    assert "Chloé Dumas Comité défavorable avis unfavourable" in closed
    assert "Bruno Cordier Comité favorable avis favourable" in closed


def test_the_lead_never_sees_a_ballot_to_fill(amina: Browser, gate: int) -> None:
    assert 'name="opinion"' not in amina.get(f"/portes/{gate}").text
    page = amina.post(f"/portes/{gate}/vote", {"opinion": "favourable"})
    assert page.status_code == 403


def test_a_ballot_without_an_opinion_is_asked_again_with_its_comment(chloe: Browser, gate: int) -> None:
    page = chloe.post(f"/portes/{gate}/vote", {"comment": "Je réfléchis encore."})
    assert page.status_code == 422
    assert "Choisissez un avis : favorable, défavorable ou abstention." in words(page)
    assert "Je réfléchis encore.</textarea>" in page.text


def test_the_quorum_is_told_live_without_the_rest_of_the_page(chloe: Browser, gate: int) -> None:
    assert "0 bulletins sur 2 votants ; 2 attendus il manque 2 bulletins" in flat(chloe.get(f"/portes/{gate}/quorum"))
    voted(gate, "favourable", chloe)
    page = chloe.get(f"/portes/{gate}/quorum")
    assert "1 bulletin sur 2 votants ; 2 attendus il manque 1 bulletin" in flat(page)
    assert "<html" not in page.text


def flat(page: TestResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)).replace("0 bulletin ", "0 bulletins ")


def test_a_vote_does_not_close_before_its_quorum(bruno: Browser, gate: int) -> None:
    page = bruno.post(f"/portes/{gate}/clore")
    assert page.status_code == 422
    assert "Le quorum de « Feu vert » n’est pas atteint" in words(page)


def test_who_declares_an_interest_no_longer_counts(engine: Engine, chloe: Browser, gate: int) -> None:
    page = chloe.post(f"/portes/{gate}/interet", {"reason": "Mon service est le prestataire."}, follow_redirects=True)
    assert "Vous avez déclaré un intérêt : vous ne votez pas ici." in words(page)
    assert engine.read(GatePageOf(gate), CHLOE).eligible == 1


def test_an_outcome_that_the_vote_forbids_is_shown_disabled_with_its_reason(
    bruno: Browser, chloe: Browser, gate: int
) -> None:
    voted(gate, "unfavourable", bruno, chloe)
    bruno.post(f"/portes/{gate}/clore")
    page = bruno.get(f"/portes/{gate}")
    assert re.search(r'name="outcome" value="go" disabled', page.text)
    assert re.search(r'name="outcome" value="rework" aria', page.text)
    assert "Pas possible :" in words(page)


def test_a_favourable_gate_becomes_a_record_and_opens_the_next_phase(
    engine: Engine, amina: Browser, bruno: Browser, chloe: Browser, opened: tuple[int, int]
) -> None:
    project, gate = opened
    amina.post(f"/portes/{gate}/criteres", {"state-1": "met", "evidence-1": "vu", "state-2": "met", "evidence-2": "vu"})
    voted(gate, "favourable", bruno, chloe)
    bruno.post(f"/portes/{gate}/clore")
    page = decided(bruno, gate, outcome="go", reason="Le projet vaut ses jours.")
    assert page.status_code == 303
    record = words(bruno.get(f"/portes/{gate}"))
    assert f"Procès-verbal {project}-SG1-1 Issue favorable Motif Le projet vaut ses jours." in record
    assert "Vote 2 favorables, 0 défavorable, 0 abstention, sur 2 votants" in record
    assert [step.state for step in engine.read(ProjectPageOf(project), BRUNO).phases] == ["done", "current"]


def test_a_gate_without_a_vote_says_nothing_of_one_in_its_record(engine: Engine, bruno: Browser) -> None:
    project, gate = under_vote(engine, alone=True)
    assert decided(bruno, gate, outcome="rework", reason="À revoir.").status_code == 303
    record = words(bruno.get(f"/portes/{gate}"))
    assert f"Procès-verbal {project}-SG1-1 Issue à reprendre Motif À revoir." in record
    assert "Règle le président décide seul Critères au moment de la décision" in record


def test_reserves_are_typed_in_rows_and_a_row_is_added_without_javascript(
    engine: Engine, bruno: Browser, chloe: Browser, opened: tuple[int, int]
) -> None:
    project, gate = opened
    voted(gate, "favourable", bruno, chloe)
    bruno.post(f"/portes/{gate}/clore")
    first = {
        "reserve-0-text": "Chiffrer la formation",
        "reserve-0-owner": str(CHLOE),
        "reserve-0-due": in_days(20).isoformat(),
    }
    more = decided(bruno, gate, outcome="go_reserves", reason="Deux points restent.", row="add", **first)
    assert more.status_code == 200
    assert "Chiffrer la formation</textarea>" in more.text
    assert 'name="reserve-1-text"' in more.text
    half = decided(
        bruno, gate, outcome="go_reserves", reason="Deux points restent.", **first, **{"reserve-1-text": "Le reste"}
    )
    assert half.status_code == 422
    assert "Complétez la réserve 2." in words(half)
    assert "Le reste</textarea>" in half.text
    done = decided(bruno, gate, outcome="go_reserves", reason="Deux points restent.", **first)
    assert done.status_code == 303
    (reserve,) = engine.read(ProjectPageOf(project), BRUNO).reserves
    assert (reserve.text, reserve.owner.name) == ("Chiffrer la formation", "Chloé Dumas")


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"reason": "Oui."}, 422, "Choisissez l’issue de la porte."),
        ({"outcome": "hold", "reason": "Attendons."}, 422, "Une suspension demande une date de revue à venir."),
        ({"outcome": "hold", "reason": "Attendons.", "review_at": "demain"}, 422, "une date de revue à venir."),
        ({"outcome": "go", "reason": "Oui."}, 409, "Le vote de « Feu vert » est encore ouvert"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_is_said_and_keeps_its_reason(
    bruno: Browser, gate: int, form: dict[str, str], status: int, said: str
) -> None:
    page = decided(bruno, gate, **form)
    assert page.status_code == status
    assert said in words(page)
    assert f"{form['reason']}</textarea>" in page.text


def test_a_decision_from_an_old_page_is_refused_with_what_was_typed(
    amina: Browser, bruno: Browser, chloe: Browser, gate: int
) -> None:
    voted(gate, "favourable", bruno, chloe)
    bruno.post(f"/portes/{gate}/clore")
    page = decided(bruno, gate, outcome="rework", reason="À préciser.", revision="0")
    assert page.status_code == 409
    assert "Cette page n’est plus à jour" in words(page)
    assert "À préciser.</textarea>" in page.text


def test_a_comment_is_markdown_and_harmless(chloe: Browser, gate: int) -> None:
    page = chloe.post(
        f"/portes/{gate}/commentaires", {"body": "C’est **clair** <script>x</script>"}, follow_redirects=True
    )
    assert "<strong>clair</strong>" in page.text
    assert "<script>x" not in page.text
    assert chloe.post(f"/portes/{gate}/commentaires", {"body": " "}).status_code == 422


def test_a_chair_may_hold_the_project_before_any_vote(bruno: Browser, gate: int) -> None:
    page = decided(bruno, gate, outcome="hold", reason="Attendons.", review_at=in_days(9).isoformat())
    assert page.status_code == 303
    assert "suspendu" in words(bruno.get(f"/portes/{gate}"))


def test_what_is_not_a_gate_has_no_room(amina: Browser, task: int) -> None:
    assert [amina.get(f"/portes/{each}").status_code for each in (9999, task)] == [404, 404]


# --- what is refused, in words -----------------------------------------------------------------------------


def test_a_vote_after_the_close_twice_or_by_the_lead_is_refused_in_words(
    amina: Browser, bruno: Browser, chloe: Browser, gate: int
) -> None:
    voted(gate, "favourable", bruno, chloe)
    twice = chloe.post(f"/portes/{gate}/vote", {"opinion": "unfavourable"})
    assert twice.status_code == 409
    assert "Vous avez déjà voté à « Feu vert »" in words(twice)
    lead = amina.post(f"/portes/{gate}/vote", {"opinion": "favourable"})
    assert lead.status_code == 403
    assert "les votants de la porte, jamais le chef de projet" in words(lead)
    bruno.post(f"/portes/{gate}/clore")
    late = chloe.post(f"/portes/{gate}/vote", {"opinion": "favourable"})
    assert late.status_code == 409
    assert "Le vote de « Feu vert » est clos depuis le" in words(late)


def test_a_substitute_without_mandate_is_refused_in_words(bruno: Browser, gate: int) -> None:
    page = bruno.post(f"/portes/{gate}/vote", {"opinion": "favourable", "voter": str(CHLOE)})
    assert page.status_code == 403
    assert "Vous n’avez pas de mandat de Chloé Dumas pour voter à « Feu vert »." in words(page)


# --- deputies ----------------------------------------------------------------------------------------------


def test_a_voter_names_a_deputy_who_votes_in_their_name(
    engine: Engine, bruno: Browser, chloe: Browser, gate: int
) -> None:
    until = in_days(20).isoformat()
    form = {"deputy": str(BRUNO), "until": until, "role": "VOT", "reason": "congés"}
    account = words(chloe.post("/compte/suppleances", form, follow_redirects=True))
    assert "Votre suppléant est nommé" in account
    assert "Bruno Cordier Comité tous les projets · congés" in account
    assert "Voter au nom de Chloé Dumas" in words(bruno.get(f"/portes/{gate}"))
    bruno.post(f"/portes/{gate}/vote", {"opinion": "favourable", "voter": str(CHLOE)})
    room = words(chloe.get(f"/portes/{gate}"))
    assert "Chloé Dumas Comité a voté par Bruno Cordier" in room
    assert "Déposé par Bruno Cordier." in room
    again = chloe.post(f"/portes/{gate}/vote", {"opinion": "unfavourable"})
    assert "Le bulletin de Chloé Dumas à « Feu vert » a été déposé par Bruno Cordier le" in words(again)
    voted(gate, "favourable", bruno)
    bruno.post(f"/portes/{gate}/clore")
    decided(bruno, gate, outcome="hold", reason="Attendons.", review_at=in_days(9).isoformat())
    assert engine.read(GatePageOf(gate), BRUNO).decisions[0].ballots[0].by == "Bruno Cordier"
    assert "Chloé Dumas par Bruno Cordier favorable" in words(bruno.get(f"/portes/{gate}"))


def test_a_mandate_is_ended_from_the_account(bruno: Browser, chloe: Browser, gate: int) -> None:
    chloe.post("/compte/suppleances", {"deputy": str(BRUNO), "until": in_days(20).isoformat()})
    assert re.search(r"/compte/suppleances/(\d+)/fin", bruno.get("/compte").text)
    page = bruno.post("/compte/suppleances/1/fin", follow_redirects=True)
    assert "La suppléance est terminée." in words(page)
    assert "Voter au nom de" not in words(bruno.get(f"/portes/{gate}"))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Choisissez la personne qui vous supplée."),
        ({"deputy": "2"}, "Dites jusqu’à quel jour la suppléance dure."),
        ({"deputy": "2", "until": "demain"}, "Écrivez une date, par exemple 2026-12-31."),
        ({"deputy": "2", "until": "2020-01-01"}, "la suppléance doit finir après son début"),
    ],
)
def test_a_mandate_that_is_typed_wrong_is_asked_again(
    chloe: Browser, gate: int, form: dict[str, str], said: str
) -> None:
    page = chloe.post("/compte/suppleances", {**form, "reason": "congés de printemps"})
    assert page.status_code == 422
    assert said in words(page)
    assert "congés de printemps" in page.text


# --- the room ----------------------------------------------------------------------------------------------


def test_the_agenda_says_what_is_to_be_decided_and_the_gates_stand_beside(bruno: Browser, gate: int) -> None:
    room = words(bruno.get(f"/portes/{gate}"))
    assert "À décider la fin de la phase « Cadrer »" in room
    assert "Critères 2 critères ne sont pas remplis" in room
    assert "Pièces 1 étape, 0 fichier" in room
    assert "Réserves aucune à lever" in room
    assert "Risques critiques aucun à 12 sur 16 ou plus" in room
    assert "Les portes du projet SG1 Feu vert ici SG2 Clôture à venir" in room


def test_a_second_session_that_the_method_does_not_foresee_is_refused_in_words(bruno: Browser, gate: int) -> None:
    assert "Convoquer une seconde séance" not in words(bruno.get(f"/portes/{gate}"))
    page = bruno.post(f"/portes/{gate}/seconde-seance")
    assert page.status_code == 422
    assert "La méthode ne prévoit pas de seconde séance à « Feu vert »." in words(page)


def test_a_second_session_is_called_from_the_room_and_decides_without_quorum_at_its_date(
    engine: Engine, bruno: Browser, chloe: Browser
) -> None:
    _, gate = under_vote(engine, "Standard téléphonique", second_session=True)
    assert "Convoquer une seconde séance" in words(bruno.get(f"/portes/{gate}"))
    page = bruno.post(f"/portes/{gate}/seconde-seance", follow_redirects=True)
    assert "La seconde séance est convoquée. Les votants peuvent voter dès maintenant." in words(page)
    assert "À cette date elle décide sans quorum." in words(page)
    voted(gate, "favourable", chloe)
    assert bruno.post(f"/portes/{gate}/clore").status_code == 422
    moment = datetime.now(UTC) + timedelta(days=10)
    engine.clock = lambda: moment
    assert bruno.post(f"/portes/{gate}/clore").status_code == 303
    form = {"outcome": "go_reserves", "reason": "Un avis suffit.", "reserve-0-text": "Chiffrer la formation"}
    form |= {"reserve-0-owner": str(CHLOE), "reserve-0-due": in_days(40).isoformat()}
    assert decided(bruno, gate, **form).status_code == 303
    record = words(bruno.get(f"/portes/{gate}"))
    assert "Quorum 2 bulletins attendus : non atteint ; seconde séance, qui décide sans quorum (séance 2)" in record
