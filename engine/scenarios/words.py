"""What a person says -> a value: days, yes and no, numbers, how long later."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from engine.answers import day, decimal
from engine.document import Listed, Said, Words
from engine.scenarios import keywords

_MONTHS = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may"),
    ("juin", "june"), ("juillet", "july"), ("aout", "august"), ("septembre", "september"), ("octobre", "october"),
    ("novembre", "november"), ("decembre", "december"),
)  # fmt: skip
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LONG_DAY = re.compile(r"(?:le )?(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_AMOUNT = re.compile(r"(\d+) ([a-z]+)")
_ISO = {"minutes": "PT{}M", "hours": "PT{}H", "days": "P{}D", "weeks": "P{}W", "months": "P{}M", "years": "P{}Y"}


def day_said(text: str) -> date | None:
    """`2026-12-31`, `31/12/2026`, `31 décembre 2026`; None for what is no day."""
    said = keywords.bare(text)
    try:
        if found := _FRENCH_DAY.fullmatch(said):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _LONG_DAY.fullmatch(said):
            month = next((at for at, names in enumerate(_MONTHS, 1) if found[2] in names), 0)
            return date(int(found[3]), month, int(found[1]))
    except ValueError:
        return None
    return day(said)


def yes_or_no(text: str) -> bool | None:
    return True if keywords.is_said(text, *keywords.YES) else False if keywords.is_said(text, *keywords.NO) else None


def later(text: str) -> str:
    """`5 jours plus tard`, `5 days later` as an ISO 8601 duration; empty for what says no such thing."""
    said = keywords.bare(text)
    for end in (keywords.LATER.fr, keywords.LATER.en):
        amount = _AMOUNT.fullmatch(said.removesuffix(keywords.bare(end)).strip()) if said.endswith(end) else None
        if amount is not None:
            unit = keywords.which(amount[2], keywords.UNITS) or keywords.which(amount[2] + "s", keywords.UNITS)
            return _ISO[unit].format(amount[1]) if unit else ""
    return ""


def plain(said: Said) -> Any:
    """What is said where no form says what is meant: a word in quotes is text, any other what it looks like."""
    if isinstance(said, Listed):
        return [plain(each) for each in said.items]
    if not isinstance(said, Words):
        return {name: plain(each) for name, each in said.items.items()}
    if said.quoted:
        return said.text
    if not said.text or keywords.is_said(said.text, keywords.NOTHING):
        return None
    for read in (yes_or_no, day_said, decimal):
        found = read(said.text)
        if found is not None:
            return found
    return said.text
