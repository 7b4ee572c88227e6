"""Checklists and criteria: evidence, what nobody may tick, "not applicable" by approval, and a project that may end."""

from __future__ import annotations

from typing import Any

import pytest

from engine import (
    ApproveNotApplicable,
    AskNotApplicable,
    AssessCriterion,
    AttestItem,
    ClosingRefused,
    CompleteTask,
    CriteriaUnmet,
    CriterionComputed,
    DecideGate,
    EvidenceMissing,
    EvidenceRefused,
    FormRefused,
    ItemInForm,
    NotAllowed,
    NothingAsked,
    OwnRequest,
    PublishMethod,
    ReasonMissing,
    RefuseTask,
    SaveDraft,
)
from engine.store.tables import NEVER, AssessmentRow, DecisionRow, EntryRow, ProjectRow, TaskRow
from tests.engine.play import MONDAY, Play, files_of

#: the small method, with a list whose second line is the administrator's, whose third is locked and needs evidence,
#: and whose fifth is computed and may be set aside; a gate whose first criterion needs evidence
CHANGES = {
    "petit-projet.bpmn": [
        ('camunda:versionTag="1.0.0"', 'camunda:versionTag="1.1.0"'),
        ('name="method.criterion.1" value="Objectif clair" />',
         'name="method.criterion.1" value="Objectif clair" />'
         '<camunda:property name="method.criterion.1.evidence" value="required" />'),
    ],
    "s2-realiser-et-clore.bpmn": [
        ('<camunda:property name="item.2.en"', '<camunda:property name="item.2.proof" value="admin" />\n'
         '<camunda:property name="item.2.en"'),
        ('<camunda:property name="item.3.en"', '<camunda:property name="item.3.lock" value="locked" />\n'
         '<camunda:property name="item.3.evidence" value="required" />\n<camunda:property name="item.3.en"'),
        ('<camunda:property name="item.5.en"', '<camunda:property name="item.5.computed" value="objectives_named" />\n'
         '<camunda:property name="item.5.en"'),
    ],
}  # fmt: skip


def publish(play: Play) -> None:
    files = files_of("petit-projet")
    for name, changes in CHANGES.items():
        for before, after in changes:
            assert before.encode() in files[name]
            files[name] = files[name].replace(before.encode(), after.encode(), 1)
    play.do("jeanne", PublishMethod(files))


def put(play: Play, *rows: Any) -> None:
    with play.engine.store.write() as session:
        session.add_all(rows)


def action(play: Play, project: int, title: str = "Former les agents") -> EntryRow:
    put(play, EntryRow(
        project_id=project, register="action", number=1, title=title, body="", state="todo", due_at=NEVER, level=0,
        owner_id=play.people["emile"], theme="", facts="{}", origin="", at=MONDAY, proof="", reminded=0,
    ))  # fmt: skip
    found: EntryRow = play.rows(EntryRow, EntryRow.register == "action")[-1]
    return found


def close(play: Play, entry: EntryRow, closed: bool = True) -> None:
    with play.engine.store.write() as session:
        row = session.get_one(EntryRow, entry.id)
        row.state, row.closed_at = ("done", MONDAY) if closed else ("todo", None)


def ticks(**lines: dict[str, str]) -> dict[str, Any]:
    """The whole list ticked, and `lines` (`_3=…`) as said."""
    done = {str(number): {"state": "done", "evidence": "vu"} for number in range(1, 7)}
    return {"liste": done | {key[1:]: line for key, line in lines.items()}}


@pytest.fixture
def at_list(play: Play) -> tuple[Play, int, int]:
    publish(play)
    project = play.start("petit_projet")
    return play, project, play.until(project, "S22")


@pytest.fixture
def small(essai: Play) -> tuple[Play, int, int]:
    """The same on SQLite only."""
    publish(essai)
    project = essai.start("petit_projet")
    return essai, project, essai.until(project, "S22")


def attest(play: Play, task: int) -> None:
    play.do("jeanne", AttestItem(task, "liste.2", "accès retirés le 3"))


# --- what the engine answers -------------------------------------------------------------------------------


def test_a_computed_line_is_refused_while_its_cause_lasts_and_turns_red_again_with_it(
    at_list: tuple[Play, int, int],
) -> None:
    play, project, task = at_list
    attest(play, task)
    entry = action(play, project)
    values = {"bilan": "Cinq lignes"} | ticks()
    refusal = play.refused("claire", CompleteTask(task, values))
    assert isinstance(refusal, FormRefused)
    assert {key: said.fr for key, said in refusal.fields.items()} == {
        "liste.4": "Encore ouvert : « Former les agents »."
    }
    close(play, entry)
    play.do("claire", CompleteTask(task, values))
    gate = play.task(project, "SG2")
    play.examine(gate)
    close(play, entry, closed=False)  # it is opened again after the list was filled in
    assert play.page(task).lines["liste.4"].holds is False
    refusal = play.refused("denis", DecideGate(gate, "go", "tout est fait"))
    assert isinstance(refusal, ClosingRefused)
    assert [(each.place, each.id, each.text.fr, each.who.fr) for each in refusal.pointers] == [
        ("entry", entry.id, "« Former les agents »", "Émile")
    ]
    assert refusal.text("fr") == (
        "Le projet ne peut pas se terminer encore. Il manque : « Former les agents ». "
        "Réglez chaque point, puis recommencez."
    )
    close(play, entry)
    play.do("denis", DecideGate(gate, "go", "tout est fait"))
    assert play.project(project).status == "closed"


def test_what_a_form_says_of_a_computed_line_counts_for_nothing(small: tuple[Play, int, int]) -> None:
    play, _, task = small
    attest(play, task)
    play.do("claire", CompleteTask(task, {"bilan": "x"} | ticks(_4={"state": "", "evidence": "rien à voir"})))
    assert play.page(task).values["liste"]["4"] == {
        "state": "done", "evidence": "Aucune action ouverte.", "reason": "",
    }  # fmt: skip


def test_the_administrator_vouches_for_what_is_theirs_and_their_action_ends_with_it(
    at_list: tuple[Play, int, int],
) -> None:
    play, project, task = at_list
    called = play.rows(EntryRow, EntryRow.project_id == project)[0]
    assert (called.title, called.owner_id, called.origin_id, called.closed_at) == (
        "Attester : Écart de charge et de délai noté et expliqué", play.people["jeanne"], task, None,
    )  # fmt: skip
    refusal = play.refused("claire", CompleteTask(task, {"bilan": "x"} | ticks()))
    assert isinstance(refusal, FormRefused)
    assert refusal.fields["liste.2"].fr == "l’administrateur ne l’a pas encore attesté"
    assert type(play.refused("claire", AttestItem(task, "liste.2", "c’est fait"))) is NotAllowed
    assert type(play.refused("jeanne", AttestItem(task, "liste.2", " "))) is EvidenceMissing
    assert type(play.refused("jeanne", AttestItem(task, "liste.1", "c’est fait"))) is ItemInForm
    attest(play, task)
    assert play.rows(EntryRow, EntryRow.project_id == project)[0].state == "done"
    line = play.page(task).lines["liste.2"]
    assert (line.holds, line.by, line.evidence) == (True, "Jeanne", "accès retirés le 3")
    play.do("claire", CompleteTask(task, {"bilan": "x"} | ticks()))


# --- evidence ----------------------------------------------------------------------------------------------


def test_evidence_is_asked_where_the_method_asks_for_it(small: tuple[Play, int, int]) -> None:
    play, _, task = small
    attest(play, task)
    refusal = play.refused("claire", CompleteTask(task, {"bilan": "x"} | ticks(_3={"state": "done"})))
    assert isinstance(refusal, FormRefused)
    assert {key: said.fr for key, said in refusal.fields.items()} == {"liste.3": "Cette ligne demande une preuve."}
    refers = ticks(_3={"state": "done", "refers": f"task:{task}"})
    play.do("claire", CompleteTask(task, {"bilan": "x"} | refers))
    assert play.page(task).values["liste"]["3"]["refers"] == f"task:{task}"


def test_a_criterion_is_shown_by_words_a_link_a_file_a_task_or_an_entry(essai: Play) -> None:
    publish(essai)
    project = essai.start("petit_projet")
    gate = essai.until(project, "SG1")
    task = essai.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "S11")[0].id
    entry = action(essai, project)
    assert type(essai.refused("claire", AssessCriterion(gate, "1", "met"))) is EvidenceMissing
    for kind, words, refers_to, why in (
        ("link", "javascript:alert(1)", None, "le lien commence par http:// ou https://."),
        ("link", "https://nom:secret@exemple.fr", None, "le lien commence par http:// ou https://."),
        ("file", "", 999, "ce qu’elle désigne n’est pas dans ce projet."),
        ("task", "", None, "ce qu’elle désigne n’est pas dans ce projet."),
        ("photo", "", None, "« photo » n’est pas une sorte de preuve (text, link, file, task, entry)."),
    ):
        refusal = essai.refused("claire", AssessCriterion(gate, "1", "met", words, kind, refers_to))  # type: ignore[arg-type]
        assert isinstance(refusal, EvidenceRefused)
        assert refusal.text("fr").split(" : ", 1)[1].startswith(f"{why} ")
    essai.do("claire", AssessCriterion(gate, "1", "met", "https://exemple.fr/fiche", "link"))
    assert essai.gate(gate).criteria[0].kind == "link"
    essai.do("claire", AssessCriterion(gate, "1", "met", "", "task", task))
    line = essai.gate(gate).criteria[0]
    assert (line.refers, line.label.fr) == (f"task:{task}", "Fiche projet")
    essai.do("claire", AssessCriterion(gate, "1", "met", "", "entry", entry.id))
    assert essai.gate(gate).criteria[0].label.fr == "Actions n° 1 : Former les agents"


def test_a_confidential_entry_is_nobodys_evidence(essai: Play) -> None:
    publish(essai)
    project = essai.start("petit_projet")
    gate = essai.until(project, "SG1")
    entry = action(essai, project)
    with essai.engine.store.write() as session:
        session.get_one(EntryRow, entry.id).register = "resistance"
    assert type(essai.refused("claire", AssessCriterion(gate, "1", "met", "", "entry", entry.id))) is EvidenceRefused
    assert [each.value for each in essai.gate(gate, "claire").proofs if each.value.startswith("entry")] == []


# --- not applicable ----------------------------------------------------------------------------------------


def test_a_locked_criterion_does_not_apply_once_another_person_has_approved_it(play: Play) -> None:
    publish(play)
    project = play.start("petit_projet")
    gate = play.until(project, "SG1")
    assert type(play.refused("claire", AssessCriterion(gate, "1", "not_applicable"))) is ReasonMissing
    play.do("claire", AssessCriterion(gate, "1", "not_applicable", "déjà décidé ailleurs"))
    refusal = play.refused("denis", DecideGate(gate, "go", "allons-y"))
    assert isinstance(refusal, CriteriaUnmet)
    assert [each.place for each in refusal.pointers] == ["gate"]
    assert type(play.refused("claire", ApproveNotApplicable(gate, "1"))) is OwnRequest
    assert type(play.refused("alice", ApproveNotApplicable(gate, "1"))) is NotAllowed
    play.do("denis", ApproveNotApplicable(gate, "1"))
    line = play.gate(gate).criteria[0]
    assert (line.state, line.asked, line.approved_by) == ("not_applicable", False, "Denis")
    deviation = play.rows(EntryRow, EntryRow.register == "deviation")[0]
    assert (deviation.title, deviation.body, deviation.state, deviation.author_id, deviation.closed_by) == (
        "Sans objet : Objectif clair", "déjà décidé ailleurs", "approved", play.people["claire"], play.people["denis"],
    )  # fmt: skip
    assert type(play.refused("denis", ApproveNotApplicable(gate, "1"))) is NothingAsked
    play.do("denis", DecideGate(gate, "go", "allons-y"))
    record = play.rows(DecisionRow)[0].record
    assert f'"approved_by": {play.people["denis"]}' in record


def test_who_asked_never_approves_even_as_sponsor_and_chair(small: tuple[Play, int, int]) -> None:
    play, project, _ = small
    attest(play, play.task(project, "S22"))
    gate = play.until(project, "SG2")
    play.do("denis", AssessCriterion(gate, "1", "not_applicable", "rien à livrer"))
    refusal = play.refused("denis", ApproveNotApplicable(gate, "1"))
    assert (type(refusal), refusal.text("fr")) == (
        OwnRequest,
        "Vous avez demandé vous-même que « Livrable accepté » soit sans objet : l’accord revient à un autre "
        "(le commanditaire ou le président de la porte, jamais qui l’a demandé).",
    )


def test_a_request_that_is_refused_or_withdrawn_leaves_the_criterion_as_it_was(essai: Play) -> None:
    publish(essai)
    gate = essai.until(essai.start("petit_projet"), "SG1")
    essai.do("claire", AssessCriterion(gate, "1", "not_applicable", "inutile"))
    assert type(essai.refused("denis", ApproveNotApplicable(gate, "1", approved=False))) is ReasonMissing
    essai.do("denis", ApproveNotApplicable(gate, "1", approved=False, reason="si, dites lequel"))
    assert essai.gate(gate).criteria[0].state == ""
    essai.do("claire", AssessCriterion(gate, "1", "not_applicable", "inutile"))
    essai.do("claire", AssessCriterion(gate, "1", "met", "fiche"))
    assert [row.state for row in essai.rows(EntryRow, EntryRow.register == "deviation")] == ["refused", "refused"]
    assert essai.gate(gate).criteria[0].state == "met"


def test_a_control_is_set_aside_by_nobody_what_is_only_computed_with_approval(small: tuple[Play, int, int]) -> None:
    play, project, task = small
    assert type(play.refused("claire", AskNotApplicable(task, "liste.4", "inutile"))) is CriterionComputed
    assert type(play.refused("claire", AskNotApplicable(task, "liste.1", "inutile"))) is ItemInForm
    with play.engine.store.write() as session:
        session.get_one(ProjectRow, project).objectives = "[]"
    attest(play, task)
    play.do("claire", AskNotApplicable(task, "liste.5", "projet interne"))
    values = {"bilan": "x"} | ticks()
    refusal = play.refused("claire", CompleteTask(task, values))
    assert isinstance(refusal, FormRefused)
    assert {key: said.fr for key, said in refusal.fields.items()} == {
        "liste.5": "« sans objet » attend l’accord d’une autre personne"
    }
    assert play.page(task, "denis").lines["liste.5"].can == frozenset({"approve"})
    play.do("denis", ApproveNotApplicable(task, "liste.5"))
    play.do("claire", CompleteTask(task, values))
    assert play.page(task).values["liste"]["5"] == {
        "state": "not_applicable", "evidence": "", "reason": "projet interne",
    }  # fmt: skip


def test_a_locked_line_is_not_set_aside_in_the_form_alone(small: tuple[Play, int, int]) -> None:
    play, _, task = small
    attest(play, task)
    said = ticks(_3={"state": "not_applicable", "reason": "personne"}, _1={"state": "not_applicable", "reason": "rien"})
    refusal = play.refused("claire", CompleteTask(task, {"bilan": "x"} | said))
    assert isinstance(refusal, FormRefused)
    assert set(refusal.fields) == {"liste.3"}
    play.do("claire", SaveDraft(task, said))
    assert play.rows(AssessmentRow, AssessmentRow.task_id == task, AssessmentRow.state == "not_applicable") == []


# --- services, refusals, facets ----------------------------------------------------------------------------


def test_a_department_that_refuses_calls_the_sponsor_and_keeps_the_criterion_red(play: Play) -> None:
    project = play.start("projet_transversal")
    task = play.until(project, "A3")
    doer = play.doer(task)
    play.do(doer, RefuseTask(task, "personne ce mois-ci"))
    [asked] = play.rows(EntryRow, EntryRow.register == "action")
    assert (asked.title.split(" · ")[0], asked.body, asked.owner_id, asked.origin_id) == (
        "Refusée : Recueillir les besoins du service", "personne ce mois-ci", play.people["denis"], task,
    )  # fmt: skip
    [lack] = [each for each in play.project(project).lacks if "100 %" in each.text.fr.replace("\u00a0", " ")]
    assert lack.remark.fr.startswith("0 service(s) sur 2 ont répondu. ")
    assert "(personne ce mois-ci)" in lack.remark.fr
    play.complete(project, "A3 " + play.row(task).instance)
    assert play.rows(EntryRow, EntryRow.register == "action")[0].state == "done"
    assert play.project(project).lacks != ()


def test_the_stakes_have_their_five_facets(essai: Play) -> None:
    project = essai.start("projet_transversal")
    task = essai.until(project, "A4")
    page = essai.page(task)
    line = {"facette": "social", "enjeu": "Locataires", "consequence": ""}
    with pytest.raises(FormRefused) as refusal:
        essai.complete(project, "A4", enjeux=[line] * 5)
    assert refusal.value.fields["enjeux"].fr == (
        "Une facette manque. Les cinq sont à remplir : écrivez « sans objet » et pourquoi là où rien n’est en jeu."
    )
    assert page.task.state == "open"


# --- the end -----------------------------------------------------------------------------------------------


def test_a_short_closure_ends_only_once_its_list_holds(play: Play) -> None:
    project = play.start("projet_transversal")
    task = play.until(project, "KC2", {"G1": ["stop"]})
    play.until(project, "KC4")
    lines = play.page(task).lines
    assert sorted(key.partition(".")[2] for key, line in lines.items() if line.computed) == [
        "10", "13", "19", "21", "5",
    ]  # fmt: skip
    assert sorted(key.partition(".")[2] for key, line in lines.items() if line.admin) == ["19", "20"]
    refusal = play.refused("claire", CompleteTask(task, {"liste": {}}))
    assert isinstance(refusal, FormRefused)
    assert set(refusal.fields) == {f"liste.{n}" for n in (5, 6, 10, 16, 19, 20, 22)}
    play.complete(project, "KC4")
    entry = action(play, project)
    play.attest(task, play.page(task))
    refusal = play.refused("claire", CompleteTask(task, {"liste": {}}))
    assert isinstance(refusal, ClosingRefused | FormRefused)
    close(play, entry)
    assert play.until(project, "") == 0
    assert play.project(project).status == "stopped"
