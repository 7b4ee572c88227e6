"""A favourable gate freezes what its phase produced, by its fingerprint."""

from __future__ import annotations

import hashlib
import json

import pytest

from engine import AttachFile, CompleteTask, DecideGate, DetachFile, FileFrozen
from engine.store.tables import DecisionRow, FileRow
from tests.engine.play import PDF, Play, filled


@pytest.fixture
def at_g1(play: Play) -> tuple[Play, int, int]:
    """A project at G1 whose task B has a note in its form, and a loose annex."""
    project = play.start()
    task = play.until(project, "B", A={"urgent": False})
    login = play.doer(task)
    play.do(login, AttachFile(task, "note.pdf", PDF, "note"))
    play.do(login, AttachFile(task, "annexe.pdf", PDF + b"%", ""))
    play.do(login, CompleteTask(task, filled(play.page(task, login))))
    return play, project, play.until(project, "G1")


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_record_lists_every_file_of_the_phase_with_its_fingerprint(at_g1: tuple[Play, int, int]) -> None:
    play, project, _ = at_g1
    play.decide(project, "G1")
    decision = play.rows(DecisionRow)[0]
    files = json.loads(decision.record)["files"]
    assert [(each["name"], each["field"], each["element"], each["sha256"]) for each in files] == [
        ("note.pdf", "note", "B", fingerprint(PDF)),
        ("annexe.pdf", "", "B", fingerprint(PDF + b"%")),
    ]
    assert {row.frozen_by for row in play.rows(FileRow)} == {decision.id}
    line = play.project(project).decisions[0]
    assert [(each.name, each.field.fr, each.task_name.fr) for each in line.files] == [
        ("note.pdf", "Note", "Expertiser"),
        ("annexe.pdf", "", "Expertiser"),
    ]


def test_a_frozen_file_is_neither_withdrawn_nor_replaced(at_g1: tuple[Play, int, int]) -> None:
    play, project, _ = at_g1
    play.decide(project, "G1")
    note = play.rows(FileRow)[0]
    for act in (DetachFile(note.id), AttachFile(note.task_id, "note-2.pdf", PDF, "note")):
        refusal = play.refused("claire", act)
        assert type(refusal) is FileFrozen
        assert refusal.text("fr").startswith(f"« note.pdf » est figé par la décision {project}-G1-1 : ")


def test_a_rework_freezes_nothing_of_its_phase(at_g1: tuple[Play, int, int]) -> None:
    play, project, gate = at_g1
    play.decide(project, "G1", "rework")
    assert {row.frozen_by for row in play.rows(FileRow)} == {None}
    assert len(json.loads(play.rows(DecisionRow)[0].record)["files"]) == 2
    assert gate


def test_a_rework_unfreezes_nothing_of_the_phases_before(at_g1: tuple[Play, int, int]) -> None:
    play, project, _ = at_g1
    play.decide(project, "G1")
    play.until(project, "G2")
    frozen = [row.frozen_by for row in play.rows(FileRow)]
    gate = play.task(project, "G2")
    play.do("denis", DecideGate(gate, "rework", "à revoir"))
    assert [row.frozen_by for row in play.rows(FileRow)] == frozen
