"""What happens around an idea: its author hears of it, and what was asked of others about it is settled."""

from __future__ import annotations

from sqlalchemy import select

from engine.store.act import Act
from engine.store.entries import close_entry
from engine.store.outbox import mail
from engine.store.tables import NEVER, ActorRow, EntryRow
from engine.words import Text


def settle(act: Act, idea: EntryRow, word: str) -> None:
    """It has its answer: nothing is due any more, and the actions that asked for it are done."""
    idea.due_at = NEVER
    rows = act.session.execute(
        select(EntryRow).where(
            EntryRow.origin == "answer", EntryRow.origin_id == idea.id, EntryRow.closed_at.is_(None)
        )
    ).scalars()  # fmt: skip
    for action in rows:
        close_entry(act, action, "done", word)


def tell_author(act: Act, idea: EntryRow, letter: tuple[Text, Text], state: Text, answer: str) -> bool:
    """A message to the author, where one is named: `letter` is its subject and its body."""
    author = act.session.get(ActorRow, idea.author_id) if idea.author_id is not None else None
    if author is None or not author.active:
        return False
    said = {
        "title": idea.title, "state": state, "answer": answer, "name": author.name,
        "address": f"{act.settings.base}/entrees/{idea.id}",
    }  # fmt: skip
    subject, body = (each.format(**said).read(author.language) for each in letter)
    return mail(act, author, f"idea-{idea.id}-{idea.revision}-{act.now.timestamp():.0f}", subject, body)
