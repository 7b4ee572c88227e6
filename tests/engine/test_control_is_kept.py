"""What the domain asks of a method that services tailor (its rows 3, 4, 5 and 9), from publication to project."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import (
    ApprovedByRequester,
    ApproveOverlay,
    CloseEntry,
    DecideGate,
    DeviationExpired,
    DraftOverlay,
    MethodRefused,
    NotAllowed,
    OverlayRefused,
    OverlayUnreadable,
    PublishMethod,
    RequestOverlay,
)
from engine.overlay import edit
from engine.overlay import operations as op
from engine.release import unpack
from engine.store.tables import ReleaseRow, TaskRow
from engine.words import Text
from tests.engine.play import Play, files_of
from tests.engine.test_deviations import at_the_gate, granted
from tests.engine.test_overlays import HIDE, METHOD, drafted, in_force, service, start
from tests.engine.test_registers import opened
from tests.overlay import versions
from tests.overlay.samples import released

__all__ = ["service"]  # a fixture


def test_row_3_a_flow_that_jumps_from_g2_to_the_closing_is_refused_with_what_it_avoids(essai: Play) -> None:
    loom = versions.loom_of(released(files_of("projet-transversal")))
    main = loom.main
    node = edit.node(main, "exclusiveGateway", "saut", default="saut_to_P3")
    edit.rename(node, Text("Vite ?", "Quickly?"))
    way = next(each for each in main.flows if each.id == "G2_go")
    way.set("targetRef", "saut")
    edit.flow(main, "saut", "P3")
    edit.flow(main, "saut", "P6", "services_impactes = null")
    for each in ("saut", "P3", "P6"):
        edit.link(main, each)
    main.set_camunda("versionTag", "2.0.0")
    refused = essai.refused("jeanne", PublishMethod(dict(loom.files())))
    assert isinstance(refused, MethodRefused)
    said = refused.text("fr")
    for step in ("Engagement du déploiement", "Recette et bascule", "Validation du bilan", "Lancer le déploiement"):
        assert f"« {step} »" in said


def test_row_4_a_hides_c2_b_keeps_it_and_the_methods_own_files_are_the_same_bytes(service: Play) -> None:
    in_force(service, HIDE)
    a, b = start(service, "DRH"), start(service, "DAF")
    for project in (a, b):
        service.until(project, "C3")
    with_c2 = {row.project_id for row in service.rows(TaskRow, TaskRow.element == "C2")}
    assert with_c2 == {b}
    base = next(row for row in service.rows(ReleaseRow, ReleaseRow.method == METHOD) if row.base_id is None)
    with service.engine.store.read() as session:
        kept = unpack(session.get_one(ReleaseRow, base.id).files)
    assert kept == files_of("projet-transversal")


def test_row_5_a_lower_quorum_is_refused_by_order_and_leaves_nothing(service: Play) -> None:
    id = drafted(service, op.RaiseQuorum("G2", Decimal("0.2"), reason="plus court"))
    refused = service.refused("hana", RequestOverlay(id))
    assert isinstance(refused, OverlayRefused)
    assert "le quorum" in refused.text("fr")


@pytest.mark.parametrize("wanted", ["remove_criterion", "remove_field"])
def test_row_5_nothing_says_to_remove_a_criterion_or_a_field(service: Play, wanted: str) -> None:
    text = f'overlay: "{METHOD}@1.0.0"\nservice: "DRH"\noperations:\n  - op: "{wanted}"\n    element: "A6"\n'
    refused = service.refused("hana", DraftOverlay(text))
    assert isinstance(refused, OverlayUnreadable)
    assert f"« {wanted} » n’est pas de" in refused.text("fr")


def test_row_9_nobody_approves_their_own_request_and_an_expired_deviation_blocks_the_next_gate(service: Play) -> None:
    id = drafted(service, HIDE, by="jeanne", service="DAF")
    service.do("jeanne", RequestOverlay(id))
    assert isinstance(service.refused("jeanne", ApproveOverlay(id)), ApprovedByRequester)
    project = service.start()
    own = opened(service, project, "denis", "deviation", element="B", due="2026-11-30")
    assert isinstance(service.refused("denis", CloseEntry(own, "approved", "oui")), NotAllowed)
    granted(service, project, "2026-11-30")
    gate = at_the_gate(service, project, "G1")
    service.clock.advance(days=30)
    assert isinstance(service.refused("denis", DecideGate(gate, "go", "prêt")), DeviationExpired)
