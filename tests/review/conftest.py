"""The engine's fixtures, for what a review lets through and what it does not."""

from tests.engine.conftest import essai, furnished_url, play, sqlite_url

__all__ = ["essai", "furnished_url", "play", "sqlite_url"]
