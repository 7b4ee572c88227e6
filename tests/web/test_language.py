"""French first, English complete."""

from __future__ import annotations

import datetime as clock
from collections.abc import Callable

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo

from tests.web.conftest import Browser
from web.language import catalog, formats
from web.language.typography import french

MOMENT = clock.datetime(2026, 3, 1, 23, 30, tzinfo=clock.UTC)


def test_everything_that_the_pages_say_is_said_in_english() -> None:
    english, said = catalog.committed(), catalog.said()
    assert sorted(str(each.id) for each in said if each.id) == sorted(str(each.id) for each in english if each.id), (
        "The catalog is out of date: run `python -m web.language update`."
    )
    assert catalog.untranslated(english) == []


def test_an_english_sentence_takes_the_facts_of_the_french_one() -> None:
    for each in catalog.committed():
        if each.python_format:
            assert each.check() == [], each.id


def messages(found: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {catalog.parts(each.id): catalog.parts(each.string) for each in found if each.id}


def test_the_compiled_catalog_is_the_one_that_was_written() -> None:
    with catalog.MO.open("rb") as file:
        compiled = messages(read_mo(file))
    assert compiled == messages(catalog.committed()), "It is stale: run `python -m web.language compile`."


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "fr"), ("fr-FR,fr;q=0.9,en;q=0.8", "fr"), ("en-GB,en;q=0.9", "en"), ("de,en;q=0.5", "en"), ("de", "fr")],
)
def test_a_stranger_reads_the_language_of_their_browser(stranger: Browser, accepted: str, language: str) -> None:
    page = stranger.get("/connexion", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in page.text


def test_a_stranger_may_choose_and_stays_on_the_page(stranger: Browser) -> None:
    answer = stranger.post("/langue", {"language": "en", "next": "/connexion?next=/projets"})
    assert answer.location == "/connexion?next=/projets"
    assert "<h1>Sign in</h1>" in stranger.get("/connexion").text


def test_a_persons_choice_follows_them_to_another_browser(
    amina: Browser, browser: Callable[[int | None], Browser]
) -> None:
    amina.post("/langue", {"language": "en"})
    assert '<html lang="en">' in browser(1).get("/", headers={"Accept-Language": "fr"}).text


def test_a_language_that_is_not_spoken_changes_nothing(amina: Browser) -> None:
    amina.post("/langue", {"language": "xx"})
    assert '<html lang="fr">' in amina.get("/").text


def test_moments_are_those_of_paris() -> None:
    assert formats.date(MOMENT, "fr") == "2 mars 2026"
    assert formats.moment(MOMENT, "fr") == "2 mars 2026 à 00:30"
    assert formats.moment(MOMENT, "en") == "2 March 2026 at 00:30"
    assert formats.date("2026-12-01", "fr") == "1er décembre 2026"
    assert formats.date("bientôt", "fr") == "bientôt"


def test_how_far_a_moment_is() -> None:
    now = MOMENT + clock.timedelta(days=3)
    assert formats.since(MOMENT, "fr", now) == "il y a 3 jours"
    assert formats.since(MOMENT + clock.timedelta(days=5), "en", now) == "in 2 days"


def test_numbers_and_amounts() -> None:
    said = [formats.number("1234.50", "fr"), formats.money("1234.5", "fr"), formats.money("1234.5", "en")]
    assert said == ["1\u202f234,5", "1\u202f234,50\u00a0€", "€1,234.50"]
    assert formats.number("beaucoup", "fr") == "beaucoup"
    assert [formats.size(n, "fr") for n in (999, 2048, 3_000_000)] == ["999\u00a0octets", "2\u00a0Ko", "2,9\u00a0Mo"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Motif : oui ; non ?", "Motif\u00a0: oui\u202f; non\u202f?"),
        ("« Plan »", "«\u00a0Plan\u00a0»"),
        ("« Plan » : fini !", "«\u00a0Plan\u00a0»\u00a0: fini\u202f!"),
        ("à 14:05, http://a.fr", "à 14:05, http://a.fr"),
        ("| a | b |\n| :-- | --: |", "| a | b |\n| :-- | --: |"),  # a Markdown table
    ],
)
def test_french_signs_never_begin_a_line(written: str, shown: str) -> None:
    assert french(written) == shown
