"""Tells scenarios beside the drawing of this folder, and plays them."""

from __future__ import annotations

import shutil
from pathlib import Path

from engine import Tested, run_scenarios

HERE = Path(__file__).parent
DRAWING = HERE / "commande.bpmn"


def played(folder: Path, text: str, drawing: Path = DRAWING) -> Tested:
    shutil.copy(drawing, folder / drawing.name)
    path = folder / "essai.scenarios.yaml"
    path.write_text(text, encoding="utf-8")
    [found] = run_scenarios([path])
    return found


def message(folder: Path, text: str, language: str = "fr") -> str:
    """What is said of the one scenario of `text`, which does not pass."""
    [verdict] = played(folder, text).verdicts
    assert not verdict.passed
    return verdict.message.read(language)
