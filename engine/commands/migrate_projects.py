"""Have many projects go on in another version of their method: one act each, by jobs that go on where they stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.entrust_all import BatchBegun
from engine.commands.migrate_project import VERB
from engine.errors import NotAllowed, NotFound
from engine.people import METHOD_OWNER, WHO
from engine.store.act import Act
from engine.store.case import must_say
from engine.store.releases import version_of
from engine.store.tables import BatchRow, ProjectRow, ReleaseRow
from engine.words import Text

#: projects that one statement names
NAMED = 500


@dataclass(frozen=True, slots=True)
class MigrateProjects:
    """Have many projects go on in another version of their method, as a batch: one act each, with its progress."""

    method: str
    reason: str
    version: str = ""  #: empty: the last
    projects: tuple[int, ...] = ()  #: none named: all that are under way on another version


def handle(act: Act, command: MigrateProjects) -> BatchBegun:
    if act.actor.id and not act.actor.holds(METHOD_OWNER):
        raise NotAllowed(verb=VERB, who=WHO["publish"])
    reason = must_say(command.reason, "migrate", Text(""))
    base = version_of(act.session, command.method, command.version)
    if base is None:
        raise NotFound
    items = _behind(act, base, command.projects)
    asked = {"method": base.method, "version": base.version, "reason": reason}
    row = BatchRow(
        kind="migrate", actor_id=act.by, asked=json.dumps(asked, ensure_ascii=False), items=json.dumps(items),
        total=len(items), done=0, refusals="{}", at=act.now, ended_at=None if items else act.now,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    if items:
        act.enqueue("batch", row.id, key=f"batch-{row.id}")
    act.record("projects_migrated", method=base.method, version=base.version, count=len(items), reason=reason)
    return BatchBegun(row.id, len(items))


def _behind(act: Act, base: ReleaseRow, named: Sequence[int]) -> list[int]:
    """The projects under way on another version of the method: of those named, or all."""
    query = (
        select(ProjectRow.id)
        .join(ReleaseRow, ReleaseRow.id == ProjectRow.release_id)
        .where(
            ReleaseRow.method == base.method, ProjectRow.status.in_(("running", "held")), ReleaseRow.id != base.id,
            ReleaseRow.base_id.is_distinct_from(base.id),
        )
        .order_by(ProjectRow.id)
    )  # fmt: skip
    if not named:
        return list(act.session.execute(query).scalars())
    parts = (named[at : at + NAMED] for at in range(0, len(named), NAMED))
    return sorted(id for part in parts for id in act.session.execute(query.where(ProjectRow.id.in_(part))).scalars())
