"""A draft keeps scenarios in its files: they travel with it, leave what was reviewed alone, and warn who publishes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select, update

from engine import (
    AmendMethodDraft,
    AskReviewOf,
    KeepScenario,
    MethodDraftFiles,
    MethodDraftOf,
    MethodDraftPage,
    NextStep,
    NotFound,
    OpenMethodDraft,
    PublicationOf,
    PublicationPage,
    PublishMethod,
    PublishMethodDraft,
    RemoveScenario,
    RenameScenario,
    ReviewMethodDraft,
    SaveMethodDraft,
    ScenarioNamed,
    ScenariosOf,
    ScenariosPage,
    TooLarge,
    TryMethodDraft,
    WarningsLeft,
    run_scenarios,
)
from engine.errors import TooMuchTried
from engine.release import pack
from engine.store.tables import MethodDraftRow, ReleaseRow
from engine.workshop.trail import read_trail
from tests.engine.play import Play
from tests.engine.test_timers import TIMED

FILE = "du-debut-a-la-fin.scenarios.yaml"
NAME = "Du début à la fin"
GO = (NextStep("until", "Porte 1"), NextStep("decide", "Porte 1", "favorable"))


def opened(play: Play) -> int:
    draft: int = play.do("jeanne", OpenMethodDraft(name="Une phase", phases=1)).draft
    return draft


def played(play: Play, draft: int, *steps: NextStep) -> str:
    file = ""
    for step in steps:
        page = play.see("jeanne", TryMethodDraft(draft, file, step))
        assert not page.refused, page.refused.fr
        file = page.file
    return file


def keep(play: Play, draft: int, name: str = NAME, *, instead: bool = False) -> str:
    file: str = play.do("jeanne", KeepScenario(draft, name, played(play, draft, *GO), instead)).file
    return file


def of(play: Play, draft: int) -> MethodDraftPage:
    page: MethodDraftPage = play.see("jeanne", MethodDraftOf(draft))
    return page


def ran(play: Play, draft: int) -> ScenariosPage:
    page: ScenariosPage = play.see("jeanne", ScenariosOf(draft, play=True))
    return page


def bring_unread(play: Play, draft: int) -> None:
    """As a version of Jalon that reads other words would have left it."""
    page = of(play, draft)
    files = page.files | {"faux.scenarios.yaml": b"scenarios: ["}
    with play.engine.store.read() as session:
        found = session.execute(select(MethodDraftRow.trail).where(MethodDraftRow.id == draft)).scalar_one()
    trail = read_trail(found)
    trail.changed(page.files, files, page.line.revision, 0, play.clock.at)
    with play.engine.store.act() as link:
        values = {"files": pack(files), "trail": trail.write()}
        link.execute(update(MethodDraftRow).where(MethodDraftRow.id == draft).values(**values))


def test_an_exported_folder_plays_the_same_scenarios_on_the_command_line(play: Play, tmp_path: Path) -> None:
    draft = opened(play)
    assert keep(play, draft) == FILE
    found = play.see("jeanne", MethodDraftFiles(draft))
    with zipfile.ZipFile(io.BytesIO(found.content)) as packed:
        packed.extractall(tmp_path)
    [tested] = run_scenarios([tmp_path])
    assert [(each.id, each.passed) for each in tested.verdicts] == [(f"{FILE}: {NAME}", True)]
    page = ran(play, draft)
    assert [(each.name, each.ran and each.ran.verdict.passed) for each in page.scenarios] == [(NAME, True)]
    missed = [each.element for each in page.lines if each.kind == "flow" and not each.taken]
    assert missed == [each.id for each in tested.coverage.missed]


def test_a_scenario_changes_nothing_of_what_was_approved_and_who_keeps_one_did_not_draw(play: Play) -> None:
    draft: int = play.do("jalon", OpenMethodDraft(name="Une phase", phases=1)).draft
    play.do("jalon", AskReviewOf(draft))
    play.do("jeanne", ReviewMethodDraft(draft, "bien"))
    before = of(play, draft)
    keep(play, draft)
    after = of(play, draft)
    assert (after.digest, after.approved, after.editors) == (before.digest, True, before.editors)
    assert after.line.revision == before.line.revision + 1
    assert FILE in after.files
    published = play.do("jeanne", PublishMethodDraft(draft))
    assert published.digest == before.digest
    [row] = play.rows(ReleaseRow, ReleaseRow.method == published.method)
    again: int = play.do("jeanne", OpenMethodDraft(method=row.method)).draft
    assert of(play, again).files[FILE] == after.files[FILE]


def test_a_scenario_that_fails_must_be_acknowledged_by_who_publishes(play: Play) -> None:
    draft: int = play.do("jalon", OpenMethodDraft(name="Une phase", phases=1)).draft
    keep(play, draft)
    page: PublicationPage = play.see("jeanne", PublicationOf(draft))
    assert (page.scenarios.count, page.scenarios.failing, page.scenarios.played, page.warnings) == (1, 0, True, ())
    play.do("jalon", AmendMethodDraft(draft, {"do": "rename", "element": "G1", "fr": "Lancement", "en": "Launch"}))
    play.do("jalon", AskReviewOf(draft))
    play.do("jeanne", ReviewMethodDraft(draft, "bien"))
    page = play.see("jeanne", PublicationOf(draft))
    [told] = page.warnings
    assert (page.scenarios.failing, told.key, told.place.file) == (1, f"scenario-fails:{NAME}", FILE)
    assert told.message.fr.startswith("Le scénario ne passe pas : étape 1, ligne 5 : attendu : « Porte 1 »")
    assert isinstance(play.refused("jeanne", PublishMethodDraft(draft)), WarningsLeft)
    assert play.do("jeanne", PublishMethodDraft(draft, (told.key,))).accepted == 1


def test_a_name_is_given_once_unless_one_replaces_the_other(play: Play) -> None:
    draft = opened(play)
    file = keep(play, draft)
    refusal = play.refused("jeanne", KeepScenario(draft, NAME, played(play, draft, GO[0])))
    assert isinstance(refusal, ScenarioNamed)
    play.do("jeanne", KeepScenario(draft, NAME, played(play, draft, GO[0]), instead=True))
    assert b"issue" not in of(play, draft).files[file]
    assert keep(play, draft, "Du début, à la fin") == "du-debut-a-la-fin-2.scenarios.yaml"
    refusal = play.refused("jeanne", RenameScenario(draft, file, NAME, "Du début, à la fin"))
    assert isinstance(refusal, ScenarioNamed)
    play.do("jeanne", RenameScenario(draft, file, NAME, "Un"))
    play.do("jeanne", RemoveScenario(draft, "du-debut-a-la-fin-2.scenarios.yaml", "Du début, à la fin"))
    assert [each.name for each in ran(play, draft).scenarios] == ["Un"]
    assert isinstance(play.refused("jeanne", RemoveScenario(draft, "p1.bpmn")), NotFound)


def test_a_play_that_is_too_long_is_not_kept(play: Play) -> None:
    draft = opened(play)
    assert isinstance(play.refused("jeanne", KeepScenario(draft, NAME, "#" * 60_001)), TooMuchTried)


def test_more_than_a_page_can_read_is_not_taken_in(play: Play) -> None:
    draft = opened(play)
    page = of(play, draft)
    long = b"scenarios: [{scenario: One, end: waiting}]\n" + b"#" * 300_000
    files = page.files | {"un.scenarios.yaml": long, "deux.scenarios.yaml": long}
    refusal = play.refused("jeanne", SaveMethodDraft(draft, files, page.line.revision))
    assert "Les scénarios réunis" in refusal.said.fr
    assert isinstance(play.refused("jeanne", PublishMethod(files)), TooLarge)


def test_files_that_say_nothing_of_scenarios_leave_them_and_an_export_without_them_takes_them_out(play: Play) -> None:
    draft = opened(play)
    keep(play, draft)
    page = of(play, draft)
    drawn = {name: content for name, content in page.files.items() if name != FILE}
    play.do("jeanne", SaveMethodDraft(draft, drawn, page.line.revision))
    assert FILE in of(play, draft).files
    found = play.see("jeanne", MethodDraftFiles(draft))
    with zipfile.ZipFile(io.BytesIO(found.content)) as packed:
        files = {name: packed.read(name) for name in packed.namelist() if name != FILE}
    play.do("jeanne", SaveMethodDraft(draft, files, 0))
    assert FILE not in of(play, draft).files


def test_a_file_that_cannot_be_read_is_told_and_may_be_taken_out(play: Play) -> None:
    draft = opened(play)
    keep(play, draft)
    bring_unread(play, draft)
    [(file, why)] = ran(play, draft).unread
    assert (file, "ligne 1" in why.fr) == ("faux.scenarios.yaml", True)
    play.do("jeanne", RemoveScenario(draft, file))
    assert ran(play, draft).unread == ()


def test_time_that_was_moved_by_hand_plays_the_same_again(play: Play) -> None:
    draft = opened(play)
    steps = (NextStep("timer", "2 semaines plus tard"), GO[0], NextStep("timer", "1 mois plus tard"), GO[1])
    file = played(play, draft, *steps)
    play.do("jeanne", KeepScenario(draft, NAME, file))
    told = [play.see("jeanne", TryMethodDraft(draft, kept=FILE, name=NAME, steps=n)) for n in range(5)]
    assert [f"{each.now:%m-%d}" for each in told] == ["01-05", "01-19", "01-19", "02-19", "02-19"]
    assert [each.over for each in told] == [False, False, False, False, True]
    assert [each.refused.fr for each in told] == [""] * 5


def test_the_next_deadline_of_what_is_drawn_comes_again_too_and_what_waits_for_another_says_so(play: Play) -> None:
    draft: int = play.do("jeanne", OpenMethodDraft(files=TIMED)).draft
    start = play.see("jeanne", TryMethodDraft(draft, services=("DAF",)))
    steps = (
        NextStep("complete", "Cadrer", answers={"Urgent ?": "non"}), NextStep("until", "Lancement"),
        NextStep("decide", "Lancement", "favorable"), NextStep("timer", "échu"),
    )  # fmt: skip
    file = start.file
    for step in steps:
        page = play.see("jeanne", TryMethodDraft(draft, file, step))
        assert not page.refused, page.refused.fr
        file = page.file
    play.do("jeanne", KeepScenario(draft, NAME, file))
    again = play.see("jeanne", TryMethodDraft(draft, kept=FILE, name=NAME))
    assert [each.name.fr for each in again.open] == [each.name.fr for each in page.open]
    assert (again.now, again.timers) == (page.now, page.timers)
    needs = {each.element: each.needs.fr for each in ran(play, draft).lines if each.kind == "flow"}
    assert needs["X_late_to_RX"] == (
        "Laisser passer le temps jusqu’à « Relance après 5 jours ouvrés », pendant que « Réaliser » attend."
    )


def test_only_method_owners_see_and_change_them(play: Play) -> None:
    draft = opened(play)
    keep(play, draft)
    with pytest.raises(NotFound):
        play.see("karim", ScenariosOf(draft))
    assert play.refused("karim", RemoveScenario(draft, FILE, NAME)).status == 403
