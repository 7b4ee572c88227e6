"""Two owners of methods publish a draft in the page: what changes, whom it touches, the number, the notes, the word."""

from __future__ import annotations

import re
from typing import Any

import pytest

from engine import SYSTEM, Engine, LoadOrganisation, OpenMethodDraft, PublishMethod
from engine.overlay import operations as op
from tests.engine.test_following import another_id, files
from tests.overlay import versions
from tests.overlay.samples import overlay
from tests.overlay.test_rebase import nine
from tests.web.conftest import Browser, words
from tests.web.test_carrying_over import approved, engine, person

__all__ = ["engine"]  # a fixture
METHOD = "/methodes/projet_transversal"


@pytest.fixture
def owners(engine: Engine) -> Engine:
    """Amina owns methods too; Bruno's department does nine things otherwise."""
    amina = {"login": "amina", "name": "Amina Berger", "roles": [{"role": "RM", "service": "DG"}]}
    engine.execute(LoadOrganisation({"people": [amina]}), SYSTEM)
    approved(engine, nine())
    return engine


def draft(engine: Engine, content: dict[str, bytes]) -> str:
    """Chloé drew it; the address of its publication."""
    return f"/atelier/{engine.execute(OpenMethodDraft(files=content), person(engine, 'chloe')).draft}/publier"


def approve(chloe: Browser, amina: Browser, here: str) -> Any:
    assert chloe.post(f"{here}/relecture", {"decision": "ask"}).status_code == 303
    digest = re.search(r'name="digest" value="(\w+)"', amina.get(here).text)
    assert digest is not None
    return amina.post(f"{here}/relecture", {"decision": "approve", "digest": digest[1], "word": "bien"})


def test_what_changes_is_said_in_words_and_coloured_on_both_diagrams(owners: Engine, chloe: Browser) -> None:
    page = chloe.get(draft(owners, files(versions.second())))
    said = words(page).replace("\u00a0", " ")
    assert "De 1.0.0 à 2.0.0. La différence : peut rompre un aménagement" in said
    assert "« C2 » était facultative et devient verrouillée" in said
    assert "l’échéance de « C3 » passe de 20 jours ouvrés à 18 jours ouvrés" in said
    assert page.text.count("state-removed") == 1
    assert page.text.count("state-changed") >= 8
    assert "Rien : la méthode peut être publiée." in said


def test_what_it_does_to_every_service_and_to_running_projects_is_told_before(owners: Engine, chloe: Browser) -> None:
    page = chloe.get(draft(owners, files(versions.second())))
    said = words(page)
    assert "0 aménagement suit de lui-même, 1 attend son administrateur." in said
    assert "6 à résoudre" in said
    assert re.findall(r"<li><code>([A-Z]+)</code>", page.text) == [
        "ORPHAN", "LOCK", "WEAKER", "CLASH", "CONTRACT", "ROLE", "CHANGED", "REDUNDANT",
    ]  # fmt: skip
    assert "Aucun projet ne suit cette méthode." in said


def test_a_layout_that_moved_is_no_change(owners: Engine, chloe: Browser) -> None:
    moved = files(versions.numbered(versions.loom_of(versions.first()), "1.0.1"))
    name = "p2-conception.bpmn"
    moved[name] = re.sub(rb'<dc:Bounds x="(\d+)', rb'<dc:Bounds x="\g<1>0', moved[name], count=1)
    said = words(chloe.get(draft(owners, moved)))
    assert "Rien de ce que la méthode demande ne change." in said
    assert "1 aménagement suit de lui-même" in said


def test_the_number_that_says_what_changed_is_proposed_and_taken(owners: Engine, chloe: Browser) -> None:
    small = files(versions.numbered(versions.loom_of(versions.second()), "1.1.0"))
    here = draft(owners, small)
    page = chloe.get(here)
    assert "il faut 2.0.0 au moins" in words(page)
    assert 'name="version" type="text" value="2.0.0"' in page.text
    revision = re.search(r'name="revision" value="(\d+)"', page.text)
    assert revision is not None
    assert chloe.post(f"{here}/numero", {"version": "2.0.0", "revision": revision[1]}).status_code == 303
    said = words(chloe.get(here))
    assert "De 1.0.0 à 2.0.0." in said
    assert "il faut 2.0.0 au moins" not in said


def test_it_is_published_with_its_notes_after_a_second_person_s_word(
    owners: Engine, chloe: Browser, amina: Browser, bruno: Browser
) -> None:
    here = draft(owners, files(versions.second()))
    assert (
        chloe.post(f"{here}/notes", {"notes": "C2 est **obligatoire**.", "notes_en": "C2 is needed."}).status_code
        == 303
    )
    assert "Il manque encore : le mot d’une seconde personne." in words(chloe.get(here))
    assert chloe.post(here, {}).status_code == 409
    assert approve(chloe, amina, here).status_code == 303
    done = chloe.post(here, {"value": "31/12/2099"})
    assert done.status_code == 303
    said = words(chloe.get(done.headers["Location"]))
    assert "La version 2.0.0 est publiée" in said
    assert "Aménagements dont l’administrateur est prévenu : DSI." in said
    assert "C2 est obligatoire" in said
    assert "sert jusqu’au 31" in said
    assert "Jusqu’au 31 décembre 2099, les projets du service partent encore sur cette version" in words(
        bruno.get(f"{METHOD}/adapter/DSI")
    )


def test_who_drew_it_does_not_approve_it_and_a_refusal_needs_its_reason(
    owners: Engine, chloe: Browser, amina: Browser
) -> None:
    here = draft(owners, files(versions.second()))
    chloe.post(f"{here}/relecture", {"decision": "ask"})
    page = chloe.get(here)
    assert "Ceux qui ont travaillé au brouillon ne la font pas : Chloé Dumas" in words(page)
    assert chloe.post(f"{here}/relecture", {"decision": "approve"}).status_code == 422
    refused = amina.post(f"{here}/relecture", {"decision": "refuse", "word": ""})
    assert refused.status_code == 422
    assert 'id="word-error"' in refused.text
    assert amina.post(f"{here}/relecture", {"decision": "refuse", "word": "C2 sert à tous"}).status_code == 303
    assert "rendu par Amina Berger" in words(chloe.get(here))
    assert "C2 sert à tous" in words(chloe.get(here))


def test_two_people_who_publish_at_once_are_told_and_nothing_is_lost(
    owners: Engine, chloe: Browser, amina: Browser
) -> None:
    here = draft(owners, files(versions.second()))
    approve(chloe, amina, here)
    assert amina.post(here, {}).status_code == 303
    again = chloe.post(here, {})
    assert again.status_code == 409
    assert "n’est plus ouvert" in words(again) or "publié" in words(again)


def test_warnings_are_accepted_one_by_one_or_by_rule(engine: Engine, chloe: Browser, amina: Browser) -> None:
    engine.execute(
        LoadOrganisation({"people": [{"login": "amina", "name": "Amina", "roles": [{"role": "RM", "service": "DG"}]}]}),
        SYSTEM,
    )
    content = files(versions.numbered(versions.loom_of(versions.first()), "1.0.1"))
    name = "p1-enjeux-et-besoins.bpmn"
    content[name] = re.sub(rb'<camunda:property name="name.en" value="[^"]*" ?/>', b"", content[name])
    here = draft(engine, content)
    page = chloe.get(here)
    assert 'name="accept" value="untranslated"' in page.text
    assert page.text.count('name="accept" value="untranslated:') > 1
    approve(chloe, amina, here)
    left = chloe.post(here, {})
    assert left.status_code == 422
    assert "remarque(s) à accepter" in words(left)
    assert f'action="{here}" novalidate' in left.text
    assert chloe.post(here, {"accept": "untranslated"}).status_code == 303


def test_is_this_the_same_step_is_asked_and_its_answer_carries_tailorings_over(engine: Engine, chloe: Browser) -> None:
    approved(engine, overlay(op.Hide("K3", reason="court")))
    here = draft(engine, another_id("2.0.0", versions.first()))
    assert 'name="meme" value="K3:ANNONCE"' in chloe.get(here).text
    assert chloe.post(f"{here}/meme", {"meme": "K3:ANNONCE"}).status_code == 303
    assert "1 aménagement suit de lui-même" in words(chloe.get(here))


def test_a_first_version_has_nothing_to_compare_with(engine: Engine, chloe: Browser) -> None:
    content = {
        name: each.replace(b"projet_transversal", b"autre_methode") for name, each in files(versions.first()).items()
    }
    said = words(chloe.get(draft(engine, content)))
    assert "C’est la première version : il n’y a rien à comparer." in said


def test_a_version_is_retired_and_the_method_is_no_longer_offered(owners: Engine, chloe: Browser) -> None:
    owners.execute(PublishMethod(files(versions.second())), person(owners, "chloe"))
    assert chloe.post(f"{METHOD}/1.0.0/soutenir", {"value": "31/12/2099"}).status_code == 303
    assert "sert jusqu’au 31" in words(chloe.get(METHOD))
    chloe.post(f"{METHOD}/1.0.0/soutenir", {"value": "01/01/2001"})
    assert "n’est pas une date" in words(chloe.get(METHOD)) or "2001" in words(chloe.get(METHOD))
    chloe.post(f"{METHOD}/2.0.0/retirer", {"reason": "une erreur"})
    said = words(chloe.get(METHOD))
    assert "La version 2.0.0 est retirée : aucun projet n’en part plus." in said
    assert "Démarrer un projet avec cette méthode" not in said
    assert "projet_transversal" not in chloe.get("/projets/nouveau").text


@pytest.mark.usefixtures("owners")
def test_only_owners_of_methods_publish(owners: Engine, bruno: Browser, chloe: Browser) -> None:
    here = draft(owners, files(versions.second()))
    assert bruno.get(here).status_code == 404
    assert chloe.get("/atelier/999/publier").status_code == 404
    chloe.post("/langue", {"language": "en", "next": "/compte"})
    said = words(chloe.get(here))
    assert "may break a tailoring" in said
    assert "aménagement" not in said
