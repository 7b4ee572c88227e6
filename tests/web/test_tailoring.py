"""A service tailors its method in the page; someone else approves it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from engine import SYSTEM, Engine, LoadOrganisation, PublishMethod
from tests.engine.play import files_of
from tests.web.conftest import Browser, words

HERE = "/methodes/projet_transversal/adapter/DSI"
WHY = "Des projets courts."

PEOPLE = {
    "people": [
        {"login": "bruno", "name": "Bruno Cordier", "service": "DSI", "roles": [
            {"role": "RESP", "service": "DSI"}, {"role": "ADM", "service": "DSI"}]},
        {"login": "chloe", "name": "Chloé Dumas", "service": "DG", "roles": [{"role": "RM", "service": "DG"}]},
    ]
}  # fmt: skip


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """Bruno administers his department, Chloé owns the methods."""
    engine.execute(PublishMethod(files_of("projet-transversal")), SYSTEM)
    engine.execute(LoadOrganisation(PEOPLE), SYSTEM)
    return engine


def send(person: Browser, op: str, element: str, **more: Any) -> Any:
    """Fill in one of the forms of the page, as it stands now."""
    page = person.get(HERE).text
    mark = {
        key: found[1] for key in ("overlay", "digest") if (found := re.search(f'name="{key}" value="([^"]+)"', page))
    }
    data = {"form": f"{element}-{op}", "op": op, "element": element, "reason": WHY, **mark, **more}
    return person.post(HERE, data)


def test_each_step_says_what_may_be_changed_and_within_which_bounds(bruno: Browser) -> None:
    said = words(bruno.get(HERE))
    assert "Sans aménagement : le service suit la méthode 1.0.0 telle quelle." in said
    assert "Masquer cette étape" in said
    assert "Aujourd’hui : 50 % des votants. Il ne peut que monter, jusqu’à tous les votants." in said


def test_a_step_is_hidden_a_quorum_raised_and_a_criterion_added_each_with_its_reason(bruno: Browser) -> None:
    assert send(bruno, "hide", "C2", measure="Un tour de table.").status_code == 303
    assert send(bruno, "quorum", "G2", value="75 %").status_code == 303
    assert send(bruno, "criterion", "G2", fr="Le bureau est saisi", en="The board knows").status_code == 303
    page = bruno.get(HERE)
    said = words(page)
    assert "masquée moins que la méthode" in said
    assert "quorum porté à 75 %" in said
    assert "critère ajouté : Le bureau est saisi" in said
    assert said.count(f"Motif : {WHY}") == 3
    assert f"Motif : {WHY} · En tient lieu : Un tour de table." in said
    assert "Ce que cela donne" in said
    assert page.text.count("<h3>Après</h3>") == page.text.count("<h3>Avant</h3>") >= 1
    assert "Pourront l’approuver : Chloé Dumas" in said


def test_a_refusal_stands_beside_the_field_in_the_engine_s_words_and_keeps_what_was_typed(bruno: Browser) -> None:
    page = send(bruno, "quorum", "G2", value="25")
    assert page.status_code == 422
    told = re.search(r'id="G2-quorum-value-error">(.*?)</div>', page.text, re.S)
    assert told is not None
    assert "Le quorum devait être d’au moins 50\u00a0%, et vaut 25\u00a0%. Règle\u00a0:" in told[1]
    assert 'id="G2-quorum-value" name="value" type="text" value="25"' in page.text
    assert 'href="#G2-quorum-value"' in page.text
    missing = send(bruno, "hide", "C2", reason="")
    assert 'id="C2-hide-reason-error"' in missing.text
    assert "devait être un nombre" in words(send(bruno, "due", "C3", value="vite"))


def test_a_change_is_taken_back(bruno: Browser) -> None:
    send(bruno, "hide", "C2")
    assert send(bruno, "", "C2", drop="1").status_code == 303
    assert "Rien encore." in words(bruno.get(HERE))


def test_it_is_presented_and_someone_else_approves_it(
    bruno: Browser, chloe: Browser, amina: Browser, browser: Callable[[int | None], Browser]
) -> None:
    send(bruno, "hide", "C2")
    mark = {"overlay": "1"}
    assert bruno.post(f"{HERE}/presenter", mark).status_code == 303
    assert "Projet transversal, pour Systèmes d’information attend son approbation" in words(bruno.get("/"))
    inbox = chloe.get("/")
    assert "À approuver : Projet transversal, pour Systèmes d’information présenté par Bruno Cordier" in words(inbox)
    assert f'href="{HERE}"' in inbox.text
    assert "Aménagements de méthode" not in words(amina.get("/"))
    said = words(bruno.get(HERE))
    assert "Attend l’approbation de : Chloé Dumas" in said
    assert "Mettre dans le brouillon" not in said
    assert "Sans aménagement" in words(amina.get(HERE))
    refused = chloe.post(f"{HERE}/decider", {**mark, "decision": "refuse", "word": ""})
    assert refused.status_code == 422
    assert 'id="word-error"' in refused.text
    assert chloe.post(f"{HERE}/decider", {**mark, "decision": "approve"}).status_code == 303
    assert "en vigueur" in words(amina.get(HERE))


def test_what_was_declined_is_shown_with_its_reason_and_may_be_mended(bruno: Browser, chloe: Browser) -> None:
    send(bruno, "hide", "C2")
    bruno.post(f"{HERE}/presenter", {"overlay": "1"})
    chloe.post(f"{HERE}/decider", {"overlay": "1", "decision": "refuse", "word": "C2 sert à tous"})
    assert "Refusé par Chloé Dumas : C2 sert à tous" in words(bruno.get(HERE))
    assert send(bruno, "quorum", "G2", value="80").status_code == 303
    assert "brouillon" in words(bruno.get(HERE))


def test_a_deadline_a_name_a_check_a_rule_and_a_threshold_are_changed_in_their_place(bruno: Browser) -> None:
    assert "Aujourd’hui : 20 jours ouvrés ; permis : au plus 30 jours ouvrés." in words(bruno.get(HERE))
    beyond = send(bruno, "due", "C3", value="40", unit="D")
    assert "L’échéance devait être d’au plus 30 jours ouvrés, et est de 40 jours ouvrés." in words(beyond)
    assert send(bruno, "due", "C3", value="25", unit="D").status_code == 303
    assert send(bruno, "label", "C3", fr="Dessiner les scénarios", en="Draw the scenarios").status_code == 303
    item = {"form": "K2-item-liste", "field": "liste", "fr": "Clés rendues", "en": "Keys returned"}
    assert send(bruno, "item", "K2", **item).status_code == 303
    assert send(bruno, "rule", "G2", value="unanimity").status_code == 303
    assert send(bruno, "threshold", "Process_X1", value="50 000").status_code == 303
    said = words(bruno.get(HERE))
    assert "au lieu de 20 jours ouvrés" in said
    assert "s’appelle ici : Dessiner les scénarios" in said
    assert "point de contrôle ajouté : Clés rendues" in said
    assert "règle plus stricte : unanimité" in said
    assert "seuil porté à 50 000" in said


def test_until_when_it_holds_is_said_in_the_page(bruno: Browser) -> None:
    send(bruno, "hide", "C2")
    wrong = send(bruno, "", "", form="until", value="hier")
    assert 'id="until-value-error"' in wrong.text
    assert send(bruno, "", "", form="until", value="31/12/2099").status_code == 303
    assert "Valable jusqu’au 31" in words(bruno.get(HERE))


def test_the_page_of_the_method_leads_there(bruno: Browser, chloe: Browser) -> None:
    method = "/methodes/projet_transversal"
    assert f'href="{HERE}"' in bruno.get(method).text
    send(bruno, "hide", "C2")
    bruno.post(f"{HERE}/presenter", {"overlay": "1"})
    assert "présenté, attend son approbation" in words(chloe.get(method))
    chloe.post(f"{HERE}/decider", {"overlay": "1", "decision": "approve"})
    assert f'href="{method}/services/DSI"' in chloe.get(method).text


def test_the_page_is_read_in_english_too(bruno: Browser) -> None:
    send(bruno, "hide", "C2")
    bruno.post("/langue", {"language": "en", "next": "/compte"})
    said = words(bruno.get(HERE))
    assert "less than the method" in said
    assert "Masquer" not in said


def test_the_sheet_of_a_service_says_what_is_in_force_and_why(bruno: Browser, chloe: Browser, amina: Browser) -> None:
    address = "/methodes/projet_transversal/services/DSI"
    send(bruno, "hide", "T5")
    send(bruno, "hide", "C2")
    send(bruno, "quorum", "G2", value="75")
    assert "Sans aménagement" in words(bruno.get(address))
    bruno.post(f"{HERE}/presenter", {"overlay": "1"})
    chloe.post(f"{HERE}/decider", {"overlay": "1", "decision": "approve"})
    page = amina.get(address)
    said = words(page)
    assert "approuvé par Chloé Dumas" in said
    assert "Quorum 75 % des votants" in said
    assert said.count(WHY) == 6
    assert re.search(r'class="gone">C2 ·', page.text) is not None
    assert re.search(r'class="gone">T5 ·', page.text) is not None
    assert 'id="Process_X1"' in page.text
