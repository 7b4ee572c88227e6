"""Close an entry, with what proves it or why it is given up."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.answer_idea import AnswerIdea
from engine.commands.answer_idea import handle as answer
from engine.commands.change_entry import entry_of, must_entry, must_offer
from engine.errors import IdeaUnanswered, ThroughGate
from engine.store.act import Act
from engine.store.baselines import replan
from engine.store.changes import above_tolerance
from engine.store.entries import close_entry, facts_of
from engine.store.migrating import ORIGIN, owe_action
from engine.store.tables import NEVER, EntryRow


@dataclass(frozen=True, slots=True)
class CloseEntry:
    """Close an entry, with what proves it or why it is given up."""

    entry: int
    state: str  #: one that closes, of its register
    proof: str
    revision: int | None = None


def handle(act: Act, command: CloseEntry) -> None:
    entry, who = entry_of(act, command.entry, command.revision)
    if entry.register == "idea":
        return answer(act, AnswerIdea(entry.id, command.state, command.proof))
    must_entry(who, "move", entry)
    must_offer(entry, command.state)
    if command.state == "accepted" and entry.state == "open" and entry.project_id is not None:
        _must_be_tolerated(act, entry, entry.project_id)
    if entry.origin == "answer":
        _must_be_answered(act, entry)
    close_entry(act, entry, command.state, command.proof)
    if entry.origin == ORIGIN and command.state == "refused" and entry.project_id is not None:
        project = act.project(entry.project_id)
        owe_action(act, project, act.release(project.release_id), facts_of(entry))
    if entry.register == "change" and command.state == "accepted" and entry.project_id is not None:
        replan(act, act.project(entry.project_id), entry, facts_of(entry))
    return None


def _must_be_tolerated(act: Act, asked: EntryRow, project: int) -> None:
    """Raises `ThroughGate` for a change beyond what the baseline tolerates."""
    if above_tolerance(act.session, project, facts_of(asked)):
        raise ThroughGate(change=asked.title)


def _must_be_answered(act: Act, action: EntryRow) -> None:
    """What asks for the answer to an idea is done by answering. Raises `IdeaUnanswered`."""
    idea = act.session.get(EntryRow, action.origin_id)
    if idea is not None and idea.due_at < NEVER:
        raise IdeaUnanswered(idea=idea.title, number=idea.number)
