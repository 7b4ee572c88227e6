"""A reserve is an action: one lifts the other, and no project ends while it stands."""

from __future__ import annotations

from datetime import date

import pytest

from engine import ClosingRefused, DecideGate, LiftReserve, Reserve, ReserveIncomplete, ReserveStands
from engine.store.act import Act
from engine.store.entries import close_entry, open_entry
from engine.store.tables import EntryRow, ReserveRow
from tests.engine.play import Play


@pytest.fixture
def reserved(play: Play) -> tuple[Play, int]:
    """A project that went through G1 with one reserve, owned by Claire."""
    project = play.start()
    play.until(project, "G1", A={"urgent": False})
    play.decide(project, "G1", "go_reserves")
    return play, project


def action(play: Play) -> EntryRow:
    found: EntryRow = play.rows(EntryRow, EntryRow.origin == "reserve")[0]
    return found


def write(play: Play, login: str, project: int, state: str, proof: str) -> None:
    """The action of the reserve is closed, as the register's command would."""
    engine = play.engine
    with engine.time(), engine.store.act() as link:
        act = Act(link, play.people[login], play.clock.at, engine.store.locks_rows, engine.release, engine.queue,
                  engine.settings)  # fmt: skip
        act.project(project)
        close_entry(act, act.session.get_one(EntryRow, action(play).id), state, proof)
        act.finish()


def test_a_reserve_is_an_action_of_its_owner(reserved: tuple[Play, int]) -> None:
    play, project = reserved
    reserve, entry = play.rows(ReserveRow)[0], action(play)
    assert (entry.register, entry.project_id, entry.title, entry.owner_id, entry.due_at, entry.origin_id) == (
        "action", project, "Compléter le budget", play.people["claire"], reserve.due_at, reserve.id,
    )  # fmt: skip


def test_lifting_the_reserve_closes_its_action(reserved: tuple[Play, int]) -> None:
    play, _ = reserved
    play.do("claire", LiftReserve(play.rows(ReserveRow)[0].id, "budget au dossier"))
    entry = action(play)
    assert (entry.state, entry.proof, entry.closed_by) == ("done", "budget au dossier", play.people["claire"])


def test_closing_the_action_lifts_its_reserve(reserved: tuple[Play, int]) -> None:
    play, project = reserved
    write(play, "claire", project, "done", "budget au dossier")
    row = play.rows(ReserveRow)[0]
    assert (row.proof, row.lifted_by) == ("budget au dossier", play.people["claire"])
    assert [line.proof for line in play.project(project).reserves] == ["budget au dossier"]
    gate = play.until(project, "G2")
    assert [criterion.state for criterion in play.gate(gate).criteria] == ["met"]


def test_what_a_gate_has_set_is_not_given_up(reserved: tuple[Play, int]) -> None:
    play, project = reserved
    with pytest.raises(ReserveStands):
        write(play, "claire", project, "dropped", "plus le temps")
    assert (action(play).state, play.rows(ReserveRow)[0].lifted_at) == ("todo", None)


def test_a_reserve_without_owner_is_refused(essai: Play) -> None:
    project = essai.start()
    task = essai.until(project, "G1", A={"urgent": False})
    essai.examine(task)
    essai.vote(task, "favourable", "favourable")
    for owner in (0, 9999, essai.people["lea"]):
        reserve = Reserve("Compléter le budget", owner, date(2026, 12, 24))
        refusal = essai.refused("denis", DecideGate(task, "go_reserves", "presque", (reserve,)))
        assert (type(refusal), refusal.text("fr")) == (
            ReserveIncomplete,
            "Chaque réserve demande un texte, un porteur et une échéance. Complétez la réserve 1.",
        )


def test_no_project_ends_while_somebody_is_left_with_an_action(essai: Play) -> None:
    project = essai.start()
    essai.until(project, "G1", A={"urgent": False})
    essai.decide(project, "G1", "stop")
    engine = essai.engine
    with engine.time(), engine.store.act() as link:
        act = Act(link, essai.people["claire"], essai.clock.at, False, engine.release, engine.queue, engine.settings)
        open_entry(act, "action", act.project(project), "Rendre les locaux", owner=essai.people["claire"])
        act.finish()
    with pytest.raises(ClosingRefused) as refusal:
        essai.complete(project, "K")
    assert refusal.value.text("fr") == (
        "Le projet ne peut pas se terminer encore. Il manque : « Rendre les locaux ». "
        "Réglez chaque point, puis recommencez."
    )
    assert essai.project(project).status == "running"
