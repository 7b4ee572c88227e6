"""What the review finds leads to the field that mends it, by the name that its remedy gives it."""

from __future__ import annotations

import re

import pytest

from engine import AmendMethodDraft, Engine, MethodDraftOf, SaveMethodDraft, Text
from tests.web.conftest import Browser, words
from tests.web.test_outline import dara as dara  # a fixture
from tests.web.test_outline import plain, sent
from tests.web.test_workshop import begun

CHOICE = {"do": "field", "element": "A", "type": "enum", "fr": "Couleur", "en": "Colour", "lines": "Rouge|Red\nBleu"}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"do": "rename", "element": "projet_d_ete", "fr": "Été"}, "projet_d_ete#words-en"),
        ({"do": "rename", "element": "A", "fr": "Cadrer"}, "A#words-en"),
        ({"do": "rename", "element": "P1", "fr": "Écouter"}, "P1#words-en"),
        ({"do": "role", "element": "projet_d_ete", "fr": "Direction"}, "projet_d_ete#role-D-en"),
        ({"do": "criterion", "element": "G1", "fr": "Accord écrit"}, "G1#criterion-2-en"),
        ({"do": "field", "element": "A", "type": "money", "fr": "Coût"}, "A#field-cout-en"),
        (CHOICE, "A#field-couleur-option.bleu.en"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_finding_leads_to_the_field_that_its_remedy_names(
    engine: Engine, dara: Browser, asked: dict[str, str], field: str
) -> None:
    draft = begun(dara)
    engine.execute(AmendMethodDraft(draft, {"en": "", **asked}), 4)
    [found] = engine.read(MethodDraftOf(draft), 4).findings
    page = dara.get(f"/atelier/{draft}/plan")
    assert f'<a href="/atelier/{draft}/plan/{field}">' in page.text.partition('id="findings"')[2].partition("</ul>")[0]
    element, _, anchor = field.partition("#")
    there = dara.get(f"/atelier/{draft}/plan/{element}").text
    [box] = re.findall(rf'<input[^>]*\bid="{re.escape(anchor)}"[^>]*>', there)
    named = re.search(r"« (.*?) »", plain(found.remedy.fr))
    assert named is not None
    label = re.search(rf'<label for="{re.escape(anchor)}">([^<]*)', there)
    assert (label[1] if label else re.search(r'aria-label="([^"]*)"', box)[1]).startswith(named[1])  # type: ignore[index]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("montant >> 3", "L’expression « montant >> 3 » ne se lit pas"),
        ("montant > 3", "qu’aucun formulaire"),
    ],
)
def test_a_condition_that_cannot_be_read_is_said_on_the_page_of_its_step(
    engine: Engine, dara: Browser, when: str, said: str
) -> None:
    draft = begun(dara)
    step = {"do": "step", "element": "A", "page": "A", "form": "step", "lock": "conditional", "when": when}
    assert sent(dara, draft, step).status_code == 303
    [found] = engine.read(MethodDraftOf(draft), 4).findings
    link = f'<strong>Erreur</strong> · <a href="/atelier/{draft}/plan/A#step-when">Étape A</a>'
    for page in (dara.get(f"/atelier/{draft}/plan"), dara.get(f"/atelier/{draft}/plan/A")):
        assert (link in page.text, said in words(page)) == (True, True)
    assert found.place.element == "A_if_to_A"
    assert re.findall(r'<input[^>]*\bid="step-when"', dara.get(f"/atelier/{draft}/plan/A").text) != []
    assert link not in dara.get(f"/atelier/{draft}/plan/P1").text


def test_a_rework_that_lands_nowhere_leads_to_where_it_returns(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    files = dict(engine.read(MethodDraftOf(draft), 4).files)
    main = files["projet-d-ete.bpmn"]
    files["projet-d-ete.bpmn"] = main.replace(b'"method.landing" value="A"', b'"method.landing" value="A1"')
    engine.execute(SaveMethodDraft(draft, files, 1), 4)
    [found] = engine.read(MethodDraftOf(draft), 4).findings
    assert (found.rule, found.message.fr.partition(" : ")[2]) == (
        "gate-drawn-wrong", "la reprise mène à « A1 », qui n’est pas une tâche de sa phase."
    )  # fmt: skip
    assert found.remedy == Text(
        "Choisissez une étape de la phase à laquelle la reprise revient : « Une reprise revient à l’étape » "
        "(method.landing), ou « On reprend à » dans le plan.",
        "Choose a step of the phase to which the rework returns: “A rework returns to the step” (method.landing), "
        "or “It starts again at” in the outline.",
    )
    link = f'<a href="/atelier/{draft}/plan/G1#rework-landing">'
    assert link in dara.get(f"/atelier/{draft}/plan").text
    assert re.findall(r'<label for="rework-landing">([^<]*)', dara.get(f"/atelier/{draft}/plan/G1").text) == [
        "On reprend à"
    ]
    assert sent(dara, draft, {"do": "gate", "element": "G1", "landing": "A"}).status_code == 303
    assert engine.read(MethodDraftOf(draft), 4).findings == ()


def test_errors_are_counted_apart_and_their_list_is_open(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    for element in ("projet_d_ete", "P1", "P2", "A", "B", "G1"):
        engine.execute(AmendMethodDraft(draft, {"do": "rename", "element": element, "fr": "Ici", "en": ""}), 4)
    fold = " open><summary>Ce que la relecture trouve"
    page = dara.get(f"/atelier/{draft}/plan")
    assert ("La relecture trouve 6 remarques à accepter" in words(page), fold in page.text) == (True, False)
    step = {"do": "step", "element": "A", "lock": "conditional", "when": "montant > 3"}
    engine.execute(AmendMethodDraft(draft, step), 4)
    page = dara.get(f"/atelier/{draft}/plan")
    assert ("La relecture trouve 1 erreur, 6 remarques à accepter" in words(page), fold in page.text) == (True, True)


def test_the_list_of_findings_is_where_the_bar_leads(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    engine.execute(AmendMethodDraft(draft, {"do": "rename", "element": "A", "fr": "Cadrer", "en": ""}), 4)
    page = dara.get(f"/atelier/{draft}/plan").text
    fold = page.partition('<ul class="plainlist" id="findings">')[0].rpartition("<details")[2]
    assert words_of(fold) == "Ce que la relecture trouve"  # a browser unfolds what holds the anchor


def words_of(html: str) -> str:
    return re.sub("<[^>]*>", "", html.partition(">")[2]).strip()
