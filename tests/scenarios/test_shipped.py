"""The methods that come with Jalon take their scenarios, which take every flow."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import run_scenarios

METHODS = sorted(path.parent for path in (Path(__file__).parents[2] / "workflows").glob("*/*.bpmn"))


@pytest.mark.parametrize("folder", dict.fromkeys(METHODS), ids=lambda folder: folder.name)
def test_a_shipped_method_takes_its_scenarios_and_they_take_every_flow(folder: Path) -> None:
    [tested] = run_scenarios([folder])
    assert [each.message.fr for each in tested.verdicts if not each.passed] == []
    assert [each.in_words("fr") for each in tested.coverage.missed] == []
