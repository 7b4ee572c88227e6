"""Answer an idea: its author is told, and its clock stops."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.change_entry import entry_of, must_entry, must_offer
from engine.errors import NotFound
from engine.registers import IDEAS
from engine.store.act import Act
from engine.store.entries import close_entry, move_entry
from engine.store.ideas import settle, tell_author
from engine.words import Text


@dataclass(frozen=True, slots=True)
class AnswerIdea:
    """Answer an idea: its author is told, and its clock stops."""

    entry: int
    state: str  #: kept, pool, declined; studied: not an answer yet
    answer: str = ""
    revision: int | None = None


def handle(act: Act, command: AnswerIdea) -> None:
    entry, who = entry_of(act, command.entry, command.revision)
    if entry.register != "idea":
        raise NotFound
    must_entry(who, "answer", entry)
    must_offer(entry, command.state)
    if IDEAS.states[command.state].closed:
        close_entry(act, entry, command.state, command.answer)
    else:
        move_entry(act, entry, command.state, command.answer)
    if IDEAS.states[command.state].word:
        settle(act, entry, command.answer.strip())
        tell_author(act, entry, ANSWERED, IDEAS.states[command.state].text, command.answer.strip())


ANSWERED = (
    Text("Votre idée « {title} » : {state}", "Your idea “{title}”: {state}"),
    Text(
        "Bonjour {name},\n\nVotre idée « {title} » a reçu une réponse : {state}.\n\n{answer}\n\n{address}\n",
        "Hello {name},\n\nYour idea “{title}” has been answered: {state}.\n\n{answer}\n\n{address}\n",
    ),
)
