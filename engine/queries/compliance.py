"""How a project keeps to its method: each locked step and gate that it has passed, done as designed or not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import select

from engine.errors import NotFound
from engine.method import Method
from engine.people import visible
from engine.queries.entry_lines import standing
from engine.queries.view import View
from engine.store.before import methods_before
from engine.store.circles import Before
from engine.store.deviations import granted
from engine.store.entries import facts_of, title_of
from engine.store.migrating import caught_up
from engine.store.tables import DecisionRow, EntryRow, ProjectRow, StageRow, TaskRow
from engine.words import Text

NEVER_OPENED = Text("n’a pas été faite : le projet est passé sans elle", "was not done: the project went on without it")
CAUGHT_UP = Text(
    "a été rattrapée après coup, au changement de version", "was caught up with afterwards, at the change of version"
)
WITHDRAWN = Text("a été retirée sans être faite", "was withdrawn undone")
MISSED = Text("{count} occurrence(s) manquée(s)", "{count} occurrence(s) missed")
DEVIATION = Text("dérogation n° {number}", "deviation no. {number}")
NAMED = Text("dérogation n° {number} : {title}", "deviation no. {number}: {title}")


@dataclass(frozen=True, slots=True)
class Compliance:
    """The compliance of a project with its method: a list, then a ratio."""

    project: int


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why an element was not done as designed."""

    text: Text
    entry: int | None  #: the deviation, where this reader may open it


@dataclass(frozen=True, slots=True)
class ComplianceLine:
    element: str
    name: Text
    phase: Text
    kind: str  #: task, gate, occurrence
    task: int | None  #: the last one of it
    reasons: tuple[ReasonLine, ...]

    @property
    def as_designed(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class CompliancePage:
    project: int
    title: str
    method: Text
    version: str
    lines: tuple[ComplianceLine, ...]  #: in the order of the method
    as_designed: int

    @property
    def share(self) -> Decimal | None:
        """Per cent, to one decimal; None where nothing was passed yet."""
        if not self.lines:
            return None
        exact = Decimal(100 * self.as_designed) / len(self.lines)
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def read(view: View, query: Compliance) -> CompliancePage:
    project = view.session.execute(
        select(ProjectRow).where(ProjectRow.id == query.project, visible(view.actor, ProjectRow))
    ).scalar_one_or_none()
    if project is None:
        raise NotFound
    method = view.release(project.release_id).method
    known = _Known(view, project)
    lines = [line for each in known.before for line in known.lines(each, past=True)] + known.lines(method)
    return CompliancePage(
        project=project.id, title=project.title, method=method.name, version=method.version, lines=tuple(lines),
        as_designed=sum(line.as_designed for line in lines),
    )  # fmt: skip


class _Known:
    """What happened in a project, by element."""

    def __init__(self, view: View, project: ProjectRow) -> None:
        session = view.session
        self.view, self.project = view, project
        now = view.release(project.release_id).method
        self.before = [each for each in methods_before(session, view.release, project.id) if each.id != now.id]
        self.tasks: dict[str, list[Any]] = {}
        for row in session.execute(
            select(TaskRow.id, TaskRow.element, TaskRow.kind, TaskRow.state)
            .where(TaskRow.project_id == project.id)
            .order_by(TaskRow.id)
        ):
            self.tasks.setdefault(row.element, []).append(row)
        stages = session.execute(select(StageRow.phase, StageRow.left_at).where(StageRow.project_id == project.id))
        self.left = {phase for phase, left in stages if left is not None}
        decided = select(DecisionRow.gate).where(DecisionRow.project_id == project.id, DecisionRow.outcome != "hold")
        self.decided = set(session.execute(decided).scalars())
        self.deviations: dict[str, list[EntryRow]] = {}
        for entry in granted(session, project):
            self.deviations.setdefault(str(facts_of(entry).get("element") or ""), []).append(entry)
        self.reader = standing(view, project) if self.deviations else None
        self.caught_up = caught_up(session, project)

    def lines(self, method: Method, past: bool = False) -> list[ComplianceLine]:
        """`past`: of a method before: what was not opened in it was left with it."""
        drawn = [*method.phases, *(each.phase for each in method.exceptions)]
        lines: list[ComplianceLine] = []
        for phase in drawn:
            named = {task.id: task.name for task in phase.tasks if task.lock == "locked"}
            alone = {task.id for task in phase.tasks if not task.each}
            lines += self._of(named, phase.name, not past and phase.id in self.left and not phase.short, alone)
            gate = method.gate.get(phase.gate)
            if gate is not None and gate.id in self.decided:
                lines.append(self._line(gate.id, gate.name, phase.name, "gate"))
        recurring = [each for each in method.recurring if each.task.lock == "locked"]
        for each in recurring:
            lines += self._of({each.task.id: each.task.name}, each.name, False, frozenset())
        return lines

    def _of(
        self, named: Mapping[str, Text], phase: Text, left: bool, alone: Iterable[str]
    ) -> list[ComplianceLine]:  # fmt: skip
        lines = []
        for element, name in named.items():
            rows = self.tasks.get(element, [])
            states = {row.state for row in rows}
            closed = "open" not in states
            # of a recurring activity, the occurrences that are over; of others, none is left to do
            over = bool(states & {"done", "missed"}) and (closed or rows[-1].kind == "occurrence")
            if over or (left and closed and (states or element in alone) and self._went_on()):
                lines.append(self._line(element, name, phase, ""))
        return lines

    def _went_on(self) -> bool:
        """A project that was stopped did not pass what it left."""
        return self.project.status in ("running", "held", "closed")

    def _line(self, element: str, name: Text, phase: Text, kind: str) -> ComplianceLine:
        rows = self.tasks.get(element, [])
        return ComplianceLine(
            element, name, phase, kind or (rows[-1].kind if rows else "task"), rows[-1].id if rows else None,
            (*self._undone(element, rows, kind), *self._departures(element)),
        )  # fmt: skip

    def _undone(self, element: str, rows: Sequence[Any], kind: str) -> Iterable[ReasonLine]:
        states = [row.state for row in rows]
        if kind != "gate" and "done" not in states and "missed" not in states:
            late = element in self.caught_up
            yield ReasonLine(CAUGHT_UP if late else WITHDRAWN if states else NEVER_OPENED, None)
        if states.count("missed"):
            yield ReasonLine(MISSED.format(count=states.count("missed")), None)

    def _departures(self, element: str) -> Iterable[ReasonLine]:
        for entry in self.deviations.get(element, ()):
            opens = _opens(self.reader, entry)
            # what a department's tailoring departs from, everyone reads on its sheet of the method
            said = NAMED if opens or (entry.origin == "overlay" and not self.view.actor.guest) else DEVIATION
            yield ReasonLine(
                said.format(number=entry.number, title=title_of(entry)), entry.id if opens else None
            )  # fmt: skip


def _opens(who: Before | None, entry: EntryRow) -> bool:
    """May this reader open the page of the deviation? One of a tailoring is no project's."""
    if who is None or who.guest:
        return False
    if entry.project_id is None:
        return who.method_owner or who.actor in (entry.author_id, entry.owner_id)
    return who.sees_entry(entry)
