"""A form is filled in by label, in a person's words; what is not said is answered as simply as the form allows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.answers import check
from engine.document import Named, read
from engine.errors import AnswerUnclear
from engine.method import Field, Method, Option, Task
from engine.release import read_method
from engine.scenarios.around import Around
from engine.scenarios.form import fill
from engine.words import Text

ROOT = Path(__file__).parents[2]
EVERY_FIELD = ROOT / "tests" / "web" / "tous-les-champs"
METHODS = [EVERY_FIELD, *sorted({path.parent for path in (ROOT / "workflows").glob("*/*.bpmn")})]
SERVICES = (Option("DSI", Text("Informatique", "IT")), Option("DRH", Text("Ressources humaines")))


def method(folder: Path) -> Method:
    found, _, _ = read_method({path.name: path.read_bytes() for path in folder.glob("*.bpmn")})
    assert found is not None
    return found


def choices(each: Field) -> tuple[Option, ...] | None:
    return SERVICES if each.source == "services" else None if each.source else each.options


def filled(task: Task, text: str, steering: frozenset[str] = frozenset()) -> dict[str, Any]:
    said = read(text.encode(), "a")
    assert isinstance(said, Named)
    around = Around(date(2026, 1, 5), choices, lambda each: each.items, lambda each: None)
    values, allowed = fill(task.form, [said], steering, around)
    return check(task.form, values, allowed, task.name)


EVERYTHING = """
Titre: Un abri
Besoin: Les vélos prennent la pluie.
Agents concernés: "1 250"
Budget: 12 500,50 €
Date souhaitée: 1er mars 2027
Données personnelles ?: non
Prévenir la direction: oui
Niveau: Fort
Mois: Mois 3
Services vus: [Informatique, DRH]
Correspondant: Claire Morel
Équipe: [Hugo Lambert, claire morel]
Note signée: note.pdf
Risques:
  - Risque: Le vol
    Gravité: Haute
    Coût: 300
    Porteur: Hugo Lambert
    Le: 31/12/2026
    Accepté: oui
  - Risque: La pluie
Vérifications:
  Le commanditaire a relu: fait
  Le coût est chiffré: "sans objet : don d’une autre agence"
"""


def test_every_kind_of_field_is_filled_in_as_a_person_says_it() -> None:
    task = method(EVERY_FIELD).tasks["S11"]
    [checks] = [each for each in task.form if each.type == "checklist"]
    answers = filled(task, EVERYTHING.replace("Vérifications", checks.label.fr))
    assert {key: value for key, value in answers.items() if key != checks.key} == {
        "titre": "Un abri", "besoin": "Les vélos prennent la pluie.", "agents": "1250", "budget": "12500.50",
        "jour": "2027-03-01", "sensible": False, "prevenir": True, "niveau": "fort", "mois": "3",
        "services_vus": ["DSI", "DRH"], "contact": 1, "equipe": [2, 1], "note": None,
        "risques": [
            {"risque": "Le vol", "gravite": "haute", "cout": "300", "porteur": 2, "jour": "2026-12-31",
             "accepte": True},
            {"risque": "La pluie", "gravite": "", "cout": "", "porteur": None, "jour": "", "accepte": None},
        ],
    }  # fmt: skip
    assert answers[checks.key] == {
        "1": {"state": "done", "evidence": "", "reason": ""},
        "2": {"state": "not_applicable", "evidence": "", "reason": "don d’une autre agence"},
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Niveau: Moyen", "La réponse « Niveau » ne convient pas : « Moyen » n’est pas un choix ; "
         "les choix : « Faible », « Fort »."),
        ("Données personnelles ?: peut-être", "La réponse « Données personnelles ? » ne convient pas : "
         "« oui » ou « non » est attendu."),
        ("Titre: [a, b]", "La réponse « Titre » ne convient pas : un seul texte est attendu."),
        ("Risques: Le vol", "La réponse « Risques » ne convient pas : chaque ligne se dit « colonne : réponse »."),
        ("titre: a\nTitre: b", "La réponse « Titre » ne convient pas : elle est dite deux fois."),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_is_refused_by_its_label(text: str, why: str) -> None:
    with pytest.raises(AnswerUnclear) as refused:
        filled(method(EVERY_FIELD).tasks["S11"], text)
    assert refused.value.text("fr") == why


@pytest.mark.parametrize("folder", METHODS, ids=lambda folder: folder.name)
def test_the_simplest_answers_are_accepted_by_every_form(folder: Path) -> None:
    for task in method(folder).tasks.values():
        filled(task, "{}")


def test_an_answer_that_steers_is_never_guessed() -> None:
    with pytest.raises(AnswerUnclear) as refused:
        filled(method(EVERY_FIELD).tasks["S11"], "{}", frozenset({"niveau"}))
    assert refused.value.text("en") == (
        "The answer “Level” cannot be used: it decides what follows: the scenario must say it."
    )
