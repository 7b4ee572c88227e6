"""The pages over a real engine: an organisation of three, a method with every kind of field, a project under way.

    def test_something(amina): ...     Amina's browser, signed in; `browser(None)` is a stranger's
    amina.get("/"), amina.post("/taches/1/prendre")   the token and the key of the page are put in

Amina leads the project, Bruno heads the department, Chloé holds no role.
"""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import Engine, LoadOrganisation, MyTasks, PublishMethod, StartProject
from tests.conftest import DATABASES, Templates
from web import create_app

METHOD = Path(__file__).parent / "tous-les-champs"
PASSWORD = "quatre mots sans lien"
SYSTEM = 0
ORGANISATION = {
    "services": [
        {"code": "DG", "fr": "Direction générale", "en": "General management"},
        {"code": "DSI", "fr": "Systèmes d’information", "en": "Information systems", "parent": "DG"},
    ],
    "objectives": [{"code": "O1", "fr": "Mieux accueillir", "en": "Welcome better"}],
    "strands": [],
    "themes": [],
    "people": [
        {"login": "amina", "name": "Amina Benali", "service": "DSI", "password": PASSWORD,
         "roles": [{"role": "CP", "service": "DSI"}]},
        {"login": "bruno", "name": "Bruno Cordier", "service": "DSI", "roles": [{"role": "RESP", "service": "DSI"}]},
        {"login": "chloe", "name": "Chloé Dumas", "service": "DG", "roles": []},
    ],
}  # fmt: skip


#: releases by id, the same in every copy: their specs are built once a run
RELEASES: dict[int, Any] = {}


def fill(url: str) -> None:
    engine = Engine(url)
    engine.execute(LoadOrganisation(ORGANISATION), SYSTEM)
    engine.execute(PublishMethod({file.name: file.read_bytes() for file in METHOD.glob("*.bpmn")}), SYSTEM)
    engine.execute(StartProject("Plan vélo", "tous_les_champs", "DSI", ("O1",)), 1)
    engine.close()


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, templates: Templates, tmp_path: Path) -> Iterator[Engine]:
    with templates.copy(request.param, "tous-les-champs", fill, tmp_path) as url:
        engine = Engine(url)
        engine._releases = dict(RELEASES)
        yield engine
        RELEASES.update({id: release for id, release in engine._releases.items() if id == 1})
        engine.close()


@pytest.fixture
def task(engine: Engine) -> int:
    """The project's first task, with every kind of field; open to Amina's role."""
    (line,) = engine.read(MyTasks(), 1).tasks
    return int(line.id)


@dataclass
class Browser:
    """A person's browser: it keeps cookies, and sends with a form what the page before gave it."""

    client: FlaskClient
    token: str = ""

    def get(self, address: str, **more: Any) -> TestResponse:
        page = self.client.get(address, **more)
        page.get_data()
        page.close()
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text) if page.mimetype == "text/html" else None
        self.token = found[1] if found else self.token
        return page

    def post(self, address: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        if not self.token:
            self.get("/connexion")
        sent = {"csrf_token": self.token, "key": str(uuid.uuid4()), **(data or {})}
        return self.client.post(address, data=sent, **more)

    def cookie(self, name: str = "jalon") -> str | None:
        found = self.client.get_cookie(name)
        return found.value if found else None


@pytest.fixture
def app(engine: Engine) -> Flask:
    return create_app(engine, secure=False)


@pytest.fixture
def browser(app: Flask) -> Callable[[int | None], Browser]:
    """Someone's browser, signed in without the form (which has tests of its own); `None`: a stranger's."""

    def opened(actor: int | None) -> Browser:
        client = app.test_client()
        if actor is not None:
            client.set_cookie("jalon", app.extensions["engine"].sessions.open(actor))
        person = Browser(client)
        person.get("/compte" if actor else "/connexion")
        return person

    return opened


@pytest.fixture
def stranger(browser: Callable[[int | None], Browser]) -> Browser:
    return browser(None)


@pytest.fixture
def amina(browser: Callable[[int | None], Browser]) -> Browser:
    return browser(1)


@pytest.fixture
def bruno(browser: Callable[[int | None], Browser]) -> Browser:
    return browser(2)


@pytest.fixture
def chloe(browser: Callable[[int | None], Browser]) -> Browser:
    return browser(3)


def words(page: TestResponse) -> str:
    """What a page says: its main part without tags, spaces made one."""
    main = page.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main))).strip()
