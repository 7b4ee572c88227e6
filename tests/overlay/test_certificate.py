"""What a method grants is proven at its publication: every combination stays sound, and keeps its locked steps."""

from __future__ import annotations

from itertools import combinations

import pytest

from engine.overlay import operations as op
from engine.overlay import weave
from engine.overlay.certificate import Proof, certify
from tests.engine.play import SHIPPED
from tests.overlay.granted import OPTIONAL
from tests.overlay.playing import locked_steps, played
from tests.overlay.samples import changed, overlay, release
from tests.overlay.variants import with_variants

GATES = [f"G{n}" for n in range(7)]
EVERY = [chosen for many in range(len(OPTIONAL) + 1) for chosen in combinations(OPTIONAL, many)]


def test_of_the_default_256_combinations_of_256_are_proven() -> None:
    proven = certify(release())
    assert proven.holds
    assert (proven.hidden, proven.combinations, proven.hooks) == (256, 2304, 14)
    assert [(each.process, each.tried) for each in proven.proofs if each.tried > 1] == [
        ("Process_P1", 2), ("Process_P2", 36), ("Process_P3", 2), ("Process_P5", 2), ("Process_P6", 2),
    ]  # fmt: skip
    assert all(each.exhaustive and each.tried == each.combinations for each in proven.proofs)
    assert proven.sentence.fr.startswith(
        "projet_transversal@1.0.0 : étapes facultatives présentes ou masquées 256/256, tout compris 2304/2304, "
        "14 point(s) d’insertion ; prouvé en "
    )


@pytest.mark.parametrize("shard", range(8))
def test_all_256_run_to_completion_with_the_seven_gates_in_order(shard: int) -> None:
    assert len(EVERY) == 256
    for hidden in EVERY[shard::8]:
        woven = weave(release(), [], overlay(*map(op.Hide, hidden)))
        done = played(woven.release)
        assert [each for each in done if each in GATES] == GATES
        assert set(locked_steps(release())) <= set(done)
        assert not set(hidden) & set(done)


@pytest.mark.parametrize("folder", SHIPPED)
def test_every_shipped_method_can_grant_what_it_grants(folder: str) -> None:
    proven = certify(release(folder))
    assert proven.holds, proven.sentence.fr


def test_the_combinations_of_a_variant_count_beside_those_of_its_phase() -> None:
    proven = certify(with_variants())
    assert proven.holds
    assert Proof("Process_P5_court", (), 1, 1, True) in proven.proofs
    assert proven.combinations == 2304 // 2 * 3


def test_a_variant_that_is_not_one_has_no_certificate() -> None:
    proven = certify(with_variants(without="V1"))
    assert not proven.holds
    assert "« V1 »" in proven.failures[0].fr


def test_a_freedom_that_takes_away_what_is_read_elsewhere_has_no_certificate() -> None:
    granted = changed(
        "projet-transversal",
        ("p1-enjeux-et-besoins.bpmn", 'value="Map internal and external stakeholders" />',
         'value="Map internal and external stakeholders" />\n'
         '<camunda:property name="method.tailor" value="hide" />'),
    )  # fmt: skip
    files = dict(granted.files)
    text = files["p1-enjeux-et-besoins.bpmn"].decode()
    at = text.index('<bpmn:userTask id="A2"')
    head, tail = text[:at], text[at:]
    files["p1-enjeux-et-besoins.bpmn"] = (head + tail.replace('"locked"', '"optional"', 1)).encode()
    from tests.overlay.samples import released

    proven = certify(released(files))
    assert not proven.holds
    assert any("externes" in each.fr for each in proven.failures), proven.failures


def test_beyond_what_can_be_tried_each_freedom_is_tried_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.overlay.certificate.MOST", 30)
    proven = certify(release())
    assert proven.holds
    assert Proof("Process_P2", ("C2", "C5", "C7b", "C7c"), 36, 7, False) in proven.proofs
