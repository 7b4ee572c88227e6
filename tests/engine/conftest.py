"""An engine on each database, furnished once a run: the organisation, the method `essai` and the three that we ship.

def test_something(play): ...      a Play (play.py) on a database of this test's own: [sqlite], [postgresql]
def test_something(empty): ...     the same without organisation or method
def test_something(essai): ...     the same as `play`, on SQLite only: for what no database can change
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import SYSTEM, Engine, LoadOrganisation, PublishMethod
from engine.release import Release
from tests.conftest import DATABASES, Templates
from tests.engine.organisation import ORGANISATION
from tests.engine.play import ESSAI, SHIPPED, Clock, Play, files_of

#: releases by id: the same in every furnished database, so their specs are built once a run
RELEASES: dict[int, Release] = {}
FURNISHED = 1 + len(SHIPPED)


def furnish(url: str) -> None:
    engine = Engine(url, clock=Clock())
    engine.execute(LoadOrganisation(ORGANISATION), SYSTEM)
    for files in (ESSAI, *(files_of(each) for each in SHIPPED)):
        engine.execute(PublishMethod(files), SYSTEM)
    engine.close()


@pytest.fixture
def sqlite_url(templates: Templates, tmp_path: Path) -> Iterator[str]:
    with templates.copy("sqlite", "essai", furnish, tmp_path) as url:
        yield url


@pytest.fixture(params=DATABASES)
def furnished_url(request: pytest.FixtureRequest, templates: Templates, tmp_path: Path) -> Iterator[str]:
    with templates.copy(request.param, "essai", furnish, tmp_path) as url:
        yield url


@contextlib.contextmanager
def playing(url: str, releases: dict[int, Release]) -> Iterator[Play]:
    clock = Clock()
    engine = Engine(url, clock=clock)
    engine._releases = dict(releases)
    yield Play(engine, clock)
    # those that a test published itself are its own
    releases.update({id: engine._releases[id] for id in engine._releases if id <= FURNISHED})
    engine.close()


@pytest.fixture
def play(furnished_url: str) -> Iterator[Play]:
    with playing(furnished_url, RELEASES) as found:
        yield found


@pytest.fixture
def essai(sqlite_url: str) -> Iterator[Play]:
    with playing(sqlite_url, RELEASES) as found:
        yield found


@pytest.fixture
def empty(database_url: str) -> Iterator[Play]:
    clock = Clock()
    engine = Engine(database_url, clock=clock)
    yield Play(engine, clock)
    engine.close()
