"""The file of a theme pack: read with every slip told, place by place."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args

from engine.errors import PackRefused
from engine.history import canonical
from engine.method import Column, Field, FieldType, Lock, Option, Role
from engine.packs import Indicator, LegalReminder, Pack, PackCriterion, PackLock, PackTask, Term
from engine.words import Text
from engine.working_time import parts

#: characters of a theme's code, and of the id of what it adds
LONGEST_CODE = 40
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
VERSION = re.compile(r"\d+\.\d+\.\d+")


def read_pack(said: Any) -> Pack:
    """The pack that JSON describes. Raises `PackRefused` with everything that is wrong in it, place by place."""
    if not isinstance(said, dict):
        why = Text("un objet JSON est attendu", "a JSON object is expected")
        raise PackRefused(theme="?", count=1, why=_listed([("", why)]))
    reader = _Reader()
    pack = reader.pack(said)
    if reader.problems:
        theme = str(said.get("theme") or "?")[:LONGEST_CODE]
        raise PackRefused(theme=theme, count=len(reader.problems), why=_listed(reader.problems))
    return pack


def digest_of(said: Any) -> str:
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def stored(content: str) -> Pack:
    """A pack that was published."""
    return read_pack(json.loads(content))


def _listed(problems: Sequence[tuple[str, Text]]) -> Text:
    fr, en = ("; ".join(f"{place or '*'}: {why.read(each)}" for place, why in problems) for each in ("fr", "en"))
    return Text(fr, en)


#: what is said of an entry that is wrong
MISSING = Text("il manque", "is missing")
BILINGUAL = Text('un texte {"fr": …, "en": …} est attendu', 'a text {"fr": …, "en": …} is expected')
UNKNOWN = Text("cette clé n’existe pas ; il y a {keys}", "there is no such key; there are {keys}")
LIST = Text("une liste d’objets est attendue", "a list of objects is expected")
IDS = Text("une liste d’identifiants est attendue", "a list of ids is expected")
ONE_OF = Text("« {value} » n’est pas de {choices}", "“{value}” is none of {choices}")
NOT_A_CODE = Text(
    "« {value} » n’est pas un identifiant : une lettre, puis lettres, chiffres, _ . -",
    "“{value}” is no id: a letter, then letters, digits, _ . -",
)
NOT_A_VERSION = Text("« {value} » n’est pas une version : 1.0.0", "“{value}” is no version: 1.0.0")
NOT_A_DURATION = Text("« {value} » n’est pas une durée ISO 8601 : P10D", "“{value}” is no ISO 8601 duration: P10D")
TWICE = Text("« {value} » est là deux fois", "“{value}” is there twice")
OPTIONS = Text("un choix demande des « options »", "a choice needs “options”")
HELD = ("project", "service", "anyone", "guest")


class _Reader:
    """Reads on after what is wrong, so that one refusal tells all of it."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, Text]] = []

    def wrong(self, place: str, why: Text, **facts: Any) -> None:
        self.problems.append((place, why.format(**facts) if facts else why))

    # --- values ---

    def keys(self, place: str, said: Mapping[str, Any], known: str) -> None:
        for key in said:
            if key not in known.split():
                self.wrong(f"{place}.{key}".strip("."), UNKNOWN, keys=known.split())

    def text(self, place: str, said: Any, needed: bool = True) -> Text:
        if said is None and not needed:
            return Text("")
        if not isinstance(said, dict) or not all(
            isinstance(said.get(each), str) and said[each].strip() for each in ("fr", "en")
        ):
            self.wrong(place, MISSING if said is None else BILINGUAL)
            return Text("")
        return Text(said["fr"].strip(), said["en"].strip())

    def code(self, place: str, said: Any) -> str:
        if said is None:
            self.wrong(place, MISSING)
        elif not isinstance(said, str) or len(said) > LONGEST_CODE or not CODE.fullmatch(said):
            self.wrong(place, NOT_A_CODE, value=str(said)[:LONGEST_CODE])
        else:
            return said
        return ""

    def codes(self, place: str, said: Any) -> tuple[str, ...]:
        if not isinstance(said, list) or not said:
            self.wrong(place, IDS)
            return ()
        return tuple(self.code(place, each) for each in said)

    def choice(self, place: str, said: Any, choices: Sequence[str]) -> str:
        if said not in choices:
            self.wrong(place, ONE_OF, value=str(said)[:LONGEST_CODE], choices=tuple(choices))
        return str(said)

    def entries(self, place: str, said: Any, known: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Each entry of a list with its place; one that is no object is told."""
        if said is None:
            return
        if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
            self.wrong(place, LIST)
            return
        for number, each in enumerate(said, 1):
            at = f"{place} {number}"
            self.keys(at, each, known)
            yield at, each

    def once(self, place: str, ids: Sequence[str]) -> None:
        for each, count in Counter(ids).items():
            if count > 1 and each:
                self.wrong(place, TWICE, value=each)

    # --- the pack ---

    def pack(self, said: Mapping[str, Any]) -> Pack:
        self.keys(
            "", said,
            "theme version name label help tasks criteria locks roles glossary reminders indicators",
        )  # fmt: skip
        version = str(said.get("version") or "")
        if not VERSION.fullmatch(version) or len(version) > LONGEST_CODE:
            self.wrong("version", NOT_A_VERSION, value=version[:LONGEST_CODE])
        pack = Pack(
            theme=self.code("theme", said.get("theme")),
            version=version,
            name=self.text("name", said.get("name")),
            label=self.text("label", said.get("label")),
            help=self.text("help", said.get("help"), needed=False),
            tasks=self.each(said, "tasks", "id name phases role lock due help form", self.task),
            criteria=self.each(said, "criteria", "key text gates", self.criterion),
            locks=self.each(said, "locks", "steps why", self.lock),
            roles=self.each(said, "roles", "id name held", self.role),
            glossary=self.each(said, "glossary", "term meaning", self.term),
            reminders=self.each(said, "reminders", "text source", self.reminder),
            indicators=self.each(said, "indicators", "key label unit", self.indicator),
        )
        self.once("tasks", [each.id for each in pack.tasks])
        self.once("criteria", [each.key for each in pack.criteria])
        self.once("roles", [each.id for each in pack.roles])
        self.once("indicators", [each.key for each in pack.indicators])
        return pack

    def each(self, said: Mapping[str, Any], part: str, known: str, read: Callable[..., Any]) -> tuple[Any, ...]:
        return tuple(read(place, entry) for place, entry in self.entries(part, said.get(part), known))

    def task(self, place: str, said: Mapping[str, Any]) -> PackTask:
        due = str(said.get("due") or "")
        if due and not _is_duration(due):
            self.wrong(f"{place}.due", NOT_A_DURATION, value=due[:LONGEST_CODE])
        task = PackTask(
            id=self.code(f"{place}.id", said.get("id")),
            name=self.text(f"{place}.name", said.get("name")),
            phases=self.codes(f"{place}.phases", said.get("phases")),
            role=self.code(f"{place}.role", said.get("role")),
            lock=self.choice(f"{place}.lock", said.get("lock", "locked"), get_args(Lock)),  # type: ignore[arg-type]
            due=due,
            help=self.text(f"{place}.help", said.get("help"), needed=False),
            form=tuple(
                self.field(at, entry)
                for at, entry in self.entries(
                    f"{place}.form", said.get("form"), "key type label help required options columns"
                )
            ),
        )
        self.once(f"{place}.form", [each.key for each in task.form])
        return task

    def field(self, place: str, said: Mapping[str, Any]) -> Field:
        kind = self.choice(f"{place}.type", said.get("type"), get_args(FieldType))
        options = tuple(
            Option(self.code(f"{at}.value", each.get("value")), self.text(f"{at}.label", each.get("label")))
            for at, each in self.entries(f"{place}.options", said.get("options"), "value label")
        )
        if kind in ("enum", "multiselect") and not options:
            self.wrong(place, OPTIONS)
        return Field(
            key=self.code(f"{place}.key", said.get("key")),
            type=kind,  # type: ignore[arg-type]
            label=self.text(f"{place}.label", said.get("label")),
            help=self.text(f"{place}.help", said.get("help"), needed=False),
            required=said.get("required") is True,
            options=options,
            columns=tuple(
                Column(
                    self.code(f"{at}.key", each.get("key")),
                    self.text(f"{at}.label", each.get("label")),
                    self.choice(f"{at}.type", each.get("type", "text"), COLUMNS),
                    each.get("required") is True,
                )
                for at, each in self.entries(f"{place}.columns", said.get("columns"), "key label type required")
            ),
        )

    def criterion(self, place: str, said: Mapping[str, Any]) -> PackCriterion:
        return PackCriterion(
            self.code(f"{place}.key", said.get("key")),
            self.text(f"{place}.text", said.get("text")),
            self.codes(f"{place}.gates", said.get("gates")),
        )

    def lock(self, place: str, said: Mapping[str, Any]) -> PackLock:
        steps = self.codes(f"{place}.steps", said.get("steps"))
        return PackLock(steps, self.text(f"{place}.why", said.get("why")))

    def role(self, place: str, said: Mapping[str, Any]) -> Role:
        return Role(
            self.code(f"{place}.id", said.get("id")),
            self.text(f"{place}.name", said.get("name")),
            self.choice(f"{place}.held", said.get("held", "project"), HELD),  # type: ignore[arg-type]
        )

    def term(self, place: str, said: Mapping[str, Any]) -> Term:
        meaning = self.text(f"{place}.meaning", said.get("meaning"))
        return Term(self.text(f"{place}.term", said.get("term")), meaning)

    def reminder(self, place: str, said: Mapping[str, Any]) -> LegalReminder:
        source = said.get("source")
        if not isinstance(source, str) or not source.strip():
            self.wrong(f"{place}.source", MISSING)
        return LegalReminder(self.text(f"{place}.text", said.get("text")), str(source or ""))

    def indicator(self, place: str, said: Mapping[str, Any]) -> Indicator:
        return Indicator(
            self.code(f"{place}.key", said.get("key")),
            self.text(f"{place}.label", said.get("label")),
            self.text(f"{place}.unit", said.get("unit")),
        )


COLUMNS = ("text", "textarea", "number", "money", "date", "user", "boolean")


def _is_duration(text: str) -> bool:
    try:
        return any(parts(text))
    except ValueError:
        return False
