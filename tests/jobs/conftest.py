"""The engine's fixtures, for jobs, and servers of this machine that receive what is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Templates
from tests.engine.conftest import RELEASES, empty, essai, furnish, furnished_url, play, playing, sqlite_url
from tests.engine.play import Play
from tests.jobs.receivers import Hook, Mailbox, hook_server, mail_server

__all__ = ["empty", "essai", "furnished_url", "play", "sqlite_url"]


@pytest.fixture
def postgresql_play(templates: Templates, tmp_path: Path) -> Iterator[Play]:
    """For what only a server can do: many machines."""
    with templates.copy("postgresql", "essai", furnish, tmp_path) as url, playing(url, RELEASES) as found:
        yield found


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def hook() -> Iterator[Hook]:
    with hook_server() as found:
        yield found
