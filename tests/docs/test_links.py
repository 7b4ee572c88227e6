"""What the documents point at is there: pages, headings, pictures, files of the project."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from tests.docs.reference import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "workflows").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(page: Path) -> str:
    """A page without its blocks of code, where nothing is a link or a heading."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[str]:
    return [each for each in LINK.findall(prose(page)) if "://" not in each and not each.startswith("mailto:")]


def anchors(page: Path) -> set[str]:
    """The anchors that a forge gives to the headings."""
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    kept = [re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", title.strip().lower())) for title in titles]
    return {each.replace(" ", "-") for each in kept}


def resolves(page: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = (page.parent / place).resolve() if place else page
    return target.exists() and (not anchor or anchor in anchors(target))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_and_picture_of_the_page_resolves(page: Path) -> None:
    assert [each for each in links(page) if not resolves(page, each)] == []


def test_every_page_of_the_documents_is_found_from_its_index() -> None:
    index = DOCS / "README.md"
    listed = {(DOCS / each.partition("#")[0]).resolve() for each in links(index)}
    assert set(DOCS.rglob("*.md")) - {index} - listed == set()


def test_every_document_that_the_code_names_exists() -> None:
    sources = [path for folder in ("engine", "web") for path in (ROOT / folder).rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    mentioned = {name for text in texts for name in re.findall(r"docs/[\w/.-]+\.md", text)}
    assert sorted(name for name in mentioned if not (ROOT / name).is_file()) == []
