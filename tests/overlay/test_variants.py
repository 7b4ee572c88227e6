"""A phase replaced by a published variant of it, and a published fragment inserted at a hook."""

from __future__ import annotations

import pytest

from engine.errors import OverlayRefused
from engine.overlay import operations as op
from engine.overlay import weave
from engine.review import review
from tests.overlay.samples import overlay
from tests.overlay.variants import with_variants


def test_variants_and_fragments_wait_in_the_release_and_no_project_runs_them() -> None:
    release = with_variants()
    assert {"p5-court.bpmn", "f-enquete.bpmn"} <= release.files.keys()
    assert [each.id for each in release.method.phase["P5"].tasks] == ["V1", "V2", "V4"]
    assert not {"F1", "F2"} & release.method.tasks.keys()
    assert [each for each in review(release.files).findings if each.severity == "error"] == []


def test_a_phase_is_replaced_by_a_variant_of_the_same_contract() -> None:
    woven = weave(with_variants(), [], overlay(op.Replace("P5", "Process_P5_court", reason="petit service")))
    assert woven.method.phase["P5"].process == "Process_P5_court"
    assert [each.id for each in woven.method.phase["P5"].tasks] == ["V1", "V4"]
    assert "p5-evaluation.bpmn" not in woven.release.files
    assert woven.origin("V4")[0].kind == "replace"
    assert woven.hidden.keys() == {"Process_P5", "V2"}


def test_a_variant_that_drops_a_locked_step_is_no_variant() -> None:
    with pytest.raises(OverlayRefused, match="« V4 », verrouillée, y manque"):
        weave(with_variants(without="V4"), [], overlay(op.Replace("P5", "Process_P5_court")))


def test_a_fragment_is_inserted_step_by_step() -> None:
    woven = weave(with_variants(), [], overlay(op.InsertProcess("P2.end", "Process_F", reason="écouter")))
    assert [each.id for each in woven.method.phase["P2"].tasks][-3:] == ["C6", "F1", "F2"]
    assert woven.method.tasks["F1"].due == "P5D"
    assert woven.method.tasks["F2"].role == "QUAL"
    assert [each.kind for each in woven.origin("F1")] == ["insert_process"]


def test_a_fragment_cannot_be_inserted_twice() -> None:
    twice = overlay(op.InsertProcess("P2.end", "Process_F"), op.InsertProcess("P3.end", "Process_F"))
    with pytest.raises(OverlayRefused, match="l’opération 1 le règle déjà : retirez l’une des deux"):
        weave(with_variants(), [], twice)
