"""The workshop at the web door: whatever is brought, the page says in a sentence why not, and nothing is lost."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from engine import SYSTEM, DropMethodDraft, Engine, LoadOrganisation, MethodDraftFiles, MethodDrafts, SaveMethodDraft
from tests.engine.bad_files import BAD, zipped
from tests.web.conftest import Browser, words
from tests.web.test_workshop import OWNERS, begun, told

UPLOAD = "multipart/form-data"


@pytest.fixture
def dara(engine: Engine, browser: Callable[[int | None], Browser]) -> Browser:
    """Dara and Eva own the methods; their numbers are 4 and 5."""
    engine.execute(LoadOrganisation(OWNERS), SYSTEM)
    return browser(4)


def plain(said: str) -> str:
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def uploaded(files: dict[str, bytes]) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(content), name) for name, content in files.items()]


def sent_to(dara: Browser, address: str, said: dict[str, Any]) -> Any:
    """The test client leaves open the temporary file in which it writes what is large."""
    answer = dara.post(address, said, content_type=UPLOAD)
    answer.request.environ["wsgi.input"].close()
    return answer


def held(engine: Engine, draft: int) -> Any:
    found = engine.read(MethodDraftFiles(draft), 4)
    return found.revision, found.files


@pytest.mark.parametrize(("files", "kind", "sentence"), BAD.values(), ids=BAD)
def test_what_begins_no_draft_is_said_where_it_was_chosen(
    engine: Engine, dara: Browser, files: dict[str, bytes], kind: str, sentence: str
) -> None:
    answer = sent_to(dara, "/atelier", {"way": "files", "files": uploaded(files)})
    assert (answer.status_code // 100, plain(sentence) in plain(words(answer))) == (4, True)
    assert engine.read(MethodDrafts(), 4).drafts == ()


@pytest.mark.parametrize(("files", "kind", "sentence"), BAD.values(), ids=BAD)
def test_what_cannot_be_brought_into_a_draft_leaves_it_as_it_was(
    engine: Engine, dara: Browser, files: dict[str, bytes], kind: str, sentence: str
) -> None:
    draft = begun(dara)
    before = held(engine, draft)
    answer = sent_to(dara, f"/atelier/{draft}/apporter", {"files": uploaded(files), "revision": "1"})
    assert (answer.status_code // 100, plain(sentence) in plain(words(answer))) == (4, True)
    assert held(engine, draft) == before


def test_the_modeler_is_told_why_a_drawing_is_too_big(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    before = held(engine, draft)
    data = dara.get(f"/atelier/{draft}/dessin.json").get_json()
    large = data["files"] | {"p1.bpmn": data["files"]["p1.bpmn"] + " " * 3_000_000}
    answer = told(dara, f"/atelier/{draft}/enregistrer", {"files": large, "revision": 1})
    assert (answer.status_code, plain(answer.get_json()["error"])) == (
        413,
        "« p1.bpmn » est trop volumineux : 3,0 Mo, pour 2 Mo au plus. Allégez-le ou scindez-le.",
    )
    assert held(engine, draft) == before


def test_files_of_a_newer_draft_and_a_page_that_is_behind_are_told_apart(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    files = held(engine, draft)[1]
    newer = zipped(files | {"jalon.json": json.dumps({"revision": 7}).encode()})
    sent = {"files": uploaded({"a.zip": newer}), "revision": "1"}
    answer = dara.post(f"/atelier/{draft}/apporter", sent, content_type=UPLOAD)
    assert (answer.status_code, "Ces fichiers disent être de la révision 7" in plain(words(answer))) == (409, True)
    theirs = files | {"p1.bpmn": files["p1.bpmn"].replace("Étape A".encode(), b"Par Eva")}
    engine.execute(SaveMethodDraft(draft, theirs, 1), 5)
    mine = {"p1.bpmn": files["p1.bpmn"].replace("Étape A".encode(), b"Par Dara")}
    behind = dara.post(f"/atelier/{draft}/apporter", {"files": uploaded(mine), "revision": "1"}, content_type=UPLOAD)
    assert (behind.status_code, "Eva a modifié p1.bpmn le " in plain(words(behind))) == (409, True)
    assert held(engine, draft) == (2, theirs)


def test_who_edits_a_draft_that_is_dropped_meanwhile_reads_who_did_on_every_page(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    data = dara.get(f"/atelier/{draft}/dessin.json").get_json()
    page = dara.get(f"/atelier/{draft}/plan/A")
    before = held(engine, draft)[1]
    engine.execute(DropMethodDraft(draft), 5)
    said = "Ce brouillon de « Projet d’été » est clos : Eva l’a abandonné le "
    assert page.status_code == 200
    typed = {"do": "words", "element": "A", "form": "words", "fr": "Cadrer", "en": "Frame"}
    for answer in (
        dara.post(f"/atelier/{draft}/plan/A", typed),
        dara.post(f"/atelier/{draft}/publier", {}),
        dara.post(f"/atelier/{draft}/publier/relecture", {"decision": "ask"}),
        dara.post(f"/atelier/{draft}/publier/notes", {"notes": "Du neuf"}),
        dara.post(f"/atelier/{draft}/abandonner", {}),
        dara.post(f"/atelier/{draft}/apporter", {"files": uploaded(before)}, content_type=UPLOAD),
    ):
        assert (answer.status_code, said in plain(words(answer))) == (409, True)
    saved = told_closed(dara, draft, data)
    assert (saved.status_code, plain(saved.get_json()["error"]).startswith(said)) == (409, True)
    assert held(engine, draft)[1] == before


def told_closed(dara: Browser, draft: int, data: dict[str, Any]) -> Any:
    """The modeler was open: its token is that of any page."""
    return dara.client.post(f"/atelier/{draft}/enregistrer", json=data, headers={"X-CSRFToken": dara.token})


def test_what_the_review_refuses_is_not_published_and_the_page_says_what_it_is(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    files = held(engine, draft)[1]
    half = files | {"p1.bpmn": files["p1.bpmn"].replace(b'candidateGroups="CP"', b'candidateGroups="RIEN"')}
    engine.execute(SaveMethodDraft(draft, half, 1), 4)
    dara.post(f"/atelier/{draft}/publier/relecture", {"decision": "ask"})
    page = words(dara.get(f"/atelier/{draft}/publier"))
    assert ("Il manque encore : une méthode sans erreur" in plain(page), "Publier la version" in page) == (True, False)
    refused = dara.post(f"/atelier/{draft}/publier", {})
    assert (refused.status_code, "attend l’accord d’une seconde personne" in plain(words(refused))) == (409, True)
