"""What the record of a project says by itself: each computation, on rows that make it hold and rows that do not."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from engine.computations import COMPUTATIONS
from engine.computed import FUNCTIONS, Found, Looked, compute
from engine.store.tables import (
    NEVER,
    ActorRow,
    DecisionRow,
    EntryRow,
    ExecutionRow,
    FileRow,
    HoldingRow,
    InvitationRow,
    ProjectRow,
    ReserveRow,
    TaskRow,
)
from tests.engine.play import MONDAY, PDF, Play

#: one way to write each
WRITTEN = {
    "all_services_answered": "A3", "answered": "A1", "opinion_given": "C7a", "file_given": "A1.signee",
    "table_filled": "A6.indicateurs, t0, cible", "rows_complete": "D7.reserves, porteur, date",
    "two_scenarios_compared": "C3.scenarios", "at_most": "E2.charge, 20", "checklist_complete": "K2.liste",
    "deliverables_accepted": "D7.acceptation, accepte, reserves", "indicators_measured": "V1.mesures, A6.indicateurs",
    "gaps_explained": "V4.couts, V4.planning", "budget_closed": "K4.solde, K4.pieces", "evaluation_approved": "G5",
    "register_closed": "action, risk", "services_impacted": "2",
}  # fmt: skip


def written(name: str) -> str:
    return f"{name}({WRITTEN[name]})" if name in WRITTEN else name


class Rows:
    """A project of the method `projet_transversal`, whose rows a test writes itself."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.project = play.start("projet_transversal")
        self.execution = play.rows(ExecutionRow, ExecutionRow.project_id == self.project)[0].id

    def add(self, *rows: Any) -> None:
        with self.play.engine.store.write() as session:
            session.add_all(rows)

    def task(self, element: str, answers: dict[str, Any] | None = None, instance: str = "", **said: Any) -> int:
        """A completed task, where `answers` are given; else an open one."""
        row = TaskRow(
            project_id=self.project, execution_id=self.execution, token="0" * 32, element=element, phase="P1", round=1,
            instance=instance, opened_at=MONDAY, due_at=NEVER, answers=None if answers is None else json.dumps(answers),
            **{"kind": "task", "role": "CP", "seat": "", "state": "open" if answers is None else "done",
               "remarks": "{}"} | said,
        )  # fmt: skip
        with self.play.engine.store.write() as session:
            session.add(row)
            session.flush()
            return int(row.id)

    def file(self, task: int, field: str) -> None:
        self.add(FileRow(
            project_id=self.project, task_id=task, field=field, name="note.pdf", size=len(PDF), sha256="0" * 64,
            actor_id=self.play.people["claire"], at=MONDAY, content=PDF,
        ))  # fmt: skip

    def entry(self, register: str, title: str, **said: Any) -> None:
        self.add(EntryRow(
            project_id=self.project, register=register, title=title, at=MONDAY,
            **{"number": 1, "body": "", "state": "open", "due_at": NEVER, "level": 0, "theme": "", "facts": "{}",
               "origin": "", "proof": "", "reminded": 0} | said,
        ))  # fmt: skip

    def decided(self, gate: str, outcome: str) -> None:
        task = self.task(gate, {}, kind="gate")
        self.add(DecisionRow(
            project_id=self.project, task_id=task, gate=gate, number=f"{gate}-{task}", session=1, outcome=outcome,
            reason="vu", at=MONDAY, actor_id=self.play.people["denis"], record="{}",
        ))  # fmt: skip

    def compute(self, text: str, steers: bool = False) -> Found:
        with self.play.engine.store.read() as session:
            project = session.get_one(ProjectRow, self.project)
            method = self.play.engine.release(session, project.release_id).method
            return compute(Looked(session, project, method, self.play.clock.at, steers), text)

    def says(self, text: str, steers: bool = False) -> tuple[bool, str]:
        found = self.compute(text, steers)
        assert found.holds or found.pointers  # what does not hold says where it is mended
        return found.holds, found.remark.fr


@pytest.fixture
def rows(essai: Play) -> Rows:
    return Rows(essai)


def test_each_name_that_a_method_may_write_is_computed_and_no_other() -> None:
    assert COMPUTATIONS.keys() == FUNCTIONS.keys()


def test_each_is_computed_on_both_databases(play: Play) -> None:
    rows = Rows(play)
    before = {name: rows.compute(written(name)).holds for name in COMPUTATIONS}
    assert {name for name, holds in before.items() if holds} == {
        "reserves_lifted", "decisions_frozen", "consultations_closed", "exceptional_gates_passed", "no_open_action",
        "critical_actions_closed", "register_closed", "deviations_reviewed", "major_resistance_handled",
        "guests_removed", "dossier_archived", "roles_held", "objectives_named", "services_impacted",
    }  # fmt: skip


#: (computation, the tasks completed with their answers, whether it holds, what it says)
ANSWERS: list[tuple[str, dict[str, dict[str, Any]], bool, str]] = [
    ("answered(A1)", {}, False, "Il reste à terminer : Établir la lettre de mission."),
    ("answered(A1)", {"A1": {}}, True, "C’est dans les réponses du projet."),
    ("answered(A6.budget, E2.charge)", {"A6": {"budget": "80"}, "E2": {"charge": ""}}, False,
     "Il manque : « Qualifier la demande et la rattacher à la stratégie » : « Charge estimée (jours) » "
     "reste à remplir."),
    ("answered(D8.formation)", {"D8": {"formation": False}}, False,
     "Il manque : « Transférer à l’exploitation » : « Équipes formées » reste à remplir."),
    ("answered(D8.formation)", {"D8": {"formation": True}}, True, "C’est dans les réponses du projet."),
    ("opinion_given(C7a)", {"C7a": {"avis": "favorable"}}, True, "L’avis est rendu."),
    ("table_filled(A6.indicateurs, t0, cible)", {"A6": {"indicateurs": []}}, False,
     "Il manque : « Rédiger la note de cadrage » : « Critères de réussite (indicateur, T0, cible, date) » "
     "reste à remplir."),
    ("table_filled(A6.indicateurs, t0, cible)", {"A6": {"indicateurs": [{"t0": "61 %", "cible": ""}]}}, False,
     "Il manque : « Rédiger la note de cadrage » : ligne 1 : Cible à remplir."),
    ("table_filled(A6.indicateurs, t0, cible)", {"A6": {"indicateurs": [{"t0": "61 %", "cible": "90 %"}]}}, True,
     "C’est dans les réponses du projet."),
    ("rows_complete(D7.reserves, porteur)", {"D7": {"reserves": []}}, True, "C’est dans les réponses du projet."),
    ("two_scenarios_compared(C3.scenarios)", {"C3": {"scenarios": [{"scenario": "A"}, {"scenario": " a "}]}}, False,
     "Il manque : « Élaborer les scénarios » : 1 seul ; deux au moins se comparent."),
    ("two_scenarios_compared(C3.scenarios)", {"C3": {"scenarios": [{"scenario": "A"}, {"scenario": "B"}]}}, True,
     "2 scénarios comparés."),
    ("at_most(E2.charge, 20)", {"E2": {"charge": "20.5"}}, False,
     "Il manque : « Qualifier la demande et la rattacher à la stratégie » : 20.5, pour 20 au plus."),
    ("at_most(E2.charge, 20)", {"E2": {"charge": "20"}}, True, "Dans la limite de 20."),
    ("indicators_measured(V1.mesures, A6.indicateurs)",
     {"A6": {"indicateurs": [{"indicateur": "Délai"}, {"indicateur": "Avis"}]},
      "V1": {"mesures": [{"indicateur": "délai ", "atteint": "90 %"}, {"indicateur": "Avis", "atteint": ""}]}}, False,
     "Il manque : « Mesurer les indicateurs » : indicateur(s) non mesuré(s) : Avis."),
    ("indicators_measured(V1.mesures, A6.indicateurs)",
     {"A6": {"indicateurs": [{"indicateur": "Avis"}]},
      "V1": {"mesures": [{"indicateur": "Avis", "atteint": "", "ecart": "enquête non menée"}]}}, True,
     "1 indicateur(s) mesuré(s)."),
    ("gaps_explained(V4.couts)", {"V4": {"couts": [{"poste": "Études", "prevu": "10", "reel": "12", "cause": ""}]}},
     False, "Il manque : « Rédiger le bilan d’évaluation » : « Études » : l’écart n’a pas de cause."),
    ("gaps_explained(V4.couts)", {"V4": {"couts": [{"poste": "Études", "prevu": "10", "reel": "10", "cause": ""}]}},
     True, "Chaque écart a sa cause."),
    ("budget_closed(K4.solde, K4.pieces)", {"K4": {"solde": "-12"}}, False,
     "Il manque : « Solder budget et marchés » : solde de -12 € sans état qui l’explique."),
    ("budget_closed(K4.solde, K4.pieces)", {"K4": {"solde": "0"}}, True, "Budget soldé : 0 €."),
    ("deliverables_accepted(C7a.avis, favorable)", {"C7a": {"avis": "defavorable"}}, False,
     "« Avis finances et achats » : Défavorable"),
    ("deliverables_accepted(C7a.avis, favorable)", {"C7a": {"avis": "favorable"}}, True,
     "Les livrables sont acceptés."),
]  # fmt: skip


@pytest.mark.parametrize(("computation", "answers", "holds", "remark"), ANSWERS)
def test_what_the_answers_say(
    rows: Rows, computation: str, answers: dict[str, dict[str, Any]], holds: bool, remark: str
) -> None:
    for element, said in answers.items():
        rows.task(element, said)
    assert rows.says(computation) == (holds, remark)


def test_what_is_open_again_no_longer_holds(rows: Rows) -> None:
    rows.task("A1", {})
    assert rows.says("answered(A1)")[0]
    rows.task("A1", assignee_id=rows.play.people["denis"])
    found = rows.compute("answered(A1)")
    assert (found.holds, [(each.place, each.text.fr, each.who.fr) for each in found.pointers]) == (
        False,
        [("task", "« Établir la lettre de mission » : à terminer", "Denis")],
    )


def test_a_file_answers_whichever_round_it_was_attached_in(rows: Rows) -> None:
    first = rows.task("A1", {})
    assert rows.says("file_given(A1.signee)") == (
        False, "Il manque : « Établir la lettre de mission » : « Lettre signée » reste à remplir.",
    )  # fmt: skip
    rows.file(first, "signee")
    rows.task("A1", {})
    assert rows.says("file_given(A1.signee)") == (True, "Le fichier est au dossier.")


def test_every_department_answers_and_a_refusal_is_no_answer(rows: Rows) -> None:
    rows.task("A3", {}, "DAF")
    refused = json.dumps({"refused": {"by": rows.play.people["emile"], "reason": "personne ce mois-ci"}})
    rows.task("A3", None, "DRH", remarks=refused, assignee_id=rows.play.people["denis"])
    holds, remark = rows.says("all_services_answered(A3)")
    assert not holds
    assert remark.startswith("1 service(s) sur 2 ont répondu. « Recueillir les besoins du service · ")
    assert remark.endswith("» : refusée par Émile (personne ce mois-ci).")
    rows.task("A3", {}, "DRH")
    assert rows.says("all_services_answered(A3)") == (True, "2 service(s) sur 2 ont répondu.")


def test_actions_risks_and_deviations_bind_while_they_are_open(rows: Rows) -> None:
    rows.entry("action", "Former les agents", owner_id=rows.play.people["emile"], level=1)
    rows.entry("risk", "Faible usage")
    rows.entry("deviation", "Sans objet : Audit")
    assert rows.says("no_open_action") == (False, "Encore ouvert : « Former les agents ».")
    assert rows.compute("no_open_action").pointers[0].who.fr == "Émile"
    assert rows.says("critical_actions_closed")[0] is False
    assert rows.says("register_closed(action, risk)") == (
        False, "Encore ouvert : « Former les agents », « Faible usage ».",
    )  # fmt: skip
    assert rows.says("deviations_reviewed") == (False, "1 dérogation(s) en attente de réponse.")
    assert rows.says("deviations_reviewed", steers=True) == (False, "Encore ouvert : « Sans objet : Audit ».")


def test_a_major_resistance_binds_without_a_word_to_those_who_may_not_read_it(rows: Rows) -> None:
    rows.entry("resistance", "Chargés de clientèle", level=3, facts=json.dumps({"antagonism": "3"}))
    found = rows.compute("major_resistance_handled")
    assert found.remark.fr == (
        "Le journal confidentiel est à compléter ; le chef de projet et le commanditaire savent par quoi."
    )
    assert {each.place for each in found.pointers} == {"project"}
    assert rows.says("major_resistance_handled", steers=True) == (
        False, "Sans mesure ou sans porteur : Chargés de clientèle.",
    )  # fmt: skip


def test_a_resistance_that_is_minor_or_has_its_measure_and_owner_does_not_bind(rows: Rows) -> None:
    rows.entry("resistance", "Agents", level=2)
    rows.entry("resistance", "Cadres", level=4, owner_id=rows.play.people["claire"], facts='{"measure": "Ateliers"}')
    assert rows.says("major_resistance_handled")[0] is True


def test_gates_and_reserves(rows: Rows) -> None:
    assert rows.says("evaluation_approved(G5)") == (False, "« Validation du bilan » n’a pas été passée.")
    rows.decided("G5", "rework")
    assert rows.says("evaluation_approved(G5)")[0] is False
    rows.decided("G5", "go_reserves")
    assert rows.says("evaluation_approved(G5)")[0] is True
    assert rows.says("decisions_frozen") == (True, "2 décision(s) de porte consignée(s) et figée(s).")
    rows.task("G4", {}, kind="gate")
    assert rows.says("decisions_frozen") == (False, "« Recette et bascule » n’a pas de décision")
    decision = rows.play.rows(DecisionRow)[0].id
    rows.add(ReserveRow(
        project_id=rows.project, decision_id=decision, gate="G5", body="Chiffrer", owner_id=rows.play.people["emile"],
        due_at=MONDAY, proof="",
    ))  # fmt: skip
    assert rows.says("reserves_lifted") == (False, "1 réserve(s) à lever.")


def test_a_consultation_and_an_exceptional_gate_bind_while_they_are_open(rows: Rows) -> None:
    rows.task("P7T")
    assert rows.says("consultations_closed") == (False, "En attente : « Consulter le CSE » : à terminer.")
    with rows.play.engine.store.write() as session:
        apart = ExecutionRow(project_id=rows.project, process="Process_X", subject="", state=b"")
        session.add(apart)
        session.flush()
        rows.execution = apart.id
    rows.task("G3", kind="gate")
    assert rows.says("exceptional_gates_passed") == (False, "« Engagement du déploiement » est à terminer")


def test_a_guest_has_access_until_the_link_is_revoked_or_expires_and_the_role_is_taken(rows: Rows) -> None:
    with rows.play.engine.store.write() as session:
        guest = ActorRow(login="invite", name="Ville", email="", password="", kind="guest", language="fr", active=True)
        session.add(guest)
        session.flush()
        id = guest.id
    task = rows.task("A3E")
    rows.add(InvitationRow(
        digest="1", actor_id=id, project_id=rows.project, task_id=task, at=MONDAY, expires_at=MONDAY + timedelta(days=9)
    ))  # fmt: skip
    rows.add(HoldingRow(role="EXT", scope="project", scope_id=rows.project, actor_id=id))
    assert rows.says("guests_removed") == (
        False, "le lien de Ville ouvre encore une tâche, Ville tient encore un rôle",
    )  # fmt: skip
    rows.play.clock.advance(days=10)
    assert rows.says("guests_removed") == (False, "Ville tient encore un rôle")


def test_the_record_is_sealed_by_the_digest_of_its_last_event(rows: Rows) -> None:
    holds, remark = rows.says("dossier_archived")
    assert (holds, remark.split(",")[0].endswith("événements chaînés")) == (True, True)
    with rows.play.engine.store.write() as session:
        session.get_one(ProjectRow, rows.project).digest = "0" * 64
    assert rows.says("dossier_archived") == (
        False, "L’historique ou une pièce a été modifié hors de Jalon : faites examiner la base (jalon doctor).",
    )  # fmt: skip


def test_roles_objectives_and_departments(rows: Rows) -> None:
    assert rows.says("services_impacted(3)")[0] is False
    assert rows.says("services_marked")[0] is False
    with rows.play.engine.store.write() as session:
        project = session.get_one(ProjectRow, rows.project)
        project.objectives, project.marks = "[]", '{"ORG": "informed"}'
    assert rows.says("objectives_named") == (False, "Aucun objectif stratégique n’est nommé.")
    assert rows.says("services_marked") == (True, "Chaque service a sa place.")


def test_what_no_method_should_name_never_holds(rows: Rows) -> None:
    found = rows.compute("all_is_well")
    assert (found.holds, found.remark.fr) == (
        False, "« all_is_well » n’est pas un calcul que Jalon connaît : la méthode est à corriger.",
    )  # fmt: skip
