"""A backup is written while others work, holds all that was acknowledged before, and fills an empty database."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from engine import (
    ArchiveRefused,
    AttachFile,
    CommentOn,
    CompleteTask,
    Engine,
    EntrustAll,
    History,
    NotInitialised,
    NotWritten,
    RestoreNotEmpty,
    SaveDraft,
    SignIn,
    back_up,
    restore,
)
from engine.jobs.sweep import sweep
from engine.store.chain import breaks
from engine.store.tables import MessageRow, TaskRow, TimerRow
from tests.conftest import DATABASES, Templates, created
from tests.conftest import text as as_text
from tests.engine.conftest import RELEASES, furnish, playing
from tests.engine.organisation import PASSWORD, SERVICES
from tests.engine.play import PDF, Clock, Play

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Makes the URL of a database without any table, of the kind asked."""
    with contextlib.ExitStack() as stack:
        made = 0

        def make(kind: str) -> str:
            nonlocal made
            made += 1
            if kind == "sqlite":
                return f"sqlite:///{tmp_path / f'restored-{made}.db'}"
            return as_text(stack.enter_context(created(request.getfixturevalue("postgresql_server"))))

        yield make


@pytest.fixture(params=DATABASES)
def target(request: pytest.FixtureRequest, empty_url: Callable[[str], str]) -> Iterator[Play]:
    """A migrated, empty database."""
    engine = Engine(empty_url(request.param))
    engine.prepare()
    yield Play(engine, Clock())
    engine.close()


def kind_of(play: Play) -> str:
    return play.engine.store.engine.dialect.name


def lived_in(play: Play) -> int:
    """A project with something of everything, and words that no encoding should change."""
    project = play.start(title='Été — « 50 % » \\ " \u2028 🏠')
    play.complete(project, "A", urgent=False, services_impactes=["DAF", "DRH"])
    play.until(project, "R")
    task = play.task(project, "R DRH")
    play.do("hana", SaveDraft(task, {"reponse": "à moitié\n\tsaisi"}), key="brouillon")
    play.do("hana", AttachFile(task, "note.pdf", PDF + bytes(range(256)), ""))
    play.do("hana", CommentOn(task, "Je finis *demain*."))
    play.until(project, "X", {"G1": ["go_reserves"]})
    play.complete(project, "T1")
    return project


def content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def opened(url: str, like: Play, archive: Path | None = None) -> Play:
    """The database of `url` at the same moment as `like`, filled from `archive`."""
    engine = Engine(url, clock=like.clock)
    if archive is not None:
        restore(engine, archive)
    return Play(engine, like.clock)


@pytest.mark.parametrize("prepared", [False, True])
def test_a_project_goes_on_in_the_other_database_and_back_with_the_same_content(
    play: Play, empty_url: Callable[[str], str], tmp_path: Path, prepared: bool
) -> None:
    project = lived_in(play)
    first, second, third = (tmp_path / f"{number}.zip" for number in (1, 2, 3))
    done = back_up(play.engine, first)
    assert (done.broken, done.bytes) == ((), first.stat().st_size)
    other = Engine(empty_url(OTHER[kind_of(play)]))
    if prepared:
        other.prepare()
    assert restore(other, first).rows == done.rows
    back_up(other, second)
    assert content(second) == content(first)
    played = opened(empty_url(kind_of(play)), play, second)
    back_up(played.engine, third)
    assert content(third) == content(first)
    for each in (played, opened(other.store.url, play)):
        each.lift(project)
        each.until(project, "")
        assert (each.project(project).status, each.see("claire", History(project)).whole) == ("closed", True)
        each.start(title="Un nouveau projet prend le numéro suivant")
        each.engine.close()
    other.close()


def test_passwords_are_in_it_and_signed_in_sessions_are_not(
    play: Play, empty_url: Callable[[str], str], tmp_path: Path
) -> None:
    token = play.engine.sessions.open(play.people["claire"])
    back_up(play.engine, tmp_path / "b.zip")
    other = Engine(empty_url(kind_of(play)), clock=play.clock)
    restore(other, tmp_path / "b.zip")
    assert other.execute(SignIn("claire", PASSWORD)).actor == play.people["claire"]
    assert (play.engine.sessions.find(token) is None, other.sessions.find(token)) == (False, None)
    other.close()


def test_what_had_a_job_waits_for_one_again(play: Play, empty_url: Callable[[str], str], tmp_path: Path) -> None:
    project = lived_in(play)
    with play.engine.store.write() as session:
        session.execute(text("UPDATE jalon_timers SET queued_at = due_at"))
        for key, sent_at in (("a", None), ("b", play.clock.at), ("c", None)):
            session.add(
                MessageRow(
                    key=key, kind="mail", actor_id=play.people["claire"], project_id=project, address="c@ici.fr",
                    subject="Objet", body="Corps", at=play.clock.at, sent_at=sent_at,
                )
            )  # fmt: skip
    begun = play.do("jeanne", EntrustAll(play.people["claire"], play.people["karim"])).batch
    back_up(play.engine, tmp_path / "b.zip")
    restored = opened(empty_url(kind_of(play)), play, tmp_path / "b.zip")
    assert {(each.queued_at, each.fired_at) for each in restored.rows(TimerRow)} == {(None, None)}
    again = [(each.name, each.workflow_id) for each in restored.engine.queue.client.list_workflows()]
    unsent = [("send", f"send-{each.id}") for each in restored.rows(MessageRow) if each.key in ("a", "c")]
    assert sorted(again) == sorted([*unsent, ("batch", f"batch-{begun}")])
    restored.clock.advance(days=30)
    assert sweep(restored.engine) == 1
    restored.engine.close()


def test_a_queue_that_holds_the_jobs_of_another_life_is_not_restored_beside(
    play: Play, empty_url: Callable[[str], str], tmp_path: Path
) -> None:
    back_up(play.engine, tmp_path / "b.zip")
    other = Engine(empty_url(kind_of(play)))
    other.prepare()
    with other.store.write() as session:
        other.queue.enqueue(session, "daily", "2026-11-23", key="daily-2026-11-23")
        other.queue.enqueue(session, "send", 1, key="send-1")
    with pytest.raises(RestoreNotEmpty):
        restore(other, tmp_path / "b.zip")
    other.queue.forget(["send-1"])
    restore(other, tmp_path / "b.zip")
    other.close()


def test_all_that_was_acknowledged_before_is_in_a_backup_taken_while_four_people_work(
    play: Play, empty_url: Callable[[str], str], tmp_path: Path
) -> None:
    projects = [play.start(impacted=tuple(SERVICES)) for _ in range(6)]
    for project in projects:
        play.complete(project, "A", urgent=False, services_impactes=SERVICES)
        play.until(project, "R")
    todo = [(each.id, each.assignee_id) for each in play.rows(TaskRow, TaskRow.element == "R", TaskRow.state == "open")]
    acknowledged: list[int] = []
    halfway = threading.Event()

    def complete(task: int, actor: int) -> None:
        play.engine.execute(CompleteTask(task, {"reponse": "oui"}), actor)
        acknowledged.append(task)
        if len(acknowledged) == len(todo) // 4:
            halfway.set()

    with ThreadPoolExecutor(4) as people:
        acts = [people.submit(complete, *each) for each in todo]
        assert halfway.wait(60)
        before = list(acknowledged)
        done = back_up(play.engine, tmp_path / "b.zip")
        after = len(acknowledged)
        for act in acts:
            act.result()
    restored = opened(empty_url(kind_of(play)), play, tmp_path / "b.zip")
    kept = {each.id for each in restored.rows(TaskRow, TaskRow.element == "R", TaskRow.state == "done")}
    assert (set(before) - kept, done.broken) == (set(), ())
    assert len(before) <= len(kept) <= len(todo)
    with restored.engine.store.snapshot() as session:
        assert list(breaks(session)) == []
    print(f"\nbackup under 4 writers: {len(before)} acknowledged before, {len(kept)} kept, {after} acknowledged after")
    for project in projects:
        restored.until(project, "G1")
    restored.engine.close()


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    with templates.copy("sqlite", "essai", furnish, folder) as url, playing(url, RELEASES) as play:
        lived_in(play)
        back_up(play.engine, folder / "b.zip")
    return folder / "b.zip"


@pytest.fixture
def archive(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(written, tmp_path))


def rewritten(path: Path, change: Callable[[dict[str, bytes]], Any]) -> Path:
    """A copy of the archive whose members `change` was let at."""
    with zipfile.ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    change(members)
    other = path.with_name("autre.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return other


def manifest(**said: Any) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | said).encode()

    return change


def in_table(name: str, before: bytes, after: bytes, *, resigned: bool = False) -> Callable[[dict[str, bytes]], None]:
    """Changes a table; `resigned`: with a manifest that says so."""

    def change(members: dict[str, bytes]) -> None:
        member = f"tables/{name}.jsonl"
        assert before in members[member]
        members[member] = members[member].replace(before, after, 1)
        if resigned:
            said = json.loads(members["manifest.json"])
            said["members"][member] |= {
                "sha256": hashlib.sha256(members[member]).hexdigest(),
                "bytes": len(members[member]),
                "rows": members[member].count(b"\n"),
            }
            members["manifest.json"] = json.dumps(said).encode()

    return change


DAMAGED = "il est endommagé ({})."
NEWER = "une version plus récente de Jalon l’a écrit. Installez cette version, puis recommencez."
FOREIGN = "ce n’est pas une sauvegarde de Jalon. Donnez un fichier écrit par « jalon backup »."
BOMB = b"[" + b" " * 60_000_000 + b"]\n"

REFUSED: list[tuple[Callable[[dict[str, bytes]], Any], str]] = [
    (manifest(version=2), NEWER),
    (manifest(schema="9999"), NEWER),
    (manifest(format="autre"), FOREIGN),
    (manifest(members={}), DAMAGED.format("manifest.json")),
    (manifest(members=[1]), DAMAGED.format("manifest.json")),
    (lambda members: members.update({"manifest.json": b"{"}), DAMAGED.format("manifest.json")),
    (lambda members: members.pop("manifest.json"), FOREIGN),
    (lambda members: members.pop("tables/jalon_tasks.jsonl"), DAMAGED.format("manifest.json")),
    (lambda members: members.update({"../intrus": b"x"}), DAMAGED.format("manifest.json")),
    (lambda members: members.update({"tables/jalon_tasks.jsonl": BOMB}), DAMAGED.format("× 200")),
    (in_table("jalon_comments", b"demain", b"jamais"), DAMAGED.format("tables/jalon_comments.jsonl")),
    (in_table("jalon_comments", b"[1,", b"[", resigned=True), DAMAGED.format("tables/jalon_comments.jsonl")),
    (in_table("jalon_comments", b"[1,1,", b"[1,99,", resigned=True), DAMAGED.format("IntegrityError")),
    (
        in_table("jalon_events", b"task_completed", b"task_refused", resigned=True),
        "la chaîne de l’historique y est rompue (flux 1) : un événement a été changé ou retiré.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "why"), REFUSED)
def test_a_damaged_foreign_or_newer_archive_is_refused_and_the_database_stays_empty(
    archive: Path, target: Play, change: Callable[[dict[str, bytes]], Any], why: str
) -> None:
    with pytest.raises(ArchiveRefused) as refused:
        restore(target.engine, rewritten(archive, change))
    assert str(refused.value) == f"« autre.zip » ne peut pas être restauré : {why} Rien n’a été enregistré."
    assert set(target.counts().values()) == {0}
    restore(target.engine, archive)
    assert len(target.rows(TaskRow)) > 0


@pytest.mark.parametrize("content", [b"", b"une lettre"])
def test_what_is_no_zip_is_refused(target: Play, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "autre.zip").write_bytes(content)
    with pytest.raises(ArchiveRefused) as refused:
        restore(target.engine, tmp_path / "autre.zip")
    assert str(refused.value) == f"« autre.zip » ne peut pas être restauré : {FOREIGN} Rien n’a été enregistré."


def test_an_archive_is_refused_wherever_it_was_cut_or_one_bit_turned(
    archive: Path, empty_url: Callable[[str], str]
) -> None:
    whole = archive.read_bytes()
    other = archive.with_name("autre.zip")
    engine = Engine(empty_url("sqlite"))
    engine.prepare()
    for place in range(0, len(whole) - 22, len(whole) // 40):
        for content in (whole[:place], whole[:place] + bytes([whole[place] ^ 16]) + whole[place + 1 :]):
            other.write_bytes(content)
            if readable(other) != readable(archive):
                with pytest.raises(ArchiveRefused):
                    restore(engine, other)
    restore(engine, archive)
    engine.close()


def readable(path: Path) -> dict[str, bytes] | None:
    """What a zip says, None where it says nothing: some bits of it (dates, attributes) change nothing."""
    try:
        return content(path)
    except Exception:
        return None


def test_a_database_that_holds_something_is_never_restored_over(play: Play, archive: Path) -> None:
    before = play.counts()
    with pytest.raises(RestoreNotEmpty) as refused:
        restore(play.engine, archive)
    assert refused.value.text("en").startswith("This database already holds data (jalon_choices, jalon_services, …);")
    assert play.counts() == before


def test_a_file_that_exists_is_not_written_over_and_a_folder_that_does_not_is_said(
    essai: Play, archive: Path, tmp_path: Path
) -> None:
    before = archive.read_bytes()
    with pytest.raises(NotWritten, match="il existe déjà"):
        back_up(essai.engine, archive)
    with pytest.raises(NotWritten):
        back_up(essai.engine, tmp_path / "nulle" / "part.zip")
    assert archive.read_bytes() == before
    assert list(tmp_path.glob("*.part")) == []


def test_there_is_nothing_to_back_up_in_a_bare_database(bare_database_url: str, tmp_path: Path) -> None:
    engine = Engine(bare_database_url)
    with pytest.raises(NotInitialised):
        back_up(engine, tmp_path / "b.zip")
    assert list(tmp_path.glob("b.zip*")) == []
    engine.close()
