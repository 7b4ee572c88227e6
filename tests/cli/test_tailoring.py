"""`jalon weave` and `jalon rebase`: on files, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import read_overlay, write_overlay
from engine.cli import main
from tests.overlay import versions
from tests.overlay.samples import HERE

WORKFLOWS = Path(__file__).parents[2] / "workflows"
METHOD = str(WORKFLOWS / "projet-transversal")
OVERLAY = str(HERE / "dpat.overlay.yaml")
NINE = "nine.overlay.yaml"


def jalon(*words: str) -> int:
    return main(["--language", "fr", *words])


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """Two versions of the method."""
    for name, release in (("v1", versions.first()), ("v2", versions.second())):
        (tmp_path / name).mkdir()
        for file, content in release.files.items():
            (tmp_path / name / file).write_bytes(content)
    return str(tmp_path / "v1"), str(tmp_path / "v2")


def test_a_method_is_woven_with_its_themes_and_an_overlay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = str(WORKFLOWS / "themes" / "energie.json")
    assert jalon("weave", METHOD, "--overlay", OVERLAY, "--theme", theme, "--out", str(tmp_path / "woven")) == 0
    said = capsys.readouterr().out
    assert said.startswith("projet_transversal 1.0.0 est tissée (")
    assert "Dérogation : Atelier d’idéation (C2) masquée – Les idées viennent du terrain." in said
    origins = json.loads((tmp_path / "woven" / "origins.json").read_bytes())
    assert origins["elements"]["L1"][0]["level"] == "overlay"
    assert origins["elements"]["EN1"][0]["who"] == "energie"
    assert origins["hidden"]["C2"]["reason"] == "Les idées viennent du terrain."
    assert jalon("review", str(tmp_path / "woven")) == 0


def test_what_the_method_grants_is_proven_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert jalon("weave", METHOD, "--certificate") == 0
    assert "présentes ou masquées 256/256, tout compris 2304/2304" in capsys.readouterr().out


def test_a_refused_overlay_exits_with_1_and_one_that_cannot_be_read_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jalon("weave", METHOD, "--overlay", str(HERE / NINE), "--out", str(tmp_path / "woven")) == 1
    assert "Opération 5 (P5) : « Process_P5_court » devait être une variante publiée." in capsys.readouterr().err
    assert not (tmp_path / "woven").exists()
    broken = tmp_path / "broken.yaml"
    broken.write_text("overlay: [", encoding="utf-8")
    assert jalon("weave", METHOD, "--overlay", str(broken)) == 2
    assert "« broken.yaml », ligne 1" in capsys.readouterr().err


def test_a_dry_run_tells_the_eight_entries_and_writes_nothing(
    folders: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = folders
    file = tmp_path / NINE
    file.write_bytes((HERE / NINE).read_bytes())
    assert jalon("rebase", str(file), "--from", old, "--to", new, "--dry-run") == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "nine.overlay.yaml : 6 à résoudre, 2 à reconnaître."
    assert [line.split()[0] for line in said[1:] if "opération" in line] == [
        "ORPHAN", "LOCK", "WEAKER", "CLASH", "CONTRACT", "ROLE", "CHANGED", "REDUNDANT",
    ]  # fmt: skip
    assert "    avant : P20D" in said
    assert "    après : P18D" in said
    assert file.read_bytes() == (HERE / NINE).read_bytes()


def test_an_overlay_that_nothing_blocks_is_carried_over_as_a_draft(folders: tuple[str, str], tmp_path: Path) -> None:
    old, new = folders
    nine = read_overlay((HERE / NINE).read_bytes(), NINE)
    calm = tmp_path / "calm.overlay.yaml"
    kept = type(nine)(nine.method, nine.version, nine.service, nine.operations[-1:], author="jeanne", approver="denis")
    calm.write_text(write_overlay(kept), encoding="utf-8")
    assert jalon("rebase", str(calm), "--from", old, "--to", new) == 0
    moved = read_overlay(calm.read_bytes(), calm.name)
    assert (moved.bound_to, moved.approver, moved.operations) == ("projet_transversal@2.0.0", "", kept.operations)
