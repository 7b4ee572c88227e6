"""The sheet of a method says all that its diagrams say."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from engine import Engine, MethodPageOf, PublishMethod
from engine.method import End, FieldType, Lock, Outcome, Rule
from tests.web.conftest import METHOD, Browser, words
from tests.web.under_vote import AMINA, under_vote
from web import wording


def test_the_list_says_what_each_method_holds(amina: Browser) -> None:
    page = amina.get("/methodes")
    assert 'href="/methodes/tous_les_champs"' in page.text
    assert "2 portes" in words(page)
    assert "1 projet en cours" in words(page)


def test_a_sheet_names_every_task_field_gate_criterion_and_item(engine: Engine, amina: Browser) -> None:
    method = engine.read(MethodPageOf("tous_les_champs"), AMINA).method
    said = words(amina.get("/methodes/tous_les_champs"))
    expected = [task.name.fr for task in method.tasks.values()]
    expected += [field.label.fr for task in method.tasks.values() for field in task.form]
    expected += [item.text.fr for task in method.tasks.values() for field in task.form for item in field.items]
    expected += [criterion.text.fr for gate in method.gates for criterion in gate.criteria]
    expected += [role.name.fr for role in method.roles] + [phase.name.fr for phase in method.phases]
    assert [name for name in expected if " ".join(name.split()) not in said] == []


def test_a_gate_says_its_chair_its_voters_its_quorum_and_its_rule(engine: Engine, amina: Browser) -> None:
    under_vote(engine)
    said = words(amina.get("/methodes/porte_votee"))
    assert "Présidée par Responsable de service Votants Comité Quorum 60 % des votants" in said
    assert "majorité des bulletins favorables et défavorables" in said


def test_a_sheet_is_read_in_english_too(amina: Browser) -> None:
    amina.post("/langue", {"language": "en", "next": "/compte"})
    said = words(amina.get("/methodes/tous_les_champs"))
    assert "Chaired by Department head" in said
    assert "Présidée" not in said


def test_a_version_has_its_own_address_and_an_unknown_one_is_not_found(amina: Browser) -> None:
    assert amina.get("/methodes/tous_les_champs/1.0.0").status_code == 200
    assert amina.get("/methodes/tous_les_champs/9.9.9").status_code == 404
    assert amina.get("/methodes/inconnue").status_code == 404


def test_a_sheet_shows_the_warnings_that_were_accepted_as_it_was_published(engine: Engine, amina: Browser) -> None:
    assert "Remarques acceptées" not in words(amina.get("/methodes/tous_les_champs"))
    files = {each.name: each.read_bytes() for each in METHOD.glob("*.bpmn")}
    english = re.compile(rb'<camunda:property name="name.en" value="[^"]*" ?/>')
    files = {name: content.replace(b'versionTag="1.0.0"', b'versionTag="1.0.1"') for name, content in files.items()}
    engine.execute(PublishMethod({name: english.sub(b"", each) for name, each in files.items()}, ("untranslated",)), 0)
    said = words(amina.get("/methodes/tous_les_champs"))
    assert "Remarques acceptées Ce que la relecture de cette version a remarqué, et que Jalon a accepté" in said
    assert "n’a pas d’anglais :" in said
    amina.post("/langue", {"language": "en", "next": "/compte"})
    said = words(amina.get("/methodes/tous_les_champs"))
    assert "Accepted warnings What the review of this version warned of, and Jalon accepted" in said
    assert "has no English:" in said


def test_every_diagram_of_a_sheet_is_drawn(amina: Browser) -> None:
    assert amina.get("/methodes/tous_les_champs").text.count("<figure") == 3


@pytest.mark.parametrize(
    ("iso", "fr", "en"),
    [
        ("P1D", "1 jour ouvré", "1 working day"), ("P10D", "10 jours ouvrés", "10 working days"),
        ("P2W", "2 semaines", "2 weeks"), ("P1M", "1 mois", "1 month"), ("P6M", "6 mois", "6 months"),
        ("PT4H", "4 heures", "4 hours"), ("plan", "selon le plan du projet", "as the project’s plan says"),
        ("P1DT2H", "P1DT2H", "P1DT2H"),
    ],
)  # fmt: skip
def test_a_duration_is_said_in_words(iso: str, fr: str, en: str) -> None:
    said = wording.duration(iso)
    assert (said.fr.replace("\u00a0", " "), said.read("en").replace("\u00a0", " ")) == (fr, en)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (wording.OUTCOMES, Outcome), (wording.RULES, Rule), (wording.LOCKS, Lock), (wording.FIELDS, FieldType),
        (wording.ENDS, End),
    ],
)  # fmt: skip
def test_every_value_of_the_model_is_said_in_both_languages(table: dict[str, Any], values: Any) -> None:
    assert set(table) == set(get_args(values))
    assert all(words.fr and words.en for words in table.values())
