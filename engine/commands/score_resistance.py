"""Score a resistance again, as at each gate; the scores before are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.change_entry import entry_of, must_entry
from engine.entering import answered
from engine.registers import RESISTANCES
from engine.store.act import Act
from engine.store.entries import change, facts_of, note

SCORES = ("synergy", "antagonism", "influence")


@dataclass(frozen=True, slots=True)
class ScoreResistance:
    """Score a resistance again, as at each gate; the scores before are kept."""

    entry: int
    synergy: int  #: 1 to 4
    antagonism: int  #: 1 to 4
    influence: int = 0  #: 1 to 4; 0: as before
    note: str = ""
    revision: int | None = None


def handle(act: Act, command: ScoreResistance) -> None:
    entry, who = entry_of(act, command.entry, command.revision)
    must_entry(who, "score", entry)
    facts = facts_of(entry)
    given = {
        "synergy": str(command.synergy), "antagonism": str(command.antagonism),
        "influence": str(command.influence or facts.get("influence") or ""),
    }  # fmt: skip
    form = tuple(each for each in RESISTANCES.fields if each.key in SCORES)
    said: dict[str, Any] = answered(act, form, given, RESISTANCES.one)
    past = [*facts.get("scores", []), {
        "at": act.now.isoformat(), "by": act.by, "note": command.note.strip(),
        **{key: facts.get(key, "") for key in SCORES},
    }]  # fmt: skip
    change(entry, **said, scores=past)
    note(act, entry, "scored")
