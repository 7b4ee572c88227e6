"""Many projects move to another version as a batch, told beforehand: one act each, that goes on where it stopped."""

from __future__ import annotations

import signal

import pytest

from engine import SYSTEM, CarryOutItem, HoldProject, Jobs, MigrateProjects, MigrationsOf, MigrationsPage, NotAllowed
from engine.cli import main
from engine.store.tables import BatchRow, EventRow, ProjectRow, ReleaseRow
from tests.engine.next_versions import inserted, published, without
from tests.engine.play import Play
from tests.jobs.processes import DEADLINE, processes, until
from tests.jobs.test_queue import jobs


def seen(play: Play, **said: object) -> MigrationsPage:
    page: MigrationsPage = play.see("jeanne", MigrationsOf("essai", **said))  # type: ignore[arg-type]
    return page


def versions(play: Play) -> list[str]:
    known = {row.id: row.version for row in play.rows(ReleaseRow)}
    return [known[row.release_id] for row in play.rows(ProjectRow)]


def asked(play: Play, *projects: int) -> int:
    items: int = play.do("jeanne", MigrateProjects("essai", "mieux protégés", "", projects)).items
    return items


def test_the_preview_says_of_each_project_what_is_done_current_ahead_missed_or_refused(play: Play) -> None:
    early, late, gone, held = (play.start(title=title) for title in ("tôt", "tard", "sur A", "suspendu"))
    play.until(early, "B")
    play.until(late, "G1")
    play.do("claire", HoldProject(held, "gel", play.clock.at.date().replace(year=2027)))
    published(play, inserted("B_to_R"), without("C"))
    play.until(gone, "C")
    lines = {line.title: line for line in seen(play).lines}
    assert {title: [(turn.element, turn.where) for turn in line.turns] for title, line in lines.items()} == {
        "tôt": [("N", "ahead"), ("C", "gone")],
        "tard": [("N", "missed"), ("C", "done")],
        "sur A": [],
        "suspendu": [("N", "ahead"), ("C", "gone")],
    }
    assert lines["tard"].turns[0].name.fr == "Étape N"
    assert {title: line.refused.fr for title, line in lines.items() if line.refused.fr} == {
        "sur A": "« Relire » n’y est plus dessinée",
        "suspendu": "Le projet est suspendu : reprenez-le d’abord.",
    }
    assert versions(play) == ["1.0.0"] * 4


def test_only_a_method_owner_sees_it_and_asks_for_it(play: Play) -> None:
    for command in (MigrateProjects("essai", "pour voir"),):
        assert isinstance(play.refused("claire", command), NotAllowed)
    with pytest.raises(NotAllowed):
        play.see("claire", MigrationsOf("essai"))


def test_each_moves_in_an_act_of_its_own_and_what_is_refused_is_told(play: Play) -> None:
    for title in ("un", "deux", "trois"):
        play.start(title=title)
    play.until(2, "C")
    published(play, without("C"))
    assert asked(play) == 3
    assert [key for key, *_ in jobs(play.engine)] == ["batch-1"]
    play.engine.execute(CarryOutItem(1, 0), SYSTEM)
    assert [(each.done, each.total) for each in seen(play).batches] == [(1, 3)]
    play.due()
    assert versions(play) == ["2.0.0", "1.0.0", "2.0.0"]
    (batch,) = seen(play).batches
    assert (batch.done, batch.version, batch.reason, batch.ended_at is not None) == (3, "2.0.0", "mieux protégés", True)
    ((project, title, why),) = batch.refusals
    assert (project, title) == (2, "deux")
    assert "« Relire » n’y est plus dessinée" in why.fr
    (line,) = play.see("jeanne", Jobs()).batches
    assert line.what.read("en") == "move projects to essai 2.0.0"
    events = play.rows(EventRow, EventRow.kind == "project_migrated")
    assert {row.actor_id for row in events} == {play.people["jeanne"]}
    assert asked(play, 1, 3) == 0  # they have moved


def test_those_named_only(play: Play) -> None:
    for _ in range(3):
        play.start()
    published(play, inserted("R_to_C"))
    assert asked(play, 1, 3) == 2
    play.due()
    assert versions(play) == ["2.0.0", "1.0.0", "2.0.0"]


def test_a_batch_that_is_killed_goes_on_and_each_project_moves_once(play: Play) -> None:
    for number in range(12):
        play.start(title=f"Projet {number}")
    published(play, inserted("R_to_C"))
    assert asked(play) == 12
    url, hour = play.engine.store.url, play.clock.at
    with processes() as started:
        # dies in the first project, then in the one after it
        for number, die_at in enumerate(("UPDATE jalon_projects", "INSERT INTO jalon_acts; commit")):
            victim = started.worker(url, f"victim-{number}", hour, die_at)
            assert victim.wait(DEADLINE) == -signal.SIGKILL
        started.worker(url, "last", hour)
        until(lambda: play.rows(BatchRow)[0].ended_at)
    assert versions(play) == ["2.0.0"] * 12
    assert [row.stream for row in play.rows(EventRow, EventRow.kind == "project_migrated")] == list(range(1, 13))


def test_the_command_line_tells_then_moves(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    play.start(title="Un projet")
    play.until(1, "C")
    published(play, inserted("B_to_R"))
    database = ["--language", "fr", "--database", str(play.engine.store.url), "migrate", "essai"]
    assert main([*database, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "     1  Un projet  (Étude, 1.0.0)\n        à rattraper : N Étape N\n" in said
    assert versions(play) == ["1.0.0"]
    assert main([*database, "--reason", "mieux", "--as", "jeanne"]) == 0
    assert "1 projet(s) sur 1 passés à la version 2.0.0." in capsys.readouterr().out
    assert versions(play) == ["2.0.0"]
