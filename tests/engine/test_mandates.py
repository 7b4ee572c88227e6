"""A deputy does what the holder of a role would, in the holder's name: no less, no more, and not a day longer."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from engine import (
    AlreadyVoted,
    BallotCast,
    CastVote,
    ClaimTask,
    CloseVote,
    CompleteTask,
    DecideGate,
    DeclareInterest,
    EndMandate,
    GrantMandate,
    InterestDeclared,
    JalonError,
    MandateImpossible,
    Mandates,
    MyTasks,
    NoMandate,
    NotAllowed,
    NotFound,
)
from engine.errors import ChoiceUnknown
from engine.store.tables import BallotRow, DecisionRow, TaskRow
from tests.engine.play import Play, filled

NEXT_MONTH = date(2026, 12, 31)


@pytest.fixture
def at_g1(play: Play) -> tuple[Play, int, int]:
    """Alice, Bruno, Chloé and Denis vote; Karim takes part in nothing, unless he stands in for somebody."""
    project = play.start()
    return play, project, play.until(project, "G1", A={"urgent": False})


def mandate(play: Play, giver: str, deputy: str, **said: object) -> int:
    given: int = play.do(giver, GrantMandate(play.people[deputy], NEXT_MONTH, **said)).mandate  # type: ignore[arg-type]
    return given


def test_a_deputy_votes_for_the_voter_and_the_record_names_both(at_g1: tuple[Play, int, int]) -> None:
    play, project, task = at_g1
    chloe = play.people["chloe"]
    assert type(play.refused("karim", CastVote(task, "favourable", voter=chloe))) is NotFound
    mandate(play, "chloe", "karim")
    assert [line.actor.name for line in play.gate(task, "karim").in_name_of] == ["Chloé"]
    assert task in [line.id for line in play.see("karim", MyTasks()).tasks]
    play.do("karim", CastVote(task, "favourable", "lu", voter=chloe))
    assert task not in [line.id for line in play.see("karim", MyTasks()).tasks]
    assert [line.text.fr for line in play.gate(task).history if line.kind == "ballot_cast_for"] == [
        "Karim a voté à « Lancement » au nom de Chloé"
    ]
    play.do("alice", CastVote(task, "favourable"))
    play.do("denis", CloseVote(task))
    play.examine(task)
    play.do("denis", DecideGate(task, "go", "prêt"))
    ballots = json.loads(play.rows(DecisionRow)[0].record)["ballots"]
    assert ballots[0] == {"actor": chloe, "opinion": "favourable", "comment": "lu", "by": play.people["karim"]}
    decided = play.project(project).decisions[0]
    assert [(each.voter, each.by) for each in decided.ballots] == [("Chloé", "Karim"), ("Alice", "")]


def test_a_voter_has_one_ballot_whoever_casts_it(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    alice = play.people["alice"]
    mandate(play, "alice", "bruno")
    play.do("bruno", CastVote(task, "favourable", voter=alice))
    refusal = play.refused("alice", CastVote(task, "unfavourable"))
    assert type(refusal) is BallotCast
    assert refusal.text("fr").startswith("Le bulletin de Alice à « Lancement » a été déposé par Bruno le ")
    # his own ballot is another one
    play.do("bruno", CastVote(task, "unfavourable"))
    assert type(play.refused("bruno", CastVote(task, "unfavourable"))) is AlreadyVoted
    assert type(play.refused("bruno", CastVote(task, "favourable", voter=alice))) is BallotCast
    assert [(row.actor_id == alice, row.by_id) for row in play.rows(BallotRow)] == [
        (True, play.people["bruno"]),
        (False, None),
    ]


def test_a_substitute_without_mandate_is_refused_in_words(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    refusal = play.refused("bruno", CastVote(task, "favourable", voter=play.people["alice"]))
    assert (type(refusal), refusal.text("fr")) == (
        NoMandate,
        "Vous n’avez pas de mandat de Alice pour voter à « Lancement ». Cette personne vous nomme suppléant depuis son "
        "compte, ou vote elle-même.",
    )


def test_the_lead_stands_in_for_no_voter(at_g1: tuple[Play, int, int]) -> None:
    play, project, task = at_g1
    refusal = play.refused("alice", GrantMandate(play.people["claire"], NEXT_MONTH, project=project))
    assert type(refusal) is MandateImpossible
    assert "le chef de projet présente aux portes et n’y vote jamais" in refusal.text("fr")
    # a mandate for every project opens this vote no more
    mandate(play, "alice", "claire")
    refusal = play.refused("claire", CastVote(task, "favourable", voter=play.people["alice"]))
    assert type(refusal) is NotAllowed
    assert "jamais le chef de projet" in refusal.text("fr")
    assert play.gate(task, "claire").in_name_of == ()


def test_who_declared_an_interest_votes_for_nobody(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    mandate(play, "alice", "bruno")
    assert type(play.refused("karim", DeclareInterest(task, "le mien"))) is NotFound
    play.do("bruno", DeclareInterest(task, "mon service"))
    assert type(play.refused("bruno", CastVote(task, "favourable", voter=play.people["alice"]))) is InterestDeclared


def test_a_deputy_of_the_chair_closes_and_decides_in_the_chairs_name(at_g1: tuple[Play, int, int]) -> None:
    play, project, task = at_g1
    mandate(play, "denis", "karim", role="COM")
    play.examine(task)
    for voter in ("alice", "bruno"):
        play.do(voter, CastVote(task, "favourable"))
    assert "decide" in play.gate(task, "karim").can
    play.do("karim", CloseVote(task))
    play.do("karim", DecideGate(task, "go", "prêt"))
    line = play.project(project).decisions[0]
    assert (line.by.name, line.in_name_of) == ("Karim", "Denis")
    assert "Karim a décidé « Lancement » : favorable (au nom de Denis)" in [
        each.text.fr for each in play.gate(task).history
    ]


def test_a_deputy_claims_and_completes_and_the_task_stays_the_holders(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    assert type(play.refused("karim", CompleteTask(task, {}))) is NotFound
    given = mandate(play, "claire", "karim", project=project)
    assert task in [line.id for line in play.see("karim", MyTasks()).tasks]
    page = play.page(task, "karim")
    assert {"complete", "draft"} <= page.can
    play.do("karim", CompleteTask(task, filled(page) | {"urgent": False}))
    row = play.row(task)
    assert (row.state, row.closed_by) == ("done", play.people["karim"])
    assert "Karim a terminé « Cadrer » (au nom de Claire)" in [each.text.fr for each in play.page(task).history]
    play.do("claire", EndMandate(given))
    with pytest.raises(NotFound):
        play.page(play.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "open")[0].id, "karim")


def test_what_is_claimed_for_another_is_theirs(play: Play) -> None:
    project = play.start()
    task = play.until(project, "G1", A={"urgent": False})
    assert task
    play.decide(project, "G1")
    free = next(
        row for row in play.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "open")
        if row.assignee_id is None and row.role == "EXP"
    )  # fmt: skip
    mandate(play, "emile", "karim", role="EXP")
    play.do("karim", ClaimTask(free.id))
    assert play.row(free.id).assignee_id == play.people["emile"]


def test_a_mandate_runs_for_its_days_only(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    first, last = date(2026, 11, 25), date(2026, 11, 26)
    play.do("claire", GrantMandate(play.people["karim"], last, since=first))
    seen = []
    for _ in range(5):
        try:
            play.page(task, "karim")
            seen.append(play.clock.at.date())
        except NotFound:
            pass
        play.clock.advance(days=1)
    assert seen == [first, last]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"deputy": "alice"}, MandateImpossible),  # oneself
        ({"deputy": "igor"}, MandateImpossible),  # a guest
        ({"deputy": "lea"}, ChoiceUnknown),  # who has left
        ({"until": date(2026, 11, 1)}, MandateImpossible),
        ({"until": date(2028, 11, 1)}, MandateImpossible),
        ({"since": date(2027, 2, 1)}, MandateImpossible),
        ({"role": "COM"}, ChoiceUnknown),  # that Alice does not hold
        ({"project": 9999}, NotFound),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(essai: Play, said: dict[str, object], refusal: type[JalonError]) -> None:
    deputy = essai.people[str(said.pop("deputy", "bruno"))]
    command = GrantMandate(**({"deputy": deputy, "until": NEXT_MONTH} | said))  # type: ignore[arg-type]
    assert type(essai.refused("alice", command)) is refusal


def test_a_deputy_passes_nothing_on(at_g1: tuple[Play, int, int]) -> None:
    play, _, task = at_g1
    mandate(play, "alice", "karim")
    mandate(play, "karim", "jeanne")
    assert play.gate(task, "jeanne").in_name_of == ()
    assert type(play.refused("karim", GrantMandate(play.people["jeanne"], NEXT_MONTH, role="COPIL"))) is ChoiceUnknown


def test_the_account_tells_of_mandates_given_and_received(essai: Play) -> None:
    given = mandate(essai, "alice", "bruno", role="COPIL", reason="congés")
    page = essai.see("alice", Mandates())
    line = page.given[0]
    assert (line.deputy.name, line.role.fr, line.state, line.reason) == (
        "Bruno", "Comité de pilotage", "running", "congés",
    )  # fmt: skip
    assert [each.giver.name for each in essai.see("bruno", Mandates()).received] == ["Alice"]
    assert [each.value for each in page.roles] == ["COPIL", "PCT"]
    assert type(essai.refused("karim", EndMandate(given))) is NotFound
    essai.do("bruno", EndMandate(given))
    assert essai.see("alice", Mandates()).given[0].state == "over"
    assert essai.see("alice", Mandates()).given[0].until > essai.clock.at + timedelta(days=1)
