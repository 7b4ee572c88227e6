"""An action that outlives its project is transferred: closed there, and carried on by somebody elsewhere."""

from __future__ import annotations

from engine import (
    EntryPageOf,
    FormRefused,
    MoveEntry,
    MyEntries,
    NotAllowed,
    NotFound,
    OpenEntry,
    ReserveStands,
    TransferAction,
    TransitionRefused,
)
from engine.store.tables import EntryRow
from tests.engine.play import Play


def opened(play: Play, project: int, owner: str = "gael") -> int:
    said = {"title": "Suivre le prestataire", "owner": play.people[owner], "due": "2026-12-15", "critical": True}
    return int(play.do("claire", OpenEntry("action", said, project)).entry)


def transfer(play: Play, action: int, project: int | None = None, **said: object) -> TransferAction:
    asked = {"owner": play.people["denis"], "due": "2027-06-30", "reason": "il garde le résultat"} | said
    return TransferAction(action, project=project, **asked)  # type: ignore[arg-type]


def test_a_transferred_action_is_closed_there_and_goes_on_in_the_organisation(play: Play) -> None:
    project = play.start()
    action = opened(play, project)
    new = play.do("claire", transfer(play, action)).entry
    before, after = play.see("claire", EntryPageOf(action)), play.see("denis", EntryPageOf(new))
    assert (before.line.state, before.line.closed, before.line.proof) == ("transferred", True, "il garde le résultat")
    assert [each.id for each in before.led_to] == [new]
    line = after.line
    assert (line.state, line.title, line.project, line.level) == ("todo", "Suivre le prestataire", None, 1)
    assert (line.owner.name, line.due.date().isoformat(), after.origin.id) == ("Denis", "2027-06-30", action)
    assert [each.id for each in play.see("denis", MyEntries()).entries] == [new]
    assert isinstance(play.refused("claire", MoveEntry(action, "todo")), TransitionRefused)


def test_it_may_go_on_in_another_project_in_which_one_takes_part(play: Play) -> None:
    project, other = play.start(), play.start(title="L’autre")
    action = opened(play, project)
    assert [each.value for each in play.see("gael", EntryPageOf(action)).projects] == [str(other)]
    new = play.do("gael", transfer(play, action, other)).entry
    assert play.rows(EntryRow, EntryRow.id == new)[0].project_id == other


def test_who_may_not_and_what_may_not_be_transferred_is_refused(play: Play) -> None:
    project = play.start()
    action = opened(play, project)
    assert isinstance(play.refused("emile", transfer(play, action)), NotAllowed)
    assert isinstance(play.refused("karim", transfer(play, action)), NotFound)
    assert isinstance(play.refused("claire", transfer(play, action, project)), NotFound)
    refusal = play.refused("claire", transfer(play, action, owner=None, due="", reason=" "))
    assert isinstance(refusal, FormRefused)
    assert sorted(refusal.fields) == ["due", "owner", "reason"]


def test_what_a_gate_has_set_is_lifted_and_not_transferred(play: Play) -> None:
    project = play.start()
    play.until(project, "G1", A={"urgent": False})
    play.decide(project, "G1", "go_reserves")
    [reserve] = play.rows(EntryRow, EntryRow.origin == "reserve")
    assert isinstance(play.refused("claire", transfer(play, reserve.id)), ReserveStands)
