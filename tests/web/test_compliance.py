"""How a project keeps to its method, on its page, on a page of its own and as a file."""

from __future__ import annotations

import re

from engine import CloseEntry
from tests.engine.play import Play
from tests.engine.test_registers import opened
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]  # fixtures


def test_a_project_that_has_passed_nothing_shows_no_ratio(play: Play, person: Opened) -> None:
    project = play.start()
    claire = person("claire")
    assert "Rien de verrouillé n’a encore été passé." in words(claire.get(f"/projets/{project}/conformite"))
    assert "Conformité à la méthode" not in words(claire.get(f"/projets/{project}"))
    said = claire.get(f"/projets/{project}/conformite.csv").text.strip()
    assert said == "\ufeffRepère;Étape ou porte;Phase;Comme prévu;Sinon, pourquoi"


def test_the_list_says_what_was_not_as_designed_and_why_then_the_ratio(play: Play, person: Opened) -> None:
    project = play.start()
    id = opened(play, project, "denis", "deviation", title="Pas de test", element="A", due="2027-12-15")
    play.do("jeanne", CloseEntry(id, "approved", "oui"))
    play.until(project, "G1")
    claire, gael = person("claire"), person("gael")
    page = claire.get(f"/projets/{project}/conformite")
    assert "non dérogation n° 1 : Pas de test" in words(page)
    assert f'href="/entrees/{id}"' in page.text
    (ratio,) = re.findall(r"\d+ sur \d+ comme prévu \([\d,]+ %\)", words(claire.get(f"/projets/{project}")))
    assert ratio in words(page)
    theirs = gael.get(f"/projets/{project}/conformite")
    assert "Pas de test" not in theirs.text
    assert "non dérogation n° 1" in words(theirs)
    rows = gael.get(f"/projets/{project}/conformite.csv").text.splitlines()
    assert [row.split(";")[3:] for row in rows if row.startswith("A;")] == [["non", "dérogation n° 1"]]
