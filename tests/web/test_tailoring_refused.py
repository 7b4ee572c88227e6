"""What is wrong in a tailoring, posted to its page: each told in a sentence, and the draft stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import SYSTEM, Engine, LoadOrganisation, PublishMethod, TailoringOf
from tests.engine.play import files_of
from tests.web.conftest import Browser, words
from tests.web.test_tailoring import HERE, PEOPLE, WHY, engine, send

__all__ = ["engine"]  # a fixture: Bruno administers his department, Chloé owns the methods


def draft(engine: Engine) -> str:
    overlay = engine.read(TailoringOf("projet_transversal", "DSI"), 2).overlay
    return overlay.digest if overlay is not None else ""


@pytest.fixture
def refused(bruno: Browser, engine: Engine) -> Callable[..., str]:
    def told(op: str, element: str, **more: Any) -> str:
        before = draft(engine)
        page = send(bruno, op, element, **more)
        assert (page.status_code, draft(engine)) == (422, before)
        return words(page)

    return told


def test_an_unknown_id(refused: Callable[..., str]) -> None:
    assert "« C99 » devait être une tâche de la méthode, et n’en est pas." in refused("hide", "C99")


def test_two_changes_that_collide(bruno: Browser, refused: Callable[..., str]) -> None:
    send(bruno, "due", "C2", value="5", unit="D")
    told = refused("hide", "C2")
    assert "L’opération 2 masque « C2 » : retirez l’une des deux." in told


def test_a_hook_inside_a_gate_and_one_that_the_method_does_not_declare(refused: Callable[..., str]) -> None:
    step = {"fr": "Attendre", "en": "Wait", "role": "COM"}
    told = refused("insert", "G2", hook="G2.after", **step)
    assert "Rien ne s’insère après « G2 » : c’est dans une porte." in told
    told = refused("insert", "C4", hook="C4.after", **step)
    assert "La méthode ne laisse rien insérer après « C4 » ; elle laisse insérer : nulle part." in told


def test_what_is_no_variant(refused: Callable[..., str]) -> None:
    told = refused("replace", "P5", value="Process_X1")
    assert "« Dépassement du seuil de budget » devait être une variante publiée." in told


def test_what_weakens_the_method(refused: Callable[..., str]) -> None:
    assert "Le quorum devait être d’au moins 50 %, et vaut 10 %." in refused("quorum", "G2", value="10")
    assert "La règle de décision devait être au moins aussi exigeante" in refused("rule", "G3", value="chair")
    assert "présente aux portes, et n’y vote jamais." in refused("voter", "G2", value="CP")
    assert "L’échéance de « P7T » est un délai de droit." in refused("due", "P7T", value="5", unit="D")
    told = refused("field", "C6", fr="Avis", en="Opinion", type="string")
    assert "La méthode n’accorde pas d’ajouter à ce que « C6 » demande." in told


def test_an_approver_who_is_the_requester(bruno: Browser, engine: Engine) -> None:
    roles = [{"role": each, "service": "DSI"} for each in ("RESP", "ADM", "RM")]
    engine.execute(LoadOrganisation({"people": [{**PEOPLE["people"][0], "roles": roles}]}), SYSTEM)
    send(bruno, "hide", "C2")
    bruno.post(f"{HERE}/presenter", {"overlay": "1"})
    assert 'value="approve"' not in bruno.get(HERE).text
    page = bruno.post(f"{HERE}/decider", {"overlay": "1", "decision": "approve"})
    assert page.status_code == 422
    assert "devait être approuvé par une autre personne que celle qui le demande, et Bruno Cordier a fait" in words(
        page
    )
    assert "présenté, attend son approbation" in words(bruno.get(HERE))


def test_a_draft_for_an_earlier_version_is_not_presented(bruno: Browser, engine: Engine) -> None:
    send(bruno, "hide", "C2")
    newer = {
        name: content.replace(b'camunda:versionTag="1.0.0"', b'camunda:versionTag="1.1.0"')
        for name, content in files_of("projet-transversal").items()
    }
    engine.execute(PublishMethod(newer), SYSTEM)
    page = bruno.post(f"{HERE}/presenter", {"overlay": "1"})
    assert page.status_code == 409
    assert "fait pour projet_transversal@1.0.0, et la méthode est projet_transversal@1.1.0" in words(page)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(bruno: Browser, engine: Engine) -> None:
    stale = {"form": "C2-hide", "op": "hide", "element": "C2", "reason": WHY}
    bruno.post(HERE, stale)
    before = draft(engine)
    page = bruno.post(HERE, {**stale, "form": "C5-hide", "element": "C5"})
    assert (page.status_code, draft(engine)) == (409, before)
    assert "n’est plus celui que vous aviez sous les yeux" in words(page)
