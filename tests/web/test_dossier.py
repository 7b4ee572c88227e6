"""The dossier of a decided gate, from its page."""

from __future__ import annotations

from pathlib import Path

from engine import AssessCriterion, CastVote, CloseVote, DecideGate, Engine, GatePageOf, verify_dossier
from tests.web.conftest import Browser, words
from tests.web.under_vote import AMINA, BRUNO, CHLOE, under_vote


def decided(engine: Engine) -> tuple[int, int]:
    """The gate's task and its decision."""
    _, gate = under_vote(engine)
    for each in engine.read(GatePageOf(gate), AMINA).criteria:
        engine.execute(AssessCriterion(gate, each.key, "met", "au dossier"), AMINA)
    for voter in (BRUNO, CHLOE):
        engine.execute(CastVote(gate, "favourable"), voter)
    engine.execute(CloseVote(gate), BRUNO)
    return gate, engine.execute(DecideGate(gate, "go", "tout y est"), BRUNO).decision


def test_a_decided_gate_offers_its_dossier_which_proves_itself(engine: Engine, amina: Browser, tmp_path: Path) -> None:
    gate, decision = decided(engine)
    page = amina.get(f"/portes/{gate}")
    assert "Télécharger le dossier de la porte" in words(page)
    assert f'href="/decisions/{decision}/dossier.zip"' in page.text
    answer = amina.get(f"/decisions/{decision}/dossier.zip")
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == "attachment; filename=dossier-2-SG1-1.zip"
    path = tmp_path / "dossier.zip"
    path.write_bytes(answer.data)
    assert verify_dossier(path).whole


def test_an_undecided_gate_has_none(engine: Engine, amina: Browser) -> None:
    _, gate = under_vote(engine)
    assert "dossier.zip" not in amina.get(f"/portes/{gate}").text
    assert amina.get("/decisions/1/dossier.zip").status_code == 404
