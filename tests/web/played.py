"""The pages over the engine's tests: their organisation and methods, played by people who each have a browser.

    from tests.web.played import furnished_url, person, play, project

`play` as in tests/engine; `project` is one in the phase with timers; `person("claire")` is Claire's browser.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.conftest import furnished_url, play
from tests.engine.play import Play
from tests.engine.test_timers import project
from tests.web.conftest import Browser
from web import create_app

__all__ = ["Opened", "furnished_url", "person", "play", "project"]

Opened = Callable[[str], Browser]


@pytest.fixture
def person(play: Play) -> Opened:
    """A browser for someone by their login."""
    app = create_app(play.engine, secure=False)

    def opened(login: str) -> Browser:
        client = app.test_client()
        client.set_cookie("jalon", play.engine.sessions.open(play.people[login]))
        browser = Browser(client)
        browser.get("/compte")
        return browser

    return opened
