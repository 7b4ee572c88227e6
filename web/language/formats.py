"""Dates, numbers and amounts as they are written in France and in English; moments in Paris, whatever UTC says."""

from __future__ import annotations

import datetime as clock
from decimal import Decimal, InvalidOperation

from babel import dates, numbers, units

PARIS = dates.get_timezone("Europe/Paris")
LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def date(moment: clock.datetime | clock.date | str | None, language: str) -> str:
    """A day: « 3 mars 2026 ». An ISO date is read; anything else is given back as it is."""
    if not moment:
        return ""
    if isinstance(moment, str):
        try:
            moment = clock.date.fromisoformat(moment)
        except ValueError:
            return str(moment)
    if isinstance(moment, clock.datetime):
        moment = local(moment)
    return first_of_month(dates.format_date(moment, "d MMMM y", locale=LOCALES[language]), language)


def moment(when: clock.datetime | None, language: str) -> str:
    """A day and an hour: « 3 mars 2026 à 14:05 »."""
    if when is None:
        return ""
    at = {"fr": "d MMMM y 'à' HH:mm", "en": "d MMMM y 'at' HH:mm"}[language]
    return first_of_month(dates.format_datetime(aware(when), at, tzinfo=PARIS, locale=LOCALES[language]), language)


def first_of_month(said: str, language: str) -> str:
    """French says « 1er mars », which the CLDR does not."""
    return f"1er{said[1:]}" if language == "fr" and said.startswith("1 ") else said


def since(when: clock.datetime | None, language: str, now: clock.datetime | None = None) -> str:
    """How far: « il y a 3 jours », « dans 2 heures »."""
    if when is None:
        return ""
    gap = aware(when) - (now or clock.datetime.now(clock.UTC))
    return dates.format_timedelta(gap, add_direction=True, locale=LOCALES[language])


def lasting(time: clock.timedelta, language: str) -> str:
    """How long: « 31 jours », « 2 heures ». Never coarser than days: terms are counted in them."""
    if time >= clock.timedelta(days=1):
        return units.format_unit(time.days, "duration-day", locale=LOCALES[language])
    return dates.format_timedelta(time, threshold=1.5, locale=LOCALES[language])


def local(when: clock.datetime) -> clock.datetime:
    return aware(when).astimezone(PARIS)


def aware(when: clock.datetime) -> clock.datetime:
    """The engine speaks UTC."""
    return when if when.tzinfo else when.replace(tzinfo=clock.UTC)


def number(value: Decimal | str | int | float | None, language: str) -> str:
    """« 1 234,5 »; what is not a number is given back as it is."""
    if value is None or value == "":
        return ""
    try:
        return numbers.format_decimal(Decimal(str(value)), locale=LOCALES[language], decimal_quantization=False)
    except InvalidOperation:
        return str(value)


def money(value: Decimal | str | int | None, language: str) -> str:
    """An amount in euros."""
    if value is None or value == "":
        return ""
    try:
        return numbers.format_currency(Decimal(str(value)), "EUR", locale=LOCALES[language])
    except InvalidOperation:
        return str(value)


def size(count: int, language: str) -> str:
    """Of a file, in units of 1,024 bytes."""
    units = {"fr": ("octets", "Ko", "Mo"), "en": ("bytes", "KB", "MB")}[language]
    amount = Decimal(count)
    for unit in units[:-1]:
        if amount < 1024:
            return f"{number(round(amount), language)}\u00a0{unit}"
        amount /= 1024
    return f"{number(round(amount, 1), language)}\u00a0{units[-1]}"
