"""Have a project go back to the version from which it was moved, as long as nobody has completed anything since."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.migrate_project import must_migrate
from engine.errors import NotReversible, StepsStuck
from engine.store.act import Act
from engine.store.case import must_move, must_say
from engine.store.entries import close_entry
from engine.store.migrating import ORIGIN, REVERTED, seat_again
from engine.store.moves import last_move, touched
from engine.store.outlook import outlook
from engine.store.rebinding import rebind, said
from engine.store.tables import EntryRow, ProjectRow
from engine.words import Text

NONE = Text("le projet n’a pas changé de version", "the project has not changed its version")
DONE = Text("« {step} » a été faite depuis", "“{step}” has been done since")
UNDONE = "Le changement de version est défait."


@dataclass(frozen=True, slots=True)
class RevertMigration:
    """Have a project go back to the version from which it was moved, as long as nothing was completed since."""

    project: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reverted:
    version: str


def handle(act: Act, command: RevertMigration) -> Reverted:
    project = act.project(command.project)
    must_migrate(act, project)
    must_move(project)
    reason = must_say(command.reason, "revert", Text(""))
    moved = last_move(act.session, project)
    if moved is None:
        raise NotReversible(why=NONE)
    now, before = act.release(project.release_id), act.release(json.loads(moved.facts)["before_release"])
    since = touched(act.session, project, moved)
    if since is not None:
        raise NotReversible(why=DONE.format(step=now.method.name_of(since)))
    stuck = outlook(act.session, project, now, before).stuck
    if stuck:
        raise StepsStuck(steps=tuple(said(each, now) for each in stuck))
    _forgive(act, project, now.id)
    rebind(act, project, before)
    seat_again(act, project, now.method, before)
    act.record(
        "migration_reverted", project, before_release=now.id, before=now.method.version, release=before.id,
        method=before.method.id, version=before.method.version, reason=reason,
    )  # fmt: skip
    return Reverted(before.method.version)


def _forgive(act: Act, project: ProjectRow, release: int) -> None:
    """What the move made it owe, it owes no longer."""
    rows = act.session.execute(
        select(EntryRow).where(
            EntryRow.project_id == project.id, EntryRow.origin == ORIGIN, EntryRow.origin_id == release,
        )
    ).scalars()  # fmt: skip
    for row in rows:
        if row.closed_at is None:
            close_entry(act, row, "dropped" if row.register == "action" else "refused", UNDONE)
        row.origin = REVERTED
