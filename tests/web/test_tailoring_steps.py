"""What moves the drawing, and what a form asks: each made in the page, where it belongs, within its bounds."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from engine import SYSTEM, Engine, LoadOrganisation, PublishMethod, TailoringOf, TailoringPage
from tests.overlay.variants import with_variants
from tests.web.conftest import Browser, words
from tests.web.test_tailoring import HERE, PEOPLE, send

STEP = {"hook": "P2.end", "fr": "Saisir le bureau", "en": "Ask the board", "role": "COM"}


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """The method, with a variant of its evaluation and a fragment."""
    engine.execute(PublishMethod(with_variants().files), SYSTEM)
    engine.execute(LoadOrganisation(PEOPLE), SYSTEM)
    return engine


def made(engine: Engine) -> list[dict[str, object]]:
    """The changes of the draft, as their text form."""
    page: TailoringPage = engine.read(TailoringOf("projet_transversal", "DSI"), 2)
    return [{name: said for name, said in each.said.items() if name != "reason"} for each in page.changes]


def test_a_step_depends_on_an_answer_on_a_number_or_on_an_expression(bruno: Browser, engine: Engine) -> None:
    assert send(bruno, "condition", "C2", answer='urgence = "haute"').status_code == 303
    assert send(bruno, "condition", "C5", number="budget", comparison=">", value="50 000").status_code == 303
    assert made(engine) == [
        {"op": "condition", "element": "C2", "when": 'urgence = "haute"'},
        {"op": "condition", "element": "C5", "when": "budget > 50000"},
    ]
    said = words(bruno.get(HERE))
    assert "n’est demandée que si : Urgence : Haute" in said
    assert "n’est demandée que si : Budget prévisionnel (€) : plus de 50 000" in said
    page = bruno.get(HERE).text
    assert re.search(r'id="C5-condition-2-value" name="value" type="text" value="50000"', page)
    assert 'value="urgence = &#34;haute&#34;" selected' in page
    written = "budget > 10000 and externes = true"
    assert send(bruno, "condition", "C5", when=written).status_code == 303
    assert made(engine)[1]["when"] == written


@pytest.mark.parametrize(
    ("typed", "place", "why"),
    [
        ({"when": "budget >"}, "when", "« budget > » ne se lit pas"),
        ({"when": "tolerances != null"}, "when", "rien n’y répond à tolerances"),
        ({"when": "contribuer"}, "when", "écrivez d’abord « contribuer != null and »"),
        ({"when": "budget > 1", "answer": "externes = true"}, "answer", "d’une façon, une seule"),
        ({}, "answer", "d’une façon, une seule"),
        ({"number": "budget", "value": "beaucoup"}, "value", "« beaucoup » devait être un nombre"),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused_beside_its_field(
    bruno: Browser, engine: Engine, typed: dict[str, str], place: str, why: str
) -> None:
    page = send(bruno, "condition", "C2", **typed)
    assert page.status_code == 422
    told = re.search(rf'id="C2-condition-{place}-error">(.*?)</div>', page.text, re.S)
    assert told is not None
    assert why in words(page)
    assert made(engine) == []


def test_a_step_is_inserted_where_the_method_lets_it_and_asks_its_own_questions(bruno: Browser, engine: Engine) -> None:
    assert "Insérer une étape" in words(bruno.get(HERE))
    more = {"help_fr": "Écrivez-lui.", "help_en": "Write to it.", "amount": "5", "unit": "D", "never": "CP"}
    assert send(bruno, "insert", "P2", form="P2-insert-end", **STEP, **more).status_code == 303
    question = {"fr": "Que dit-il ?", "en": "What does it say?", "type": "enum", "required": "yes"}
    lines = "D’accord | Agreed\nPas d’accord | Not agreed"
    assert send(bruno, "field", "L1", **question, lines=lines).status_code == 303
    (change,) = made(engine)
    assert change == {
        "op": "insert", "hook": "P2.end",
        "step": {
            "id": "L1", "name": {"fr": "Saisir le bureau", "en": "Ask the board"}, "role": "COM",
            "help": {"fr": "Écrivez-lui.", "en": "Write to it."}, "due": "P5D", "never": "CP",
            "form": [{
                "key": "local_1", "type": "enum", "label": {"fr": "Que dit-il ?", "en": "What does it say?"},
                "required": True, "options": [
                    {"value": "choix_1", "label": {"fr": "D’accord", "en": "Agreed"}},
                    {"value": "choix_2", "label": {"fr": "Pas d’accord", "en": "Not agreed"}},
                ],
            }],
        },
    }  # fmt: skip
    page = bruno.get(HERE)
    assert "étape ajoutée : Saisir le bureau" in words(page)
    assert 'id="at-L1"' in page.text


def test_an_inserted_step_is_corrected_and_keeps_its_questions_until_they_are_taken_back(
    bruno: Browser, engine: Engine
) -> None:
    send(bruno, "insert", "P2", form="P2-insert-end", **STEP)
    send(bruno, "field", "L1", fr="Que dit-il ?", en="What does it say?", type="string")
    again = {**STEP, "role": "FIN", "own": "L1", "of": "1"}
    assert send(bruno, "insert", "P2", form="P2-insert-end-1", **again).status_code == 303
    (change,) = made(engine)
    step = change["step"]
    assert isinstance(step, dict)
    assert (step["id"], step["role"], [each["key"] for each in step["form"]]) == ("L1", "FIN", ["local_1"])
    assert send(bruno, "insert", "P2", of="1", drop_question="local_1").status_code == 303
    assert made(engine) == [{"op": "insert", "hook": "P2.end", "step": {
        "id": "L1", "name": {"fr": "Saisir le bureau", "en": "Ask the board"}, "role": "FIN",
    }}]  # fmt: skip


def test_a_published_process_is_inserted_and_a_phase_takes_its_variant(bruno: Browser, engine: Engine) -> None:
    said = words(bruno.get(HERE))
    assert "Insérer un processus publié" in said
    assert "Prendre une variante" in said
    process = {"form": "P2-insert_process-end", "hook": "P2.end", "value": "Process_F"}
    assert send(bruno, "insert_process", "P2", **process).status_code == 303
    assert send(bruno, "replace", "P5", value="Process_P5_court").status_code == 303
    said = words(bruno.get(HERE))
    assert "étapes ajoutées : Enquête" in said
    assert "remplacée par : " in said
    assert "Process_" not in said


def test_questions_choices_voters_items_names_and_documents_are_added(bruno: Browser, engine: Engine) -> None:
    both = {"fr": "Chantier", "en": "Site"}
    for op, element, more in (
        ("field", "C3", {**both, "type": "money"}), ("voter", "G2", {"value": "FIN"}),
        ("criterion", "G2", {**both, "computed": "no_open_action", "evidence": "yes"}),
        ("item", "K2", {**both, "form": "K2-item-liste", "field": "liste"}),
        ("label", "C3", {**both, "field": "scenarios"}),
        ("label", "P2", both),
        ("label", "C3", {**both, "field": "scenarios"}), ("label", "P2", both),
        ("template", "C6", {"value": "note.odt"}),
    ):  # fmt: skip
        assert send(bruno, op, element, **more).status_code == 303, (op, element)
    texts = {"text": both}
    assert made(engine) == [
        {"op": "field", "element": "C3", "field": {"key": "local_1", "type": "money", "label": both}},
        {"op": "voter", "element": "G2", "role": "FIN"},
        {"op": "criterion", "element": "G2", "key": "local_2", **texts, "computed": "no_open_action", "evidence": True},
        {"op": "item", "element": "K2", "field": "liste", "key": "local_3", **texts},
        {"op": "label", "element": "C3", **texts, "field": "scenarios"},
        {"op": "label", "element": "P2", **texts},
        {"op": "template", "element": "C6", "template": "note.odt"},
    ]


def test_what_is_missing_in_a_language_is_told_beside_it(bruno: Browser) -> None:
    page = send(bruno, "criterion", "G2", fr="Le bureau est saisi")
    assert 'id="G2-criterion-en-error"' in page.text
    page = send(bruno, "field", "C3", fr="Avis", en="Opinion", type="enum", lines="Plus tard")
    assert 'id="C3-field-lines-error"' in page.text
    assert "« Plus tard » devait dire « français | anglais »" in words(page)


def test_a_change_is_corrected_where_it_stands(bruno: Browser, engine: Engine) -> None:
    send(bruno, "quorum", "G2", value="75")
    page = bruno.get(HERE).text
    assert 'id="G2-quorum"' not in page
    assert re.search(r'id="G2-quorum-1-value" name="value" type="text" value="75"', page)
    assert send(bruno, "quorum", "G2", form="G2-quorum-1", of="1", value="80").status_code == 303
    assert made(engine) == [{"op": "quorum", "element": "G2", "value": "0.8"}]


def test_phases_are_summed_up_and_folded_but_where_something_changes(bruno: Browser) -> None:
    def folds(address: str) -> dict[str, bool]:
        found = re.findall(r'<details class="phase" id="(\w+)"( open)?>', bruno.get(address).text)
        return {id: bool(unfolded) for id, unfolded in found}

    assert set(folds(HERE).values()) == {False}
    assert folds(f"{HERE}?partie=P3")["P3"] is True
    send(bruno, "hide", "C2")
    assert [id for id, unfolded in folds(HERE).items() if unfolded] == ["P2"]
    said = words(bruno.get(HERE))
    assert "Conception et préconisations 9 7 1" in said
    assert list(folds(f"{HERE}?voir=change")) == ["P2"]
    assert f'action="{HERE}/presenter"' in bruno.get(f"{HERE}?partie=P2").text
    free = bruno.get(f"{HERE}?voir=libre").text
    assert ('id="at-C2"' in free, 'id="at-C1"' in free, 'id="at-G2"' in free) == (True, False, True)


def test_what_is_locked_says_so_and_who_keeps_it(bruno: Browser) -> None:
    said = words(bruno.get(HERE))
    assert "Gardé par Responsable de méthode : sa place (elle ne se masque pas)" in said
    assert "son délai, qui est de droit" in said


def test_who_may_change_nothing_reads_what_a_service_may(browser: Callable[[int | None], Browser]) -> None:
    said = words(browser(1).get(HERE))
    assert "Un service peut : masquer cette étape" in said
    assert "Mettre dans le brouillon" not in said
