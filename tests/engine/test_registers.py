"""Entries: opened, proposed, taken, changed, closed; by whom, from which state to which, and what history keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine import (
    ChangeEntry,
    ChoiceUnknown,
    ClaimTask,
    CloseEntry,
    CorrectDecision,
    EntryFixed,
    EntryFormOf,
    EntryPageOf,
    FollowUp,
    FormRefused,
    History,
    HoldProject,
    JalonError,
    MoveEntry,
    MyEntries,
    NotAllowed,
    NotFound,
    OpenEntry,
    ProjectEnded,
    ProjectPageOf,
    ReasonMissing,
    RefuseTask,
    RegisterPageOf,
    SetLanguage,
    StalePage,
    SubscribeTo,
    TakeEntry,
    Text,
    ThroughGate,
    TransitionRefused,
)
from engine.registers import REGISTERS
from engine.reminders import News, Reminder, letter
from engine.store.chain import breaks
from engine.store.entries import content
from engine.store.tables import BaselineRow, DecisionRow, EntryRow, EventRow, NoticeRow
from tests.engine.play import MONDAY, Play
from tests.engine.test_inbox import plans

DECISION = {"title": "Retenir le lot 1", "body_of": "COPIL", "on": "2026-11-23", "body": "Le budget le permet"}


def action(play: Play, owner: str = "gael", **said: Any) -> dict[str, Any]:
    return {"title": "Appeler le bailleur", "owner": play.people[owner], "due": "2026-11-25", **said}


def entry(play: Play, id: int, login: str = "claire") -> Any:
    return play.see(login, EntryPageOf(id))


def register(play: Play, project: int | None, login: str = "claire", register: str = "action", **asked: Any) -> Any:
    return play.see(login, RegisterPageOf(register, project, **asked))


def opened(play: Play, project: int | None, login: str = "claire", register: str = "action", **said: Any) -> int:
    values = {**VALID[register](play), **said}
    return int(play.do(login, OpenEntry(register, values, project)).entry)


VALID: dict[str, Any] = {
    "action": action,
    "risk": lambda play: {"title": "Retard", "probability": "3", "impact": "4", "owner": play.people["claire"]},
    "resistance": lambda play: {"title": "Les gardiens", "synergy": "1", "antagonism": "3"},
    "decision": lambda play: DECISION,
    "watch": lambda play: {"title": "Un décret", "on": "2026-11-20", "theme": "energie", "relevance": "4"},
    "idea": lambda play: {"title": "Vélos", "body": "Trop de voitures"},
    "change": lambda play: {
        "title": "Un lot de plus", "delay": "5", "cost": "1000", "scope": "le toit", "owner": play.people["denis"],
    },
    "deviation": lambda play: {"title": "Pas de test", "body": "Trop court", "due": "2027-01-31"},
}  # fmt: skip


# --- opening ----------------------------------------------------------------------------------------------


def test_the_lead_opens_an_action_that_its_owner_finds_among_theirs(play: Play) -> None:
    project = play.start()
    first, second = opened(play, project, critical=True, service="DRH"), opened(play, project, due="2026-11-24")
    line = entry(play, first).line
    assert (line.number, line.state, line.owner.name, line.service.code, line.level, line.late) == (
        1, "todo", "Gaël", "DRH", 1, False,
    )  # fmt: skip
    assert [each.id for each in play.see("gael", MyEntries()).entries] == [second, first]
    assert play.see("claire", MyEntries()).entries == ()


def test_what_a_form_lacks_is_said_beside_each_field_and_nothing_is_kept(play: Play) -> None:
    project = play.start()
    refusal = play.refused("claire", OpenEntry("action", {"title": " ", "owner": 99, "due": "demain"}, project))
    assert isinstance(refusal, FormRefused)
    assert sorted(refusal.fields) == ["due", "owner", "title"]


def test_who_takes_part_proposes_and_the_lead_accepts(play: Play) -> None:
    project = play.start()
    id = int(play.do("gael", OpenEntry("action", {"title": "Ouvrir plus tôt"}, project)).entry)
    assert entry(play, id, "gael").line.state == "proposed"
    assert isinstance(play.refused("gael", MoveEntry(id, "todo")), NotAllowed)
    play.do("claire", MoveEntry(id, "todo"))
    line = entry(play, id).line
    assert (line.state, line.author.name, line.owner.name) == ("todo", "Gaël", "Claire")


def test_whoever_takes_part_takes_what_nobody_carries_and_then_nobody_else_may(play: Play) -> None:
    project = play.start()
    id = int(play.do("gael", OpenEntry("action", {"title": "Ouvrir plus tôt"}, project)).entry)
    assert isinstance(play.refused("karim", TakeEntry(id)), NotFound)
    play.do("fatou", TakeEntry(id))
    assert isinstance(play.refused("emile", TakeEntry(id)), NotAllowed)
    play.do("claire", MoveEntry(id, "todo"))
    assert entry(play, id).line.owner.name == "Fatou"


def test_who_takes_no_part_sees_no_register_of_the_project_and_opens_nothing_there(play: Play) -> None:
    project = play.start()
    id = opened(play, project)
    for name in ("action", "risk", "decision", "change", "resistance", "deviation"):
        with pytest.raises(NotFound):
            register(play, project, "karim", name)
        assert isinstance(play.refused("karim", OpenEntry(name, VALID[name](play), project)), NotAllowed)
    with pytest.raises(NotFound):
        entry(play, id, "karim")
    assert isinstance(play.refused("karim", TakeEntry(id)), NotFound)


def test_a_guest_sees_no_register_at_all(play: Play) -> None:
    project = play.start()
    for where in (None, project):
        for name in REGISTERS:
            with pytest.raises(NotFound):
                register(play, where, "igor", name)
            assert isinstance(play.refused("igor", OpenEntry(name, VALID[name](play), where)), JalonError)


def test_an_entry_keeps_the_task_that_it_came_from(play: Play) -> None:
    project, other = play.start(), play.start()
    task = play.task(project, play.open(project)[0])
    asked = OpenEntry("risk", VALID["risk"](play), project, "task", task)
    id = play.do("claire", asked).entry
    origin = entry(play, id).origin
    assert (origin.kind, origin.id, origin.name) == ("task", task, play.page(task).task.name)
    elsewhere = OpenEntry("risk", VALID["risk"](play), other, "task", task)
    assert isinstance(play.refused("claire", elsewhere), NotFound)


def test_a_project_on_hold_keeps_its_registers_open_and_an_ended_one_does_not(play: Play) -> None:
    project = play.start()
    id = opened(play, project)
    play.do("claire", HoldProject(project, "budget", play.clock.at.date() + timedelta(days=60)))
    play.clock.advance(days=30)
    assert opened(play, project) > id
    assert not entry(play, id).line.late
    assert play.see("gael", MyEntries()).entries == ()
    ended = play.start("petit_projet")
    play.until(ended, "", {"SG1": ["stop"]})
    assert isinstance(play.refused("claire", OpenEntry("action", action(play), ended)), ProjectEnded)


# --- changing and closing ---------------------------------------------------------------------------------


def test_the_owner_closes_an_action_with_a_proof_and_it_can_be_put_back(play: Play) -> None:
    project = play.start()
    id = opened(play, project)
    assert isinstance(play.refused("gael", CloseEntry(id, "done", "  ")), ReasonMissing)
    play.do("gael", CloseEntry(id, "done", "compte rendu du 24"))
    line = entry(play, id).line
    assert (line.state, line.closed, line.proof) == ("done", True, "compte rendu du 24")
    assert play.see("gael", MyEntries()).entries == ()
    play.do("claire", MoveEntry(id, "todo"))
    assert (entry(play, id).line.state, entry(play, id).line.closed) == ("todo", False)


def test_a_change_is_kept_with_its_fields_and_an_outdated_page_is_refused(play: Play) -> None:
    project = play.start()
    id = opened(play, project)
    revision = entry(play, id).line.revision
    play.do("gael", ChangeEntry(id, {"due": "2026-12-04"}, revision))
    assert isinstance(play.refused("gael", ChangeEntry(id, {"title": "Autre"}, revision)), StalePage)
    page = entry(play, id)
    assert page.values["due"] == "2026-12-04"
    assert [each.text.fr for each in page.history] == [
        "Gaël a modifié dans Actions le n° 1 : Échéance", "Claire a ouvert dans Actions le n° 1",
    ]  # fmt: skip


def test_late_is_what_is_open_past_its_day_and_is_counted_by_department(play: Play) -> None:
    project = play.start()
    opened(play, project, service="DRH"), opened(play, project, service="DRH"), opened(play, project, service="DAF")
    later = opened(play, project, due="2027-06-01")
    done = opened(play, project)
    play.do("gael", CloseEntry(done, "done", "fait"))
    play.clock.advance(days=10)
    page = register(play, project, late=True)
    assert (page.total, later in [each.id for each in page.entries]) == (3, False)
    assert [(each.service.code, each.late) for each in page.late] == [("DRH", 2), ("DAF", 1)]


def test_filters_sorts_and_pages_of_a_register(play: Play) -> None:
    project = play.start()
    small = opened(play, project, register="risk", title="Petit", probability="1", impact="1")
    great = opened(play, project, register="risk", title="Grand", probability="4", impact="4")
    middle = opened(play, project, register="risk", title="Moyen", owner=play.people["gael"])
    play.do("claire", CloseEntry(small, "closed", "plus de cause"))

    def ids(**asked: Any) -> list[int]:
        return [each.id for each in register(play, project, register="risk", **asked).entries]

    assert ids() == [middle, great]
    assert ids(sort="level") == [great, middle]
    assert ids(state="closed") == [small]
    assert ids(state="all") == [middle, great, small]
    assert ids(owner=play.people["gael"]) == [middle]
    assert ids(text="gra") == [great]
    first = register(play, project, register="risk", state="all", size=2)
    assert (first.total, first.after) == (3, 2)
    assert ids(state="all", size=2, after=first.after) == [small]


@pytest.mark.parametrize("name", REGISTERS)
def test_a_state_follows_only_where_the_register_says_so(essai: Play, name: str) -> None:
    """Every move that a register does not have is refused, whoever asks; every state is reached or never offered."""
    project = essai.start()
    where = None if name in ("watch", "idea") else project
    opener = "gael" if name == "deviation" else "claire"
    for start in REGISTERS[name].moves:
        for state in REGISTERS[name].states:
            id = opened_in(essai, where, opener, name, start)
            rules = REGISTERS[name].states
            command = CloseEntry(id, state, "mot") if rules[state].closed else MoveEntry(id, state, "mot")
            login = "denis" if name not in ("watch", "idea") else "jeanne"
            if state in REGISTERS[name].offers(start):
                essai.do(login, command)
                assert one(essai, id).state == state
            else:
                assert isinstance(essai.refused(login, command), TransitionRefused | NotAllowed)


def opened_in(play: Play, project: int | None, login: str, register: str, state: str) -> int:
    """An entry in some state of its register, as if it had come there."""
    values = VALID[register](play)
    id = play.do(login, OpenEntry(register, values, project)).entry
    id = id or max(row.id for row in play.rows(EntryRow))
    with play.engine.store.write() as session:
        row = session.get_one(EntryRow, id)
        row.state = state
        row.closed_at = play.clock.at if REGISTERS[register].states[state].closed else None
    return int(id)


def one(play: Play, id: int) -> EntryRow:
    (found,) = play.rows(EntryRow, EntryRow.id == id)
    row: EntryRow = found
    return row


WALK = some.lists(
    some.sampled_from([("close", "done"), ("close", "dropped"), ("move", "todo"), ("move", "doing")]), max_size=8
)


@given(walk=WALK)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_tried_an_action_is_closed_exactly_when_its_state_closes(essai: Play, walk: Any) -> None:
    project = essai.start()
    id = opened(essai, project)
    expected = "todo"
    for how, state in walk:
        command = CloseEntry(id, state, "preuve") if how == "close" else MoveEntry(id, state)
        try:
            essai.do("gael", command)
        except TransitionRefused:
            assert state not in REGISTERS["action"].moves[expected]
        else:
            assert state in REGISTERS["action"].moves[expected]
            expected = state
        row = one(essai, id)
        assert row.state == expected
        assert (row.closed_at is not None) == REGISTERS["action"].states[expected].closed


# --- what Jalon writes itself ---------------------------------------------------------------------------------


def test_an_action_of_jalon_s_own_is_read_in_the_reader_s_language_until_somebody_words_it_anew(play: Play) -> None:
    project = play.start()
    play.until(project, "B", A={"urgent": False})
    play.do("emile", ClaimTask(play.task(project, "B")))
    play.do("emile", RefuseTask(play.task(project, "B"), "trop loin"))
    [action] = play.rows(EntryRow, EntryRow.register == "action")
    assert entry(play, action.id, "denis").line.title == "Refusée : Expertiser"
    play.do("denis", SetLanguage("en"))
    assert entry(play, action.id, "denis").line.title == "Refused: Assess"
    play.do("claire", ChangeEntry(action.id, {"title": "Chercher un autre expert"}))
    assert entry(play, action.id, "denis").line.title == "Chercher un autre expert"


# --- append-only ------------------------------------------------------------------------------------------


def test_a_decision_is_never_changed_but_corrected_by_a_new_one(play: Play) -> None:
    project = play.start()
    assert isinstance(play.refused("gael", OpenEntry("decision", DECISION, project)), NotAllowed)
    first = opened(play, project, register="decision")
    sealed = content(one(play, first))
    assert isinstance(play.refused("claire", ChangeEntry(first, {"title": "Autre"})), EntryFixed)
    assert isinstance(play.refused("claire", CloseEntry(first, "recorded", "x")), NotAllowed | TransitionRefused)
    second = play.do("claire", CorrectDecision(first, {**DECISION, "title": "Retenir le lot 2"})).entry
    assert content(one(play, first)) == sealed
    assert entry(play, first).corrected_by.id == second
    assert entry(play, second).corrects.id == first
    (event,) = play.rows(EventRow, EventRow.kind == "entry_opened", EventRow.facts.contains(f'"entry":{first},'))
    assert f'"content":"{sealed}"' in event.facts


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE jalon_entries SET title = 'Autre' WHERE register = 'decision'",
        "DELETE FROM jalon_entries WHERE register = 'decision'",
        "UPDATE jalon_decisions SET reason = 'Autre'",
        "DELETE FROM jalon_decisions",
    ],
)
def test_the_database_itself_refuses_to_change_a_decision(play: Play, statement: str) -> None:
    project = play.start()
    opened(play, project, register="decision")
    opened(play, project)
    play.until(project, "G1", A={"urgent": False})
    play.decide(project, "G1", "rework")
    before = play.counts()
    with pytest.raises(DBAPIError, match="decisions are append-only"), play.engine.store.engine.begin() as connection:
        connection.execute(text(statement))
    assert play.counts() == before


@given(title=some.text(max_size=20), state=some.sampled_from(["recorded", "todo", "done", ""]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_command_changes_what_a_decision_says(essai: Play, title: str, state: str) -> None:
    project = essai.start()
    id = opened(essai, project, register="decision")
    before = vars(one(essai, id)) | {"_sa_instance_state": None}
    for command in (
        ChangeEntry(id, {"title": title}),
        MoveEntry(id, state),
        CloseEntry(id, state, title),
        TakeEntry(id),
    ):
        with pytest.raises(JalonError):
            essai.do("claire", command)
    assert vars(one(essai, id)) | {"_sa_instance_state": None} == before


def test_a_deviation_is_never_approved_by_who_asked_for_it(play: Play) -> None:
    project = play.start()
    id = opened(play, project, "denis", "deviation")
    assert isinstance(play.refused("denis", CloseEntry(id, "approved", "d’accord")), NotAllowed)
    assert isinstance(play.refused("claire", CloseEntry(id, "approved", "d’accord")), NotAllowed)
    play.do("jeanne", CloseEntry(id, "approved", "d’accord"))
    assert entry(play, id, "denis").line.state == "approved"


# --- changes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delay", "cost", "above"),
    [("10", "1000", False), ("11", "0", True), ("0", "1001", True), ("-20", "-5000", False)],
)
def test_a_change_beyond_the_tolerances_goes_through_a_gate(essai: Play, delay: str, cost: str, above: bool) -> None:
    project = essai.start()
    id = opened(essai, project, register="change", delay=delay, cost=cost)
    with essai.engine.store.write() as session:
        session.add(decision := DecisionRow(
            project_id=project, task_id=essai.task(project, essai.open(project)[0]), gate="G", number="1", session=1,
            outcome="go", reason="", at=essai.clock.at, actor_id=essai.people["denis"], record="{}",
        ))  # fmt: skip
        session.flush()
        promised = '{"cost": "10000", "tolerances": {"delay": 10, "cost": 10}}'
        session.add(BaselineRow(project_id=project, decision_id=decision.id, at=essai.clock.at, promised=promised))
    accepted = CloseEntry(id, "accepted", "le comité l’accepte")
    if above:
        assert isinstance(essai.refused("denis", accepted), ThroughGate)
        essai.do("denis", MoveEntry(id, "gate"))
    essai.do("denis", accepted)
    assert one(essai, id).state == "accepted"


def test_only_the_decider_and_the_sponsor_decide_a_change(play: Play) -> None:
    project = play.start()
    id = opened(play, project, register="change", owner=play.people["gael"])
    assert isinstance(play.refused("claire", CloseEntry(id, "accepted", "oui")), NotAllowed)
    play.do("gael", CloseEntry(id, "refused", "trop tard"))
    assert entry(play, id).line.state == "refused"


# --- watch -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("register", ["idea", "risk", "action"])
def test_a_watch_entry_that_is_followed_up_creates_the_linked_object(play: Play, register: Any) -> None:
    project = play.start()
    watch = opened(play, None, "karim", "watch")
    made = play.do("claire", FollowUp(watch, register, VALID[register](play), project)).entry
    page = entry(play, watch, "karim")
    assert (page.line.state, page.line.closed) == ("followed", True)
    assert entry(play, made).origin.id == watch
    assert [each.id for each in entry(play, watch, "claire").led_to] == [made]
    # what it led to in a project is for those who take part in it
    assert [each.id for each in page.led_to] == ([made] if register == "idea" else [])
    assert isinstance(play.refused("claire", FollowUp(watch, register, VALID[register](play), project)), NotAllowed)


def test_who_follows_a_theme_hears_of_its_watch_in_the_message_of_the_day(play: Play) -> None:
    play.do("alice", SubscribeTo(("energie",)))
    play.do("karim", SubscribeTo(("energie",)))
    assert isinstance(play.refused("alice", SubscribeTo(("inconnu",))), ChoiceUnknown)
    watch = opened(play, None, "karim", "watch")
    noticed = [(row.actor_id, row.kind, row.entry_id) for row in play.rows(NoticeRow)]
    assert noticed == [(play.people["alice"], "watch", watch)], "the author knows"
    said = News(watch=[Reminder(f"/entrees/{watch}", Text("Un décret"), "", MONDAY.date())])
    subject, body = letter("fr", "Alice", said, MONDAY.date(), "https://jalon.exemple.fr")
    assert subject == "Jalon : de la veille sur vos thèmes"
    assert f"- Un décret\n  https://jalon.exemple.fr/entrees/{watch}" in body
    assert play.see("alice", RegisterPageOf("watch")).followed == frozenset({"energie"})
    play.do("alice", SubscribeTo(()))
    assert play.see("alice", RegisterPageOf("watch")).followed == frozenset()


def test_a_watch_entry_without_consequence_says_why(play: Play) -> None:
    watch = opened(play, None, "karim", "watch")
    assert isinstance(play.refused("karim", CloseEntry(watch, "noted", "")), ReasonMissing)
    play.do("karim", CloseEntry(watch, "noted", "rien de neuf"))
    assert entry(play, watch).line.proof == "rien de neuf"


# --- what is read -----------------------------------------------------------------------------------------


def test_what_one_carries_is_found_by_one_index_of_open_entries(essai: Play) -> None:
    project = essai.start()
    for day in range(1, 9):
        opened(essai, project, due=f"2026-12-0{day}")
    (plan,) = [each for each in plans(essai, "gael", MyEntries()) if "jalon_entries" in each]
    assert "USING INDEX ix_jalon_entries_owner (owner_id=?)" in plan


# --- history and forms --------------------------------------------------------------------------------------


def test_history_keeps_every_act_without_words_and_its_chain_holds(play: Play) -> None:
    project = play.start()
    id = opened(play, project, title="Appeler M. Durand")
    play.do("gael", MoveEntry(id, "doing"))
    play.do("gael", CloseEntry(id, "done", "appelé M. Durand"))
    kinds = [each.kind for each in play.see("karim", History(project)).events]
    assert kinds[:3] == ["entry_closed", "entry_moved", "entry_opened"]
    said = " ".join(each.facts for each in play.rows(EventRow))
    assert "Durand" not in said
    with play.engine.store.snapshot() as session:
        assert list(breaks(session)) == []
    assert play.see("claire", ProjectPageOf(project)).history[0].text.fr == "Gaël a clos dans Actions le n° 1 : faite"


def test_the_form_of_a_new_entry_offers_what_its_fields_choose_from(play: Play) -> None:
    project = play.start()
    form = play.see("gael", EntryFormOf("action", project))
    assert (form.proposes, form.returns, form.project_title) == (True, True, "Un projet")
    assert [each.key for each in form.form if each.required] == ["title"]
    assert "DRH" in [each.value for each in form.choices["service"]]
    assert [each.value for each in form.registers] == [
        "action",
        "risk",
        "resistance",
        "watch",
        "idea",
        "change",
        "deviation",
    ]
