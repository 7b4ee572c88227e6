"""Commands that collide, and acts that ask too much: a sentence, and what was typed is still there."""

from __future__ import annotations

from pathlib import Path

from engine import PublishMethod, SaveDraft
from engine.release import Release, digest_of, read_method
from tests.engine.play import ESSAI, Play, files_of
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]

MAIN = ESSAI["essai.bpmn"].replace(b'"1.0.0"', b'"2.0.0"')
#: `urgent = true` leads back to the decision, for ever
ENDLESS = ESSAI | {"essai.bpmn": MAIN} | files_of(Path(__file__).parents[1] / "engine" / "endless")
TYPED = {"f.titre": "Ce que Claire a tapé", "f.urgent": "true", "f.services_impactes": "DAF", "do": "complete"}


def test_a_page_that_someone_outdated_keeps_what_was_typed_and_may_be_sent_again(play: Play, person: Opened) -> None:
    project = play.start()
    task, claire = play.task(project, "A"), person("claire")
    revision = play.row(task).revision
    claire.get(f"/taches/{task}")
    play.do("claire", SaveDraft(task, {"titre": "Un autre titre"}, revision))
    page = claire.post(f"/taches/{task}", {**TYPED, "revision": str(revision)})
    assert page.status_code == 409
    assert "Cette page n’est plus à jour" in words(page)
    assert 'value="Ce que Claire a tapé"' in page.text
    # the page that says so is up to date again
    assert f'name="revision" value="{play.row(task).revision}"' in page.text
    again = claire.post(f"/taches/{task}", {**TYPED, "f.urgent": "false", "revision": str(play.row(task).revision)})
    assert again.status_code == 303
    assert play.open(project) == ["B"]


def test_an_act_that_sets_off_too_much_is_refused_beside_its_form(play: Play, person: Opened) -> None:
    """A method published before the review saw such a loop."""
    published = play.do("jeanne", PublishMethod(ESSAI | {"essai.bpmn": MAIN}))
    method, _, _ = read_method(ENDLESS)
    assert method is not None
    play.engine._releases[published.release] = Release(published.release, digest_of(ENDLESS), method, ENDLESS)
    project = play.start()
    task, claire = play.task(project, "A"), person("claire")
    claire.get(f"/taches/{task}")
    page = claire.post(f"/taches/{task}", {**TYPED, "revision": str(play.row(task).revision)})
    assert page.status_code == 503
    assert "Il a été refusé et le projet n’a pas bougé" in words(page)
    assert 'value="Ce que Claire a tapé"' in page.text
    assert play.open(project) == ["A"]
