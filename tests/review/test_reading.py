"""Diagrams are read in a process that is stopped at its limits, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import JalonError, ReviewStopped, Unreadable
from engine.review import reading, review
from engine.review.reading import START, Reader
from tests.engine.play import SHIPPED, files_of

ROOT = Path(__file__).parents[2]
ROW = (Path(__file__).parent / "rules" / "no-start" / "right.bpmn").read_bytes()
WRONG = (Path(__file__).parent / "rules" / "done-twice" / "wrong.bpmn").read_bytes()


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_read_apart_is_what_is_read_here(reader: Reader, name: str) -> None:
    files = files_of(name)
    here, apart = review(files), reader.review(files)
    assert (apart.findings, apart.processes) == (here.findings, here.processes)


def test_findings_come_back_whole(reader: Reader) -> None:
    files = {"wrong.bpmn": WRONG}
    assert reader.review(files).findings == review(files).findings != ()


def test_one_child_reads_many_files(reader: Reader) -> None:
    reader.review({"a.bpmn": ROW})
    assert reader.child is not None
    first = reader.child.pid
    for number in range(20):
        reader.review({f"{number}.bpmn": ROW})
    assert reader.child.pid == first


def test_a_child_begins_without_what_a_project_needs_of_a_database() -> None:
    begins = START.format(folder=str(ROOT)).replace("main()", "")
    asked = begins + "print(sorted({'sqlalchemy', 'alembic', 'argon2', 'engine.engine'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True).stdout == "[]\n"


def test_what_cannot_be_read_is_refused_with_the_same_sentence(reader: Reader) -> None:
    with pytest.raises(Unreadable) as here:
        review({"a.bpmn": b"<a>"})
    with pytest.raises(Unreadable) as apart:
        reader.review({"a.bpmn": b"<a>"})
    assert (apart.value.text("fr"), apart.value.text("en")) == (here.value.text("fr"), here.value.text("en"))


def test_a_review_that_computes_too_long_is_stopped_and_the_next_one_is_not() -> None:
    reader = Reader(seconds=0.001)
    try:
        with pytest.raises(ReviewStopped) as stopped:
            reader.review(files_of("projet-transversal"))
        assert "elle prend plus de 0.001 s" in stopped.value.text("fr")
        reader.seconds = 20
        assert not reader.review({"a.bpmn": ROW}).refused
    finally:
        reader.close()


def test_a_child_that_does_not_answer_is_killed() -> None:
    reader = Reader(longest=0.2)
    try:
        reader._running()
        assert reader.child is not None
        os.kill(reader.child.pid, signal.SIGSTOP)
        with pytest.raises(ReviewStopped) as stopped:
            reader.review({"a.bpmn": ROW})
        assert "elle prend plus de 0.2 s" in stopped.value.text("fr")
        assert reader.child is None
    finally:
        reader.close()


@pytest.mark.parametrize("already", [True, False])
def test_a_child_that_someone_kills_is_replaced(reader: Reader, already: bool) -> None:
    reader.review({"a.bpmn": ROW})
    assert reader.child is not None
    reader.child.kill()
    if already:
        reader.child.wait()
    assert not reader.review({"a.bpmn": ROW}).refused


@pytest.mark.parametrize("start", ["raise SystemExit(3)", "import no_such_module", "import time; time.sleep(600)"])
def test_a_child_that_does_not_start_is_said(
    reader: Reader, start: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reading, "START", start)
    monkeypatch.setattr(reading, "TO_START", 0.5)
    with pytest.raises(ReviewStopped) as stopped:
        reader.review({"a.bpmn": ROW})
    assert reading.DIED.fr in stopped.value.text("fr")
    assert "did not start" in caplog.text
    monkeypatch.undo()
    assert not reader.review({"a.bpmn": ROW}).refused


#: says that it is ready, and hears nothing
DEAF = "import os, time; os.close(0); os.write(1, bytes([0, 0, 0, 2]) + b'{}'); time.sleep(0.2)"


def test_a_child_that_ends_before_it_is_asked_is_said(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "START", DEAF.replace("{}", "{{}}"))
    with pytest.raises(ReviewStopped) as stopped:
        reader.review({"a.bpmn": ROW})
    assert reading.DIED.fr in stopped.value.text("fr")


def test_a_mistake_of_ours_is_said_as_one(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(JalonError) as failed:
        reader.review({"a.bpmn": None})  # type: ignore[dict-item]
    assert type(failed.value) is JalonError
    assert "Traceback" in caplog.text
    assert "Traceback" not in failed.value.text("fr")


def test_a_child_that_is_stopped_for_time_that_has_not_passed_is_asked_again(reader: Reader) -> None:
    reader.seconds = 60
    reader.review({"a.bpmn": ROW})
    assert reader.child is not None
    first = reader.child.pid
    os.kill(first, signal.SIGSTOP)
    os.kill(first, signal.SIGPROF)
    os.kill(first, signal.SIGCONT)
    assert not reader.review({"a.bpmn": ROW}).refused
    assert reader.child.pid != first
