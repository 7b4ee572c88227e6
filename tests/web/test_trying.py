"""A draft tried in its page: a click is a step, the play leaves as a scenario, and nothing is written."""

from __future__ import annotations

import html
import re

from engine import Engine, MethodDraftOf
from tests.web.conftest import Browser, words
from tests.web.test_workshop import begun, dara

__all__ = ["dara"]  # a fixture

HERE = "/atelier/1/essayer"


def file_of(page: object) -> str:
    """The play that the page holds."""
    found = re.search(r'<textarea id="file"[^>]*>(.*?)</textarea>', page.text, re.S)  # type: ignore[attr-defined]
    assert found is not None
    return html.unescape(found[1])


def test_a_method_is_played_to_its_end(dara: Browser) -> None:
    begun(dara)
    page = dara.get(HERE)
    assert re.search(r"Étape A A · Chef de projet · à rendre le \d+ \w+ \d{4} ", words(page))
    assert "en retard" not in words(page)
    for do, name, outcome in (
        ("complete", "Étape A", ""), ("decide", "Porte 1", "favorable"), ("complete", "Étape B", ""),
        ("decide", "Porte 2", "favorable"),
    ):  # fmt: skip
        page = dara.post(HERE, {"file": file_of(page), "do": do, "name": name, "outcome": outcome})
        assert page.status_code == 200, words(page)
    assert "Rien : l’essai est fini." in words(page)
    assert "Le temps" not in words(page)
    kept = dara.post(HERE, {"file": file_of(page), "download": "1"})
    assert kept.mimetype == "application/yaml"
    assert kept.text.count("- terminer:") == kept.text.count("- décider:") == 2


def test_what_cannot_be_done_is_said_and_what_cannot_be_read_is_kept_as_typed(dara: Browser) -> None:
    begun(dara)
    refused = dara.post(HERE, {"file": file_of(dara.get(HERE)), "do": "complete", "name": "Porte 2"})
    assert (refused.status_code, "Porte 2" in words(refused)) == (422, True)
    unread = dara.post(HERE, {"file": "scénarios: ["})
    assert unread.status_code == 422
    assert file_of(unread) == "scénarios: ["


def test_nothing_is_written(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    before = engine.read(MethodDraftOf(draft), 4).line.revision
    page = dara.post(HERE, {"file": file_of(dara.get(HERE)), "do": "timer", "name": "1 mois plus tard"})
    assert page.status_code == 200
    assert "en retard" in words(page)
    assert engine.read(MethodDraftOf(draft), 4).line.revision == before


def test_only_who_owns_methods_opens_it(dara: Browser, chloe: Browser) -> None:
    begun(dara)
    assert chloe.get(HERE).status_code == 404
