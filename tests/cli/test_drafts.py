"""`jalon drafts`: a draft goes to a folder, for a desktop modeler, and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import SYSTEM, Engine, MethodDraftOf
from engine.cli import main
from tests.cli.test_cli import SMALL, base

__all__ = ["base"]


def test_a_folder_is_brought_listed_written_changed_and_brought_back(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*base, "drafts", str(SMALL)]) == 0
    assert capsys.readouterr().out == "Le brouillon 1 de « petit_projet » est ouvert.\n"
    assert main([*base, "drafts"]) == 0
    assert capsys.readouterr().out.startswith("1  petit_projet 1.0.0  open  Jalon, ")
    folder = tmp_path / "bureau"
    assert main([*base, "drafts", "--draft", "1", "--out", str(folder)]) == 0
    assert capsys.readouterr().out.startswith(f"4 fichier(s) dans {folder}.")
    assert main([*base, "test", str(folder)]) == 0
    assert capsys.readouterr().out.endswith("3 scénario(s) sur 3 passent.\n")
    assert (folder / ".camunda" / "element-templates" / "porte.json").exists()
    drawn = folder / "s1-cadrer.bpmn"
    drawn.write_bytes(drawn.read_bytes().replace(b"Fiche projet", b"Une page"))
    assert main([*base, "drafts", str(folder)]) == 0
    assert capsys.readouterr().out == "Le brouillon 1 est enregistré (révision 2).\n"
    engine = Engine(base[-1])
    assert b"Une page" in engine.read(MethodDraftOf(1), SYSTEM).files["s1-cadrer.bpmn"]
    engine.close()


def test_a_method_is_exported_for_camunda_8_and_reviewed_and_brought_like_any_other(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "huit"
    assert main(["--language", "fr", "export", str(SMALL), "--out", str(folder)]) == 0
    files = [each for each in folder.rglob("*") if each.is_file()]
    assert capsys.readouterr().out == f"{len(files)} fichier(s) pour Camunda 8 dans {folder}.\n"
    assert (folder / "Form_S11.form").exists()
    assert (folder / ".camunda" / "element-templates" / "porte.en.json").exists()
    for path in (folder, folder / "s1-cadrer.bpmn"):
        main(["--language", "fr", "review", str(path)])
        assert "Form_S11" not in capsys.readouterr().out
    assert main([*base, "drafts", str(folder)]) == 0
    assert capsys.readouterr().out == "Le brouillon 1 de « petit_projet » est ouvert.\n"


def test_what_cannot_be_exported_or_written_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "fr", "export", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert "ne contient aucun fichier .bpmn" in capsys.readouterr().err
    (tmp_path / "plein").write_text("occupé")
    assert main(["--language", "fr", "export", str(SMALL), "--out", str(tmp_path / "plein")]) == 1
    assert str(tmp_path / "plein") in capsys.readouterr().err


def test_a_folder_without_a_diagram_is_a_sentence(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*base, "drafts", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("Aucun diagramme n’a été reçu")


def test_a_folder_that_is_not_there_is_a_sentence(base: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*base, "drafts", "nulle-part"]) == 2
    assert "« nulle-part » ne peut pas être lu" in capsys.readouterr().err
