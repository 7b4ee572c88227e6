"""Half-drawn and unsound methods are refused where one publishes, in plain words that point at the element."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import SYSTEM, Engine, Methods
from engine.cli import main
from tests.conftest import Templates
from tests.review.test_intent import BROKEN, Edit, broken


@pytest.fixture(scope="module")
def base(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The first words of every command, on a database without a method."""
    with templates.copy("sqlite", "nothing", lambda url: None, tmp_path_factory.mktemp("base")) as url:
        return ["--language", "fr", "--database", url]


@pytest.mark.parametrize(
    ("file", "edit", "rule", "id", "sentence"), [each[1:] for each in BROKEN], ids=[each[0] for each in BROKEN]
)
def test_a_broken_diagram_is_refused_with_its_element_and_no_method_is_there(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    file: str, edit: Edit, rule: str, id: str, sentence: str,
) -> None:  # fmt: skip
    for name, content in broken(file, edit).items():
        (tmp_path / name).write_bytes(content)
    assert main([*base, "publish", str(tmp_path)]) == 1
    said = capsys.readouterr()
    told = [line for line in (said.out + said.err).splitlines() if f"({rule})" in line and f" {id} " in line]
    assert len(told) == 1
    assert told[0].startswith(f"{file}:")
    assert sentence in told[0]
    assert Engine(base[3]).read(Methods(), SYSTEM).methods == ()
