"""The workshop's pages: three ways to begin, files in and out, what the modeler asks of the server."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from engine import SYSTEM, Engine, LoadOrganisation, MethodDraftOf, MethodDrafts, SaveMethodDraft
from tests.engine.play import ROOT, files_of
from tests.web.conftest import Browser, words

ROLE = {"role": "RM", "service": "DG"}
OWNERS = {
    "people": [{"login": name, "name": name.title(), "service": "DG", "roles": [ROLE]} for name in ("dara", "eva")]
}


@pytest.fixture
def dara(engine: Engine, browser: Callable[[int | None], Browser]) -> Browser:
    """Dara and Eva own the methods; their numbers are 4 and 5."""
    engine.execute(LoadOrganisation(OWNERS), SYSTEM)
    return browser(4)


def begun(dara: Browser) -> int:
    answer = dara.post("/atelier", {"way": "new", "name": "Projet d’été", "name_en": "Summer project", "phases": "2"})
    return int(answer.location.rsplit("/", 1)[1])


def told(dara: Browser, address: str, said: dict[str, Any]) -> Any:
    """What the server answers to the modeler."""
    page = dara.get("/atelier/1/dessiner")
    token = re.search(r'data-token="([^"]+)"', page.text)
    assert token is not None
    return dara.client.post(address, json=said, headers={"X-CSRFToken": token[1]})


def test_a_new_method_is_begun_with_its_phases_and_nothing_to_mend(engine: Engine, dara: Browser) -> None:
    assert "Aucun brouillon n’est ouvert." in words(dara.get("/atelier"))
    draft = begun(dara)
    said = words(dara.get(f"/atelier/{draft}"))
    assert "Rien : la relecture automatique n’a rien à redire." in said
    assert "projet-d-ete.bpmn" in said
    rows = dara.get("/atelier.csv").text.replace("\u00a0", " ").splitlines()
    assert rows[1].startswith("Projet d’été;1.0.0;en cours de dessin;;Dara;")
    assert engine.read(MethodDraftOf(draft), 4).files.keys() == {"p1.bpmn", "p2.bpmn", "projet-d-ete.bpmn"}


def test_the_last_release_of_a_method_is_taken_up(engine: Engine, dara: Browser) -> None:
    answer = dara.post("/atelier", {"way": "release", "method": "tous_les_champs"})
    assert answer.status_code == 303
    assert "d’après la version 1.0.0" in words(dara.get(answer.location))
    again = dara.post("/atelier", {"way": "release", "method": "tous_les_champs"})
    assert (again.status_code, "est déjà ouvert ; Dara l’a modifié en dernier" in words(again)) == (409, True)


def test_files_are_brought_and_what_is_wrong_in_them_is_said_on_the_page(dara: Browser) -> None:
    sent = {"way": "files", "files": [(io.BytesIO(b"bonjour"), "a.bpmn")]}
    answer = dara.post("/atelier", sent, content_type="multipart/form-data")
    assert (answer.status_code, "« a.bpmn » n’est pas un diagramme BPMN lisible" in words(answer)) == (422, True)
    files = [(io.BytesIO(content), name) for name, content in files_of("petit-projet").items()]
    answer = dara.post(
        "/atelier",
        {"way": "files", "files": [*files, (io.BytesIO(b"#"), "README.md")]},
        content_type="multipart/form-data",
    )
    said = words(dara.get(answer.location))
    assert "Laissés de côté, car ce ne sont pas des diagrammes : README.md" in said


def test_what_is_not_sound_is_shown_with_the_way_there_numbered_on_the_diagram(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    files = engine.read(MethodDraftOf(draft), 4).files
    # two ways out of a choice meet where both are waited for
    files["p1.bpmn"] = (
        files["p1.bpmn"]
        .replace(b'id="A_to_P1_end" sourceRef="A"', b'id="A_to_P1_end" sourceRef="J"')
        .replace(b"<bpmn:outgoing>A_to_P1_end</bpmn:outgoing>", b"")
        .replace(b"<bpmn:incoming>P1_start_to_A</bpmn:incoming>", b"")
        .replace(
            b"</bpmn:process>",
            b"""<bpmn:exclusiveGateway id="X" name="Urgence" default="X_to_J" />
            <bpmn:parallelGateway id="J" name="Ensemble" />
            <bpmn:sequenceFlow id="A_to_X" sourceRef="A" targetRef="X" />
            <bpmn:sequenceFlow id="X_to_J" sourceRef="X" targetRef="J" />
            <bpmn:sequenceFlow id="X_by_J" sourceRef="X" targetRef="J">
            <bpmn:conditionExpression>resultat = "oui"</bpmn:conditionExpression></bpmn:sequenceFlow></bpmn:process>""",
        )
        .replace(
            b"</bpmndi:BPMNPlane>",
            b"""<bpmndi:BPMNShape id="X_di" bpmnElement="X">
            <dc:Bounds x="530" y="120" width="20" height="20" /></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="J_di" bpmnElement="J">
            <dc:Bounds x="540" y="170" width="20" height="20" /></bpmndi:BPMNShape>
            </bpmndi:BPMNPlane>""",
        )
    )
    engine.execute(SaveMethodDraft(draft, files, 1), 4)
    page = dara.get(f"/atelier/{draft}")
    assert "Voir le chemin" in words(page)
    [way] = re.findall(r"<ol>(.*?)</ol>", page.text)
    assert re.findall(r"<li>(.*?)</li>", way) == ["Début", "Étape A", "Urgence", "Ensemble"]
    assert re.findall(r'class="pill-text"[^>]*>(?:<tspan[^>]*>)?(.*?)<', page.text) == ["1", "2", "3", "4"]


def test_a_zip_that_was_downloaded_and_changed_elsewhere_is_brought_back(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    packed = dara.get(f"/atelier/{draft}/methode.zip")
    assert packed.headers["Content-Disposition"] == "attachment; filename=projet_d_ete-1.0.0-r1.zip"
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    theirs = engine.read(MethodDraftOf(draft), 4).files
    theirs["p2.bpmn"] = theirs["p2.bpmn"].replace("Étape B".encode(), b"Par Eva")
    engine.execute(SaveMethodDraft(draft, theirs, 1), 5)
    files["p1.bpmn"] = files["p1.bpmn"].replace("Étape A".encode(), b"Par Dara")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    held.seek(0)
    sent = {"files": [(held, "retour.zip")], "revision": "2"}
    answer = dara.post(f"/atelier/{draft}/apporter", sent, content_type="multipart/form-data")
    assert "Changés depuis ce téléchargement, et laissés ainsi : p2.bpmn" in words(dara.get(answer.location))
    kept = engine.read(MethodDraftOf(draft), 4).files
    assert (b"Par Eva" in kept["p2.bpmn"], b"Par Dara" in kept["p1.bpmn"]) == (True, True)


def test_a_zip_of_some_files_leaves_the_others_and_says_so(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    changed = engine.read(MethodDraftOf(draft), 4).files["p2.bpmn"].replace("Étape B".encode(), b"Par Dara")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("jalon.json", '{"revision": 1}')
        archive.writestr("p2.bpmn", changed)
    held.seek(0)
    sent = {"files": [(held, "un-seul.zip")], "revision": "1"}
    answer = dara.post(f"/atelier/{draft}/apporter", sent, content_type="multipart/form-data")
    said = words(dara.get(answer.location))
    assert "Absents de l’archive, et toujours dans le brouillon : p1.bpmn, projet-d-ete.bpmn" in said
    kept = engine.read(MethodDraftOf(draft), 4)
    assert (sorted(kept.files), kept.line.name.fr) == (["p1.bpmn", "p2.bpmn", "projet-d-ete.bpmn"], "Projet d’été")
    assert b"Par Dara" in kept.files["p2.bpmn"]


def test_a_decision_is_brought_alone_beside_the_diagrams(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    decision = ROOT / "tests/dmn/accompagnement.dmn"
    sent = {"files": [(io.BytesIO(decision.read_bytes()), "seuil.dmn")], "revision": "1"}
    assert dara.post(f"/atelier/{draft}/apporter", sent, content_type="multipart/form-data").status_code == 303
    kept = engine.read(MethodDraftOf(draft), 4).files
    assert sorted(kept) == ["p1.bpmn", "p2.bpmn", "projet-d-ete.bpmn", "seuil.dmn"]


def test_one_file_is_downloaded_by_its_name(dara: Browser) -> None:
    draft = begun(dara)
    assert dara.get(f"/atelier/{draft}/fichiers/p1.bpmn").data.startswith(b"<?xml")
    assert dara.get(f"/atelier/{draft}/fichiers/autre.bpmn").status_code == 404


def test_a_file_is_taken_out_and_what_still_calls_it_is_told(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    assert dara.post(f"/atelier/{draft}/fichiers/autre.bpmn/retirer", {"revision": "1"}).status_code == 404
    answer = dara.post(f"/atelier/{draft}/fichiers/p2.bpmn/retirer", {"revision": "1"})
    said = words(dara.get(answer.location))
    assert "« p2.bpmn » n’est plus dans le brouillon." in said
    assert "appelle « Process_P2 », qu’aucun fichier ne dessine" in said
    kept = engine.read(MethodDraftOf(draft), 4)
    assert sorted(kept.files) == ["p1.bpmn", "projet-d-ete.bpmn"]


def test_a_file_that_somebody_changed_meanwhile_is_not_taken_out(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    theirs = engine.read(MethodDraftOf(draft), 4).files
    theirs["p2.bpmn"] = theirs["p2.bpmn"].replace("Étape B".encode(), b"Par Eva")
    engine.execute(SaveMethodDraft(draft, theirs, 1), 5)
    answer = dara.post(f"/atelier/{draft}/fichiers/p2.bpmn/retirer", {"revision": "1"})
    assert (answer.status_code, "p2.bpmn" in words(answer)) == (409, True)
    assert b"Par Eva" in engine.read(MethodDraftOf(draft), 4).files["p2.bpmn"]


def test_the_only_diagram_of_a_draft_stays(dara: Browser) -> None:
    alone = files_of("petit-projet")["petit-projet.bpmn"]
    sent = {"way": "files", "files": [(io.BytesIO(alone), "seul.bpmn")]}
    answer = dara.post("/atelier", sent, content_type="multipart/form-data")
    assert "Retirer" not in words(dara.get(answer.location))
    answer = dara.post(f"{answer.location}/fichiers/seul.bpmn/retirer", {"revision": "1"})
    assert (answer.status_code, "seul.bpmn" in words(answer)) == (422, True)


def test_a_draft_that_is_dropped_can_still_be_downloaded(dara: Browser) -> None:
    draft = begun(dara)
    answer = dara.post(f"/atelier/{draft}/abandonner")
    assert "Le brouillon est abandonné" in words(dara.get(answer.location))
    assert dara.get(f"/atelier/{draft}/methode.zip").status_code == 200
    assert "Dessiner" not in words(dara.get(f"/atelier/{draft}"))


# --- the modeler -------------------------------------------------------------------------------------------


def test_only_the_page_of_the_modeler_may_load_its_font(dara: Browser) -> None:
    draft = begun(dara)
    drawing, page = dara.get(f"/atelier/{draft}/dessiner"), dara.get(f"/atelier/{draft}")
    assert "font-src" not in page.headers["Content-Security-Policy"]
    policy = drawing.headers["Content-Security-Policy"]
    assert policy == page.headers["Content-Security-Policy"] + "; font-src 'self'"
    assert ("script-src 'self';" in policy, "style-src 'self';" in policy) == (True, True)
    assert ("workshop.min.js" in drawing.text, "workshop.min.js" in page.text) == (True, False)


def test_what_is_drawn_is_saved_with_its_revision(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    data = dara.get(f"/atelier/{draft}/dessin.json").get_json()
    files = data["files"] | {"p1.bpmn": data["files"]["p1.bpmn"].replace("Étape A", "Cadrer")}
    answer = told(dara, f"/atelier/{draft}/enregistrer", {"files": files, "revision": data["revision"]})
    assert answer.get_json() == {"revision": 2, "merged": {}}
    assert b"Cadrer" in engine.read(MethodDraftOf(draft), 4).files["p1.bpmn"]


def test_decisions_stay_beside_what_is_drawn(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    decided = (ROOT / "tests" / "dmn" / "accompagnement.dmn").read_bytes()
    held = engine.read(MethodDraftOf(draft), 4).files | {"aides.dmn": decided}
    engine.execute(SaveMethodDraft(draft, held, 1), 4)
    data = dara.get(f"/atelier/{draft}/dessin.json").get_json()
    files = data["files"] | {"p1.bpmn": data["files"]["p1.bpmn"].replace("Étape A", "Cadrer")}
    told(dara, f"/atelier/{draft}/enregistrer", {"files": files, "revision": data["revision"]})
    kept = engine.read(MethodDraftOf(draft), 4).files
    assert (kept["aides.dmn"] == decided, b"Cadrer" in kept["p1.bpmn"]) == (True, True)


def test_a_closed_draft_is_not_drawn(dara: Browser) -> None:
    draft = begun(dara)
    dara.post(f"/atelier/{draft}/abandonner")
    assert dara.get(f"/atelier/{draft}/dessiner").location == f"/atelier/{draft}"


def test_who_comes_second_gets_the_other_s_files_or_is_told_who_and_when(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    files = dara.get(f"/atelier/{draft}/dessin.json").get_json()["files"]
    theirs = {name: xml.encode() for name, xml in files.items()}
    theirs["p2.bpmn"] = theirs["p2.bpmn"].replace("Étape B".encode(), b"Par Eva")
    engine.execute(SaveMethodDraft(draft, theirs, 1), 5)
    mine = files | {"p1.bpmn": files["p1.bpmn"].replace("Étape A", "Par Dara")}
    merged = told(dara, f"/atelier/{draft}/enregistrer", {"files": mine, "revision": 1}).get_json()
    assert (merged["revision"], list(merged["merged"]), "Par Eva" in merged["merged"]["p2.bpmn"]) == (
        3,
        ["p2.bpmn"],
        True,
    )
    clash = files | {"p2.bpmn": files["p2.bpmn"].replace("Étape B", "Par Dara")}
    refused = told(dara, f"/atelier/{draft}/enregistrer", {"files": clash, "revision": 1})
    said = refused.get_json()
    assert (refused.status_code, said["kind"]) == (409, "DraftMoved")
    assert said["error"].startswith("Rien n’est enregistré : Eva a modifié p2.bpmn le ")


def test_what_is_not_saved_yet_is_reviewed(dara: Browser) -> None:
    draft = begun(dara)
    main = dara.get(f"/atelier/{draft}/dessin.json").get_json()["files"]["projet-d-ete.bpmn"]
    none = re.sub(r'\s*<camunda:property name="method.criterion.1(.en)?"[^>]*>', "", main)
    found = told(dara, f"/atelier/{draft}/relire", {"files": {"projet-d-ete.bpmn": none}}).get_json()
    assert found["unreadable"] == ""
    assert [(each["rule"], each["element"], each["severity"]) for each in found["findings"]] == [
        ("no-criteria", "G1", "error"), ("no-criteria", "G2", "error"),
    ]  # fmt: skip
    assert found["findings"][0]["remedy"] != ""
    broken = told(dara, f"/atelier/{draft}/relire", {"files": {"p1.bpmn": "<bpmn"}}).get_json()
    assert (broken["findings"], "p1.bpmn" in broken["unreadable"]) == ([], True)


@pytest.mark.parametrize(
    ("element", "text", "over", "problem"),
    [
        ("G1_go", 'decision in ("go", "go_reserves")', "variables", ""),
        ("G1_go", "budget > 10", "variables", "« budget » n’est pas connu à cet endroit."),
        ("A", "resultat", "answers", ""),
        ("A", "decision", "answers", "« decision » n’est pas connu à cet endroit."),
        ("G1", "P10D", "anywhere", ""),
        ("G1", "P0D", "anywhere", "Cette durée ou cette date ne désigne aucun moment."),
        ("G1", "", "anywhere", ""),
    ],
)
def test_an_expression_is_checked_with_what_is_known_there(
    dara: Browser, element: str, text: str, over: str, problem: str
) -> None:
    draft = begun(dara)
    asked = {"files": {}, "element": element, "text": text, "over": over}
    assert told(dara, f"/atelier/{draft}/feel", asked).get_json()["problem"].replace("\u00a0", " ") == problem


def test_an_expression_that_is_no_feel_is_told_so(dara: Browser) -> None:
    draft = begun(dara)
    said = told(
        dara, f"/atelier/{draft}/feel", {"files": {}, "element": "G1_go", "text": "decision =", "over": "variables"}
    )
    assert (said.get_json()["problem"] != "", said.get_json()["known"]) == (
        True, ["decision", "landing", "resultat", "services_impactes"],
    )  # fmt: skip


def test_what_no_page_of_ours_sends_is_refused(dara: Browser) -> None:
    draft = begun(dara)
    assert told(dara, f"/atelier/{draft}/enregistrer", {"files": "x"}).status_code == 400
    assert dara.client.post(f"/atelier/{draft}/enregistrer", json={"files": {}, "revision": 1}).status_code == 400


def test_who_owns_no_method_finds_no_workshop(engine: Engine, dara: Browser, amina: Browser) -> None:
    draft = begun(dara)
    for address in ("/atelier", f"/atelier/{draft}", f"/atelier/{draft}/dessiner", f"/atelier/{draft}/methode.zip"):
        assert amina.get(address).status_code == 404
    assert amina.post("/atelier", {"way": "new", "name": "X"}).status_code == 403
    assert len(engine.read(MethodDrafts(), 4).drafts) == 1
    assert ("Atelier des méthodes" in dara.get("/methodes").text, "Atelier" in amina.get("/methodes").text) == (
        True,
        False,
    )


def test_a_draft_is_exported_for_camunda_8_and_brought_back_with_its_forms(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    page = dara.get(f"/atelier/{draft}")
    assert "Exporter pour Camunda 8 (.zip)" in words(page)
    packed = dara.get(f"/atelier/{draft}/methode.zip?camunda-8=1")
    assert packed.headers["Content-Disposition"] == "attachment; filename=projet_d_ete-1.0.0-r1-camunda-8.zip"
    sent = {"files": [(io.BytesIO(packed.data), "retour.zip")], "revision": "1"}
    answer = dara.post(f"/atelier/{draft}/apporter", sent, content_type="multipart/form-data")
    said = words(dara.get(answer.location))
    assert "Rien : la relecture automatique n’a rien à redire." in said
    assert ("Formulaires de Camunda 8 : Form_" in said, "Exporter pour Camunda 8" in said) == (True, False)
    drawn = dara.get(f"/atelier/{draft}/dessin.json").get_json()
    assert {name.rpartition(".")[2] for name in drawn["files"]} == {"bpmn"}
    form = dara.get(f"/atelier/{draft}/fichiers/Form_A.form")
    assert (form.mimetype, form.get_json()["type"]) == ("application/json", "default")
