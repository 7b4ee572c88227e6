"""A diagram without a layout is given a simple one: nothing covers anything, and flows go from left to right."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from engine.cli import main
from engine.drawing import DiagramNotDrawn, draw, has_layout, lay_out
from engine.drawing.plane import read_plane
from tests.drawing.pictures import HERE, diagram, groups

ORDER = HERE.parent / "scenarios" / "commande.bpmn"


def test_every_node_and_flow_is_placed_apart() -> None:
    content = ORDER.read_bytes()
    assert not has_layout(content)
    plane = read_plane(lay_out(content), None, "fr")
    assert (len(plane.shapes), len(plane.edges)) == (16, 14)
    apart = [
        (one.id, other.id)
        for one, other in combinations((shape for shape in plane.shapes if shape.kind != "boundaryEvent"), 2)
        if one.bounds.x < other.bounds.right and other.bounds.x < one.bounds.right
        and one.bounds.y < other.bounds.bottom and other.bounds.y < one.bounds.bottom
    ]  # fmt: skip
    assert apart == []


def test_what_follows_stands_to_the_right() -> None:
    plane = read_plane(lay_out(ORDER.read_bytes()), None, "fr")
    x = {shape.id: shape.bounds.cx for shape in plane.shapes}
    order = ["start", "saisir", "combien", "valider", "avis", "accord", "rejoint", "payer", "livraison", "recue"]
    assert sorted(order, key=lambda id: x[id]) == order


def test_a_process_without_any_element_is_refused() -> None:
    with pytest.raises(DiagramNotDrawn, match="un processus avec au moins un élément"):
        lay_out(ORDER.read_bytes(), "nowhere")


def test_the_command_line_says_that_the_layout_is_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.svg"
    assert main(["--language", "en", "draw", str(HERE / "without_layout.bpmn"), "--out", str(out)]) == 0
    assert list(groups(out.read_text(encoding="utf-8"))) == ["Only"]
    assert capsys.readouterr().err.endswith("carries no layout: here is a simple one, left to right; a BPMN modeler "
                                            "will do better.\n")  # fmt: skip


def test_a_diagram_is_drawn_as_it_stands_after_a_scenario(tmp_path: Path) -> None:
    out = tmp_path / "a.svg"
    scenario = f"{ORDER.with_name('commande.scenarios.yaml')}#Un montant nul est refusé"
    assert main(["draw", str(ORDER), "--out", str(out), "--states", scenario]) == 0
    found = {id: group.get("class", "") for id, group in groups(out.read_text(encoding="utf-8")).items()}
    states = {id: each.rpartition("state-")[2] for id, each in found.items() if "state-" in each}
    assert states == {"start": "done", "retard": "done", "saisir": "current", "relancer": "current"}


def test_states_come_from_json_too_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    states = tmp_path / "states.json"
    states.write_text('{"Only": "late"}', encoding="utf-8")
    arguments = ["draw", str(HERE / "without_layout.bpmn"), "--out", str(tmp_path / "a.svg"), "--states", str(states)]
    assert main(arguments) == 0
    assert "state-late" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    states.write_text('{"Only": "lost"}', encoding="utf-8")
    assert main(arguments) == 2


def test_a_layout_that_is_there_is_kept() -> None:
    assert has_layout(diagram("phase"))
    assert draw(diagram("phase")) == draw(diagram("phase"))
