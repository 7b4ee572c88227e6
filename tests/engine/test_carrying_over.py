"""A tailoring that a new release touches is carried over: every conflict is shown, answered, and approved anew."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from engine import (
    ApproveOverlay,
    ConflictsLeft,
    NotAllowed,
    NotFound,
    OverlayFixed,
    OverlayForAnotherVersion,
    OverlayRefused,
    PublishMethod,
    RebaseOf,
    RebaseOfPage,
    RebaseOverlay,
    RequestOverlay,
    TailoringOf,
)
from engine.overlay import operations as op
from engine.store.overlays import said
from engine.store.tables import EventRow, OverlayRow
from tests.engine.play import Play
from tests.engine.test_following import K3, another_id, approved, files, with_nine, worded
from tests.engine.test_overlays import METHOD, drafted, release_of, service, start
from tests.overlay import versions
from tests.overlay.samples import overlay

__all__ = ["service"]  # a fixture
#: every answer to the eight conflicts: five are dropped, one is said otherwise, two acknowledged
ANSWERS: dict[str, Any] = {"drop": (1, 2, 4, 5, 6), "changed": {3: {"value": "0.8"}}, "acknowledged": (7, 8)}


@pytest.fixture
def touched(service: Play) -> Play:
    """The department's nine operations stay on 1.1.0: 2.0.0 is published."""
    with_nine(service)
    service.do("jeanne", PublishMethod(files(versions.second())))
    return service


def seen(play: Play, by: str = "hana", code: str = "DRH", **same: str) -> RebaseOfPage:
    page: RebaseOfPage = play.see(by, RebaseOf(METHOD, code, same))
    return page


def answer(play: Play, **answers: Any) -> RebaseOverlay:
    page = seen(play, **answers.get("same", {}))
    return RebaseOverlay(page.overlay.id, page.overlay.digest, page.method.version, **answers)


def test_the_page_shows_exactly_the_eight_conflicts_with_what_the_method_said_and_says(touched: Play) -> None:
    page = seen(touched)
    assert [(each.conflict, each.blocks, each.operation.number, each.operation.element) for each in page.conflicts] == [
        ("ORPHAN", True, 1, "A5"), ("LOCK", True, 2, "C2"), ("WEAKER", True, 3, "G2"), ("CLASH", True, 4, "G1"),
        ("CONTRACT", True, 5, "P5"), ("ROLE", True, 6, "G4"), ("CHANGED", False, 7, "C3"),
        ("REDUNDANT", False, 8, "G5"),
    ]  # fmt: skip
    said = {each.conflict: (each.before.fr, each.after.fr) for each in page.conflicts}
    assert said["WEAKER"] == ("quorum : 50\u00a0%", "quorum : 75\u00a0%")
    assert said["CHANGED"] == ("20\u00a0jours ouvrés", "18\u00a0jours ouvrés")
    assert said["REDUNDANT"] == (
        "majorité des bulletins exprimés, voix prépondérante du président", "deux tiers des bulletins exprimés",
    )  # fmt: skip
    assert said["ORPHAN"][1] == "« A5 » n’y est pas"
    assert said["LOCK"][0].startswith("facultative ; ")
    assert said["LOCK"][1].startswith("verrouillée ; ")
    assert said["CLASH"][1] == "8 critères, dont « Un garant est désigné »"
    assert said["ROLE"][1].endswith("; aucun rôle ADM dans la méthode")
    assert "Audit" in said["CONTRACT"][1]
    assert "Audit" not in said["CONTRACT"][0]
    assert [(each.number, each.element) for each in page.kept] == [(9, "K3")]
    assert (page.before.version, page.method.version, page.can) == ("1.1.0", "2.0.0", {"rebase"})


def test_each_conflict_stands_on_both_diagrams_with_its_element_marked(touched: Play) -> None:
    drawn = {
        each.operation.element: [list(one.marks) if one else None for one in (each.drawn_before, each.drawn_after)]
        for each in seen(touched).conflicts
    }
    assert drawn == {
        "A5": [["A5"], None], "C2": [["C2"], ["C2"]], "G2": [["G2"], ["G2"]], "G1": [["G1"], ["G1"]],
        "P5": [["P5"], ["P5"]], "G4": [["G4"], ["G4"]], "C3": [["C3"], ["C3"]], "G5": [["G5"], ["G5"]],
    }  # fmt: skip


def test_what_may_be_said_otherwise_has_its_new_bounds(touched: Play) -> None:
    grants = {each.conflict: each.grant for each in seen(touched).conflicts}
    assert {name for name, each in grants.items() if each is not None} == {"WEAKER", "ROLE", "CHANGED", "REDUNDANT"}
    quorum = grants["WEAKER"]
    assert quorum is not None
    assert (quorum.least, quorum.most) == ("0.75", "1")
    assert [each.rekeyed for each in seen(touched).conflicts] == [
        each.conflict == "CLASH" for each in seen(touched).conflicts
    ]


def test_every_conflict_answered_gives_a_draft_that_is_asked_for_and_approved(touched: Play) -> None:
    done = touched.do("hana", answer(touched, **ANSWERS))
    row = touched.rows(OverlayRow, OverlayRow.id == done.overlay)[0]
    assert (row.state, row.version, done.version) == ("draft", "2.0.0", "2.0.0")
    kept = said(row)
    assert [(each.kind, each.target, str(getattr(each, "value", ""))) for each in kept.operations] == [
        ("quorum", "G2", "0.8"), ("due", "C3", ""), ("hide", "K3", ""),
    ]  # fmt: skip
    assert (kept.author, kept.approver, kept.operations[0].reason) == ("hana", "", "Les absences sont fréquentes.")
    touched.do("hana", RequestOverlay(done.overlay))
    touched.do("jeanne", ApproveOverlay(done.overlay, "d’accord"))
    states = {row.id: row.state for row in touched.rows(OverlayRow)}
    assert states[1] == "superseded"
    assert states[done.overlay] == "in_force"
    assert touched.see("hana", TailoringOf(METHOD, "DRH")).outdated is None
    assert release_of(touched, start(touched, "DRH")).overlay_id == done.overlay
    with pytest.raises(NotFound):
        seen(touched)


def test_history_says_what_was_dropped_and_acknowledged(touched: Play) -> None:
    touched.do("hana", answer(touched, **ANSWERS))
    facts = json.loads(touched.rows(EventRow, EventRow.kind == "overlay_rebased")[0].facts)
    assert {**facts, "digest": ""} == {
        "method": METHOD, "version": "2.0.0", "before": "1.1.0", "service": "DRH", "digest": "",
        "dropped": [1, 2, 4, 5, 6], "acknowledged": [7, 8],
    }  # fmt: skip


def test_a_criterion_whose_key_is_taken_may_be_kept_under_another(touched: Play) -> None:
    answers = {**ANSWERS, "drop": (1, 2, 5, 6), "changed": {3: {"value": "0.8"}, 4: {"key": ""}}}
    done = touched.do("hana", answer(touched, **answers))
    row = touched.rows(OverlayRow, OverlayRow.id == done.overlay)[0]
    assert [getattr(each, "key", "") for each in said(row).operations if each.kind == "criterion"] == ["local_1"]


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ({}, (1, 2, 3, 4, 5, 6, 7, 8)),
        ({**ANSWERS, "acknowledged": (7,)}, (8,)),
        ({**ANSWERS, "drop": (1, 2, 4, 5), "acknowledged": (6, 7, 8)}, (6,)),  # what blocks is not acknowledged
        ({**ANSWERS, "changed": {}}, (3,)),
    ],
)
def test_a_conflict_without_answer_is_refused_by_its_sentence(
    touched: Play, answers: dict[str, Any], left: tuple[int, ...]
) -> None:
    refusal = touched.refused("hana", answer(touched, **answers))
    assert isinstance(refusal, ConflictsLeft)
    assert refusal.facts["left"] == left
    assert refusal.text("fr").startswith(f"Il reste {len(left)} conflit(s) sans réponse :\n")


def test_a_value_below_the_new_method_is_refused(touched: Play) -> None:
    refusal = touched.refused("hana", answer(touched, **{**ANSWERS, "changed": {3: {"value": "0.7"}}}))
    assert isinstance(refusal, OverlayRefused)
    assert "le quorum devait être d’au moins 75\u00a0%" in refusal.text("fr")


def test_a_draft_on_the_new_release_is_kept_and_what_is_carried_over_put_after_it(touched: Play) -> None:
    touched.do("hana", answer(touched, **ANSWERS))
    again = touched.do("hana", answer(touched, **{**ANSWERS, "changed": {3: {"value": "0.9"}}}))
    row = touched.rows(OverlayRow, OverlayRow.id == again.overlay)[0]
    assert [str(getattr(each, "value", "")) for each in said(row).operations] == ["0.8", "", ""]
    page = seen(touched)
    assert page.draft is not None
    assert (page.draft.id, page.can) == (again.overlay, {"rebase"})


def test_what_is_asked_for_is_not_changed(touched: Play) -> None:
    command = answer(touched, **ANSWERS)
    touched.do("hana", RequestOverlay(touched.do("hana", command).overlay))
    assert isinstance(touched.refused("hana", command), OverlayFixed)
    assert seen(touched).can == frozenset()


def test_a_release_published_meanwhile_is_told(touched: Play) -> None:
    command = answer(touched, **ANSWERS)
    touched.do("jeanne", PublishMethod(files(versions.numbered(versions.loom_of(versions.second()), "2.0.1"))))
    assert isinstance(touched.refused("hana", command), OverlayForAnotherVersion)
    assert isinstance(touched.refused("hana", replace(answer(touched, **ANSWERS), digest="")), OverlayFixed)


def test_only_an_administrator_of_the_service_carries_over(touched: Play) -> None:
    assert isinstance(touched.refused("bruno", answer(touched, **ANSWERS)), NotAllowed)
    assert seen(touched, "jeanne").can == {"rebase"}  # she administers the whole organisation
    for login, code in (("bruno", "DRH"), ("hana", "PAIE"), ("hana", "RIEN")):
        with pytest.raises(NotFound):
            seen(touched, login, code)


def test_an_id_that_changed_is_asked_about_and_answered(service: Play) -> None:
    approved(service, overlay(K3, op.SetDue("C3", "P15D", reason="plus tôt"), service="DRH"))
    service.do("jeanne", PublishMethod(another_id("2.0.0")))
    page = seen(service)
    assert [(each.old, each.new) for each in page.questions] == [("K3", "ANNONCE")]
    assert [each.conflict for each in page.conflicts] == ["ORPHAN"]
    answered = seen(service, K3="ANNONCE")
    assert (answered.conflicts, [each.element for each in answered.kept]) == ((), ["ANNONCE", "C3"])
    done = service.do("hana", answer(service, same={"K3": "ANNONCE"}))
    row = service.rows(OverlayRow, OverlayRow.id == done.overlay)[0]
    assert [each.target for each in said(row).operations] == ["ANNONCE", "C3"]


def test_a_request_for_an_earlier_version_is_carried_over_too(service: Play) -> None:
    service.do("hana", RequestOverlay(drafted(service, K3)))
    service.do("jeanne", PublishMethod(worded("1.0.1")))
    page = seen(service)
    assert (page.overlay.state, page.conflicts, [each.number for each in page.kept]) == ("requested", (), [1])
    done = service.do("hana", answer(service))
    service.do("hana", RequestOverlay(done.overlay))
    assert service.do("jeanne", ApproveOverlay(done.overlay)).state == "in_force"
