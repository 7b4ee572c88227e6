"""`jalon demo`, from an empty folder, as someone who has never seen it runs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demonstration says that it is."""
    run = subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "--language", "fr", "demo", "--no-browser", "--port", "18020"],
        cwd=tmp_path_factory.mktemp("anywhere"),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    said = [run.stdout.readline(), run.stdout.readline()]
    assert said[0] == "Préparation de la démonstration…\n"
    yield re.search(r"http://\S+", said[1])[0].rstrip("/")  # type: ignore[index]
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=30)


def act_as(page: Page, name: str) -> None:
    switch = page.locator("form", has=page.locator("select[name=actor]")).first
    option = switch.locator("option", has_text=name).first
    switch.locator("select").select_option(option.get_attribute("value"))
    switch.get_by_role("button").click()
    expect(page.get_by_role("heading", name="À faire", exact=True)).to_be_visible()


def complete(page: Page) -> None:
    """What is clicked next would cancel what is not answered yet."""
    task = page.url
    page.get_by_role("button", name="Terminer la tâche").click()
    page.wait_for_url(lambda url: url != task)


def all_held(page: Page, value: str, before: str) -> None:
    """Each line says so, once the page has come as far as the button that follows them."""
    expect(page.get_by_role("button", name=before)).to_be_visible()
    for each in page.locator(f"input[type=radio][value={value}]").all():
        each.check()


def decide(page: Page) -> None:
    all_held(page, "met", before="Enregistrer les critères")
    page.get_by_role("button", name="Enregistrer les critères").click()
    page.locator("input[name=outcome][value=go]").check()
    page.get_by_label("Motif de la décision").fill("Utile et simple")
    page.get_by_role("button", name="Décider").click()
    expect(page.get_by_role("heading", name="Procès-verbal")).to_be_visible()


def test_a_small_project_is_finished_in_a_few_minutes_then_another_waits_at_its_gate(
    address: str, person: Callable[..., Page]
) -> None:
    page = person(base_url=address)
    page.goto("/")
    act_as(page, "Antoine Mercier")
    page.get_by_role("link", name="Fiche projet").first.click()
    page.get_by_label("Objectif").fill("Que chacun trouve le bon numéro")
    page.get_by_label("Livrable").fill("Une affiche par hall")
    page.get_by_label("Date de fin").fill("2030-06-03")
    page.get_by_label("Charge (jours)").fill("8")
    complete(page)
    act_as(page, "Nadia Benali")
    page.get_by_role("link", name="Feu vert").first.click()
    decide(page)
    act_as(page, "Antoine Mercier")
    page.get_by_role("link", name="Réaliser").first.click()
    page.locator("[name='f.preuve']").set_input_files(
        {"name": "photo.txt", "mimeType": "text/plain", "buffer": b"une affiche posee"}
    )
    complete(page)
    page.goto("/")
    page.get_by_role("link", name="Bilan en cinq lignes").first.click()
    page.get_by_label("Bilan").first.fill("Fait, utile, peu cher, vite, à étendre.")
    all_held(page, "done", before="Terminer la tâche")
    complete(page)
    act_as(page, "Nadia Benali")
    page.get_by_role("link", name="Clôture").first.click()
    decide(page)
    page.get_by_role("link", name="Afficher les numéros utiles").first.click()
    expect(page.get_by_text("Ce projet est terminé")).to_be_visible()

    page.goto("/projets?recherche=Tilleuls")
    page.get_by_role("link", name="Les Tilleuls").click()
    expect(page.get_by_text("« Choix du scénario » attend sa décision")).to_be_visible()
