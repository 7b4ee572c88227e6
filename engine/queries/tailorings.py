"""All that services tailor of a method, for its owner: services by steps, what is asked most often, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from engine.errors import NotAllowed, NotFound
from engine.method import Method
from engine.overlay import read as overlay_of
from engine.overlay.difference import loom_of
from engine.overlay.judging import does_less
from engine.overlay.loom import Loom
from engine.overlay.operations import Operation
from engine.overlay.telling import told
from engine.people import METHOD_OWNER, WHO
from engine.queries.lines import ActorLine, ServiceLine
from engine.queries.view import View
from engine.store.overlays import IN_FORCE, REQUESTED
from engine.store.releases import last_releases, releases_of
from engine.store.tables import NEVER, OverlayRow, ReleaseRow, ServiceRow
from engine.words import Text

#: in force; made for an earlier version, to be carried over; asked for
State = Literal["in_force", "outdated", "requested"]
Sort = Literal["tree", "most", "recent"]


@dataclass(frozen=True, slots=True)
class TailoringsOf:
    """All that services tailor of a method. For method owners."""

    method: str
    state: str = ""  #: empty: all
    kind: str = ""  #: of an operation
    phase: str = ""  #: id
    service: str = ""  #: code: this one and those below it
    text: str = ""  #: in the names of steps, in the words and reasons of operations
    sort: Sort = "tree"


@dataclass(frozen=True, slots=True)
class StepColumn:
    """A step, a gate, a phase or an exceptional gate that somebody tailors."""

    id: str
    name: Text
    phase: str
    phase_name: Text


@dataclass(frozen=True, slots=True)
class CellLine:
    """One operation."""

    kind: str
    element: str
    name: Text  #: of the element, in the version that it is made for
    text: Text  #: what it does, to stand after that name
    reason: str
    less: bool  #: it does less than the method


@dataclass(frozen=True, slots=True)
class TailoringRow:
    """The tailoring of one service."""

    overlay: int
    service: ServiceLine
    depth: int  #: in the tree of services; 0: the top
    state: State
    version: str  #: of the method that it is made for
    author: ActorLine | None
    approver: ActorLine | None
    at: datetime  #: decided, or asked for
    until: datetime | None
    cells: Mapping[str, tuple[CellLine, ...]]  #: by element

    @property
    def count(self) -> int:
        return sum(map(len, self.cells.values()))


@dataclass(frozen=True, slots=True)
class OftenLine:
    """What services do to one step. `lived`: those whose projects start so, by what they inherit too."""

    kind: str
    element: str
    name: Text
    text: Text  #: empty where they do it differently
    services: int  #: that say so themselves
    lived: int
    reasons: tuple[str, ...]  #: the different ones


@dataclass(frozen=True, slots=True)
class TailoringsPage:
    method: Method
    columns: tuple[StepColumn, ...]  #: in the order of the method; gone ones last
    rows: tuple[TailoringRow, ...]
    often: tuple[OftenLine, ...]  #: of what is in force for the last version, the most frequent first
    waiting: tuple[TailoringRow, ...]  #: asked for, the oldest first, whatever the filters
    outdated: tuple[TailoringRow, ...]
    all_services: int
    services: tuple[ServiceLine, ...]  #: that tailor it
    kinds: tuple[str, ...]  #: of the operations that there are


def read(view: View, query: TailoringsOf) -> TailoringsPage:
    if view.actor.id and not view.actor.holds(METHOD_OWNER):
        verb = Text("voir ce que tous les services aménagent", "see what all departments tailor")
        raise NotAllowed(verb=verb, who=WHO["publish"])
    base = next((each for each in last_releases(view.session) if each.method == query.method), None)
    if base is None:
        raise NotFound
    method = view.release(base.id).method
    tree = _tree(view)
    rows = _rows(view, base, tree)
    kept = [_narrowed(row, query, method) for row in rows if _keeps(query, row, tree)]
    shown = sorted((row for row in kept if row.cells), key=_ORDER[query.sort])
    return TailoringsPage(
        method=method, columns=_columns(method, shown), rows=tuple(shown), often=_often(rows, method, tree),
        waiting=tuple(sorted((row for row in rows if row.state == "requested"), key=lambda row: row.at)),
        outdated=tuple(row for row in rows if row.state == "outdated"), all_services=len(tree),
        services=tuple({row.service.code: row.service for row in rows}.values()),
        kinds=tuple(sorted({cell.kind for row in rows for cell in _cells(row)})),
    )  # fmt: skip


def _tree(view: View) -> dict[str, tuple[str, ...]]:
    """Each service, parents first: its code and those above it, the top first."""
    rows = view.session.execute(select(ServiceRow.id, ServiceRow.code, ServiceRow.path).order_by(ServiceRow.path)).all()
    codes = {str(row.id): row.code for row in rows}
    return {row.code: tuple(codes[each] for each in row.path.strip("/").split("/")) for row in rows}


def _rows(view: View, base: ReleaseRow, tree: Mapping[str, Sequence[str]]) -> list[TailoringRow]:
    """In the order of the tree; what is asked for after what is in force."""
    found = view.session.execute(
        select(OverlayRow, ServiceRow.code)
        .join(ServiceRow, ServiceRow.id == OverlayRow.service_id)
        .where(
            OverlayRow.method == base.method, OverlayRow.state.in_((IN_FORCE, REQUESTED)),
            OverlayRow.valid_until > view.now,
        )
        .order_by(ServiceRow.path, OverlayRow.state, OverlayRow.id)
    ).all()  # fmt: skip
    releases = _releases(view, base.method)
    looms = {version: loom_of(view.release(releases[version])) for version in {row.version for row, _ in found}}
    return [
        _row(view, row, code, len(tree[code]) - 1, base, view.release(releases[row.version]).method, looms[row.version])
        for row, code in found
    ]


def _releases(view: View, method: str) -> dict[str, int]:
    return {row.version: row.id for row in releases_of(view.session, method)}


def _row(
    view: View, row: OverlayRow, code: str, depth: int, base: ReleaseRow, method: Method, loom: Loom
) -> TailoringRow:  # fmt: skip
    state: State = "requested" if row.state == REQUESTED else "in_force" if row.version == base.version else "outdated"
    cells: dict[str, tuple[CellLine, ...]] = {}
    for each in overlay_of(row.content.encode(), code).operations:
        cells[each.target] = (*cells.get(each.target, ()), _cell(each, method, loom))
    return TailoringRow(
        row.id, view.services[code], depth, state, row.version, view.person(row.author_id),
        view.person(row.approver_id), row.decided_at or row.requested_at or row.drafted_at,
        row.valid_until if row.valid_until < NEVER else None, cells,
    )  # fmt: skip


def _cell(each: Operation, method: Method, loom: Loom) -> CellLine:
    return CellLine(
        each.kind,
        each.target,
        method.name_of(each.target),
        told(each, method, loom),
        each.reason,
        does_less(each, loom),
    )


def _cells(row: TailoringRow) -> Iterable[CellLine]:
    return (cell for cells in row.cells.values() for cell in cells)


# --- what is shown of it ---


def _keeps(query: TailoringsOf, row: TailoringRow, tree: Mapping[str, Sequence[str]]) -> bool:
    below = not query.service or query.service in tree[row.service.code]
    return below and query.state in ("", row.state)


def _narrowed(row: TailoringRow, query: TailoringsOf, method: Method) -> TailoringRow:
    """With the operations only that the filters keep."""
    wanted = query.text.casefold()

    def keeps(cell: CellLine) -> bool:
        said = " ".join((cell.element, cell.name.fr, cell.name.en, cell.text.fr, cell.text.en, cell.reason)).casefold()
        return (
            query.kind in ("", cell.kind) and query.phase in ("", _phase(method, cell.element)) and wanted in said
        )  # fmt: skip

    cells = {id: tuple(filter(keeps, found)) for id, found in row.cells.items()}
    kept = {id: found for id, found in cells.items() if found}
    return TailoringRow(
        row.overlay, row.service, row.depth, row.state, row.version, row.author, row.approver, row.at, row.until, kept
    )  # fmt: skip


_ORDER = {
    "tree": lambda row: 0,
    "most": lambda row: -row.count,
    "recent": lambda row: -row.at.timestamp(),
}


def _phase(method: Method, element: str) -> str:
    if element in method.phase:
        return element
    if element in method.tasks:
        return method.tasks[element].phase
    if element in method.gate:
        return method.gate[element].phase
    return ""


def _columns(method: Method, rows: Iterable[TailoringRow]) -> tuple[StepColumn, ...]:
    used = {cell.element: cell.name for row in rows for cell in _cells(row)}
    order: list[str] = []
    for phase in method.phases:
        order += [phase.id, *(task.id for task in phase.tasks), phase.gate]
    for each in method.exceptions:
        order += [each.id, *(task.id for task in each.phase.tasks), each.gate.id]
    order += [each.id for each in method.recurring]
    names = {phase.id: phase.name for phase in method.phases}
    found = [*(id for id in dict.fromkeys(order) if id in used), *sorted(used.keys() - set(order))]
    return tuple(
        StepColumn(
            id,
            used[id] if id not in order else method.name_of(id),
            _phase(method, id),
            names.get(_phase(method, id), Text("")),
        )
        for id in found
    )


def _often(
    rows: Sequence[TailoringRow], method: Method, tree: Mapping[str, Sequence[str]]
) -> tuple[OftenLine, ...]:  # fmt: skip
    """Of each kind of operation on each step, how many services."""
    own = {row.service.code: row for row in rows if row.state == "in_force"}
    said: dict[tuple[str, str], list[CellLine]] = {}
    for row in own.values():
        for cell in _cells(row):
            said.setdefault((cell.element, cell.kind), []).append(cell)
    lived = Counter(
        key
        for path in tree.values()
        for row in [next((own[code] for code in reversed(path) if code in own), None)]
        if row is not None
        for key in {(cell.element, cell.kind) for cell in _cells(row)}
    )
    services = Counter(key for row in own.values() for key in {(cell.element, cell.kind) for cell in _cells(row)})
    lines = [
        OftenLine(
            kind, element, method.name_of(element), _common(each.text for each in cells), services[element, kind],
            lived[element, kind], tuple(dict.fromkeys(each.reason for each in cells if each.reason)),
        )
        for (element, kind), cells in said.items()
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda each: (-each.lived, -each.services, each.element, each.kind)))


def _common(texts: Iterable[Text]) -> Text:
    """What all of them say; empty where they say different things."""
    found = set(texts)
    return found.pop() if len(found) == 1 else Text("")
