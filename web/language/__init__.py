"""The reader's language: French first, English complete.

The message ids are the French sentences; `web/translations/en` holds the English (`python -m web.language update`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, cast

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request, session

from engine import LANGUAGES, Language, Text
from web.acting import me
from web.language import formats
from web.language.typography import french

TRANSLATIONS = Path(__file__).parents[1] / "translations"


def install(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["language"] = language
    app.add_template_filter(text)
    app.template_filter("date")(lambda moment: formats.date(moment, language()))
    app.template_filter("datetime")(lambda moment: formats.moment(moment, language()))
    app.template_filter("lasting")(lambda time: formats.lasting(time, language()))
    app.template_filter("since")(lambda moment: formats.since(moment, language()))
    app.template_filter("number")(lambda number: formats.number(number, language()))
    app.template_filter("money")(lambda amount: formats.money(amount, language()))
    app.template_filter("size")(lambda size: formats.size(size, language()))


def language() -> Language:
    """The reader's: their setting, else this session's, else their invitation's, else the browser's, else French.

    Fixed for a request.
    """
    if not has_request_context():
        return "fr"
    if "language" not in g:
        g.language = chosen()
    return cast("Language", g.language)


@contextmanager
def read_in(other: Language) -> Iterator[None]:
    """What is rendered meanwhile is in `other`, whatever the reader's language."""
    before = language()
    g.language = other
    try:
        yield
    finally:
        g.language = before


def chosen() -> Language:
    reader = me()
    for wish in (reader.language if reader else "", session.get("language", ""), g.get("link_language", "")):
        if wish in LANGUAGES:
            return cast("Language", wish)
    return cast("Language", request.accept_languages.best_match(LANGUAGES, default="fr"))


@cache
def sentences(reader: str) -> NullTranslations:
    """French needs none: its sentences are the message ids."""
    return NullTranslations() if reader == "fr" else Translations.load(TRANSLATIONS, [reader], "web")


def gettext(message: str) -> str:
    return spaced(sentences(language()).ugettext(message))


def ngettext(one: str, many: str, count: int) -> str:
    """French says « 0 tâche »: none is singular; English says “0 tasks”."""
    if language() == "fr":
        return french(one if abs(count) < 2 else many)
    return sentences(language()).ungettext(one, many, count)


def _(message: str, **facts: Any) -> str:
    """`message` in the reader's language, with `%(fact)s` put in."""
    said = gettext(message)
    return said % facts if facts else said


def text(words: Text | str) -> str:
    """The words in the reader's language; what a person typed stays as it is."""
    return spaced(words.read(language())) if isinstance(words, Text) else words


def spaced(words: str) -> str:
    return french(words) if language() == "fr" else words
