"""The methods that come with Jalon take their scenarios, which take every flow."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest

from engine import run_scenarios

ROOT = Path(__file__).parents[2]
METHODS = sorted(path.parent for path in (ROOT / "workflows").glob("*/*.bpmn"))


@pytest.mark.parametrize("folder", dict.fromkeys(METHODS), ids=lambda folder: folder.name)
def test_a_shipped_method_takes_its_scenarios_and_they_take_every_flow(folder: Path) -> None:
    [tested] = run_scenarios([folder])
    assert [each.message.fr for each in tested.verdicts if not each.passed] == []
    assert [each.in_words("fr") for each in tested.coverage.missed] == []


HOW_TO = (ROOT / "docs" / "how-to" / "write-scenarios.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("example", re.findall(r"```yaml\n(.*?)```", HOW_TO, re.DOTALL), ids=("french", "english"))
def test_the_examples_of_the_how_to_play(tmp_path: Path, example: str) -> None:
    for diagram in (ROOT / "workflows" / "petit-projet").glob("*.bpmn"):
        shutil.copy(diagram, tmp_path)
    (tmp_path / "a.scenarios.yaml").write_text(textwrap.dedent(example), encoding="utf-8")
    [tested] = run_scenarios([tmp_path])
    assert [each.message.en for each in tested.verdicts if not each.passed] == []
