"""A project moves to another version of its method: nothing that waits is lost, and nothing missed is silent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine import (
    AlreadyVoted,
    CastVote,
    CatchUpOpen,
    CloseEntry,
    CloseVote,
    CompleteTask,
    Compliance,
    DecideGate,
    MigrateProject,
    NotAllowed,
    NotReversible,
    PublishMethod,
    ReasonMissing,
    ReleaseSame,
    RevertMigration,
    SaveDraft,
    StepsStuck,
)
from engine.overlay import edit
from engine.store.tables import (
    CallRow,
    DecisionRow,
    EntryRow,
    EventRow,
    ExecutionRow,
    ProjectRow,
    ReleaseRow,
    TaskRow,
    TimerRow,
)
from engine.words import Text
from tests.engine.next_versions import inserted, published, without
from tests.engine.play import ESSAI, Play

SHEET = {"titre": "Un titre", "urgent": False, "services_impactes": ["DAF", "DRH"]}


def move(play: Play, project: int, by: str = "jeanne", **said: Any) -> Any:
    return play.do(by, MigrateProject(project, "la nouvelle version protège mieux", **said))


def version_of(play: Play, project: int) -> str:
    release = play.rows(ProjectRow, ProjectRow.id == project)[0].release_id
    return str(play.rows(ReleaseRow, ReleaseRow.id == release)[0].version)


def done(play: Play, project: int) -> list[str]:
    """What was completed, in order; the instances of one step by their name."""
    rows = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "done", TaskRow.kind != "occurrence")
    ordered = sorted(rows, key=lambda row: (row.closed_at, row.id))
    return [f"{row.element} {row.instance}".strip() for row in ordered]


def to(play: Play, project: int, point: str) -> None:
    """To a point of the course, some of them in the middle of something."""
    code, _, more = point.partition("+")
    play.until(project, code)
    if more == "half":
        play.complete(project, "R DAF")
    elif more == "branch":
        play.complete(project, "Y")


def states(play: Play, project: int) -> list[Any]:
    return [
        (row.id, row.element, row.instance, row.state, row.draft, row.answers, row.due_at, row.assignee_id, row.token)
        for row in play.rows(TaskRow, TaskRow.project_id == project)
    ]


def timers(play: Play, project: int) -> list[Any]:
    return [
        (row.id, row.kind, row.due_at, row.fired_at, row.token)
        for row in play.rows(TimerRow, TimerRow.project_id == project)
    ]


# --- it goes on as one that started on the new version -----------------------------------------------------

POINTS = ["A", "B", "R", "R+half", "C", "G1", "X", "X+branch", "G2"]


@pytest.mark.parametrize("point", POINTS)
def test_it_goes_on_as_a_project_that_started_on_the_new_version(essai: Play, point: str) -> None:
    project = essai.start()
    to(essai, project, point)
    published(essai, inserted("C_to_P1_end"), inserted("P2_join_to_P2_end", "M"))
    started = essai.start()
    to(essai, started, "N" if point.startswith(("G1", "X", "G2")) else point)
    if point.startswith(("G1", "X", "G2")):
        essai.complete(started, "N")
        to(essai, started, point)
    before, waited, clocks = done(essai, project), states(essai, project), timers(essai, project)
    move(essai, project)
    assert version_of(essai, project) == "2.0.0"
    # nothing that waits, and nothing that was said, has changed
    assert (states(essai, project), timers(essai, project)) == (waited, clocks)
    assert sorted(essai.open(project)) == sorted(essai.open(started))
    for each in essai.rows(EntryRow, EntryRow.origin == "migration"):
        essai.do("claire", CloseEntry(each.id, "done", "fait après coup"))
    known = done(essai, started)
    for each in (project, started):
        essai.until(each, "")
        assert essai.project(each).status == "closed"
    assert done(essai, project)[len(before) :] == done(essai, started)[len(known) :]


def test_a_draft_a_ballot_and_a_half_done_series_are_kept(play: Play) -> None:
    project = play.start()
    play.until(project, "B")
    task = play.task(project, "B")
    login = play.doer(task)
    play.do(login, SaveDraft(task, {"avis": "oui"}))
    published(play, inserted("B_to_R"))
    move(play, project)
    assert play.page(task, login).values["avis"] == "oui"
    play.complete(project, "B")
    assert play.open(project) == ["N"]  # and what comes is what the new version draws
    play.complete(project, "N")
    play.complete(project, "R DAF")
    assert play.open(project) == ["R DRH"]
    play.complete(project, "R DRH")
    gate = play.until(project, "G1")
    assert gate


def test_ballots_that_were_cast_count_after_the_move(play: Play) -> None:
    project = play.start()
    gate = play.until(project, "G1")
    play.examine(gate)
    logins = {id: login for login, id in play.people.items()}
    first, *others = [logins[each.actor.id] for each in play.gate(gate).voters]
    play.do(first, CastVote(gate, "unfavourable"))
    published(play, inserted("P2_join_to_P2_end", "M"))
    move(play, project)
    assert isinstance(play.refused(first, CastVote(gate, "favourable")), AlreadyVoted)
    for each in others:
        play.do(each, CastVote(gate, "favourable"))
    play.do("denis", CloseVote(gate))
    play.do("denis", DecideGate(gate, "go", "prêt"))
    record = json.loads(play.rows(DecisionRow)[-1].record)
    assert (record["cast"], record["unfavourable"]) == (len(others) + 1, 1)


# --- what it would have passed -----------------------------------------------------------------------------


def missed(play: Play) -> tuple[int, int]:
    """A project past the place where the new version inserts a locked step, which it has moved to."""
    project = play.start()
    play.until(project, "C")
    published(play, inserted("A_to_U_if"))
    answer = move(play, project)
    assert answer.missed == ["N"]
    (entry,) = play.rows(EntryRow, EntryRow.origin == "migration")
    return project, entry.id


def passing(play: Play, gate: int) -> dict[str, tuple[bool, Text]]:
    """Of the outcomes that pass the gate: may each be chosen, and why not."""
    lines = play.gate(gate).outcomes
    return {each.outcome: (each.allowed, each.why_not) for each in lines if each.outcome in ("go", "go_reserves")}


def test_row_8_an_obligation_missed_is_a_catch_up_task_which_the_next_gate_waits_for(play: Play) -> None:
    project, entry = missed(play)
    row = play.rows(EntryRow, EntryRow.id == entry)[0]
    assert (row.register, row.title, row.state, row.owner_id) == (
        "action", "Rattraper « Étape N »", "todo", play.people["claire"],
    )  # fmt: skip
    assert [(each.entry, each.title.fr) for each in play.project(project).owed] == [(entry, "Rattraper « Étape N »")]
    gate = play.until(project, "G1")
    play.examine(gate)
    play.vote(gate, *["favourable"] * len(play.gate(gate).voters))
    assert [each.title.en for each in play.gate(gate).owed] == ["Catch up with “Step N”"]
    assert passing(play, gate) == {
        outcome: (False, Text("Rattraper « Étape N » reste à faire.", "Catch up with “Step N” is still to be done."))
        for outcome in ("go", "go_reserves")
    }
    refused = play.refused("denis", DecideGate(gate, "go", "prêt"))
    assert isinstance(refused, CatchUpOpen)
    assert "Rattraper « Étape N » reste à faire" in refused.text("fr")
    play.do("claire", CloseEntry(entry, "done", "faite le 12"))
    assert (play.project(project).owed, play.gate(gate).owed) == ((), ())
    assert passing(play, gate) == {"go": (True, Text("")), "go_reserves": (True, Text(""))}
    play.do("denis", DecideGate(gate, "go", "prêt"))


def test_a_catch_up_task_says_what_its_step_asks_and_how_it_ends(essai: Play) -> None:
    project = essai.start()
    essai.until(project, "C")

    def helped(loom: Any) -> None:
        edit.document(loom.nodes["N"], Text("Relisez avec {le garant}.", "Read it with {the guarantor}."))

    published(essai, inserted("A_to_U_if"), helped)
    move(essai, project)
    (entry,) = essai.rows(EntryRow, EntryRow.origin == "migration")
    assert entry.body == (
        "La version 2.0.0 de la méthode verrouille cette étape, que le projet a déjà passée : la prochaine porte "
        "l’attend. Faites ce que l’étape demande, puis « C’est fait », avec la preuve ; ou faites accorder une "
        "dérogation pour cette étape (registre des dérogations du projet).\n\n"
        "Ce que l’étape demande :\nRelisez avec {le garant}."
    )
    assert json.loads(entry.facts)["en"]["body"].endswith("What the step asks:\nRead it with {the guarantor}.")


def test_row_8_or_a_deviation_that_somebody_else_signs_never_silence(play: Play) -> None:
    project = play.start()
    play.until(project, "C")
    published(play, inserted("A_to_U_if"))
    move(play, project, deviations={"N": "le cadrage la contenait"})
    (entry,) = play.rows(EntryRow, EntryRow.origin == "migration")
    assert (entry.register, entry.title, entry.body, entry.state) == (
        "deviation", "Sans « Étape N », passée avant cette version", "le cadrage la contenait", "open",
    )  # fmt: skip
    gate = play.until(project, "G1")
    play.examine(gate)
    play.vote(gate, *["favourable"] * len(play.gate(gate).voters))
    assert isinstance(play.refused("denis", DecideGate(gate, "go", "prêt")), CatchUpOpen)
    assert isinstance(play.refused("jeanne", CloseEntry(entry.id, "approved", "oui")), NotAllowed)  # who asked
    play.do("denis", CloseEntry(entry.id, "approved", "oui"))
    play.do("denis", DecideGate(gate, "go", "prêt"))


def test_a_deviation_that_is_refused_becomes_a_catch_up_task(play: Play) -> None:
    project = play.start()
    play.until(project, "C")
    published(play, inserted("A_to_U_if"))
    move(play, project, deviations={"N": "inutile"})
    (entry,) = play.rows(EntryRow, EntryRow.origin == "migration")
    play.do("denis", CloseEntry(entry.id, "refused", "utile"))
    assert [row.register for row in play.rows(EntryRow, EntryRow.origin == "migration")] == ["deviation", "action"]


def test_what_comes_later_and_what_is_optional_is_not_owed(play: Play) -> None:
    project = play.start()
    play.until(project, "B")
    published(play, inserted("R_to_C"), inserted("A_to_U_if", "O", "optional"))
    assert move(play, project).missed == []
    assert play.rows(EntryRow, EntryRow.origin == "migration") == []


def test_a_step_that_the_owner_says_is_the_same_under_another_id_is_not_owed(essai: Play) -> None:
    project = essai.start()
    essai.until(project, "C")
    files = {name: content.replace(b'versionTag="1.0.0"', b'versionTag="2.0.0"') for name, content in ESSAI.items()}
    for said in (b'id="%s"', b'sourceRef="%s"', b'targetRef="%s"', b'bpmnElement="%s"', b">%s</bpmn:flowNodeRef>"):
        files["etude.bpmn"] = files["etude.bpmn"].replace(said % b"R", said % b"R2")
    essai.do("jeanne", PublishMethod(files, same={"R": "R2"}))
    assert move(essai, project).missed == []


def test_what_was_caught_up_with_is_told_as_such(essai: Play) -> None:
    project, entry = missed(essai)
    essai.complete(project, "C")

    def why() -> list[str]:
        page = essai.see("claire", Compliance(project))
        return [each.text.fr for line in page.lines if line.element == "N" for each in line.reasons]

    assert why() == ["n’a pas été faite : le projet est passé sans elle"]
    essai.do("claire", CloseEntry(entry, "done", "faite le 12"))
    assert why() == ["a été rattrapée après coup, au changement de version"]


def test_after_a_rework_the_step_is_done_in_its_place_and_no_longer_owed(essai: Play) -> None:
    project = essai.start()
    essai.until(project, "C")
    published(essai, inserted("B_to_R"))
    assert move(essai, project).missed == ["N"]
    essai.until(project, "G1")
    essai.decide(project, "G1", "rework")
    essai.until(project, "N")
    essai.complete(project, "N")
    essai.until(project, "G1")
    essai.decide(project, "G1", "go")


# --- what is refused ---------------------------------------------------------------------------------------


def test_what_waits_at_a_step_that_is_gone_is_refused_by_name_and_nothing_changes(play: Play) -> None:
    project = play.start()
    play.until(project, "C")
    published(play, without("C"))
    refused = play.refused("jeanne", MigrateProject(project, "pour voir"))
    assert isinstance(refused, StepsStuck)
    assert "« Relire » n’y est plus dessinée" in refused.text("fr")
    assert version_of(play, project) == "1.0.0"
    play.complete(project, "C")
    move(play, project)


def test_a_branch_that_the_fork_did_not_begin_would_never_come(play: Play) -> None:
    project = play.start()
    play.until(project, "X")

    def branch(loom: Any) -> None:
        inserted("P2_split_to_Z", "W")(loom)
        process = loom.holder["W"]
        onward = next(each for each in process.flows if each.get("sourceRef") == "W")
        onward.set("targetRef", "P2_join")
        edit.flow(process, "P2_split", "Z").set("id", "P2_split_Z")
        for each in ("W", "Z", "P2_split", "P2_join"):
            edit.link(process, each)

    published(play, branch)
    refused = play.refused("jeanne", MigrateProject(project, "pour voir"))
    assert isinstance(refused, StepsStuck)
    assert "attendrait une branche" in refused.text("fr")


def test_only_the_sponsor_or_a_method_owner_moves_it_with_a_reason_and_to_another_version(play: Play) -> None:
    project = play.start()
    assert isinstance(play.refused("jeanne", MigrateProject(project, "pour voir")), ReleaseSame)
    published(play, inserted("R_to_C"))
    assert isinstance(play.refused("claire", MigrateProject(project, "pour voir")), NotAllowed)
    assert isinstance(play.refused("denis", MigrateProject(project, " ")), ReasonMissing)
    move(play, project, "denis")
    assert isinstance(play.refused("denis", MigrateProject(project, "encore")), ReleaseSame)


# --- whom it asks ------------------------------------------------------------------------------------------


def test_an_open_gate_calls_the_voters_of_the_new_version(play: Play) -> None:
    project = play.start()
    gate = play.until(project, "G1")

    def more(loom: Any) -> None:
        edit.say(loom.nodes["G1"], "method.gate.voters", "COPIL,EXP")

    published(play, more)
    move(play, project)
    calls = {(row.kind, row.role) for row in play.rows(CallRow, CallRow.task_id == gate)}
    assert calls == {("present", "CP"), ("vote", "COPIL"), ("vote", "EXP")}


# --- going back --------------------------------------------------------------------------------------------


def test_it_goes_back_until_something_is_completed(play: Play) -> None:
    project, entry = missed(play)
    state = play.rows(ExecutionRow, ExecutionRow.project_id == project)[0].state
    waited = states(play, project)
    answer = play.do("jeanne", RevertMigration(project, "trop tôt"))
    assert (answer.version, version_of(play, project)) == ("1.0.0", "1.0.0")
    assert states(play, project) == waited
    assert play.rows(ExecutionRow, ExecutionRow.project_id == project)[0].state == state
    closed = play.rows(EntryRow, EntryRow.id == entry)[0]
    assert (closed.state, closed.proof) == ("dropped", "Le changement de version est défait.")
    assert isinstance(play.refused("jeanne", RevertMigration(project, "encore")), NotReversible)
    gate = play.until(project, "G1")
    assert f"entry:{entry}" not in [each.value for each in play.gate(gate, "claire").proofs]
    play.decide(project, "G1")
    kinds = [row.kind for row in play.rows(EventRow, EventRow.stream == project)]
    assert [each for each in kinds if "migrat" in each] == ["project_migrated", "migration_reverted"]


def test_once_something_was_completed_it_does_not(play: Play) -> None:
    project, _ = missed(play)
    play.complete(project, "C")
    refused = play.refused("jeanne", RevertMigration(project, "trop tard"))
    assert isinstance(refused, NotReversible)
    assert "« Relire » a été faite depuis" in refused.text("fr")


def test_what_was_done_before_keeps_its_name_when_the_new_version_drops_it(play: Play) -> None:
    project = play.start()
    play.until(project, "C")
    task = play.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "R")[0].id
    published(play, without("R"))
    move(play, project)
    assert play.page(task).task.name.fr == "Répondre"
    gate = play.until(project, "G1")
    labels = {each.value: each.label.fr for each in play.gate(gate, "claire").proofs}
    assert labels[f"task:{task}"] == "Répondre · Service DAF"
    event = play.rows(EventRow, EventRow.kind == "project_migrated")[0]
    assert json.loads(event.facts)["missed"] == []
    play.until(project, "")
    assert play.project(project).status == "closed"


def test_a_gate_that_was_decided_shows_what_its_version_asked(play: Play) -> None:
    project = play.start()
    gate = play.until(project, "G1")
    asked = [each.key for each in play.gate(gate).criteria]
    play.decide(project, "G1")

    def more(loom: Any) -> None:
        edit.say_text(loom.nodes["G1"], "method.criterion.garant", Text("Un garant est désigné", "A guarantor"))

    published(play, more)
    move(play, project)
    assert [each.key for each in play.gate(gate).criteria] == asked


def test_the_same_answer_completes_the_open_task_on_either_version(play: Play) -> None:
    project = play.start()
    published(play, inserted("A_to_U_if"))
    move(play, project)
    play.do("claire", CompleteTask(play.task(project, "A"), SHEET))
    assert play.open(project) == ["N"]
