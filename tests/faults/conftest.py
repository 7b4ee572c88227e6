"""The engine's own fixtures, for what breaks below it or beside it."""

from tests.engine.conftest import essai, furnished_url, play, sqlite_url

__all__ = ["essai", "furnished_url", "play", "sqlite_url"]
