"""A method in parts (phases, exceptional gates, recurring activities): how much of each may change, and does."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.method import Method
from engine.overlay import Grant
from engine.words import Text

RECURRING = Text("Activités récurrentes", "Recurring activities")


@dataclass(frozen=True, slots=True)
class PartLine:
    """A phase, an exceptional gate, or the recurring activities (`recurring`): how much of it may change, and does."""

    id: str
    name: Text
    elements: tuple[str, ...]  #: all that a change may name
    steps: int
    free: int  #: elements in which more may change than a name, a document and a shorter deadline
    changed: int  #: changes


def parts(method: Method, grants: Mapping[str, tuple[Grant, ...]], changed: Collection[str]) -> Iterator[PartLine]:
    found = [(each.id, each.name, each.id, each.tasks, each.gate) for each in method.phases]
    found += [(each.id, each.phase.name, each.id, each.phase.tasks, each.gate.id) for each in method.exceptions]
    found.append(("recurring", RECURRING, "", tuple(each.task for each in method.recurring), ""))
    for id, name, itself, tasks, gate in found:
        elements = tuple(filter(None, (itself, *(each.id for each in tasks), gate)))
        free = [each for each in elements if any(not grant.usual for grant in grants.get(each, ()))]
        yield PartLine(
            id, name, elements, len(tasks), len(free), sum(each in elements for each in changed)
        )  # fmt: skip
