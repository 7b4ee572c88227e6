"""A scenario passes when the diagram takes that course, and says step, expected and found when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import run_scenarios
from tests.scenarios.telling import HERE, message, played

ONE = "scénarios:\n  - scénario: Essai\n    fin: {end}\n    étapes:\n{steps}"


def told(*steps: str, end: str = "en attente") -> str:
    return ONE.format(end=end, steps="".join(f"      - {step}\n" for step in steps))


def test_every_kind_of_step_plays_and_every_flow_is_taken() -> None:
    [tested] = run_scenarios([HERE])
    assert [each.message.fr for each in tested.verdicts if not each.passed] == []
    assert (tested.coverage.flows, tested.coverage.missed) == (14, ())


SAISIE = "terminer: Saisir la commande\n        avec: {Montant: 5000}"


@pytest.mark.parametrize(
    ("steps", "end", "said"),
    [
        (["attendre: [Valider, Payer]"], "en attente",
         "étape 1, ligne 5 : attendu : « Valider », « Payer » ; trouvé : « Saisir la commande »"),
        (["attendre: []"], "en attente",
         "étape 1, ligne 5 : attendu : rien ; trouvé : « Saisir la commande »"),
        (["attendre: Saisir la commande", "terminer: Valider"], "en attente",
         "étape 2, ligne 6 : attendu : « Valider » ; trouvé : « Saisir la commande »"),
        (["externe: Payer"], "en attente",
         "étape 1, ligne 5 : attendu : « Payer » ; trouvé : rien"),
        (["message: Livraison"], "en attente",
         "étape 1, ligne 5 : attendu : quelque chose qui attend « Livraison » ; "
         "trouvé : « Saisir la commande », « Cinq jours sans saisie »"),
        (["minuteur: Trop tard"], "en attente",
         "étape 1, ligne 5 : attendu : le minuteur « Trop tard » ; trouvé : « Cinq jours sans saisie »"),
        (["minuteur: 99999999 ans plus tard"], "en attente",
         "étape 1, ligne 5 : attendu : une durée que le calendrier tient ; trouvé : « P99999999Y »"),
        (["jusqu’à: Payer"], "en attente",
         "étape 1, ligne 5 : attendu : l’étape est faite ; trouvé : La réponse « Montant (€) » ne convient pas : "
         "elle décide de la suite : le scénario doit la dire."),
        (["terminer: Saisir la commande\n        avec: {Prix: 3}"], "en attente",
         "étape 1, ligne 5 : attendu : l’étape est faite ; trouvé : La réponse « Prix » ne convient pas : "
         "le formulaire demande : « Montant (€) », « Objet »."),
        (["terminer: Saisir la commande\n        avec: {Montant: 0}"], "en attente",
         "étape 1, ligne 5 : attendu : l’étape est faite ; trouvé : 1 réponse(s) à revoir avant de terminer "
         "« Saisir la commande » : Montant (€)."),
        (["terminer: Saisir la commande\n        avec: {Montant: 3}\n        refusé pour: Montant"], "en attente",
         "étape 1, ligne 5 : attendu : un refus pour « Montant » ; trouvé : le formulaire est accepté"),
        (["décider: Saisir la commande\n        issue: favorable"], "en attente",
         "étape 1, ligne 5 : attendu : une porte ; trouvé : « Saisir la commande »"),
        ([SAISIE], "terminé",
         "étape 2, ligne 3 : attendu : terminé ; trouvé : en attente de « Valider », « Budget gelé »"),
        ([SAISIE, "signal: Budget gelé"], "Commande reçue",
         "étape 3, ligne 3 : attendu : terminé à « Commande reçue » ; trouvé : terminé à « Abandonnée »"),
        ([SAISIE, "signal: Budget gelé"], "en attente",
         "étape 3, ligne 3 : attendu : en attente ; trouvé : terminé à « Abandonnée »"),
        ([SAISIE, "signal: Budget gelé"], "erreur",
         "étape 3, ligne 3 : attendu : une erreur que rien ne rattrape ; trouvé : terminé à « Abandonnée »"),
        ([SAISIE, "terminer: Valider", "recevoir: Avis du service\n        avec: {favorable: non}"], "terminé",
         "étape 4, ligne 3 : attendu : terminé ; trouvé : une erreur : REFUS"),
    ],
)  # fmt: skip
def test_a_step_that_goes_otherwise_says_what_was_expected_and_what_is_found(
    tmp_path: Path, steps: list[str], end: str, said: str
) -> None:
    assert message(tmp_path, told(*steps, end=end)) == said


def test_a_verdict_reads_in_english_and_as_a_row(tmp_path: Path) -> None:
    [verdict] = played(tmp_path, told("attendre: Valider")).verdicts
    assert verdict.as_row("en") == {
        "id": "essai.scenarios.yaml: Essai",
        "passed": False,
        "step": 1,
        "expected": "“Valider”",
        "found": "“Saisir la commande”",
        "message": "step 1, line 5: expected: “Valider”; found: “Saisir la commande”",
    }


def test_a_usual_answer_to_a_task_that_is_not_drawn_fails_the_scenario(tmp_path: Path) -> None:
    usual = "réponses habituelles:\n  Saisir une commande: {Montant: 3}\n"
    assert message(tmp_path, usual + told("attendre: []")) == (
        "attendu : une tâche nommée « Saisir une commande » ; trouvé : rien"
    )


def test_what_a_step_says_goes_before_what_is_usual(tmp_path: Path) -> None:
    text = "réponses habituelles:\n  saisir: {Montant: 5000}\n" + told(
        "terminer: saisir\n        avec: {Montant: 3}", "attendre: []", "externe: payer"
    )
    [verdict] = played(tmp_path, text).verdicts
    assert verdict.passed, verdict.message.fr


def test_a_flow_that_no_scenario_takes_is_named(tmp_path: Path) -> None:
    tested = played(tmp_path, told("terminer: saisir\n        avec: {Montant: 3}"))
    missed = tested.coverage.missed
    assert [each.id for each in missed] == ["f3", "f4", "gros", "f5", "f6", "f7", "non", "oui", "f9", "f10"]
    assert missed[2].in_words("fr") == "commande.bpmn:48 gros « Gros » (Montant ? → Valider)"


def test_two_flows_between_the_same_elements_are_told_apart_and_so_is_the_event_that_came(tmp_path: Path) -> None:
    text = """
scénarios:
  - scénario: Une réponse vient
    au départ: {urgent: oui}
    étapes:
      - message: Réponse
    fin: Fini
"""
    tested = played(tmp_path, text, HERE / "attente.bpmn")
    assert [each.message.fr for each in tested.verdicts if not each.passed] == []
    assert [each.id for each in tested.coverage.missed] == ["g3", "g5", "lent"]


def test_a_diagram_that_cannot_be_run_fails_its_scenarios_and_says_why(tmp_path: Path) -> None:
    drawing = tmp_path / "drawn" / "commande.bpmn"
    drawing.parent.mkdir()
    content = (HERE / "commande.bpmn").read_text(encoding="utf-8")
    drawing.write_text(
        content.replace('exclusiveGateway id="rejoint"', 'complexGateway id="rejoint"'), encoding="utf-8"
    )
    [verdict] = played(tmp_path, told("attendre: []"), drawing).verdicts
    assert (verdict.passed, verdict.expected.fr) == (False, "le diagramme se lit et s’exécute")
    assert "rejoint" in verdict.found.fr


def test_what_is_drawn_without_a_time_or_a_condition_is_said_by_the_scenario(tmp_path: Path) -> None:
    drawing = tmp_path / "drawn" / "attente.bpmn"
    drawing.parent.mkdir()
    content = (HERE / "attente.bpmn").read_text(encoding="utf-8")
    duration = '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P2W</bpmn:timeDuration>'
    condition = '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">urgent = true</bpmn:conditionExpression>'
    content = content.replace(duration, "").replace(condition, "").replace(' default="lent"', "")
    drawing.write_text(content, encoding="utf-8")
    text = """
scénarios:
  - scénario: Personne ne répond
    étapes:
      - choisir: Oui
      - minuteur: 10 ans plus tard
      - minuteur: Deux semaines sans réponse
    fin: Fini
  - scénario: Le choix est dit d’avance
    choisir: Oui
    étapes:
      - minuteur: Deux semaines sans réponse
    fin: Fini
"""
    tested = played(tmp_path, text, drawing)
    assert [each.message.fr for each in tested.verdicts if not each.passed] == []
    assert [each.id for each in tested.coverage.missed] == ["g2", "g4", "lent"]
