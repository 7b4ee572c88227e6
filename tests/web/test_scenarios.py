"""The scenarios of a draft in their pages: kept from a play, run, renamed, removed, brought; what they cover."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from engine import AmendMethodDraft, Engine
from tests.web.conftest import Browser, words
from tests.web.test_trying import file_of
from tests.web.test_workshop import begun, dara

__all__ = ["dara"]  # a fixture

TRY = "/atelier/1/essayer"
HERE = "/atelier/1/scenarios"
#: a course to its end, and one that stops
WHOLE = [
    ("complete", "Étape A", ""), ("decide", "Porte 1", "à reprendre"), ("complete", "Étape A", ""),
    ("decide", "Porte 1", "favorable"), ("complete", "Étape B", ""), ("decide", "Porte 2", "à reprendre"),
    ("complete", "Étape B", ""), ("decide", "Porte 2", "favorable"),
]  # fmt: skip
STOPPED = [("complete", "Étape A", ""), ("decide", "Porte 1", "arrêté")]


def played(dara: Browser, steps: list[tuple[str, str, str]]) -> str:
    page = dara.get(TRY)
    for do, name, outcome in steps:
        page = dara.post(TRY, {"file": file_of(page), "do": do, "name": name, "outcome": outcome})
        assert page.status_code == 200, words(page)
    return file_of(page)


def kept(dara: Browser, name: str, steps: list[tuple[str, str, str]], **more: str) -> Any:
    return dara.post(TRY, {"file": played(dara, steps), "keep": "1", "called": name} | more)


def test_a_play_is_kept_under_a_name_and_the_same_file_is_in_the_zip(dara: Browser) -> None:
    draft = begun(dara)
    assert "Ce brouillon ne garde aucun scénario." in words(dara.get(HERE))
    answer = kept(dara, "Arrêt à la porte 1", STOPPED)
    assert answer.location == HERE
    said = words(dara.get(HERE))
    assert "Arrêt à la porte 1 pas joué sur ce dessin 2 étapes · arret-a-la-porte-1.scenarios.yaml" in said
    packed = dara.get(f"/atelier/{draft}/methode.zip")
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        content = archive.read("arret-a-la-porte-1.scenarios.yaml")
    one = dara.get(f"/atelier/{draft}/fichiers/arret-a-la-porte-1.scenarios.yaml")
    assert (one.data, one.mimetype) == (content, "application/yaml")
    assert 'scénario: "Arrêt à la porte 1"' in content.decode()


def test_all_are_played_and_what_they_leave_out_is_said(dara: Browser) -> None:
    begun(dara)
    kept(dara, "Arrêt", STOPPED)
    said = words(dara.get(f"{HERE}?jouer=1"))
    assert "1 scénario sur 1 passe · 38 % parcourus" in said
    assert "Étape B étape · B jamais Mener d’abord un essai jusqu’à « Étape B »." in said
    assert "Porte 1 : favorable issue de porte · G1 jamais Décider « Porte 1 » : favorable." in said
    kept(dara, "Tout", WHOLE)
    said = words(dara.get(f"{HERE}?jouer=1&voir=manque"))
    assert "2 scénarios sur 2 passent · 100 % parcourus" in said
    assert "Rien ne correspond : tout est parcouru" in said


def test_what_was_played_on_these_files_is_known_without_playing_it_again(dara: Browser) -> None:
    begun(dara)
    kept(dara, "Arrêt", STOPPED)
    dara.get(f"{HERE}?jouer=1")
    assert "1 scénario sur 1 passe" in words(dara.get(HERE))


def test_one_is_played_alone(dara: Browser) -> None:
    begun(dara)
    kept(dara, "Arrêt", STOPPED)
    kept(dara, "Tout", WHOLE)
    said = words(dara.get(f"{HERE}?fichier=tout.scenarios.yaml&scenario=Tout"))
    assert "Seul « Tout » a été joué." in said
    assert "Arrêt pas joué sur ce dessin 2 étapes · arret.scenarios.yaml" in said
    assert dara.get(f"{HERE}?fichier=tout.scenarios.yaml&scenario=Autre").status_code == 404


def test_a_drawing_that_changes_is_said_by_the_scenario_that_fails_at_its_step(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    kept(dara, "Arrêt", STOPPED)
    kept(dara, "Tout", WHOLE)
    engine.execute(AmendMethodDraft(draft, {"do": "rename", "element": "B", "fr": "Chiffrer", "en": "Estimate"}), 4)
    said = words(dara.get(f"{HERE}?jouer=1"))
    assert "1 scénario sur 2 passe" in said
    assert "Tout ne passe pas 8 étapes · tout.scenarios.yaml Il s’arrête à l’étape 5 sur 8." in said
    assert "Attendu « Étape B » Trouvé « Chiffrer »" in said
    assert "À faire Rien ne s’appelle plus « Étape B » dans le dessin" in said
    seen = words(dara.get(f"{TRY}?fichier=tout.scenarios.yaml&scenario=Tout&pas=4"))
    assert "« Tout » : étape 4 sur 8" in seen
    assert "en attente de « Chiffrer »" in seen


def test_a_kept_scenario_is_played_again_step_by_step_gone_on_with_and_replaced(dara: Browser) -> None:
    begun(dara)
    kept(dara, "Arrêt", STOPPED)
    page = dara.get(f"{TRY}?fichier=arret.scenarios.yaml&scenario=Arr%C3%AAt&pas=1")
    assert "« Arrêt » : étape 1 sur 2" in words(page)
    page = dara.post(TRY, {"file": file_of(page), "do": "decide", "name": "Porte 1", "outcome": "favorable"})
    assert "en attente de « Étape B »" in words(page)
    refused = dara.post(TRY, {"file": file_of(page), "keep": "1", "called": "Arrêt"})
    assert (refused.status_code, "s’appelle déjà « Arrêt »" in words(refused)) == (409, True)
    dara.post(TRY, {"file": file_of(page), "keep": "1", "called": "Arrêt", "instead": "1"})
    said = words(dara.get(f"{HERE}?jouer=1"))
    assert "1 scénario sur 1 passe" in said
    assert dara.get("/atelier/1/fichiers/arret.scenarios.yaml").text.count("décider") == 1
    assert dara.get(f"{TRY}?fichier=autre.scenarios.yaml&scenario=Arr%C3%AAt").status_code == 404


def test_a_play_goes_back_by_a_step(dara: Browser) -> None:
    begun(dara)
    page = dara.post(TRY, {"file": played(dara, STOPPED), "steps": "1"})
    assert "en attente de « Porte 1 »" in words(page)


def test_a_nameless_scenario_is_refused_beside_the_field(dara: Browser) -> None:
    begun(dara)
    refused = kept(dara, "  ", STOPPED)
    assert (refused.status_code, "Un nom était attendu" in words(refused)) == (422, True)
    assert file_of(refused).count("décider") == 1


def test_a_scenario_is_renamed_and_removed(dara: Browser) -> None:
    begun(dara)
    kept(dara, "Arrêt", STOPPED)
    kept(dara, "Tout", WHOLE)
    said = {"file": "arret.scenarios.yaml", "name": "Arrêt", "called": "Tout"}
    assert dara.post(f"{HERE}/renommer", said).status_code == 409
    answer = dara.post(f"{HERE}/renommer", said | {"called": "Arrêté : net"})
    assert "Le scénario s’appelle désormais « Arrêté : net »." in words(dara.get(answer.location))
    dara.post(f"{HERE}/retirer", {"file": "arret.scenarios.yaml", "name": "Arrêté : net"})
    assert "arret.scenarios.yaml" not in words(dara.get(HERE))
    assert dara.post(f"{HERE}/retirer", {"file": "arret.scenarios.yaml", "name": "Arrêté : net"}).status_code == 404


def brought(dara: Browser, content: str) -> Any:
    sent = {"files": [(io.BytesIO(content.encode()), "apportes.scenarios.yaml")], "revision": "1", "back": "scenarios"}
    return dara.post("/atelier/1/apporter", sent, content_type="multipart/form-data")


def test_scenarios_are_brought_as_files_and_one_that_cannot_be_read_is_refused_by_line(dara: Browser) -> None:
    begun(dara)
    answer = brought(
        dara, "# à nous\nscénarios:\n  - scénario: Un\n    fin: en attente\n  - scénario: Deux\n    fin: terminé\n"
    )
    assert answer.location == HERE
    said = words(dara.get(f"{HERE}?jouer=1"))
    assert "1 scénario sur 2 passe" in said
    assert "Il s’arrête à la fin du parcours." in said
    refused = brought(dara, "scénarios:\n  - scénario: Un\n")
    assert (refused.status_code, "« apportes.scenarios.yaml », ligne 2" in words(refused)) == (422, True)


def test_a_draft_that_the_review_refuses_says_so_and_plays_nothing(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    kept(dara, "Arrêt", STOPPED)
    sent = dara.get(f"/atelier/{draft}/fichiers/p1.bpmn").text.replace('targetRef="P1_end"', 'targetRef="A"')
    files = {"files": [(io.BytesIO(sent.encode()), "p1.bpmn")], "revision": "2"}
    dara.post(f"/atelier/{draft}/apporter", files, content_type="multipart/form-data")
    said = words(dara.get(f"{HERE}?jouer=1"))
    assert "La relecture automatique refuse ce brouillon" in said
    assert "Jouer tous les scénarios" not in said
    assert "scénarios" not in dara.get(f"{HERE}.csv").text.splitlines()[0]


def test_the_coverage_is_exported(dara: Browser) -> None:
    begun(dara)
    kept(dara, "Arrêt", STOPPED)
    rows = dara.get(f"{HERE}.csv?genre=step").text.lstrip("\ufeff").replace("\u00a0", " ").splitlines()
    assert rows == [
        "Genre;Identifiant;Nom;Libellé;Fichier;Ligne;Parcouru;Par;Ce qu’il faudrait",
        "étape;B;Étape B;;p2.bpmn;36;non;;Mener d’abord un essai jusqu’à « Étape B ».",
        "étape;A;Étape A;;p1.bpmn;36;oui;Arrêt;",
    ]


def test_time_moved_by_hand_is_part_of_what_is_kept(dara: Browser) -> None:
    begun(dara)
    page = dara.post(TRY, {"file": file_of(dara.get(TRY)), "do": "later", "amount": "3", "unit": "semaines"})
    assert "26 janvier 2026" in words(page)
    file = file_of(page)
    dara.post(TRY, {"file": file, "keep": "1", "called": "Trois semaines"})
    again = dara.get(f"{TRY}?fichier=trois-semaines.scenarios.yaml&scenario=Trois%20semaines")
    assert "26 janvier 2026" in words(again)
    assert "1 scénario sur 1 passe" in words(dara.get(f"{HERE}?jouer=1"))


def test_only_who_owns_methods_sees_them(dara: Browser, chloe: Browser) -> None:
    begun(dara)
    assert chloe.get(HERE).status_code == 404
    assert chloe.get(f"{HERE}.csv").status_code == 404
