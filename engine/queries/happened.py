"""Events as they read: a sentence each, with the names that people, roles and registers have today."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from engine.history import SENTENCES, STATUSES
from engine.method import OUTCOMES, Method
from engine.queries.lines import ActorLine, EventLine
from engine.queries.reading import day_as_read
from engine.registers import REGISTERS, Register
from engine.store.tables import EventRow
from engine.weather import WEATHERS
from engine.words import Text

IN_NAME = Text("{said} (au nom de {name})", "{said} (in the name of {name})")
BECAUSE = Text("{said} : {reason}", "{said}: {reason}")
NOBODY = Text("personne d’autre que le service", "nobody but the department")

#: what a sentence says where an event, changed behind Jalon's back, lacks a fact: the page must still show it
UNKNOWN = {fact: Text("?") for each in SENTENCES.values() for fact in re.findall(r"{(\w+)}", each.fr)}


def facts_of(row: EventRow) -> dict[str, Any]:
    """What the event keeps; nothing where it was changed into what cannot be read."""
    try:
        facts = json.loads(row.facts)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def people_of(facts: dict[str, Any]) -> list[int | None]:
    """Whom the sentence names, beside who acted."""
    return [facts.get("to"), facts.get("mandate"), *facts.get("people", ())]


def event_line(
    row: EventRow, facts: dict[str, Any], people: Mapping[int, ActorLine], method: Method | None, step: Text | None
) -> EventLine:  # fmt: skip
    """`people`: at least who acted and `people_of` the facts. `step`: the name of the element that it happened to."""
    sentence = SENTENCES.get(row.kind, Text(row.kind))
    said = sentence.format(**_words(facts, people, method, step))
    if "mandate" in facts:
        said = IN_NAME.format(said=said, name=_named(people, facts["mandate"]))
    if row.kind == "task_assigned" and facts.get("reason"):
        said = BECAUSE.format(said=said, reason=str(facts["reason"]))
    # a sentence that starts with a verb lacks its subject; the others say what Jalon itself did
    acted = sentence.fr[:1].islower()
    person = people.get(row.actor_id or 0)
    unnamed = row.kind == "entry_opened" and facts.get("register") == "idea" and row.actor_id is None
    actor = person.name if person and acted else "?" if unnamed else "Jalon"
    return EventLine(
        number=row.number,
        at=row.at,
        actor=actor,
        kind=row.kind,
        text=Text(f"{actor} {said.fr}", f"{actor} {said.read('en')}") if acted else said,
        task=row.task_id,
        digest=row.digest,
    )


def _words(
    facts: dict[str, Any], people: Mapping[int, ActorLine], method: Method | None, step: Text | None
) -> dict[str, Text]:  # fmt: skip
    """Each fact as the sentence says it; as it was kept, where nothing names it any more."""
    words = UNKNOWN | {key: Text(str(value)) for key, value in facts.items()}
    if step is not None:
        words["element"] = step
    if method is not None:
        words |= _words_of_method(facts, method)
    if "to" in facts:
        words["to"] = Text(_named(people, facts["to"]))
    if "people" in facts:
        names = [people[id].name for id in facts["people"] if id in people]
        words["people"] = Text(", ".join(names)) if names else NOBODY
    if "until" in facts:
        words["until"] = day_as_read(str(facts["until"]))
    if facts.get("register") in REGISTERS:
        words |= _words_of_register(facts, REGISTERS[facts["register"]])
    for key, named in (("outcome", OUTCOMES), ("weather", WEATHERS), ("status", STATUSES)):
        if key in facts:
            words[key] = named.get(facts[key], words[key])
    return words


def _words_of_method(facts: dict[str, Any], method: Method) -> dict[str, Text]:
    words: dict[str, Text] = {}
    gate = method.gate.get(facts.get("element", ""))
    for each in gate.criteria if gate else ():
        if each.key == facts.get("criterion"):
            words["criterion"] = each.text
    if facts.get("role") in method.role:
        words["role"] = method.role[facts["role"]].name
    return words


def _words_of_register(facts: dict[str, Any], register: Register) -> dict[str, Text]:
    words = {"register": register.name}
    if facts.get("state") in register.states:
        words["state"] = register.states[facts["state"]].text
    if isinstance(facts.get("fields"), list):
        words["fields"] = _labels(register, facts["fields"])
    return words


def _labels(register: Register, keys: list[str]) -> Text:
    found = [register.field(str(key)) for key in keys]
    labels = [each.label for each in found if each is not None]
    return Text(", ".join(each.fr for each in labels), ", ".join(each.read("en") for each in labels))


def _named(people: Mapping[int, ActorLine], id: int) -> str:
    return people[id].name if id in people else "?"
