"""An action is transferred from its page, where it would keep its project from ending."""

from __future__ import annotations

from engine import OpenEntry
from tests.engine.play import Play
from tests.web.conftest import words
from tests.web.played import Opened, furnished_url, person, play

__all__ = ["furnished_url", "person", "play"]


def test_the_closing_asks_for_a_transfer_that_the_action_s_page_makes(play: Play, person: Opened) -> None:
    project = play.start()
    said = {"title": "Suivre le prestataire", "owner": play.people["gael"], "due": "2026-12-15"}
    action = int(play.do("claire", OpenEntry("action", said, project)).entry)
    claire = person("claire")
    assert "Transférer hors du projet" in words(claire.get(f"/entrees/{action}"))
    refused = claire.post(
        f"/entrees/{action}/transferer", {"owner": str(play.people["denis"]), "due": "", "reason": ""}
    )
    assert refused.status_code == 422
    assert "Pour quand" in words(refused)
    sent = {"owner": str(play.people["denis"]), "due": "2027-06-30", "reason": "Il garde le résultat"}
    answer = claire.post(f"/entrees/{action}/transferer", sent)
    assert answer.status_code == 303
    said_there = words(claire.get(answer.location))
    assert "Suivre le prestataire" in said_there
    assert "Vient de action n° 1 : Suivre le prestataire" in said_there
    assert "transférée" in words(claire.get(f"/entrees/{action}"))
    assert "Transférer hors du projet" not in words(claire.get(f"/entrees/{action}"))
