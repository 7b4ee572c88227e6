"""A gate: criteria, ballots, quorum, the chair's decision, reserves, reworks, holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine import (
    AlreadyVoted,
    AssessCriterion,
    CastVote,
    ChoiceUnknown,
    CloseVote,
    CompleteTask,
    CriteriaUnmet,
    CriterionComputed,
    DecideGate,
    DeclareInterest,
    History,
    HoldProject,
    InterestDeclared,
    LiftReserve,
    NotAllowed,
    NotFound,
    OpenEntry,
    OutcomeNotAllowed,
    ProjectHeld,
    QuorumNotReached,
    ReasonMissing,
    Reserve,
    ReserveIncomplete,
    ReservesMissing,
    ResumeProject,
    ReviewDateMissing,
    StalePage,
    TaskClosed,
    VoteClosed,
    VoteOpen,
)
from engine.store.tables import CallRow, DecisionRow, EventRow, ReserveRow
from engine.working_time import PARIS
from tests.engine.play import Play

#: by name: Alice, Bruno, Chloé, Denis (the chair)
YES, NO, NEITHER = "favourable", "unfavourable", "abstention"


@pytest.fixture
def at_g1(play: Play) -> tuple[Play, int, int]:
    """A project that waits at G1: four voters, half of them make the quorum, the chair has the casting vote."""
    project = play.start()
    return play, project, play.until(project, "G1", A={"urgent": False})


def test_the_lead_never_votes_even_when_they_hold_the_voting_role(play: Play) -> None:
    project = play.start(people={"CP": (play.people["alice"],)})
    play.people["claire"] = play.people["alice"]
    task = play.until(project, "G1", A={"urgent": False})
    assert [voter.actor.name for voter in play.gate(task).voters] == ["Bruno", "Chloé", "Denis"]
    refusal = play.refused("alice", CastVote(task, "favourable"))
    assert (type(refusal), refusal.text("fr")) == (
        NotAllowed,
        "Vous ne pouvez pas voter à « Lancement ». Qui le peut : les votants de la porte, jamais le chef de projet. "
        "Adressez-vous à cette personne.",
    )


def test_ballots_are_secret_until_the_vote_closes(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    play.do("alice", CastVote(task, "favourable", "prêt"))
    page = play.gate(task, "bruno")
    assert [(v.actor.name, v.voted, v.opinion, v.comment) for v in page.voters] == [
        ("Alice", True, "", ""), ("Bruno", False, "", ""), ("Chloé", False, "", ""), ("Denis", False, "", ""),
    ]  # fmt: skip
    mine = play.gate(task, "alice").mine
    assert mine is not None
    assert (mine.opinion, page.result, page.cast, page.needed) == ("favourable", "", 1, 2)
    play.do("bruno", CastVote(task, "unfavourable"))
    play.do("denis", CloseVote(task))
    assert [(v.actor.name, v.opinion) for v in play.gate(task, "bruno").voters] == [
        ("Alice", YES), ("Bruno", NO), ("Chloé", ""), ("Denis", ""),
    ]  # fmt: skip


def test_a_ballot_is_cast_once(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    play.do("alice", CastVote(task, "favourable"))
    refusal = play.refused("alice", CastVote(task, "unfavourable"))
    assert (type(refusal), refusal.text("fr")) == (
        AlreadyVoted,
        f"Vous avez déjà voté à « Lancement » le {paris(play)}. Un bulletin ne se reprend pas pendant la séance.",
    )


def test_whoever_declares_an_interest_neither_votes_nor_counts(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    assert type(play.refused("alice", DeclareInterest(task, ""))) is ReasonMissing
    play.do("alice", DeclareInterest(task, "mon frère est candidat"))
    refusal = play.refused("alice", CastVote(task, "favourable"))
    assert (type(refusal), refusal.text("fr")) == (
        InterestDeclared,
        "Vous avez déclaré un intérêt : vous ne votez pas à « Lancement ».",
    )
    page = play.gate(task)
    assert (page.eligible, page.needed, page.cast) == (3, 2, 0)


def test_a_vote_without_quorum_is_not_closed(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    play.do("alice", CastVote(task, "favourable"))
    refusal = play.refused("denis", CloseVote(task))
    assert (type(refusal), refusal.text("fr")) == (
        QuorumNotReached,
        "Le quorum de « Lancement » n’est pas atteint : 1 bulletin(s) sur 4 votants, 2 attendus. "
        "Relancez les votants, convoquez une seconde séance si la méthode en prévoit une, ou suspendez le projet.",
    )


def test_a_vote_is_closed_once_and_by_the_chair(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    assert type(play.refused("alice", CloseVote(task))) is NotAllowed
    play.vote(task, YES, YES)
    at = paris(play)
    sentence = f"Le vote de « Lancement » est clos depuis le {at}. Votre avis peut être donné à la prochaine séance."
    for login, act in (("chloe", CastVote(task, "favourable")), ("denis", CloseVote(task))):
        refusal = play.refused(login, act)
        assert (type(refusal), refusal.text("fr")) == (VoteClosed, sentence)


def paris(play: Play) -> str:
    return f"{play.clock.at.astimezone(PARIS):%d/%m/%Y %H:%M}"


#: opinions of Alice, Bruno, Chloé and Denis; result; the outcomes that the chair may then choose
RESULTS = [
    ((YES, YES, NO, NO), "unfavourable", {"rework", "hold", "stop"}),  # Denis, the chair, has the casting vote
    ((NO, NO, YES, YES), "favourable", {"go", "go_reserves", "hold"}),
    ((YES, YES, NO, NEITHER), "tie", {"go", "go_reserves", "rework", "hold", "stop"}),
    ((YES, YES, YES, NO), "favourable", {"go", "go_reserves", "hold"}),
    ((YES, NO, NEITHER, NEITHER), "unfavourable", {"rework", "hold", "stop"}),
]


@pytest.mark.parametrize(("opinions", "result", "offered"), RESULTS)
def test_the_vote_says_which_outcomes_the_chair_may_choose(
    essai: Play, opinions: tuple[str, ...], result: str, offered: set[str]
) -> None:
    project = essai.start()
    task = essai.until(project, "G1", A={"urgent": False})
    essai.examine(task)
    essai.vote(task, *opinions)
    page = essai.gate(task)
    assert page.result == result
    assert {each.outcome for each in page.outcomes if each.allowed} == offered


def test_a_criterion_is_met_with_evidence_or_does_not_apply_with_a_reason(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    play.do("claire", AssessCriterion(task, "1", "met", "enquête du 3"))
    play.do("denis", AssessCriterion(task, "1", "unmet", "l’enquête est incomplète"))
    play.do("claire", AssessCriterion(task, "2", "not_applicable", "sans dépense"))
    assert [(c.state, c.evidence, c.by) for c in play.gate(task).criteria] == [
        ("unmet", "l’enquête est incomplète", "Denis"),
        ("not_applicable", "sans dépense", "Claire"),
    ]
    assert type(play.refused("claire", AssessCriterion(task, "2", "not_applicable"))) is ReasonMissing
    assert type(play.refused("alice", AssessCriterion(task, "1", "met"))) is NotAllowed
    refusal = play.refused("claire", AssessCriterion(task, "9", "met"))
    assert (type(refusal), refusal.text("fr")) == (
        ChoiceUnknown,
        "« 9 » ne fait pas partie des choix de « Lancement ». Choisissez dans la liste.",
    )


def test_what_jalon_computes_nobody_ticks(play: Play) -> None:
    task = play.until(play.start(), "G2")
    refusal = play.refused("claire", AssessCriterion(task, "1", "met"))
    assert (type(refusal), refusal.text("fr")) == (
        CriterionComputed,
        "« Toutes les réserves sont levées » est calculé par Jalon à partir du projet : personne ne peut le cocher.",
    )


def test_a_decision_stays_inside_what_the_vote_and_the_criteria_allow(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    go = DecideGate(task, "go", "prêt")
    refusal = play.refused("denis", go)
    assert (type(refusal), refusal.text("fr")) == (
        VoteOpen,
        "Le vote de « Lancement » est encore ouvert. Le président clôt le vote, puis décide.",
    )
    play.vote(task, YES, YES, YES, YES)
    refusal = play.refused("denis", go)
    assert (type(refusal), refusal.text("fr")) == (
        CriteriaUnmet,
        "« Lancement » ne peut pas être déclarée favorable : ne sont pas remplis Besoin établi, Budget chiffré. "
        "Complétez les preuves, ou choisissez une autre issue.",
    )
    play.examine(task)
    due = date(2027, 1, 15)
    good = Reserve("Chiffrer", play.people["claire"], due)
    with_reserves = DecideGate(task, "go_reserves", "presque", (good,))
    cases: list[tuple[Any, type[Exception], str]] = [
        (
            replace(go, outcome="stop"), OutcomeNotAllowed,
            "L’issue « arrêté » n’est pas possible à « Lancement » : le vote est favorable.",
        ),
        (
            replace(go, reason=" "), ReasonMissing,
            "Un motif est attendu pour décider à « Lancement ». "
            "Écrivez une phrase que les personnes concernées liront.",
        ),
        (
            replace(with_reserves, reserves=()), ReservesMissing,
            "« Favorable avec réserves » demande au moins une réserve avec son porteur et son échéance.",
        ),
        (
            replace(with_reserves, reserves=(good, replace(good, text=" "))), ReserveIncomplete,
            "Chaque réserve demande un texte, un porteur et une échéance. Complétez la réserve 2.",
        ),
        (
            replace(with_reserves, reserves=(replace(good, due=date(2026, 11, 1)),)), ReserveIncomplete,
            "Chaque réserve demande un texte, un porteur et une échéance. Complétez la réserve 1.",
        ),
        (
            replace(with_reserves, reserves=(replace(good, owner=0),)), ReserveIncomplete,
            "Chaque réserve demande un texte, un porteur et une échéance. Complétez la réserve 1.",
        ),
        (
            replace(go, outcome="hold"), ReviewDateMissing,
            "Une suspension demande une date de revue à venir. Choisissez le jour où le projet sera réexaminé.",
        ),
        (replace(go, outcome="hold", review_at=date(2026, 11, 23)), ReviewDateMissing, ""),
        (replace(go, revision=0), StalePage, ""),
    ]  # fmt: skip
    for act, kind, sentence in cases:
        refusal = play.refused("denis", act)
        assert type(refusal) is kind, act
        assert not sentence or refusal.text("fr") == sentence
    assert type(play.refused("claire", go)) is NotAllowed
    assert type(play.refused("karim", go)) is NotFound
    play.do("denis", go)
    assert type(play.refused("denis", go)) is TaskClosed


def test_a_gate_is_neither_claimed_nor_completed_by_the_lead(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    for login, act in (("claire", CompleteTask(task)), ("denis", CompleteTask(task))):
        assert type(play.refused(login, act)) is NotAllowed
    with pytest.raises(NotFound):
        play.page(task)


def test_a_decision_is_numbered_and_keeps_its_votes_and_criteria(at_g1: tuple[Play, int, int]) -> None:
    play, project, task = at_g1
    play.examine(task)
    play.vote(task, YES, YES, NO)
    decided = play.do("denis", DecideGate(task, "go", "prêt", revision=play.gate(task).revision))
    assert decided.number == f"{project}-G1-1"
    line = play.project(project).decisions[0]
    assert (line.outcome, line.favourable, line.unfavourable, line.abstention, line.eligible) == ("go", 2, 1, 0, 4)
    assert [(text.fr, state) for text, state, _ in line.criteria] == [
        ("Besoin établi", "met"),
        ("Budget chiffré", "met"),
    ]


def test_a_gate_that_is_decided_calls_nobody_any_more(at_g1: tuple[Play, int, int]) -> None:
    play, project, gate = at_g1
    assert {each.kind for each in play.rows(CallRow, CallRow.task_id == gate)} == {"vote", "present"}
    play.decide(project, "G1")
    assert play.rows(CallRow, CallRow.task_id == gate) == []


def test_a_rework_lands_where_the_gate_says_keeps_the_answers_and_is_counted(at_g1: tuple[Play, int, int]) -> None:
    play, project, _ = at_g1
    play.decide(project, "G1", "rework")
    assert play.open(project) == ["B"]
    page = play.page(play.task(project, "B"))
    assert (page.round, page.values["avis"], page.rework_reason) == (2, "oui", "le dossier le montre")
    play.until(project, "G1")
    task = play.task(project, "G1")
    play.examine(task)
    play.vote(task, NO, NO, NO, NO)
    refusal = play.refused("denis", DecideGate(task, "rework", "encore"))
    assert (type(refusal), refusal.text("fr")) == (
        OutcomeNotAllowed,
        "L’issue « à reprendre » n’est pas possible à « Lancement » : "
        "la phase a déjà été reprise 1 fois ; il faut maintenant trancher.",
    )


def test_reserves_stand_in_the_way_of_a_later_go_until_they_are_lifted(at_g1: tuple[Play, int, int]) -> None:
    play, project, _ = at_g1
    play.decide(project, "G1", "go_reserves")
    gate = play.until(project, "G2")
    assert [(c.state, c.remark.fr) for c in play.gate(gate).criteria] == [("unmet", "1 réserve(s) à lever.")]
    assert type(play.refused("denis", DecideGate(gate, "go", "prêt"))) is CriteriaUnmet
    reserve = play.rows(ReserveRow)[0]
    assert type(play.refused("claire", LiftReserve(reserve.id, " "))) is ReasonMissing
    assert type(play.refused("bruno", LiftReserve(reserve.id, "fait"))) is NotAllowed
    assert type(play.refused("claire", LiftReserve(9999, "fait"))) is NotFound
    play.do("claire", LiftReserve(reserve.id, "budget au dossier"))
    line = play.project(project).reserves[0]
    assert (line.proof, line.may_lift, line.lifted_at) == ("budget au dossier", False, play.clock.at)
    play.do("denis", DecideGate(gate, "go", "prêt"))
    assert play.project(project).status == "closed"


def test_reserves_of_g1_stand_in_the_way_of_g2_in_the_long_method(essai: Play) -> None:
    project = essai.start("projet_transversal")
    gate = essai.until(project, "G2", {"G1": ["go_reserves"]})
    essai.examine(gate)
    essai.vote(gate, YES, YES, YES, YES)
    assert type(essai.refused("denis", DecideGate(gate, "go", "prêt"))) is CriteriaUnmet
    essai.lift(project)
    essai.do("denis", DecideGate(gate, "go", "prêt"))
    assert essai.rows(DecisionRow)[-1].outcome == "go"


def test_a_hold_at_a_gate_suspends_the_project_and_a_new_session_opens_on_resuming(
    at_g1: tuple[Play, int, int],
) -> None:
    play, project, task = at_g1
    play.examine(task)
    play.vote(task, YES, YES, YES, YES)
    play.do("denis", DecideGate(task, "hold", "budget gelé", review_at=date(2027, 1, 15)))
    page = play.project(project)
    assert (page.status, page.hold_reason) == ("held", "budget gelé")
    assert type(play.refused("alice", CastVote(task, "favourable"))) is ProjectHeld
    assert type(play.refused("denis", HoldProject(project, "encore", date(2027, 2, 1)))) is ProjectHeld
    play.do("denis", ResumeProject(project))
    gate = play.gate(task)
    assert (gate.session, gate.cast, gate.result) == (2, 0, "")
    play.vote(task, YES, YES)
    play.do("denis", DecideGate(task, "go", "budget rendu"))
    assert [line.outcome for line in play.project(project).decisions] == ["hold", "go"]


def test_a_stop_leads_through_the_short_closure(at_g1: tuple[Play, int, int]) -> None:
    play, project, _ = at_g1
    play.decide(project, "G1", "stop")
    assert play.open(project) == ["K"]
    play.complete(project, "K")
    assert play.project(project).status == "stopped"


def test_a_hold_while_the_vote_is_open_tells_no_ballot(at_g1: tuple[Play, int, int]) -> None:
    play, project, task = at_g1
    play.do("alice", CastVote(task, "unfavourable", "trop tôt"))
    play.do("denis", DecideGate(task, "hold", "budget gelé", review_at=date(2027, 1, 15)))
    line = play.project(project).decisions[0]
    assert (line.ballots, line.favourable, line.unfavourable, line.eligible) == ((), 0, 0, 4)
    assert "trop tôt" not in play.rows(DecisionRow)[0].record


def test_what_was_voted_is_nowhere_to_be_read_before_the_vote_closes(at_g1: tuple[Play, int, int]) -> None:
    play, project, task = at_g1
    play.do("alice", CastVote(task, "unfavourable", "Trop tôt pour moi"))
    pages = [play.gate(task, login) for login in ("bruno", "claire", "denis")]
    pages += [play.project(project, "denis"), play.see("denis", History(project))]
    events = [each.facts for each in play.rows(EventRow, EventRow.stream == project)]
    for told in (*map(repr, pages), *events):
        assert "Trop tôt pour moi" not in told
        assert "opinion='unfavourable'" not in told
        assert '"unfavourable"' not in told


def test_open_risks_that_are_critical_are_shown_at_every_gate(at_g1: tuple[Play, int, int]) -> None:
    play, project, task = at_g1
    for title, probability, impact in (("Mineur", "3", "3"), ("Prestataire absent", "3", "4"), ("Grave", "4", "4")):
        values = {"title": title, "probability": probability, "impact": impact, "owner": play.people["claire"]}
        play.do("claire", OpenEntry("risk", values, project))
    assert [(each.title, each.level, each.owner) for each in play.gate(task).risks] == [
        ("Grave", 16, "Claire"),
        ("Prestataire absent", 12, "Claire"),
    ]
