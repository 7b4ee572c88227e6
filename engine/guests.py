"""Guests: people from outside the organisation, each asked for one task by a link that ends.

The link holds a secret of 256 bits, whose hash alone is kept (engine.sessions). Whoever has the link is the guest, for
that task and until its end, while the project goes on; nobody signs in.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from engine.method import Field, Method, Task
from engine.store.tables import InvitationRow, TaskRow
from engine.words import Text

#: days that one invitation runs
LONGEST = 180
#: characters of a guest's name, and of their address
LONGEST_NAME = 200
#: characters of the message that goes with an invitation
LONGEST_MESSAGE = 2_000
#: when a link was last used is written at most once in this time, so that reading its page seldom writes
TOUCH = timedelta(minutes=5)
#: 32 random bytes in base64url
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
ADDRESS = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\"]+")

NO_GATE = Text(
    "un invité ne siège ni ne vote à une porte. Invitez-le à une tâche, par exemple à un avis.",
    "a guest neither sits nor votes at a gate. Invite them to a task, an opinion for instance.",
)
NO_OCCURRENCE = Text(
    "cette activité revient d’elle-même et se fait en interne. Invitez à une tâche.",
    "this activity comes back by itself and is done inside. Invite to a task.",
)
STEERED = Text(
    "cette tâche revient à qui conduit le projet ou le commande. Choisissez-en une autre.",
    "this task belongs to whoever leads or sponsors the project. Choose another.",
)
DIRECTORY = Text(
    "son formulaire fait choisir parmi le personnel, et un invité ne voit pas l’annuaire. Choisissez une autre tâche.",
    "its form chooses among the staff, and a guest does not see the directory. Choose another task.",
)


def why_no_guest(method: Method, task: TaskRow) -> Text | None:
    """Why a guest cannot be asked for this task; None where they can."""
    if task.kind == "gate":
        return NO_GATE
    if task.kind != "task":
        return NO_OCCURRENCE
    if task.role in (method.lead, method.sponsor):
        return STEERED
    return DIRECTORY if _chooses_people(method.tasks[task.element]) else None


def of_people(field: Field) -> bool:
    """Is it answered with people of the directory? A guest's page leaves such a field out."""
    return field.type in ("user", "users") or any(column.type == "user" for column in field.columns)


def _chooses_people(task: Task) -> bool:
    return any(of_people(each) and (each.required or each.fewest_rows > 0) for each in task.form)


def lives(row: InvitationRow, now: datetime) -> bool:
    """Does its link still open something, as far as the invitation itself says?"""
    return row.revoked_at is None and row.expires_at > now
