"""A draft is published by two people; an administrator answers its conflicts; the owner sees all tailorings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from engine import (
    SYSTEM,
    ApproveOverlay,
    DraftOverlay,
    Engine,
    LoadOrganisation,
    OpenMethodDraft,
    PublishMethod,
    RequestOverlay,
    write_overlay,
)
from engine.store.tables import ActorRow
from tests.browser.stage import PASSWORD, Stage, engine_over, served
from tests.conftest import Templates
from tests.engine.organisation import ORGANISATION
from tests.engine.test_following import files
from tests.overlay import versions
from tests.overlay.test_rebase import nine

SMALL = "1.1.0"  #: what 2.0.0 is drawn as


def fill(url: str) -> None:
    """Jeanne and Zoé own the methods; Hana's department does nine things otherwise; Jeanne draws the next version."""
    engine = Engine(url)
    people = [each | {"password": PASSWORD if each["kind"] == "internal" else ""} for each in ORGANISATION["people"]]
    for each in people:
        if each["login"] == "hana":
            each["roles"] = [*each["roles"], {"role": "ADM", "service": "DRH"}]
    role = {"role": "RM", "service": "ORG"}
    zoe = {"login": "zoe", "name": "Zoé Martin", "service": "ORG", "password": PASSWORD, "roles": [role]}
    engine.execute(LoadOrganisation(ORGANISATION | {"people": [*people, zoe]}), SYSTEM)
    engine.execute(PublishMethod(files(versions.first())), SYSTEM)
    with engine.store.read() as session:
        ids = {login: id for login, id in session.execute(select(ActorRow.login, ActorRow.id))}
    said = write_overlay(replace(nine(), service="DRH", approver=""))
    asked = engine.execute(DraftOverlay(said), ids["hana"]).overlay
    engine.execute(RequestOverlay(asked), ids["hana"])
    engine.execute(ApproveOverlay(asked), ids["jeanne"])
    small = versions.numbered(versions.loom_of(versions.second()), SMALL)
    engine.execute(OpenMethodDraft(files=files(small)), ids["jeanne"])
    engine.close()


@pytest.fixture
def engine(templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    yield from engine_over(templates, "a method to publish", fill, tmp_path)


def seen(page: Page, name: str, axe: Callable[..., list[str]], screenshot: Callable[..., Path]) -> None:
    assert axe(page) == []
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        screenshot(page, f"{name}-{width}-{scheme}")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")


def test_two_owners_publish_and_the_administrator_answers_each_conflict(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    with served(engine) as address:
        stage = Stage(engine, address, person)
        drawer = stage.at("jeanne")
        drawer.goto("/atelier/1/publier")
        expect(drawer.get_by_text("il faut 2.0.0 au moins").first).to_be_visible()
        seen(drawer, "publication", axe, screenshot)
        drawer.get_by_role("button", name="Prendre ce numéro").click()
        expect(drawer.get_by_role("heading", name="Publier Projet transversal 2.0.0", exact=True)).to_be_visible()
        drawer.locator("[name=notes]").fill("L’atelier d’idéation est obligatoire.")
        drawer.locator("[name=notes_en]").fill("The ideation workshop is required.")
        drawer.get_by_role("button", name="Garder les notes").click()
        drawer.get_by_role("button", name="Demander la relecture").click()

        second = stage.at("zoe")
        second.goto("/atelier/1/publier")
        second.get_by_role("button", name="Approuver").click()
        expect(second.get_by_text("Le brouillon est approuvé, tel qu’il est")).to_be_visible()
        second.get_by_role("button", name="Publier la version 2.0.0").click()
        expect(second.get_by_text("La version 2.0.0 est publiée")).to_be_visible()
        expect(second.get_by_text("L’atelier d’idéation est obligatoire.")).to_be_visible()

        admin = stage.at("hana")
        admin.goto("/methodes/projet_transversal/adapter/DRH")
        admin.get_by_role("link", name="Voir les conflits et le transposer").click()
        expect(admin.locator(".conflict")).to_have_count(8)
        seen(admin, "conflicts", axe, screenshot)
        for number in (1, 2, 5, 6):
            admin.locator(f"[name=n{number}][value=drop]").check()
        admin.locator("[name=n3][value=other]").check()
        admin.locator("[name=value3]").fill("80")
        admin.locator("[name=n4][value=key]").check()
        admin.locator("[name=n7][value=keep]").check()
        admin.get_by_role("button", name="Transposer en brouillon").click()
        expect(admin.locator("#n8-error")).to_be_visible()
        admin.locator("[name=n8][value=keep]").check()
        admin.get_by_role("button", name="Transposer en brouillon").click()
        expect(admin.get_by_text("C’est transposé, en brouillon")).to_be_visible()
        admin.get_by_role("button", name="Présenter à l’approbation").click()

        second.goto("/methodes/projet_transversal/amenagements")
        seen(second, "tailorings", axe, screenshot)
        second.get_by_role("region", name="Services et étapes").get_by_role("link", name="quorum porté à").first.click()
        second.goto("/methodes/projet_transversal/adapter/DRH")
        second.get_by_role("button", name="Approuver").click()
        expect(second.get_by_text("L’aménagement est approuvé")).to_be_visible()
