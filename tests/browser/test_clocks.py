"""What waits for no drawn task: an asked opinion, an exceptional gate, a drift, another method. All may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import (
    SYSTEM,
    CheckTolerances,
    Engine,
    Language,
    PublishMethod,
    RequestInformation,
    SetLanguage,
)
from tests.browser.stage import served
from tests.browser.test_every_page import sideways
from tests.conftest import Templates
from tests.engine.conftest import furnish
from tests.engine.opinions import asking
from tests.engine.play import Clock, Play
from tests.engine.test_baselines import LOTS
from tests.engine.test_continuing import framed
from tests.engine.test_exceptions import EXCEPTION

#: what goes on here ends in the present of the other tests
SUMMER = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


@dataclass
class Seen:
    engine: Engine
    address: str
    pages: dict[str, tuple[str, str]]  #: name -> who looks, and where

    def open(self, name: str, person: Callable[..., Page], *, language: Language = "fr", width: int = 1280) -> Page:
        login, path = self.pages[name]
        page: Page = person(login, width=width, base_url=self.address)
        play = Play(self.engine, Clock())
        page.context.add_cookies(
            [{"name": "jalon", "value": self.engine.sessions.open(play.people[login]), "url": self.address}]
        )
        self.engine.execute(SetLanguage(language), play.people[login])
        page.goto(path)
        return page


def opinions(play: Play) -> dict[str, tuple[str, str]]:
    """One whose clock runs, one that is suspended, one that nobody gave; and a threshold that was crossed."""
    play.engine.execute(PublishMethod(asking() | EXCEPTION), SYSTEM)
    found = {}
    for name in ("silent", "running", "suspended"):
        project = play.start(title=f"Un projet, {name}")
        play.complete(project, "A", urgent=False, montant="1200" if name == "running" else "10")
        task = play.task(project, "B")
        found[f"opinion-{name}"] = ("claire", f"/taches/{task}")
        if name == "silent":
            play.clock.advance(days=32)
            play.due()
        if name == "suspended":
            play.do("claire", RequestInformation(task, "Combien de postes changent de lieu ?"))
            play.clock.advance(days=3)
        if name == "running":
            found["threshold-crossed"] = ("claire", f"/projets/{project}")
            play.complete(project, "S", raison="Les prix montent")
            found["exceptional-gate"] = ("denis", f"/portes/{play.task(project, 'GS')}")
    return found


def drifting(play: Play) -> dict[str, tuple[str, str]]:
    project = play.start("projet_transversal", title="Un projet qui dérive")
    lots = [each | {"debut": "2026-07-01", "fin": "2026-08-03"} for each in LOTS]
    answers = {"P1T": {"lots": lots, "budget": "80000"}, "A2": {"externes": False}, "E2": {"conditions_travail": False}}
    play.until(project, "D1", **answers)
    late = play.clock.advance(days=90)
    play.complete(project, "T3", budget="90500")
    play.engine.execute(CheckTolerances(late.date()), SYSTEM)
    return {"drift": ("denis", f"/projets/{project}"), "deviation-report": ("claire", task(play, project, "X2T"))}


def outgrown(play: Play) -> dict[str, tuple[str, str]]:
    project, gate = framed(play, "21")
    return {"continue": ("denis", f"/projets/{project}"), "too-big": ("denis", f"/portes/{gate}")}


def task(play: Play, project: int, code: str) -> str:
    return f"/taches/{play.task(project, code)}"


@pytest.fixture(scope="module")
def seen(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    with templates.copy("sqlite", "essai", furnish, tmp_path_factory.mktemp("clocks")) as url:
        play = Play(Engine(url, clock=Clock()), Clock())
        play.engine.clock = play.clock
        play.clock.at = SUMMER
        pages = drifting(play) | outgrown(play) | opinions(play)
        with served(play.engine) as address:
            yield Seen(play.engine, address, pages)
        play.engine.close()


PAGES = (
    "opinion-running", "opinion-suspended", "opinion-silent", "threshold-crossed", "exceptional-gate", "drift",
    "deviation-report", "continue", "too-big",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_all_may_read_it_in_light_and_in_dark_on_a_desk_and_on_a_phone(
    seen: Seen,
    name: str,
    person: Callable[..., Page],
    axe: Callable[..., list[str]],
    screenshot: Callable[..., Path],
) -> None:
    for language, width in (("fr", 1280), ("en", 390)):
        page = seen.open(name, person, language=language, width=width)  # type: ignore[arg-type]
        for each in page.locator("details.panel").all():
            each.locator("summary").first.click()
        assert axe(page) == []
        assert sideways(page) <= 0
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            screenshot(page, f"{name}-{language}-{scheme}")


def test_a_drift_says_what_was_promised_and_by_how_much(seen: Seen, person: Callable[..., Page]) -> None:
    panel = seen.open("drift", person).get_by_role("region", name="Référence et écart")
    expect(panel).to_contain_text("44 jours ouvrés de retard")
    expect(panel).to_contain_text("80 000,00 € · à ce jour +13,1 %")
    expect(panel.get_by_text("au-delà de la tolérance")).to_have_count(2)
    panel.get_by_role("link", name="Une modification acceptée").click()
    expect(panel.page.get_by_role("heading", level=1)).to_contain_text("Modifications")
