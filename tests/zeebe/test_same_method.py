"""A method drawn for Camunda 8 is the same method: read, reviewed, played and compared like that of Camunda 7."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine import run_scenarios
from engine.diagram import for_camunda_8
from engine.overlay.difference import difference
from engine.release import Release, digest_of
from engine.review import review
from tests.engine.play import ROOT, SHIPPED
from tests.zeebe.eighth import EIGHTH, SEVENTH, meant, told, without_lines


@pytest.mark.parametrize("name", SEVENTH)
def test_both_dialects_read_to_the_same_method(name: str) -> None:
    assert without_lines(meant(EIGHTH[name])) == without_lines(meant(SEVENTH[name]))


@pytest.mark.parametrize("name", SEVENTH)
def test_the_same_is_found_in_both(name: str) -> None:
    assert told(review(EIGHTH[name]).findings) == told(review(SEVENTH[name]).findings)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_scenarios_of_a_shipped_method_pass_in_camunda_8_and_take_every_flow(name: str, tmp_path: Path) -> None:
    for file, content in EIGHTH[name].items():
        (tmp_path / file).write_bytes(content)
    for each in (ROOT / "workflows" / name).glob("*.scenarios.yaml"):
        shutil.copy(each, tmp_path)
    [eight] = run_scenarios([tmp_path])
    [seven] = run_scenarios([ROOT / "workflows" / name])
    assert [(each.id, each.passed) for each in eight.verdicts] == [(each.id, True) for each in seven.verdicts]
    assert [each.in_words("fr") for each in eight.coverage.missed] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_there_is_no_difference_in_words_between_the_two(name: str) -> None:
    seven, eight = (Release(0, digest_of(f[name]), meant(f[name]), f[name]) for f in (SEVENTH, EIGHTH))
    for before, after in ((seven, eight), (eight, seven)):
        assert [(each.level, each.text.fr) for each in difference(before, after).changes] == []


def test_nothing_of_camunda_7_is_left_in_what_is_exported() -> None:
    for files in EIGHTH.values():
        assert [name for name, content in files.items() if b"camunda.org/schema/1.0" in content] == []


def test_what_is_drawn_for_camunda_8_already_is_exported_as_it_is() -> None:
    assert for_camunda_8(EIGHTH["petit-projet"]) == EIGHTH["petit-projet"]
