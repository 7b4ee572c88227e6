"""A release, what themes add, a service's tailoring, a project's choices: what comes out, from whom, and how surely."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.errors import OverlayRefused
from engine.overlay import operations as op
from engine.overlay import weave
from engine.overlay.loom import Origin
from engine.review import review
from tests.overlay.granted import thirty
from tests.overlay.samples import changed, overlay, pack, release, step, text


def test_without_any_tailoring_the_release_is_woven_as_it_is() -> None:
    woven = weave(release())
    assert woven.release.files == release().files
    assert woven.digest == release().digest
    assert (woven.origins, woven.hidden, woven.departures) == ({}, {}, ())


def test_the_same_inputs_give_the_same_bytes() -> None:
    one, other = (weave(release(), [pack("energie")], overlay(*thirty())) for _ in range(2))
    assert one.release.files == other.release.files
    assert one.digest == other.digest != release().digest
    assert one == other


def test_the_order_in_which_themes_are_named_changes_nothing() -> None:
    themes = [pack("energie"), pack("organisation")]
    assert weave(release(), themes).digest == weave(release(), themes[::-1]).digest


def test_thirty_operations_of_every_kind_are_woven_and_the_review_has_nothing_to_say() -> None:
    woven = weave(release(), [], overlay(*thirty()))
    assert [each for each in review(woven.release.files).findings if each.severity == "error"] == []
    assert {"A5", "C7b", "P4T", "K3", "T5", "T6"} <= woven.hidden.keys()
    assert not {"A5", "C7b", "P4T", "K3", "T5", "T6"} & woven.method.tasks.keys()
    assert woven.method.gate["G3"].quorum == Decimal("0.8")
    assert woven.method.gate["G2"].voters == ("COPIL", "QUAL")
    assert woven.method.exception["Process_X1"].when == "budget > 50000"
    assert [each.operation.kind for each in woven.departures] == ["hide"] * 6 + ["condition"] * 2 + ["due"]


def test_service_a_skips_a_step_that_service_b_keeps_and_the_base_is_not_touched() -> None:
    before = {name: bytes(content) for name, content in release().files.items()}
    a, b = weave(release(), [], overlay(op.Hide("C2"))), weave(release(), [], overlay(service="DRH"))
    assert "C2" not in a.method.tasks
    assert "C2" in b.method.tasks
    assert release().files == before
    assert {name for name, content in a.release.files.items() if content != before[name]} == {"p2-conception.bpmn"}


def test_every_element_says_who_drew_it_and_who_changed_it() -> None:
    woven = weave(
        release(),
        [pack("innovation")],
        overlay(
            op.Insert("P2.end", step("L1"), reason="bilan"), op.RaiseQuorum("G2", Decimal("0.8"), reason="rigueur")
        ),
        [op.Hide("C2", reason="petit projet")],
    )
    quorum = Origin("overlay", "DPAT", 2, "quorum", "rigueur")
    assert woven.origin("A4") == (Origin("method", "projet_transversal@1.0.0"),)
    assert woven.origin("IN1")[0].level == "pack"
    assert woven.origin("C5")[0] == Origin("pack", "innovation", 0, "pack", pack("innovation").locks[0].why.fr)
    assert woven.origin("L1") == woven.origin("L1_to_P2_end") == (Origin("overlay", "DPAT", 1, "insert", "bilan"),)
    assert woven.origin("G2/quorum") == (quorum,)
    assert quorum in woven.origin("G2")
    assert woven.hidden["C2"] == Origin("project", "", 1, "hide", "petit projet")


def test_a_theme_adds_its_steps_before_the_gate_its_roles_its_criteria_and_its_locks() -> None:
    woven = weave(release(), [pack("organisation")])
    assert [each.id for each in woven.method.phase["P3"].tasks][-2:] == ["P7T", "OR2"]
    assert woven.method.tasks["P7T"].lock == "locked"
    assert woven.method.role["RH"].name == pack("organisation").roles[0].name
    assert "or_cse" in [each.key for each in woven.method.gate["G3"].criteria]


def test_a_theme_that_locks_a_step_overrules_the_service_that_hides_it() -> None:
    woven = weave(release(), [pack("innovation")], overlay(op.Hide("C5"), op.Hide("C2")))
    assert "C5" in woven.method.tasks
    assert "C2" not in woven.method.tasks
    assert [(each.number, each.rule.id) for each in woven.overruled] == [(1, "locked")]
    assert [each.operation for each in woven.departures] == [op.Hide("C2")]


def test_a_project_may_go_further_than_its_service_and_never_back() -> None:
    service = overlay(op.RaiseQuorum("G2", Decimal("0.75")))
    woven = weave(release(), [], service, [op.RaiseQuorum("G2", Decimal("0.9"))])
    assert woven.method.gate["G2"].quorum == Decimal("0.9")
    with pytest.raises(OverlayRefused, match="le quorum devait être d’au moins 75\u00a0%, et vaut 60\u00a0%"):
        weave(release(), [], service, [op.RaiseQuorum("G2", Decimal("0.6"))])


def test_a_gate_that_the_method_draws_switched_off_is_switched_on() -> None:
    off = changed(
        "projet-transversal",
        ("x1-depassement-de-budget.bpmn", 'name="method.threshold" value="100000"',
         'name="method.threshold" value="off" />\n<camunda:property name="method.threshold.max" value="90000"'),
    )  # fmt: skip
    assert "Process_X1" not in off.method.exception
    woven = weave(off, [], overlay(op.LowerThreshold("Process_X1", Decimal(80000))))
    assert woven.method.exception["Process_X1"].when == "budget > 80000"
    with pytest.raises(OverlayRefused, match="le seuil devait être d’au plus 90\u202f000"):
        weave(off, [], overlay(op.LowerThreshold("Process_X1", Decimal(95000))))


def test_steps_inserted_at_one_hook_come_in_the_order_of_the_overlay() -> None:
    woven = weave(release(), [], overlay(*(
        op.Insert(hook, step(f"{hook[0]}{hook[-1]}{n}")) for hook in ("P2.start", "P2.end", "C3.before", "C3.after")
        for n in (1, 2)
    )))  # fmt: skip
    ids = [each.id for each in woven.method.phase["P2"].tasks]
    assert ids == ["Pt1", "Pt2", "C1", "C2", "Ce1", "Ce2", "C3", "Cr1", "Cr2", "C4", "C5", "C7a", "C7b", "C7c", "C6",
                   "Pd1", "Pd2"]  # fmt: skip


def test_a_parallel_block_whose_other_branches_are_hidden_is_a_mere_row() -> None:
    woven = weave(release(), [], overlay(op.Hide("C7b"), op.Hide("C7c")))
    assert {"AVIS_split", "AVIS_join"} <= woven.hidden.keys()
    assert b"parallelGateway" not in woven.release.files["p2-conception.bpmn"]


def test_a_renamed_step_keeps_its_id_and_its_forms_keys() -> None:
    woven = weave(release(), [], overlay(op.Rename("A6", text("Note"))))
    assert woven.method.tasks["A6"].name == text("Note")
    assert [each.key for each in woven.method.tasks["A6"].form] == [
        each.key for each in release().method.tasks["A6"].form
    ]
