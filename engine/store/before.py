"""The methods in which a project went on before: its earlier steps keep their names, forms and gates."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, select

from engine.method import Method
from engine.release import Release
from engine.store.statements import Link, ask
from engine.store.tables import EventRow, Moment

#: each says the release that the project left
LEFT = ("project_continued", "project_woven", "project_migrated", "migration_reverted")
_CONTINUED = (
    select(EventRow.facts)
    .where(EventRow.stream == bindparam("project"), EventRow.kind.in_(LEFT))
    .order_by(EventRow.number.desc())
)


_LEFT_SINCE = (
    select(EventRow.facts)
    .where(
        EventRow.stream == bindparam("project"), EventRow.kind.in_(LEFT), EventRow.at >= bindparam("at", type_=Moment())
    )
    .order_by(EventRow.number)
    .limit(1)
)  # fmt: skip


def knows(method: Method, element: str) -> bool:
    return element in method.tasks or element in method.gate or element in method.phase or element in method.timer


def methods_before(link: Link, releases: Callable[[int], Release], project: int) -> list[Method]:
    """The methods that the project left, the first one first."""
    rows = [json.loads(facts) for (facts,) in ask(link, _CONTINUED, {"project": project})]
    return [releases(each["before_release"]).method for each in reversed(rows)]


def release_at(
    link: Link, releases: Callable[[int], Release], project: int, at: datetime
) -> Release | None:  # fmt: skip
    """The release in which the project was when something closed at that moment; None: the present one."""
    for (facts,) in ask(link, _LEFT_SINCE, {"project": project, "at": at}):
        return releases(json.loads(facts)["before_release"])
    return None


def release_of(
    link: Link, releases: Callable[[int], Release], project: int, now: Release, element: str
) -> Release:  # fmt: skip
    """The release that draws `element`: the present one, else the last before that does. Asks only for a stranger."""
    if knows(now.method, element) or not project:
        return now
    for (facts,) in ask(link, _CONTINUED, {"project": project}):
        before = releases(json.loads(facts)["before_release"])
        if knows(before.method, element):
            return before
    return now
