"""A phase reworked as often as the method allows: its sponsor settles. An idea that is dismissed is answered."""

from __future__ import annotations

import json

from engine import CastVote, CloseVote, DecideGate, NotAllowed, OutcomeNotAllowed
from engine.settings import Settings
from engine.store.act import Act
from engine.store.entries import open_entry
from engine.store.tables import ActorRow, DecisionRow, EntryRow, EventRow, MessageRow
from tests.engine.play import Play


def test_after_the_last_rework_the_sponsor_settles_whatever_the_vote(play: Play) -> None:
    project = play.start(people={"CP": (play.people["claire"],), "COM": (play.people["jeanne"],)})
    play.until(project, "G1", A={"urgent": False})
    task = play.task(project, "G1")
    assert [line.allowed for line in play.gate(task, "jeanne").outcomes if line.outcome == "rework"] == [False]
    play.examine(task)
    for voter in ("alice", "bruno"):
        play.do(voter, CastVote(task, "unfavourable"))
    play.do("jeanne", CloseVote(task))
    play.do("jeanne", DecideGate(task, "rework", "à revoir"))
    event = play.rows(EventRow, EventRow.kind == "rework_escalated")[0]
    assert json.loads(event.facts)["people"] == [play.people["jeanne"]]
    task = play.until(project, "G1")
    page = play.gate(task, "jeanne")
    assert page.escalated
    assert {line.outcome for line in page.outcomes if line.allowed} == {"go_reserves", "hold", "stop"}
    assert "decide" in page.can
    assert type(play.refused("alice", DecideGate(task, "stop", "assez"))) is NotAllowed
    assert type(play.refused("jeanne", DecideGate(task, "rework", "encore"))) is OutcomeNotAllowed
    play.examine(task)
    play.do("jeanne", DecideGate(task, "go", "on y va"))
    decision = play.rows(DecisionRow)[-1]
    assert (decision.outcome, json.loads(decision.record)["escalated"]) == ("go", True)
    assert play.project(project).decisions[-1].escalated
    (forced,) = play.rows(EntryRow, EntryRow.register == "deviation")
    assert (forced.title, forced.body, forced.state, forced.author_id, forced.closed_by) == (
        "Décision sans l’accord du vote : favorable à « Lancement »", "on y va", "approved", None,
        play.people["jeanne"],
    )  # fmt: skip
    said = json.loads(forced.facts)
    assert (said["element"], said["operation"], said["decision"]) == ("G1", "forced", decision.number)


def test_what_the_vote_allows_is_no_deviation_even_from_the_sponsor(play: Play) -> None:
    project = play.start(people={"CP": (play.people["claire"],), "COM": (play.people["jeanne"],)})
    for outcome in ("rework", "stop"):
        task = play.until(project, "G1", A={"urgent": False})
        play.examine(task)
        for voter in ("alice", "bruno"):
            play.do(voter, CastVote(task, "unfavourable"))
        play.do("jeanne", CloseVote(task))
        play.do("jeanne", DecideGate(task, outcome, "à revoir"))  # type: ignore[arg-type]
    assert play.rows(EntryRow, EntryRow.register == "deviation") == []


def test_a_dismissed_idea_is_answered_to_its_author_and_in_the_register(essai: Play) -> None:
    project = essai.start("projet_transversal")
    engine = essai.engine
    engine.settings = Settings(smtp="smtp://127.0.0.1:9", mail_from="Jalon <jalon@organisme.fr>")
    with engine.time(), engine.store.act() as link:
        act = Act(link, essai.people["claire"], essai.clock.at, False, engine.release, engine.queue, engine.settings)
        act.session.get_one(ActorRow, essai.people["claire"]).email = "claire@organisme.fr"
        open_entry(act, "idea", None, "Un verger partagé", state="project", facts={"project": project})
        act.finish()
    essai.until(project, "G0")
    essai.decide(project, "G0", "stop")
    assert essai.project(project).status == "dismissed"
    answered = essai.rows(EntryRow, EntryRow.register == "idea")[0]
    assert (answered.state, answered.proof) == ("declined", "le dossier le montre")
    letter = essai.rows(MessageRow, MessageRow.kind == "mail")[-1]
    assert letter.actor_id == essai.people["claire"]
    assert "le dossier le montre" in letter.body
