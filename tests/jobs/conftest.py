"""The engine's fixtures, for jobs: `play` on both databases, `essai` on SQLite."""

from __future__ import annotations

from tests.engine.conftest import empty, essai, furnished_url, play, sqlite_url

__all__ = ["empty", "essai", "furnished_url", "play", "sqlite_url"]
