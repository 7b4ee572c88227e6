"""The browser that the other tests use tells good pages from bad ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page

GOOD = """<!doctype html><html lang="fr"><title>Bon</title><meta name="color-scheme" content="light dark">
<main><h1>Jalon</h1><label>Nom <input name="nom"></label></main></html>"""
FAINT_IN_DARK = GOOD.replace(
    "<main>", "<style>@media (prefers-color-scheme: dark) { h1 { color: #333; background: #222 } }</style><main>"
)
NAMELESS = GOOD.replace('<label>Nom <input name="nom"></label>', '<input name="nom">')


def address(html: str) -> str:
    return f"data:text/html;charset=utf-8,{quote(html)}"


def test_axe_finds_nothing_on_a_good_page(page: Page, axe: Callable[..., list[str]]) -> None:
    page.goto(address(GOOD))
    assert axe(page) == []


def test_axe_finds_what_has_no_name(page: Page, axe: Callable[..., list[str]]) -> None:
    page.goto(address(NAMELESS))
    assert [fault.split(":")[:2] for fault in axe(page)] == [["light", " label at input"], ["dark", " label at input"]]


def test_axe_sees_the_dark_page_too(page: Page, axe: Callable[..., list[str]]) -> None:
    page.goto(address(FAINT_IN_DARK))
    assert [fault.split(":")[:2] for fault in axe(page)] == [["dark", " color-contrast at h1"]]


def test_each_person_has_a_session_of_their_own(person: Callable[..., Page], tmp_path: Path) -> None:
    alice, bob = person("alice"), person("bob")
    alice.context.add_cookies([{"name": "session", "value": "alice", "url": "http://localhost/"}])
    assert [len(someone.context.cookies()) for someone in (alice, bob)] == [1, 0]


def test_a_browser_without_scripts_runs_none(person: Callable[..., Page]) -> None:
    page = person(javascript=False)
    page.goto(address("<title>before</title><script>document.title = 'after'</script>"))
    assert page.title() == "before"


def test_a_phone_is_narrow(person: Callable[..., Page]) -> None:
    assert person(width=390).evaluate("innerWidth") == 390


def test_a_picture_is_kept(page: Page, screenshot: Callable[..., Path]) -> None:
    page.goto(address(GOOD))
    assert screenshot(page, "good").read_bytes().startswith(b"\x89PNG")
