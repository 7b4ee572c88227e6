"""Move an entry to a state that leaves it open: accept what was proposed, start, reopen."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.answer_idea import AnswerIdea
from engine.commands.answer_idea import handle as answer
from engine.commands.change_entry import entry_of, must_entry, must_offer
from engine.registers import REGISTERS
from engine.store.act import Act
from engine.store.entries import move_entry


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Move an entry to a state that leaves it open: accept what was proposed, start, reopen."""

    entry: int
    state: str
    word: str = ""
    revision: int | None = None


def handle(act: Act, command: MoveEntry) -> None:
    entry, who = entry_of(act, command.entry, command.revision)
    if entry.register == "idea":
        return answer(act, AnswerIdea(entry.id, command.state, command.word))
    must_entry(who, "accept" if entry.state == "proposed" else "move", entry)
    must_offer(entry, command.state)
    accepted = entry.state == "proposed"
    move_entry(act, entry, command.state, command.word)
    if accepted and entry.owner_id is None and REGISTERS[entry.register].field("owner"):
        entry.owner_id = act.by  # whoever accepts it without naming anyone carries it
    return None
