"""The inbox and the task, as their people use them."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from engine import Engine, MyTasks, TaskPageOf
from tests.web.conftest import Browser, words

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
ANSWERS: dict[str, Any] = {
    "f.titre": "Plan vélo",
    "f.besoin": "Venir à vélo\r\nsans danger",
    "f.agents": "1 200",
    "f.budget": "12 500,50 €",
    "f.jour": "2027-03-01",
    "f.sensible": "false",
    "f.niveau": "fort",
    "f.services_vus": ["DG", "DSI"],
    "f.contact": "2",
    "f.equipe": ["1", "3"],
    "f.risques.0.risque": "Retard",
    "f.risques.0.gravite": "haute",
    "f.risques.0.cout": "1 000",
    "f.risques.0.porteur": "2",
    "f.risques.1.risque": "",
    "f.points.1.state": "done",
    "f.points.1.evidence": "courriel du 3",
    "f.points.2.state": "not_applicable",
    "f.points.2.reason": "sans dépense",
}


def revision(engine: Engine, task: int) -> str:
    return str(engine.read(TaskPageOf(task), 1).revision)


def filled(engine: Engine, task: int, do: str, **more: Any) -> dict[str, Any]:
    return {**ANSWERS, "do": do, "revision": revision(engine, task), **more}


def pdf(name: str = "note.pdf", content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


# --- the inbox ---------------------------------------------------------------------------------------------


def test_the_inbox_opens_on_what_others_wait_for(amina: Browser, task: int) -> None:
    page = amina.get("/")
    said = words(page)
    assert said.startswith("À faire Ce qu’on demande à mon service Ce que je bloque, et ce qui est en retard")
    assert page.text.count(f'href="/taches/{task}"') == 2  # what I block, then the whole list
    assert '<span class="count">1' in page.text


def test_an_empty_inbox_says_what_to_do_next(chloe: Browser) -> None:
    page = chloe.get("/")
    assert "Rien à faire pour le moment." in words(page)
    assert 'href="/projets/nouveau">Démarrer un projet</a>' in page.text


def test_filters_that_keep_nothing_offer_to_go(amina: Browser) -> None:
    page = amina.get("/?retard=1")
    assert "Aucune tâche ne correspond à ces filtres." in words(page)
    assert "Ce que je bloque" not in words(page)


@pytest.mark.parametrize("address", ["/?voir=rien", "/?tri=rien", "/?projet=x", "/?voir=unassigned&tri=project"])
def test_an_address_that_is_misspelt_still_opens(amina: Browser, address: str) -> None:
    assert amina.get(address).status_code == 200


def test_a_task_that_is_released_is_claimed_from_the_inbox(amina: Browser, engine: Engine, task: int) -> None:
    amina.post(f"/taches/{task}/rendre")
    page = amina.get("/?voir=roles")
    assert f'action="/taches/{task}/prendre"' in page.text
    assert amina.post(f"/taches/{task}/prendre").location == f"/taches/{task}"
    assert [line.assignee and line.assignee.name for line in engine.read(MyTasks(), 1).tasks] == ["Amina Benali"]


def test_the_list_is_a_spreadsheet_too(amina: Browser) -> None:
    sheet = amina.get("/taches.csv")
    head, line = sheet.text.removeprefix("\ufeff").splitlines()
    assert sheet.headers["Content-Disposition"] == "attachment; filename=taches.csv"
    assert head == "Tâche;Code;Projet;Phase;Rôle;Personne;Échéance;En retard"
    assert line.startswith("Fiche projet;S11;Plan vélo;Cadrer;Chef de projet;Amina Benali;")


# --- the form ----------------------------------------------------------------------------------------------


def test_a_task_shows_its_form_and_where_it_stands(amina: Browser, task: int) -> None:
    page = amina.get(f"/taches/{task}")
    assert '<input id="f.titre" name="f.titre" type="text"' in page.text
    assert "<svg" in page.text
    assert "<strong>une page</strong>" in page.text  # its instructions are Markdown
    assert re.findall(r'name="do" value="(\w+)"', page.text) == ["draft", "complete", "draft"]


def test_a_completed_task_keeps_every_answer(amina: Browser, engine: Engine, task: int) -> None:
    done = amina.post(f"/taches/{task}", filled(engine, task, "complete", **{"f.note": pdf()}))
    assert (done.status_code, done.location) == (303, "/")
    assert engine.read(TaskPageOf(task), 1).values == {
        "titre": "Plan vélo", "besoin": "Venir à vélo\nsans danger", "agents": "1200", "budget": "12500.50",
        "jour": "2027-03-01", "sensible": False, "prevenir": False, "niveau": "fort", "mois": "",
        "services_vus": ["DG", "DSI"], "contact": 2, "equipe": [1, 3], "note": None,
        "risques": [
            {"risque": "Retard", "gravite": "haute", "cout": "1000", "porteur": 2, "jour": "", "accepte": False}
        ],
        "points": {
            "1": {"state": "done", "evidence": "courriel du 3", "reason": ""},
            "2": {"state": "not_applicable", "evidence": "", "reason": "sans dépense"},
        },
    }  # fmt: skip
    assert "« Fiche projet » est terminée." in words(amina.get("/"))


def test_the_answers_are_read_as_they_were_meant(amina: Browser, engine: Engine, task: int) -> None:
    amina.post(f"/taches/{task}", filled(engine, task, "complete", **{"f.note": pdf()}))
    said = words(amina.get(f"/taches/{task}"))
    for expected in (
        "Budget 12 500,50 €", "Agents concernés 1 200", "Date souhaitée 1er mars 2027", "Données personnelles ? non",
        "Niveau Fort", "Services vus Direction générale, Systèmes d’information", "Correspondant Bruno Cordier",
        "Équipe Amina Benali, Chloé Dumas", "Retard Haute 1 000,00 € Bruno Cordier", "fait Le commanditaire a relu",
        "Mois sans réponse",
    ):  # fmt: skip
        assert expected in said


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_mend(amina: Browser, engine: Engine, task: int) -> None:
    wrong = {
        "f.titre": "",
        "f.budget": "beaucoup",
        "f.jour": "demain",
        "f.risques.0.cout": "x",
        "f.points.2.reason": "",
    }
    page = amina.post(f"/taches/{task}", filled(engine, task, "complete", **wrong))
    assert page.status_code == 422
    assert re.findall(r'<li><a href="#([^"]+)">', page.text) == [
        "f.titre", "f.budget", "f.jour", "f.note", "f.risques.0.cout", "f.points.2",
    ]  # fmt: skip
    for anchor in ("f.titre", "f.budget", "f.jour", "f.note", "f.risques.0.cout", "f.points.2"):
        assert f'id="{anchor}"' in page.text
        assert f'id="{anchor}-error"' in page.text
    assert 'value="beaucoup"' in page.text
    assert 'value="demain"' in page.text
    assert 'value="Retard"' in page.text
    assert 'value="courriel du 3"' in page.text
    assert engine.read(TaskPageOf(task), 1).task.state == "open"


def test_a_draft_is_kept_unchecked(amina: Browser, engine: Engine, task: int) -> None:
    saved = amina.post(f"/taches/{task}", {"do": "draft", "revision": revision(engine, task), "f.budget": "à voir"})
    assert saved.location == f"/taches/{task}"
    page = amina.get(f"/taches/{task}")
    assert "Brouillon enregistré." in words(page)
    assert 'value="à voir"' in page.text


def test_a_row_is_added_without_javascript_and_nothing_is_lost(amina: Browser, engine: Engine, task: int) -> None:
    page = amina.post(f"/taches/{task}", filled(engine, task, "draft", add_row="risques"))
    assert page.status_code == 200
    assert 'name="f.risques.2.risque"' in page.text
    assert 'name="f.risques.3.risque"' not in page.text
    assert 'value="Retard"' in page.text
    assert ">Venir à vélo" in page.text


def test_a_page_that_others_have_overtaken_keeps_what_was_typed(amina: Browser, engine: Engine, task: int) -> None:
    old = revision(engine, task)
    amina.post(f"/taches/{task}", {"do": "draft", "revision": old, "f.titre": "D’un autre onglet"})
    page = amina.post(f"/taches/{task}", {**ANSWERS, "do": "complete", "revision": old})
    assert page.status_code == 409
    assert "Cette page n’est plus à jour" in words(page)
    assert ">Venir à vélo" in page.text
    assert f'name="revision" value="{revision(engine, task)}"' in page.text


def test_a_click_repeated_is_one_act(amina: Browser, engine: Engine, task: int) -> None:
    sent = {"body": "Une seule fois", "key": "la-meme-cle"}
    amina.post(f"/taches/{task}/commenter", sent)
    again = amina.post(f"/taches/{task}/commenter", sent)
    assert again.status_code == 303
    assert [each.body for each in engine.read(TaskPageOf(task), 1).comments] == ["Une seule fois"]


def test_a_correction_needs_a_reason_and_keeps_what_was_typed(amina: Browser, engine: Engine, task: int) -> None:
    amina.post(f"/taches/{task}", filled(engine, task, "complete", **{"f.note": pdf()}))
    assert 'name="do" value="correct"' in amina.get(f"/taches/{task}?corriger=1").text
    wish = filled(engine, task, "correct", **{"f.titre": "Plan vélo 2027", "reason": ""})
    refused = amina.post(f"/taches/{task}", wish)
    assert refused.status_code == 422
    assert 'value="Plan vélo 2027"' in refused.text
    amina.post(f"/taches/{task}", {**wish, "reason": "Le millésime manquait"})
    assert engine.read(TaskPageOf(task), 1).values["titre"] == "Plan vélo 2027"


# --- files -------------------------------------------------------------------------------------------------


def test_a_file_of_a_field_is_attached_downloaded_and_withdrawn(amina: Browser, engine: Engine, task: int) -> None:
    amina.post(f"/taches/{task}", filled(engine, task, "draft", **{"f.note": pdf("note signée.pdf")}))
    (file,) = engine.read(TaskPageOf(task), 1).files
    assert (file.name, file.field) == ("note signée.pdf", "note")
    got = amina.get(f"/fichiers/{file.id}")
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.mimetype == "application/octet-stream"
    page = amina.post(f"/taches/{task}", filled(engine, task, "draft", remove_file=str(file.id)))
    assert 'value="Plan vélo"' in page.text
    assert engine.read(TaskPageOf(task), 1).files == ()


def test_a_file_that_is_not_what_it_says_is_refused_and_the_answers_stay(
    amina: Browser, engine: Engine, task: int
) -> None:
    page = amina.post(f"/taches/{task}", filled(engine, task, "complete", **{"f.note": pdf(content=b"MZ\x90\x00")}))
    assert page.status_code == 422
    assert "Le fichier « note.pdf » n’est pas accepté" in words(page)
    assert ">Venir à vélo" in page.text


def test_another_persons_file_does_not_exist(amina: Browser, chloe: Browser, engine: Engine, task: int) -> None:
    amina.post(f"/taches/{task}/joindre", {"file": pdf()})
    (file,) = engine.read(TaskPageOf(task), 1).files
    assert chloe.get(f"/fichiers/{file.id}").status_code == 404


# --- the other acts ----------------------------------------------------------------------------------------


def test_a_refusal_goes_to_the_sponsor_with_its_reason(
    amina: Browser, bruno: Browser, engine: Engine, task: int
) -> None:
    amina.post(f"/taches/{task}/refuser", {"reason": "Je n’ai pas les chiffres"})
    assert "Amina Benali a refusé cette tâche : Je n’ai pas les chiffres" in words(bruno.get(f"/taches/{task}"))


def test_a_refusal_without_a_reason_is_asked_for_one(amina: Browser, task: int) -> None:
    page = amina.post(f"/taches/{task}/refuser", {"reason": " "})
    assert page.status_code == 422
    assert "Un motif est attendu" in words(page)
    assert "<details open><summary>Refuser la tâche" in page.text


def test_more_time_is_asked_and_granted(amina: Browser, bruno: Browser, engine: Engine, task: int) -> None:
    asked = amina.post(f"/taches/{task}/delai", {"until": "31/12/2099", "reason": "Congés"})
    assert asked.status_code == 303
    assert "Amina Benali demande un délai jusqu’au 31/12/2099 : Congés" in words(bruno.get(f"/taches/{task}"))
    assert "31 décembre 2099" not in words(amina.get(f"/taches/{task}"))
    bruno.post(f"/taches/{task}/accorder", {"until": "2099-12-31"})
    assert "31 décembre 2099" in words(amina.get(f"/taches/{task}"))


@pytest.mark.parametrize("until", ["", "demain", "2001-01-01"])
def test_a_delay_needs_a_day_to_come(amina: Browser, task: int, until: str) -> None:
    page = amina.post(f"/taches/{task}/delai", {"until": until, "reason": "Congés"})
    assert page.status_code == 422
    assert "n’est pas une date à venir" in words(page)
    assert ">Congés</textarea>" in page.text


def test_a_task_is_handed_over_with_a_word(amina: Browser, chloe: Browser, task: int) -> None:
    amina.post(f"/taches/{task}/passer", {"to": "3", "message": "Tu connais mieux"})
    assert "Fiche projet" in words(chloe.get("/"))
    assert 'name="do" value="complete"' in chloe.get(f"/taches/{task}").text


def test_comments_are_markdown_without_danger(amina: Browser, task: int) -> None:
    body = "Voir **ceci** <script>alert(1)</script> [ici](javascript:alert(1)) et [là](https://a.fr)"
    amina.post(f"/taches/{task}/commenter", {"body": body})
    page = amina.get(f"/taches/{task}").text
    assert "<strong>ceci</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    assert 'href="https://a.fr" rel="noopener noreferrer"' in page


def test_a_gate_has_a_room_of_its_own(amina: Browser, bruno: Browser, engine: Engine, task: int) -> None:
    amina.post(f"/taches/{task}", filled(engine, task, "complete", **{"f.note": pdf()}))
    (gate,) = engine.read(MyTasks(), 2).tasks
    assert bruno.get(f"/taches/{gate.id}").location == f"/portes/{gate.id}"
