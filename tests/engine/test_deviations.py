"""A deviation holds until its day: past it, no gate is passed until another one is granted for the same step."""

from __future__ import annotations

from datetime import date

from engine import ApproveOverlay, CloseEntry, DecideGate, DeviationExpired, DraftOverlay, RequestOverlay, write_overlay
from tests.engine.play import Play
from tests.engine.test_overlays import HIDE, METHOD, service
from tests.engine.test_registers import opened
from tests.overlay.samples import overlay

__all__ = ["service"]  # a fixture
STEP = {"element": "B", "title": "Pas de test", "body": "Trop court"}


def granted(play: Play, project: int, due: str, element: str = "B") -> int:
    id = opened(play, project, "denis", "deviation", **STEP | {"element": element, "due": due})
    play.do("jeanne", CloseEntry(id, "approved", "d’accord"))
    return id


def at_the_gate(play: Play, project: int, code: str) -> int:
    """Open, examined, voted: only the decision lacks."""
    task = play.until(project, code)
    play.examine(task)
    gate = play.gate(task)
    if gate.rule != "chair":
        play.vote(task, *["favourable"] * len(gate.voters))
    return task


def test_an_expired_deviation_blocks_the_next_gate_until_another_is_granted_for_the_step(play: Play) -> None:
    project = play.start()
    granted(play, project, "2026-11-30")
    gate = at_the_gate(play, project, "G1")
    play.clock.advance(days=30)
    refused = play.refused("denis", DecideGate(gate, "go", "prêt"))
    assert isinstance(refused, DeviationExpired)
    assert "le terme de la dérogation « Pas de test » est passé" in refused.text("fr")
    granted(play, project, "2027-11-30", element="C")
    assert isinstance(play.refused("denis", DecideGate(gate, "go", "prêt")), DeviationExpired)
    granted(play, project, "2027-11-30")
    play.do("denis", DecideGate(gate, "go", "prêt"))


def test_one_that_holds_or_was_not_granted_blocks_nothing(play: Play) -> None:
    project = play.start()
    granted(play, project, "2027-11-30")
    opened(play, project, "denis", "deviation", **STEP | {"element": "A", "due": "2026-11-30"})
    gate = at_the_gate(play, project, "G1")
    play.clock.advance(days=30)
    play.do("denis", DecideGate(gate, "go", "prêt"))


def test_an_expired_deviation_of_the_tailoring_blocks_the_projects_that_started_on_it_only(service: Play) -> None:
    other = service.start(METHOD, service="DRH")
    text = write_overlay(overlay(HIDE, service="DRH", valid_until=date(2026, 12, 31)))  # type: ignore[arg-type]
    id = service.do("hana", DraftOverlay(text)).overlay
    service.do("hana", RequestOverlay(id))
    service.do("jeanne", ApproveOverlay(id))
    mine = service.start(METHOD, service="DRH")
    gates = {project: at_the_gate(service, project, "G0") for project in (mine, other)}
    service.clock.advance(days=60)
    refused = service.refused("denis", DecideGate(gates[mine], "go", "prêt"))
    assert isinstance(refused, DeviationExpired)
    service.do("denis", DecideGate(gates[other], "go", "prêt"))
