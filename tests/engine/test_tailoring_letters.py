"""Who is told of a tailoring: who may approve it, then its author; by a message, and in their inbox."""

from __future__ import annotations

import pytest

from engine import ApproveOverlay, LoadOrganisation, MyTailorings, MyTailoringsPage, RequestOverlay
from engine.settings import Settings
from engine.store.tables import MessageRow
from tests.engine.play import Play
from tests.engine.test_overlays import HIDE, METHOD, drafted, service

__all__ = ["service"]  # a fixture


@pytest.fixture
def writing(service: Play) -> Play:
    """Everyone has an address, and messages leave."""
    people = [{"login": each, "name": each.title(), "email": f"{each}@o.fr"} for each in ("hana", "jeanne", "denis")]
    service.do("jeanne", LoadOrganisation({"people": people}))
    service.engine.settings = Settings(smtp="smtp://127.0.0.1:9", mail_from="jalon@o.fr", base="https://jalon.o.fr")
    return service


def letters(play: Play) -> list[tuple[int | None, str]]:
    return [(row.actor_id, row.subject) for row in play.rows(MessageRow, MessageRow.key.like("overlay-%"))]


def inbox(play: Play, login: str) -> tuple[list[str], list[str]]:
    page: MyTailoringsPage = play.see(login, MyTailorings())
    return [each.service.code for each in page.asked], [each.state for each in page.mine]


def test_the_approvers_are_written_to_when_it_is_presented_and_the_author_when_it_is_decided(writing: Play) -> None:
    id = drafted(writing, HIDE)
    writing.do("hana", RequestOverlay(id))
    assert letters(writing) == [
        (writing.people["jeanne"],
         "Jalon : un aménagement de « Projet transversal » à Service DRH attend votre approbation"),
    ]  # fmt: skip
    assert "https://jalon.o.fr/methodes/projet_transversal/adapter/DRH" in writing.rows(MessageRow)[-1].body
    writing.do("jeanne", ApproveOverlay(id, "C2 sert à tous", refused=True))
    assert letters(writing)[1:] == [
        (writing.people["hana"], "Jalon : l’aménagement de « Projet transversal » à Service DRH est refusé")
    ]
    assert "Le motif : C2 sert à tous" in writing.rows(MessageRow)[-1].body


def test_what_awaits_them_is_in_the_inbox_of_each_until_it_is_done(service: Play) -> None:
    id = drafted(service, HIDE)
    assert inbox(service, "hana") == ([], ["draft"])
    assert inbox(service, "jeanne") == ([], [])
    service.do("hana", RequestOverlay(id))
    assert inbox(service, "hana") == ([], ["requested"])
    assert inbox(service, "jeanne") == (["DRH"], [])
    assert inbox(service, "bruno") == ([], [])
    service.do("jeanne", ApproveOverlay(id))
    assert inbox(service, "jeanne") == ([], [])
    assert inbox(service, "hana") == ([], ["in_force"])
    service.clock.advance(days=8)
    assert inbox(service, "hana") == ([], [])


def test_the_line_says_which_method_for_whom_and_who_asks(service: Play) -> None:
    service.do("hana", RequestOverlay(drafted(service, HIDE)))
    (line,) = service.see("jeanne", MyTailorings()).asked
    assert (line.method, line.name.fr, line.author.name) == (METHOD, "Projet transversal", "Hana")
