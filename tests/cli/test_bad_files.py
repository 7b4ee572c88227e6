"""`jalon drafts` and `jalon publish`: whatever the files are, a sentence, an exit status, and nothing is changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import SYSTEM, Engine, MethodDraftFiles, MethodDrafts, Methods
from engine.cli import main
from tests.cli.test_cli import SMALL, base
from tests.engine.bad_files import BAD

__all__ = ["base"]


def plain(said: str) -> str:
    return said.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("verb", ["drafts", "publish"])
@pytest.mark.parametrize(("files", "kind", "sentence"), BAD.values(), ids=BAD)
def test_what_is_no_method_is_a_sentence(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    files: dict[str, bytes], kind: str, sentence: str, verb: str,
) -> None:  # fmt: skip
    folder = tmp_path / "methode"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert main([*base, verb, str(folder)]) in (1, 2)
    said = plain(capsys.readouterr().err)
    assert "Traceback" not in said
    if verb == "drafts":
        assert said.startswith(plain(sentence))
    engine = Engine(base[-1])
    assert engine.read(MethodDrafts(), SYSTEM).drafts == ()
    assert [each.id for each in engine.read(Methods(), SYSTEM).methods] == ["petit_projet"]
    engine.close()


def test_a_folder_of_a_newer_draft_is_a_sentence_and_changes_nothing(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*base, "drafts", str(SMALL)]) == 0
    folder = tmp_path / "bureau"
    assert main([*base, "drafts", "--draft", "1", "--out", str(folder)]) == 0
    (folder / "jalon.json").write_text(json.dumps({"revision": 7}), encoding="utf-8")
    capsys.readouterr()
    assert main([*base, "drafts", str(folder)]) == 1
    assert plain(capsys.readouterr().err).startswith("Ces fichiers disent être de la révision 7 du brouillon")
    engine = Engine(base[-1])
    assert engine.read(MethodDraftFiles(1), SYSTEM).revision == 1
    engine.close()
