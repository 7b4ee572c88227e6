"""A theme pack: what a theme adds to a method, as data (docs/reference/themes.md). It adds, it never removes.

Tasks with their forms, criteria, roles, words, reminders of the law, indicators; each says at which phase or gate it
enters, by the ids of as many methods as it knows. Read from JSON by `engine.pack_file`.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.method import Field, Lock, Role
from engine.words import Text


@dataclass(frozen=True, slots=True)
class PackTask:
    id: str
    name: Text
    phases: tuple[str, ...]  #: where it enters: the first of these that the method has
    role: str
    lock: Lock
    due: str  #: ISO 8601 duration after opening; empty: no deadline
    help: Text
    form: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class PackCriterion:
    key: str
    text: Text
    gates: tuple[str, ...]  #: the first of these that the method has


@dataclass(frozen=True, slots=True)
class PackLock:
    """A step of the method that the theme makes compulsory."""

    steps: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class Term:
    term: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class LegalReminder:
    text: Text
    source: str


@dataclass(frozen=True, slots=True)
class Indicator:
    key: str
    label: Text
    unit: Text


@dataclass(frozen=True, slots=True)
class Pack:
    theme: str
    version: str
    name: Text
    label: Text  #: how a project of this theme is called
    help: Text
    tasks: tuple[PackTask, ...] = ()
    criteria: tuple[PackCriterion, ...] = ()
    locks: tuple[PackLock, ...] = ()
    roles: tuple[Role, ...] = ()
    glossary: tuple[Term, ...] = ()
    reminders: tuple[LegalReminder, ...] = ()
    indicators: tuple[Indicator, ...] = ()
