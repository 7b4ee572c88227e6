"""The second net: were an operation let through that should not be, what it gives is refused all the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.errors import WeaveRefused
from engine.overlay import Operation, weave
from engine.overlay import operations as op
from tests.overlay.samples import overlay, release, step


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (op.Hide("C3"), "« C3 », verrouillée, manque."),
        (op.MakeConditional("C6", "budget > 1"), "« C6 », verrouillée, manque."),
        (op.RaiseQuorum("G3", Decimal("0.5")), "la porte « G3 » a perdu : quorum."),
        (op.TightenRule("G3", "chair"), "la porte « G3 » a perdu : rule."),
        (op.MakeConditional("C2", "inconnue > 1"), "inconnue"),
        (op.Insert("P2.end", step("L1", "CHEF")), "CHEF"),
    ],
)
def test_whatever_was_let_through_is_refused_when_it_is_woven(
    monkeypatch: pytest.MonkeyPatch, operation: Operation, why: str
) -> None:
    monkeypatch.setattr("engine.overlay.weaving.judged", lambda operation, loom: None)
    with pytest.raises(WeaveRefused) as refusal:
        weave(release(), [], overlay(operation))
    assert why in refusal.value.text("fr")
    assert "Rien n’est appliqué ; signalez-le au responsable de la méthode" in refusal.value.text("fr")


def test_an_answer_that_is_read_later_cannot_be_hidden_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """`externes`, which decides whether partners are asked, is answered by A2."""
    monkeypatch.setattr("engine.overlay.weaving.judged", lambda operation, loom: None)
    monkeypatch.setattr("engine.overlay.guarantees._intent", lambda *_: [])
    with pytest.raises(WeaveRefused, match="externes"):
        weave(release(), [], overlay(op.Hide("A2")))
