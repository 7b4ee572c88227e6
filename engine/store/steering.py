"""What Jalon asks of those who steer a project: an action each, due in a few working days.

It is in their next daily message, since that is when an action of three working days passes its first mark.
"""

from __future__ import annotations

from engine.store.act import Act
from engine.store.entries import open_entry
from engine.store.tables import EntryRow, ProjectRow
from engine.words import Text
from engine.working_time import due_after

#: working days that a person has to answer
SOON = "P3D"


def ask_of(
    act: Act, project: ProjectRow, role: str, title: Text, body: Text, origin: str, origin_id: int | None = None,
    *, due: str = SOON,
) -> list[EntryRow]:  # fmt: skip
    """An action for each holder of `role`; of nobody where nobody holds it."""
    _, held = act.held(project)
    return [
        open_entry(
            act, "action", project, title, body=body, owner=each.actor, due=due_after(act.now, due),
            origin=origin, origin_id=origin_id,
        )
        for each in (held[role].holders if role in held else ())
    ]  # fmt: skip
