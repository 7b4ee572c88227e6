"""Files for Camunda 8 that nobody here drew (../shared/corpus): each is read, and what is found is said in words."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from engine import JalonError
from engine.diagram import Diagram, drawn_in
from engine.review import in_words, review
from engine.workshop.outline import amended

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "files"
ZEEBE = b"camunda.org/schema/zeebe"

if not CORPUS.is_dir():
    if os.environ.get("CI"):
        pytest.fail(f"{CORPUS} is not there", pytrace=False)
    pytest.skip(f"{CORPUS} is not there", allow_module_level=True)

FILES = [path for path in sorted(CORPUS.rglob("*.bpmn")) if ZEEBE in path.read_bytes()]


def test_there_are_some() -> None:
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("as_method", [False, True])
def test_each_is_read_with_findings_in_words(path: Path, as_method: bool) -> None:
    found = review({path.name: path.read_bytes()}, as_method=as_method)
    for language in ("fr", "en"):
        assert "{" not in in_words([each for each in found.findings if "{" not in str(each.name)], language)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_is_written_as_it_was_read(path: Path) -> None:
    """Reading and writing is reading: what is said stays said, in the file's own words."""
    once = Diagram(path.read_bytes(), path.name)
    again = Diagram(once.write(), path.name)
    assert again.write() == once.write()
    assert [(node.id, node.properties) for node in again.root.all("*")] == [
        (node.id, node.properties) for node in once.root.all("*")
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_list_says_what_it_cannot_change(path: Path) -> None:
    files = {path.name: path.read_bytes()}
    drawn = drawn_in(files)[0]
    steps = [node.id for node in drawn.root.all("userTask") if node.id]
    for each in steps[:2]:
        with contextlib.suppress(JalonError):
            renamed = amended(files, {"do": "rename", "element": each, "fr": "Étape", "en": "Step"})
            assert drawn_in(renamed)[0].zeebe == drawn.zeebe
