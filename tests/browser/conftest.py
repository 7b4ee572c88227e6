"""A real Chromium for tests: the system's own, driven by Playwright.

    def test_a_page(page): ...              one person in one window
    def test_a_handover(person): ...        alice, bob = person("alice"), person("bob"): a window and a session each
    def test_all_may_read_it(page, axe): ... assert axe(page) == []   (WCAG 2.2 A and AA, in light and in dark)

`person(name, javascript=False)` is someone whose browser runs no scripts; `width=390` a phone. A page's errors (an
exception in a script, a refused policy) fail the test. Pictures are kept by `screenshot(page, "inbox")`, in the folder
that JALON_SCREENSHOTS names, else in the test's own.

JALON_SLOW_BROWSER=6 makes the browser's processor so many times slower, behind a network of 100 ms and 1 MB/s: a test
that reads a page before it has come shows it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

HERE = Path(__file__).parent
AXE = HERE / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
PATIENCE = 30_000  # ms: how long an expected state may take before the test says that it never came
Scheme = Literal["light", "dark"]

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def person(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Someone at a browser of their own: `person(name, javascript=True, width=1280, scheme="light", base_url=None)`."""
    contexts = []
    faults: list[str] = []

    def arrives(
        name: str = "someone",
        *,
        javascript: bool = True,
        width: int = 1280,
        scheme: Scheme = "light",
        language: str = "fr-FR",
        base_url: str | None = None,
    ) -> Page:
        context = chromium.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale=language,
            base_url=base_url,
            timezone_id="Europe/Paris",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        slowed(page, float(os.environ.get("JALON_SLOW_BROWSER") or 1))
        page.on("pageerror", lambda error: faults.append(f"{name}: {error}"))
        page.on("console", lambda message: faults.extend(refused_policy(name, message)))
        return page

    yield arrives
    for context in contexts:
        context.close()
    assert faults == []


def slowed(page: Page, times: float) -> None:
    if times > 1:
        tools = page.context.new_cdp_session(page)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": times})
        pace = {"offline": False, "latency": 100, "downloadThroughput": 1_000_000, "uploadThroughput": 1_000_000}
        tools.send("Network.emulateNetworkConditions", pace)


def refused_policy(name: str, message: ConsoleMessage) -> list[str]:
    """What the browser refused for the page's Content-Security-Policy; a 4xx answer's own line is not a fault."""
    return [f"{name}: {message.text}"] if "Content Security Policy" in message.text else []


@pytest.fixture
def page(person: Callable[..., Page]) -> Page:
    """One person, in a window of a desk's width, in French."""
    return person()


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """`axe(page)` -> what WCAG 2.2 (A, AA) is not met by, in light then in dark: a line a fault, with where it is.

    The page must be open with JavaScript; it stays where it is, and its colours come back as they were asked for.
    """
    script = AXE.read_text(encoding="utf-8")

    def look(page: Page, schemes: tuple[Scheme, ...] = ("light", "dark")) -> list[str]:
        page.evaluate(script)  # not a <script> element: the page's own policy stays as strict as it is
        faults = []
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            settled(page)
            found = page.evaluate(
                "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
                RULES,
            )
            faults += [line for violation in found["violations"] for line in told(scheme, violation)]
        page.emulate_media(color_scheme=None)
        return faults

    return look


def settled(page: Page) -> None:
    """Bring transitions to their end: colours on their way are no one's colours.

    Waiting for it may last for ever: what a closed fold hides stands still.
    """
    page.evaluate("for (const each of document.getAnimations()) { try { each.finish() } catch { each.cancel() } }")


def told(scheme: str, violation: dict[str, Any]) -> list[str]:
    return [
        f"{scheme}: {violation['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for node in violation["nodes"]
    ]


@pytest.fixture
def screenshot(tmp_path: Path) -> Callable[..., Path]:
    """`screenshot(page, "inbox")` keeps the whole page as inbox.png and returns its path."""
    folder = Path(os.environ.get("JALON_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str, *, full_page: bool = True) -> Path:
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=full_page)
        return path

    return keep
