"""Files that say what no service may: each refused by `jalon weave` with its sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine import write_overlay
from engine.overlay import Overlay
from engine.overlay import operations as op
from tests.cli.test_tailoring import METHOD, jalon
from tests.overlay.samples import overlay, step, text
from tests.overlay.variants import with_variants

GOOD = op.Hide("C2", reason="Les idées viennent du terrain.")
RULE = "elle est portée par Responsable de méthode."


@pytest.fixture
def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def told(said: Overlay | str, method: str = METHOD, code: int = 1) -> str:
        """What `jalon weave` says of an overlay, on one line."""
        file, out = tmp_path / "dpat.overlay.yaml", tmp_path / "woven"
        file.write_text(said if isinstance(said, str) else write_overlay(said), encoding="utf-8")
        before = file.read_bytes()
        assert jalon("weave", method, "--overlay", str(file), "--out", str(out)) == code
        assert (out.exists(), file.read_bytes()) == (False, before)
        return " ".join(capsys.readouterr().err.split())

    return told


def test_one_for_another_version(refused: Callable[..., str]) -> None:
    told = refused(overlay(GOOD, version="0.9.0"))
    assert "fait pour projet_transversal@0.9.0, et la méthode est projet_transversal@1.0.0" in told
    assert "Transposez-le d’abord sur cette version (jalon rebase)" in told


def test_an_unknown_id_and_with_it_all_that_is_wrong(refused: Callable[..., str]) -> None:
    told = refused(overlay(GOOD, op.Hide("C99"), op.TightenRule("G3", "chair")))
    assert "(2 à corriger)" in told
    assert "Opération 2 (C99) : « C99 » devait être une tâche de la méthode, et n’en est pas." in told
    assert "Opération 3 (G3) : la règle de décision devait être au moins aussi exigeante" in told
    assert told.count(RULE) == 2


def test_two_operations_that_collide(refused: Callable[..., str]) -> None:
    told = refused(overlay(GOOD, op.SetDue("C2", "P5D"), op.AddVoter("G2", "FIN"), op.AddVoter("G2", "FIN")))
    assert "Opération 2 (C2) : l’opération 1 masque « C2 » : retirez l’une des deux." in told
    assert "Opération 4 (G2) : l’opération 3 le règle déjà : retirez l’une des deux." in told


def test_a_variant_that_leads_back_to_itself(refused: Callable[..., str], tmp_path: Path) -> None:
    folder = tmp_path / "method"
    folder.mkdir()
    for name, content in with_variants(called="Process_P5_court").files.items():
        (folder / name).write_bytes(content)
    told = refused(overlay(op.Replace("P5", "Process_P5_court")), str(folder))
    assert "Opération 1 (P5) : « Évaluation » y revient par ses appels." in told
    assert f"une variante ne s’appelle pas elle-même ; {RULE}" in told


def test_a_hook_inside_a_gate(refused: Callable[..., str]) -> None:
    told = refused(overlay(GOOD, op.Insert("G2.after", step("L1"))))
    assert "Opération 2 (G2) : rien ne s’insère après « G2 » : c’est dans une porte." in told
    assert f"rien ne s’insère entre une porte et son effet ; {RULE}" in told


def test_an_approver_who_is_the_requester(refused: Callable[..., str]) -> None:
    told = refused(overlay(GOOD, author="jeanne", approver="jeanne"))
    assert "devait être approuvé par une autre personne que celle qui le demande, et jeanne a fait les deux" in told


def test_a_file_edited_by_hand(refused: Callable[..., str]) -> None:
    signed = replace(overlay(GOOD), author="jeanne", approver="denis")
    told = refused(write_overlay(signed).replace("C2", "C3"))
    assert "ce fichier a été modifié à la main depuis qu’il a été exporté" in told
    unsigned = "".join(each for each in write_overlay(signed).splitlines(True) if "fingerprint" not in each)
    assert "ce qu’il dit n’a été approuvé par personne" in refused(unsigned)


def test_a_word_that_the_file_does_not_know_is_told_by_line(refused: Callable[..., str]) -> None:
    draft = write_overlay(overlay(op.Rename("C2", text("Réunion"))))
    told = refused(draft.replace('op: "label"', 'op: "rename"'), code=2)
    assert "« dpat.overlay.yaml », ligne 5" in told
    assert "« rename » n’est pas de hide, condition" in told
