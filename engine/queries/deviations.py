"""The deviations of the organisation, by step, by department, by reason: what the method's owner learns from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import func, select

from engine.errors import NotFound
from engine.method import Method
from engine.people import METHOD_OWNER, taking_part
from engine.queries.entry_lines import standing
from engine.queries.lines import ActorLine, ChoiceLine, ServiceLine
from engine.queries.view import View
from engine.store.entries import body_of, facts_of, title_of
from engine.store.overlays import IN_FORCE, path_of
from engine.store.releases import last_releases
from engine.store.tables import NEVER, EntryRow, OverlayRow, ProjectRow, ReleaseRow, ServiceRow
from engine.words import Text

By = Literal["step", "service", "reason"]
#: waiting for an answer; granted and in use; past its day and in use; refused; of what is no more
State = Literal["waiting", "live", "past", "refused", "over"]
Sort = Literal["recent", "due", "title", "service"]
#: of one page
MOST = 200
#: operations whose title is the same wherever they are done
SAME = ("hide", "condition", "due")


@dataclass(frozen=True, slots=True)
class Deviations:
    """What departs from the methods. The method owner sees all of it; others the tailorings, which every sheet of a
    department shows, the deviations of the projects that they steer, and what they asked for or carry.
    """

    by: By = "step"
    state: str = "used"  #: `used`: live and past; `all`; or one state
    method: str = ""
    element: str = ""
    service: str = ""  #: code
    reason: str = ""  #: one of the groups by reason
    text: str = ""  #: in title and reason
    sort: Sort = "recent"
    after: int = 0  #: how many the pages before showed
    size: int = 25


@dataclass(frozen=True, slots=True)
class DeviationLine:
    entry: int
    number: int
    title: str
    reason: str
    state: State
    method: str  #: id
    version: str
    element: str
    name: Text  #: of the step or gate
    operation: str  #: hide, condition, due, forced, not_applicable; empty: as it was written
    service: ServiceLine | None
    project: int | None
    project_title: str
    asked_by: ActorLine | None  #: none: the method itself asked for a word
    approved_by: ActorLine | None
    at: datetime
    until: datetime | None
    measure: str
    before: str  #: fingerprint of the release without it; empty where it changes no release
    after: str


@dataclass(frozen=True, slots=True)
class DeviationGroup:
    """Deviations about one thing. `lived`: departments whose projects start so, their own tailoring's or inherited."""

    key: str  #: what filters it: element, code of the service, reason
    method: str  #: id; by step only
    title: Text
    count: int
    past: int
    lived: int
    projects: int


@dataclass(frozen=True, slots=True)
class DeviationsPage:
    groups: tuple[DeviationGroup, ...]  #: of all that the filters keep, the most frequent first
    lines: tuple[DeviationLine, ...]
    total: int
    after: int  #: 0 on the last page
    all_services: int
    services: tuple[ServiceLine, ...]
    methods: tuple[ChoiceLine, ...]
    whole: bool  #: this reader sees everybody's


def read(view: View, query: Deviations) -> DeviationsPage:
    if view.actor.guest:
        raise NotFound
    whole = not view.actor.id or view.actor.holds(METHOD_OWNER)
    known = _Known(view)
    kept = [line for line in _lines(view, known, whole) if _keeps(query, line)]
    size, after = min(max(query.size, 1), MOST), max(query.after, 0)
    ordered = sorted(kept, key=_ORDER[query.sort])
    shown = tuple(ordered[after : after + size])
    methods = (ChoiceLine(row.method, Text(row.name_fr, row.name_en)) for row in last_releases(view.session))
    return DeviationsPage(
        groups=_groups(kept, query.by, known), lines=shown, total=len(kept),
        after=after + len(shown) if after + len(shown) < len(kept) else 0, all_services=len(view.services),
        services=tuple(view.services.values()), methods=tuple(methods), whole=whole,
    )  # fmt: skip


def _keeps(query: Deviations, line: DeviationLine) -> bool:
    used = line.state in ("live", "past")
    wanted = query.text.casefold()
    return (
        (query.state == "all" or line.state == query.state or (query.state == "used" and used))
        and query.method in ("", line.method)
        and query.element in ("", line.element)
        and query.service in ("", line.service.code if line.service else "")
        and query.reason in ("", _same(line.reason))
        and (wanted in line.title.casefold() or wanted in line.reason.casefold())
    )


_ORDER: Mapping[str, Any] = {
    "recent": lambda line: -line.entry,
    "due": lambda line: (line.until or NEVER, line.entry),
    "title": lambda line: (line.title.casefold(), line.entry),
    "service": lambda line: (line.service.name.fr if line.service else "", line.entry),
}


def _same(reason: str) -> str:
    """Two reasons that differ by spaces, capitals or a full stop are one."""
    return " ".join(reason.casefold().split()).rstrip(". ")


# --- lines -------------------------------------------------------------------------------------------------


def _lines(view: View, known: _Known, whole: bool) -> list[DeviationLine]:
    query: Any = (
        select(EntryRow, ProjectRow, OverlayRow.state)
        .outerjoin(ProjectRow, ProjectRow.id == EntryRow.project_id)
        .outerjoin(OverlayRow, (EntryRow.origin == "overlay") & (OverlayRow.id == EntryRow.origin_id))
        .where(EntryRow.register == "deviation")
        .order_by(EntryRow.id)
    )
    found = [(row, project, tailored) for row, project, tailored in view.session.execute(query)]
    if not whole:
        steered = _steered(view, {project.id: project for _, project, _ in found if project is not None})
        mine = view.actor.id
        found = [
            each
            for each in found
            if each[2] is not None
            or mine in (each[0].author_id, each[0].owner_id)
            or (each[1] is not None and each[1].id in steered)
        ]
    view.people([id for row, _, _ in found for id in (row.author_id, row.closed_by)])
    return [_line(view, known, *each) for each in found]


def _steered(view: View, projects: Mapping[int, ProjectRow]) -> set[int]:
    """Of these projects, those whose register this reader may open."""
    part = set(view.session.execute(taking_part(view.actor).where(ProjectRow.id.in_(projects))).scalars())
    return {id for id in part if standing(view, projects[id]).steers}


def _line(view: View, known: _Known, row: EntryRow, project: ProjectRow | None, tailored: str | None) -> DeviationLine:
    facts, language = facts_of(row), view.actor.language
    element = str(facts.get("element") or "")
    method = known.method(project, str(facts.get("method") or ""), tailored, row.origin_id)
    service = project.service_id if project is not None else row.service_id
    return DeviationLine(
        entry=row.id, number=row.number, title=title_of(row).read(language), reason=body_of(row).read(language),
        state=_state(view, known, row, project, tailored), method=method.id if method is not None else "",
        version=str(facts.get("version") or (method.version if method is not None else "")), element=element,
        name=view.name_of(method, element, project.id if project else 0) if method is not None else Text(element),
        operation=str(facts.get("operation") or ("not_applicable" if facts.get("item") else "")),
        service=known.service(service), project=row.project_id, project_title=project.title if project else "",
        asked_by=view.person(row.author_id),
        approved_by=view.person(row.closed_by) if row.state == "approved" else None,
        at=row.closed_at or row.at, until=row.due_at if row.due_at < NEVER else None,
        measure=str(facts.get("measure") or ""), before=str(facts.get("before") or ""),
        after=str(facts.get("after") or ""),
    )  # fmt: skip


def _state(view: View, known: _Known, row: EntryRow, project: ProjectRow | None, tailored: str | None) -> State:
    if row.state == "refused":
        return "refused"
    if project is not None and project.status not in ("running", "held"):
        return "over"
    if row.state == "open":
        return "waiting"
    if tailored is not None and tailored != IN_FORCE and not known.running.get(row.origin_id or 0):
        return "over"
    return "past" if row.due_at < view.now else "live"


class _Known:
    """What all lines are read with, asked once a page."""

    def __init__(self, view: View) -> None:
        self.view = view

    @cached_property
    def rows(self) -> dict[int, ServiceRow]:
        return {row.id: row for row in self.view.session.execute(select(ServiceRow)).scalars()}

    def service(self, id: int | None) -> ServiceLine | None:
        return self.view.services[self.rows[id].code] if id in self.rows else None

    @cached_property
    def running(self) -> dict[int, int]:
        """Of each tailoring, how many projects under way started on it."""
        rows: Any = self.view.session.execute(
            select(ReleaseRow.overlay_id, func.count())
            .join(ProjectRow, ProjectRow.release_id == ReleaseRow.id)
            .where(ReleaseRow.overlay_id.is_not(None), ProjectRow.status.in_(("running", "held")))
            .group_by(ReleaseRow.overlay_id)
        )
        return {overlay: count for overlay, count in rows}

    def method(self, project: ProjectRow | None, id: str, tailored: str | None, overlay: int | None) -> Method | None:
        if project is not None:
            now = self.view.release(project.release_id).method
            if id in ("", now.id):
                return now
        found = self.last.get(id or (self.overlays.get(overlay or 0, "") if tailored is not None else ""))
        return self.view.release(found.id).method if found is not None else None

    @cached_property
    def last(self) -> dict[str, ReleaseRow]:
        return {row.method: row for row in last_releases(self.view.session)}

    @cached_property
    def overlays(self) -> dict[int, str]:
        """The method of each tailoring."""
        return {id: method for id, method in self.view.session.execute(select(OverlayRow.id, OverlayRow.method))}

    @cached_property
    def lived(self) -> dict[int, int]:
        """Of each tailoring in force for the last version of its method, how many departments start projects on it:
        those that have none nearer.
        """
        rows = self.view.session.execute(
            select(OverlayRow).where(OverlayRow.state == IN_FORCE, OverlayRow.valid_until > self.view.now)
        ).scalars()
        nearest: dict[tuple[str, int], int] = {}
        for row in rows:
            last = self.last.get(row.method)
            if last is not None and last.version == row.version:
                nearest[row.method, row.service_id] = row.id
        found: dict[int, int] = {}
        for method in {method for method, _ in nearest}:
            for service in self.rows.values():
                overlay = next((nearest[method, id] for id in path_of(service) if (method, id) in nearest), None)
                if overlay is not None:
                    found[overlay] = found.get(overlay, 0) + 1
        return found

    @cached_property
    def origins(self) -> dict[int, int]:
        """The tailoring of each entry that has one."""
        rows = self.view.session.execute(
            select(EntryRow.id, EntryRow.origin_id).where(
                EntryRow.register == "deviation", EntryRow.origin == "overlay"
            )
        )
        return {id: overlay for id, overlay in rows if overlay is not None}


# --- groups ------------------------------------------------------------------------------------------------


def _groups(lines: Iterable[DeviationLine], by: By, known: _Known) -> tuple[DeviationGroup, ...]:
    found: dict[tuple[str, ...], list[DeviationLine]] = {}
    for line in lines:
        found.setdefault(_KEYS[by](line), []).append(line)
    groups = (_group(by, each, known) for each in found.values())
    return tuple(sorted(groups, key=lambda each: (-each.lived - each.projects, -each.count, each.title.fr)))


_KEYS: Mapping[str, Any] = {
    "step": lambda line: (line.method, line.element, line.operation if line.operation in SAME else line.title),
    "service": lambda line: (line.service.code if line.service else "",),
    "reason": lambda line: (_same(line.reason),),
}
NO_SERVICE = Text("l’organisme", "the organisation")
NO_REASON = Text("sans motif", "no reason")


def _group(by: By, lines: Sequence[DeviationLine], known: _Known) -> DeviationGroup:
    first = lines[0]
    if by == "step":
        key, title = first.element, Text(first.title)
    elif by == "service":
        key = first.service.code if first.service else ""
        title = first.service.name if first.service else NO_SERVICE
    else:
        key, title = _same(first.reason), Text(first.reason) if first.reason else NO_REASON
    overlays = {known.origins[line.entry] for line in lines if line.entry in known.origins}
    return DeviationGroup(
        key=key, method=first.method if by == "step" else "", title=title, count=len(lines),
        past=sum(line.state == "past" for line in lines), lived=sum(known.lived.get(each, 0) for each in overlays),
        projects=sum(known.running.get(each, 0) for each in overlays)
        + len({line.project for line in lines if line.project is not None}),
    )  # fmt: skip
