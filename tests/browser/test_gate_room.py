"""The gate room in a browser: one gate with each of its outcomes, a deputy, a second session; wide, narrow, dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import SYSTEM, Engine, LoadOrganisation, ProjectPageOf, PublishMethod
from tests.browser.stage import LATER, PASSWORD, Stage, engine_over, served
from tests.conftest import Templates
from tests.engine.organisation import ORGANISATION
from tests.engine.play import Clock, Play
from tests.engine.test_second_session import FREE, with_second

#: what the project's page says once the gate G1 has had this outcome, and what is then open
AFTER = {
    "go": ("favorable", ["X", "Y", "Z"]),
    "go_reserves": ("Chiffrer la variante", ["X", "Y", "Z"]),
    "rework": ("à reprendre", ["B"]),
    "hold": ("suspendu", ["G1"]),
    "stop": ("Clôture courte", ["K"]),
}


def fill(url: str) -> None:
    """Everybody may sign in; the gate of the method foresees a second session."""
    engine = Engine(url)
    people = [each | {"password": PASSWORD if each["kind"] == "internal" else ""} for each in ORGANISATION["people"]]
    engine.execute(LoadOrganisation(ORGANISATION | {"people": people}), SYSTEM)
    engine.execute(PublishMethod(with_second(FREE)), SYSTEM)
    play = Play(engine, Clock())
    play.until(play.start(), "G1", A={"urgent": False})
    engine.close()


@pytest.fixture
def engine(templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    yield from engine_over(templates, "a gate that is open", fill, tmp_path)


@pytest.fixture
def stage(engine: Engine, person: Callable[..., Page]) -> Iterator[Stage]:
    with served(engine) as address:
        stage = Stage(engine, address, person)
        stage.project = 1
        yield stage


@pytest.mark.parametrize("outcome", list(AFTER))
def test_a_gate_is_decided_with_each_of_its_outcomes(stage: Stage, engine: Engine, outcome: str) -> None:
    page = stage.decide("G1", outcome, lead="claire", chair="denis")
    said, codes = AFTER[outcome]
    page.goto("/projets/1")
    expect(page.get_by_text(said).first).to_be_visible()
    seen = engine.read(ProjectPageOf(1), SYSTEM)
    assert sorted(line.code for line in seen.open if line.kind != "occurrence") == codes
    assert [line.outcome for line in seen.decisions] == [outcome]


def test_a_deputy_votes_and_the_room_says_for_whom(stage: Stage, axe: Callable[..., list[str]]) -> None:
    [gate] = stage.open("G1")
    page = stage.at("chloe")
    page.goto("/compte")
    page.get_by_text("Nommer un suppléant").click()
    page.get_by_label("Suppléant").select_option(str(stage.ids["karim"]))
    page.get_by_label("Jusqu’au").fill(LATER)
    page.get_by_role("button", name="Nommer", exact=True).click()
    expect(page.get_by_text("Votre suppléant est nommé")).to_be_visible()
    assert axe(page) == []
    deputy = stage.at("karim")
    deputy.goto(f"/portes/{gate.id}")
    deputy.get_by_text("Voter au nom de Chloé").click()
    deputy.get_by_role("group", name="Son avis").get_by_label("défavorable").check()
    deputy.get_by_role("button", name="Voter en son nom").click()
    expect(deputy.get_by_text("Le bulletin de Chloé est déposé.")).to_be_visible()
    page.goto(f"/portes/{gate.id}")
    expect(page.get_by_text("Déposé par Karim.")).to_be_visible()


def test_a_second_session_is_called_and_the_room_reads_well_wide_narrow_and_dark(
    stage: Stage, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    [gate] = stage.open("G1")
    page = stage.at("denis")
    page.goto(f"/portes/{gate.id}")
    page.get_by_text("Convoquer une seconde séance").click()
    page.get_by_role("button", name="Convoquer", exact=True).click()
    expect(page.get_by_text("À cette date elle décide sans quorum.")).to_be_visible()
    assert axe(page) == []
    page.emulate_media(color_scheme="light")
    screenshot(page, "gate-room")
    page.emulate_media(color_scheme="dark")
    screenshot(page, "gate-room-dark")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    screenshot(page, "gate-room-narrow")
    page.emulate_media(media="print", color_scheme="light")
    screenshot(page, "gate-room-printed")
