"""The method owner sees all that services tailor: services by steps, what is asked most often, what waits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine import (
    ApproveOverlay,
    LoadOrganisation,
    NotAllowed,
    NotFound,
    PublishMethod,
    RequestOverlay,
    TailoringsOf,
    TailoringsPage,
)
from engine.overlay import operations as op
from engine.overlay.operations import Operation
from engine.words import Text
from tests.engine.play import Play
from tests.engine.test_overlays import HIDE, METHOD, drafted, next_version, service

__all__ = ["service"]  # a fixture
NAME = Text("Dessiner les scénarios", "Draw the scenarios")
QUORUM = op.RaiseQuorum("G2", Decimal("0.75"), reason="Le budget est engagé.")


def asked(play: Play, code: str, *operations: Operation) -> int:
    id = drafted(play, *operations, service=code, by="hana" if code in ("DRH", "PAIE") else "jeanne")
    play.do("hana" if code in ("DRH", "PAIE") else "jeanne", RequestOverlay(id))
    return id


def in_force(play: Play, code: str, *operations: Operation) -> int:
    id = asked(play, code, *operations)
    play.do("chloe", ApproveOverlay(id))
    return id


@pytest.fixture
def tailored(service: Play) -> Play:
    """Two departments hide a step, one below inherits; another raises a quorum, and asks for more."""
    owner = {"login": "chloe", "name": "Chloé", "roles": [{"role": "RM", "service": "ORG"}]}
    below = {"code": "FORM", "fr": "Formation", "en": "Training", "parent": "DRH"}
    service.do("jeanne", LoadOrganisation({"services": [below], "people": [owner]}))
    in_force(service, "DRH", HIDE, QUORUM)
    in_force(service, "PAIE", op.Hide("C2", reason="Deux réunions suffisent."))
    in_force(service, "DAF", QUORUM, op.Rename("C3", NAME))
    asked(service, "DAF", QUORUM, op.Hide("K3", reason="court"))
    return service


def seen(play: Play, by: str = "chloe", **query: Any) -> TailoringsPage:
    page: TailoringsPage = play.see(by, TailoringsOf(METHOD, **query))
    return page


def cells(page: TailoringsPage) -> list[tuple[str, str, dict[str, list[str]]]]:
    return [
        (row.service.code, row.state, {id: [each.kind for each in found] for id, found in row.cells.items()})
        for row in page.rows
    ]


def test_rows_are_services_in_the_order_of_the_tree_and_columns_the_steps_that_somebody_tailors(tailored: Play) -> None:
    page = seen(tailored)
    assert cells(page) == [
        ("DAF", "in_force", {"G2": ["quorum"], "C3": ["label"]}),
        ("DAF", "requested", {"G2": ["quorum"], "K3": ["hide"]}),
        ("DRH", "in_force", {"C2": ["hide"], "G2": ["quorum"]}),
        ("PAIE", "in_force", {"C2": ["hide"]}),
    ]  # fmt: skip
    assert [each.id for each in page.columns] == ["C2", "C3", "G2", "K3"]
    assert [row.depth for row in page.rows] == [1, 1, 1, 2]
    assert page.rows[2].cells["C2"][0].less


def test_what_is_asked_most_often_counts_who_lives_it_by_what_they_inherit_too(tailored: Play) -> None:
    page = seen(tailored)
    assert [(each.element, each.kind, each.services, each.lived) for each in page.often] == [
        ("C2", "hide", 2, 3), ("G2", "quorum", 2, 3), ("C3", "label", 1, 1),
    ]  # fmt: skip
    assert page.often[0].reasons == ("Les idées viennent du terrain.", "Deux réunions suffisent.")
    assert page.often[0].text.fr == "masquée"
    assert [each.code for each in page.services] == ["DAF", "DRH", "PAIE"]


def test_what_waits_for_approval_stands_apart_whatever_the_filters(tailored: Play) -> None:
    assert [row.service.code for row in seen(tailored, state="in_force").waiting] == ["DAF"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "hide"}, ["DAF", "DRH", "PAIE"]),
        ({"state": "requested"}, ["DAF"]),
        ({"service": "DRH"}, ["DRH", "PAIE"]),
        ({"phase": "P6"}, ["DAF"]),
        ({"text": "scénarios"}, ["DAF"]),
        ({"text": "deux réunions"}, ["PAIE"]),
        ({"text": "rien de tel"}, []),
        ({"kind": "hide", "sort": "recent"}, ["DAF", "PAIE", "DRH"]),
        ({"sort": "most", "state": "in_force"}, ["DAF", "DRH", "PAIE"]),
    ],
)
def test_it_is_filtered_and_sorted(tailored: Play, query: dict[str, Any], found: list[str]) -> None:
    assert [row.service.code for row in seen(tailored, **query).rows] == found


def test_what_a_new_release_left_behind_is_told_apart(tailored: Play) -> None:
    files = {name: content.replace(b'"1.1.0"', b'"2.0.0"') for name, content in next_version().items()}
    tailored.do("jeanne", PublishMethod(files))
    page = seen(tailored)
    assert [(row.service.code, row.state, row.version) for row in page.rows] == [
        ("DAF", "in_force", "2.0.0"), ("DAF", "requested", "1.0.0"), ("DRH", "outdated", "1.0.0"),
        ("PAIE", "outdated", "1.0.0"),
    ]  # fmt: skip
    assert [row.service.code for row in page.outdated] == ["DRH", "PAIE"]
    assert page.rows[2].cells["C2"][0].name.fr == "Atelier d’idéation"
    assert [each.element for each in page.often] == ["C3", "G2"]


def test_only_owners_of_methods_see_it(tailored: Play) -> None:
    with pytest.raises(NotAllowed):
        seen(tailored, "hana")
    with pytest.raises(NotFound):
        tailored.see("chloe", TailoringsOf("rien"))
