"""Follow up a watch entry: the idea, risk or action that it leads to is opened, linked to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from engine.commands.change_entry import entry_of, must_entry
from engine.commands.open_entry import EntryOpened, OpenEntry
from engine.commands.open_entry import handle as open_it
from engine.errors import NotFound
from engine.store.act import Act
from engine.store.entries import change, close_entry


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Follow up a watch entry: the idea, risk or action that it leads to is opened, linked to it."""

    entry: int
    register: Literal["idea", "risk", "action"]
    values: dict[str, Any] = field(default_factory=dict)  #: of the new entry
    project: int | None = None  #: of a risk or an action; else the watch entry's own


def handle(act: Act, command: FollowUp) -> EntryOpened:
    watch, who = entry_of(act, command.entry)
    if watch.register != "watch" or command.register not in ("idea", "risk", "action"):
        raise NotFound
    must_entry(who, "follow", watch)
    project = None if command.register == "idea" else command.project or watch.project_id
    opened = open_it(act, OpenEntry(command.register, command.values, project, "entry", watch.id))
    close_entry(act, watch, "followed", "")
    change(watch, led_to=opened.entry)
    return opened
