"""Escalate the ideas that have waited too long for their answer; their authors are told so, with an apology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from engine.registers import IDEAS
from engine.store.act import Act
from engine.store.entries import open_entry
from engine.store.ideas import tell_author
from engine.store.organisation import who_is_told
from engine.store.outbox import mail
from engine.store.tables import ActorRow, EntryRow
from engine.words import Text
from engine.working_time import due_after


@dataclass(frozen=True, slots=True)
class EscalateIdeas:
    """Escalate the ideas that have waited too long for their answer; Jalon itself does it, every working day."""


@dataclass(frozen=True, slots=True)
class IdeasEscalated:
    ideas: int


ANSWER_IT = Text("Répondre à l’idée n° {number} : {idea}", "Answer idea no. {number}: {idea}")


def handle(act: Act, command: EscalateIdeas) -> IdeasEscalated:
    late = _late(act)
    people = who_is_told(act) if late else []
    for idea in late:
        open_entry(
            act, "action", None, ANSWER_IT.format(number=idea.number, idea=idea.title),
            owner=people[0] if people else None, due=due_after(act.now, "P2D"), origin="answer", origin_id=idea.id,
        )  # fmt: skip
        idea.owner_id = people[0] if people else idea.owner_id
        act.record("idea_escalated", entry=idea.id, number=idea.number, people=people)
        tell_author(act, idea, APOLOGY, IDEAS.states[idea.state].text, "")
        for person in people:
            _warn(act, idea, act.session.get_one(ActorRow, person))
    return IdeasEscalated(len(late))


def _late(act: Act) -> Sequence[EntryRow]:
    """Open ideas whose day has passed, each once: one that was escalated has the action that asks for its answer."""
    asked = aliased(EntryRow)
    query = (
        select(EntryRow)
        .where(
            EntryRow.closed_at.is_(None), EntryRow.due_at < act.now, EntryRow.register == "idea",
            ~exists().where(asked.origin == "answer", asked.origin_id == EntryRow.id),
        )
        .order_by(EntryRow.due_at, EntryRow.id)
    )  # fmt: skip
    rows = act.session.execute(query.with_for_update(of=EntryRow, skip_locked=True) if act.locks_rows else query)
    return list(rows.scalars())


def _warn(act: Act, idea: EntryRow, person: ActorRow) -> None:
    said = {
        "title": idea.title, "name": person.name, "number": idea.number,
        "address": f"{act.settings.base}/entrees/{idea.id}",
    }  # fmt: skip
    subject, body = (each.format(**said).read(person.language) for each in WARNING)
    mail(act, person, f"idea-late-{idea.id}-{person.id}", subject, body)


APOLOGY = (
    Text("Votre idée « {title} » attend encore sa réponse", "Your idea “{title}” still waits for its answer"),
    Text(
        "Bonjour {name},\n\nVous avez proposé « {title} » il y a plus de quinze jours, et personne ne vous a répondu : "
        "nous vous prions de nous en excuser. Votre idée n’est pas perdue, sa réponse vient d’être demandée à la "
        "direction.\n\n{address}\n",
        "Hello {name},\n\nYou proposed “{title}” more than fifteen days ago and nobody has answered: please accept our "
        "apologies. Your idea is not lost, its answer has just been asked of the management.\n\n{address}\n",
    ),
)
WARNING = (
    Text("Une idée attend sa réponse : {title}", "An idea waits for its answer: {title}"),
    Text(
        "Bonjour {name},\n\nL’idée n° {number}, « {title} », attend une réponse depuis plus de quinze jours. Elle vous "
        "est confiée : retenez-la, versez-la au vivier, ou classez-la sans suite avec un motif.\n\n{address}\n",
        "Hello {name},\n\nIdea no. {number}, “{title}”, has waited more than fifteen days for its answer. It is now "
        "yours: keep it, put it in the pool, or decline it with a reason.\n\n{address}\n",
    ),
)
