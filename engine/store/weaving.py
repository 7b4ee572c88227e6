"""A project goes on in a release woven for it: the packs of its themes, its department's tailoring, its choices."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from engine.overlay import Operation
from engine.release import Release
from engine.store.act import Act
from engine.store.overlays import packs_of, woven_of
from engine.store.rebinding import rebind
from engine.store.tables import ExecutionRow, OverlayRow, ProjectRow, ReleaseRow


def themes_of(project: ProjectRow) -> tuple[str, ...]:
    """The themes that a project carries, its first one first."""
    return tuple(json.loads(project.themes or "[]")) or ((project.theme,) if project.theme else ())


def base_of(act: Act, project: ProjectRow) -> tuple[ReleaseRow, OverlayRow | None]:
    """The release that its owner published, and the tailoring on which the project started."""
    now = act.session.execute(select(ReleaseRow).where(ReleaseRow.id == project.release_id)).scalar_one()
    base = now
    if now.base_id is not None:
        base = act.session.execute(select(ReleaseRow).where(ReleaseRow.id == now.base_id)).scalar_one()
    overlay = select(OverlayRow).where(OverlayRow.id == now.overlay_id)
    return base, act.session.execute(overlay).scalar_one_or_none()


def weave_in(act: Act, project: ProjectRow, run: ExecutionRow, choices: Sequence[Operation]) -> Release:
    """The release on which the project goes on from this act, which holds `run` already. Nothing that waits is lost."""
    before = act.release(project.release_id)
    base, overlay = base_of(act, project)
    row = woven_of(act, base, overlay, packs_of(act.session, themes_of(project)), choices)
    if row.id == before.id:
        return before
    rebind(act, project, act.release(row.id), run)
    act.record(
        "project_woven", project, before_release=before.id, method=row.method, version=row.version,
        themes=list(themes_of(project)), choices=len(choices), digest=row.digest,
    )  # fmt: skip
    return act.release(row.id)
