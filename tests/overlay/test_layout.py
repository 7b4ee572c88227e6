"""What is woven is laid out as the shipped diagrams are: the same laws, on whatever a service makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.drawing import draw
from engine.overlay import weave
from engine.overlay.operations import Operation
from tests.overlay.granted import overlays
from tests.overlay.samples import overlay, pack, release
from tests.workflows import test_methods_layout as laws
from tests.workflows.conftest import Drawn

LAWS = [getattr(laws, name) for name in dir(laws) if name.startswith("test_")]
THEMES = ("organisation", "energie", "innovation", "gestion_urbaine", "qualite")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("woven")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=overlays(), themes=st.sets(st.sampled_from(THEMES), max_size=2))
def test_a_woven_diagram_has_no_gap_no_overlap_and_no_flow_across_a_shape(
    folder: Path, operations: tuple[Operation, ...], themes: set[str]
) -> None:
    woven = weave(release(), [pack(each) for each in sorted(themes)], overlay(*operations))
    for name, content in woven.release.files.items():
        if content != release().files[name]:
            path = folder / name
            path.write_bytes(content)
            for law in LAWS:
                law(Drawn(path))
            assert draw(content).startswith("<svg")
