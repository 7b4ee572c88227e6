"""One check: what was found, and the remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy.orm import Session

from engine.engine import Engine
from engine.words import LANGUAGES, Text, spoken

#: of what is wrong, so many are named
NAMED = 5


@dataclass(frozen=True, slots=True)
class Examined:
    check: str
    well: bool
    found: Text
    remedy: Text  #: empty when all is well

    def named(self, check: str) -> Examined:
        return replace(self, check=check)


Check = Callable[[Engine, Session], Examined]


def well(fr: str, en: str, /, **facts: object) -> Examined:
    return Examined("", True, Text(fr, en).format(**facts), Text(""))


def ill(found: Text, remedy: Text, /, **facts: object) -> Examined:
    return Examined("", False, found.format(**facts), remedy.format(**facts))


class Few:
    """Counts what is wrong and keeps the first few, so that memory does not grow with it."""

    def __init__(self, things: Iterable[object]) -> None:
        counting = iter(things)
        self.first = list(islice(counting, NAMED))
        self.count = len(self.first) + sum(1 for _ in counting)

    def __bool__(self) -> bool:
        return bool(self.count)

    @property
    def text(self) -> Text:
        fr, en = (", ".join(str(spoken(each, language)) for each in self.first) for language in LANGUAGES)
        more = self.count - len(self.first)
        return Text(f"{fr} et {more} de plus", f"{en} and {more} more") if more else Text(fr, en)
