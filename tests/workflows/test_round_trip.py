"""What the workshop holds goes through the libraries of Camunda Modeler, in Node, and nothing of it is lost."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from engine import Text
from engine.beside import is_form
from engine.diagram import for_camunda_8
from engine.release import read_method
from engine.workshop import starting
from tests.engine.play import SHIPPED, files_of
from tests.workflows.test_methods_in_bpmn_js import MODULES, contents
from tests.zeebe.eighth import without_lines

SCRIPT = Path(__file__).parent / "round_trip.mjs"
FOR_CAMUNDA_8 = Path(__file__).parent / "round_trip_8.mjs"
METHODS = {name: files_of(name) for name in SHIPPED} | {"a bare start": starting(Text("Projet d’été", "Summer"), 6)}


def through_moddle(files: dict[str, str], script: Path = SCRIPT) -> dict[str, dict[str, object]]:
    if not (MODULES / "bpmn-moddle").exists():
        pytest.fail(f"Expected bpmn-moddle in {MODULES}, found none: run `make js`, which installs it with npm.")
    done = subprocess.run(["node", str(script)], input=json.dumps(files).encode(), capture_output=True, check=True)
    found: dict[str, dict[str, object]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("files", METHODS.values(), ids=METHODS)
def test_nothing_of_a_method_is_lost_in_the_libraries_of_camunda_modeler(files: dict[str, bytes]) -> None:
    ours = {name: content.decode() for name, content in files.items()}
    written = through_moddle(ours)
    assert {name: each["warnings"] for name, each in written.items()} == {name: [] for name in ours}
    lost = [name for name, each in written.items() if contents(str(each["xml"])) != contents(ours[name])]
    assert lost == []
    again = through_moddle({name: str(each["xml"]) for name, each in written.items()})
    assert {name: each["xml"] for name, each in again.items()} == {name: each["xml"] for name, each in written.items()}


@pytest.mark.parametrize("files", METHODS.values(), ids=METHODS)
def test_nor_of_the_same_method_exported_for_camunda_8(files: dict[str, bytes]) -> None:
    eight = for_camunda_8(files)
    ours = {name: content.decode() for name, content in eight.items() if not is_form(name)}
    written = through_moddle(ours, FOR_CAMUNDA_8)
    assert {name: each["warnings"] for name, each in written.items()} == {name: [] for name in ours}
    assert [name for name, each in written.items() if contents(str(each["xml"])) != contents(ours[name])] == []
    saved = eight | {name: str(each["xml"]).encode() for name, each in written.items()}
    assert without_lines(read_method(saved)[0]) == without_lines(read_method(files)[0])
