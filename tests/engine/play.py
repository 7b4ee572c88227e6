"""Plays projects as their actors do: every step goes through `Engine.execute` and `Engine.read`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from engine import (
    SYSTEM,
    AssessCriterion,
    AssignTask,
    AttachFile,
    AttestItem,
    CastVote,
    CloseVote,
    CompleteTask,
    DecideGate,
    Engine,
    GatePage,
    GatePageOf,
    JalonError,
    LiftReserve,
    People,
    ProjectPage,
    ProjectPageOf,
    Reserve,
    ResumeProject,
    StartProject,
    TaskPage,
    TaskPageOf,
    run_due,
)
from engine.store.tables import Base, TaskRow

ROOT = Path(__file__).parents[2]
#: a Monday, ten o'clock in Paris
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SHIPPED = ("petit-projet", "projet-transversal", "pm2")


def files_of(folder: str | Path) -> dict[str, bytes]:
    """The diagrams of a method: of ours by its folder's name, or of a folder of these tests."""
    path = folder if isinstance(folder, Path) else ROOT / "workflows" / folder
    return {each.name: each.read_bytes() for each in sorted(path.glob("*.bpmn"))}


ESSAI = files_of(Path(__file__).parent / "essai")


class Clock:
    """What time it is, until the test moves it."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **time: float) -> datetime:
        self.at += timedelta(**time)
        return self.at


class Play:
    """`engine` with its people by login. A moment passes with every act, as in life."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine, self.clock = engine, clock
        with engine.store.read() as session:
            actors = Base.metadata.tables["jalon_actors"].c
            self.people: dict[str, int] = {login: id for login, id in session.execute(select(actors.login, actors.id))}

    # --- one act, one page ---

    def do(self, login: str, command: Any, key: str | None = None) -> Any:
        self.clock.advance(seconds=1)
        return self.engine.execute(command, SYSTEM if login == "jalon" else self.people[login], key=key)

    def see(self, login: str, query: Any) -> Any:
        return self.engine.read(query, self.people[login])

    def project(self, id: int, login: str = "claire") -> ProjectPage:
        page: ProjectPage = self.see(login, ProjectPageOf(id))
        return page

    def page(self, task: int, login: str = "claire") -> TaskPage:
        page: TaskPage = self.see(login, TaskPageOf(task))
        return page

    def gate(self, task: int, login: str = "denis") -> GatePage:
        page: GatePage = self.see(login, GatePageOf(task))
        return page

    def directory(self) -> set[str]:
        return {line.login for line in self.see("claire", People()).people}

    def refused(self, login: str, command: Any) -> JalonError:
        """The refusal of an act, which left no row behind."""
        before = self.counts()
        try:
            self.do(login, command)
        except JalonError as refusal:
            assert self.counts() == before
            return refusal
        raise AssertionError(f"{command} was not refused")

    # --- rows ---

    def rows(self, table: type[Any], *where: Any) -> list[Any]:
        with self.engine.store.read() as session:
            return list(session.execute(select(table).where(*where).order_by(*table.__table__.primary_key)).scalars())

    def row(self, task: int) -> TaskRow:
        found: TaskRow = self.rows(TaskRow, TaskRow.id == task)[0]
        return found

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.engine.store.read() as session:
            return {
                table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
                for table in Base.metadata.sorted_tables
            }

    # --- a project ---

    def start(self, method: str = "essai", **said: Any) -> int:
        lead = (self.people["claire"],)
        command = StartProject(
            **{
                "title": "Un projet", "method": method, "service": "DAF", "objectives": ("O1",), "theme": "energie",
                "impacted": ("DAF", "DRH"), "people": {"CP": lead, "PM": lead},
            }
            | said
        )  # fmt: skip
        started: int = self.do("claire", command).project
        return started

    def open(self, project: int) -> list[str]:
        """The codes of the open tasks, in order; one per instance."""
        found = self.rows(TaskRow, TaskRow.project_id == project, TaskRow.state == "open")
        return [f"{row.element} {row.instance}".strip() for row in found]

    def task(self, project: int, code: str) -> int:
        """The id of the open task `code` (`"R DAF"` for an instance)."""
        element, _, instance = code.partition(" ")
        where = [TaskRow.project_id == project, TaskRow.element == element, TaskRow.state == "open"]
        found = self.rows(TaskRow, *where, *([TaskRow.instance == instance] if instance else []))
        assert found, f"{code} is not open; {self.open(project)} are"
        return int(found[0].id)

    def complete(self, project: int, code: str, **values: Any) -> int:
        """Someone who may do it completes `code`: a valid answer everywhere, and `values`."""
        task = self.task(project, code)
        login = self.doer(task)
        page = self.page(task, login)
        for field in page.form:
            if field.type == "file" and (field.required or field.key == "pieces"):
                self.do(login, AttachFile(task, "note.pdf", PDF, field.key))
        self.attest(task, page)
        self.do(login, CompleteTask(task, filled(page) | values))
        return task

    def attest(self, task: int, page: TaskPage) -> None:
        """The administrator vouches for what only they can."""
        for line in page.lines.values():
            if line.admin and not line.holds:
                self.do("jeanne", AttestItem(task, line.key, "fait ce jour"))

    def doer(self, task: int) -> str:
        """Who does a task: its assignee, else the first holder of its role who may, to whom the lead assigns it."""
        row = self.row(task)
        if row.assignee_id is None:
            page = self.project(row.project_id)
            lead = {each.id for each in page.lead}
            holders = [a.id for role in page.people if role.role == row.role for a in role.people if a.id not in lead]
            self.do("claire", AssignTask(task, holders[0] if holders else self.people["emile"]))
            row = self.row(task)
        return next(login for login, id in self.people.items() if id == row.assignee_id)

    def examine(self, task: int, state: Any = "met") -> None:
        """The lead says of every criterion that it holds, where a person may."""
        for each in self.gate(task).criteria:
            if not each.computed:
                self.do("claire", AssessCriterion(task, each.key, state, "vu au dossier"))

    def vote(self, task: int, *opinions: str) -> None:
        """The voters give `opinions`, in the order of the page (by name); then the chair closes the vote."""
        logins = {id: login for login, id in self.people.items()}
        for voter, opinion in zip(self.gate(task).voters, opinions, strict=False):
            self.do(logins[voter.actor.id], CastVote(task, opinion))  # type: ignore[arg-type]
        self.do("denis", CloseVote(task))

    def decide(self, project: int, code: str, outcome: Any = "go") -> Any:
        """The whole session of a gate, up to `outcome`."""
        task = self.task(project, code)
        self.examine(task)
        gate = self.gate(task)
        if gate.rule != "chair":
            opinion = "favourable" if outcome.startswith("go") else "unfavourable"
            self.vote(task, *[opinion] * len(gate.voters))
        day = self.clock.at.date()
        reserve = Reserve("Compléter le budget", self.people["claire"], day + timedelta(days=30))
        return self.do(
            "denis",
            DecideGate(
                task,
                outcome,
                "le dossier le montre",
                reserves=(reserve,) if outcome == "go_reserves" else (),
                review_at=day + timedelta(days=9) if outcome == "hold" else None,
            ),
        )

    def lift(self, project: int) -> None:
        for each in self.project(project).reserves:
            if each.lifted_at is None:
                self.do("claire", LiftReserve(each.id, "budget complété"))

    def until(self, project: int, code: str, outcomes: dict[str, list[str]] | None = None, **answers: Any) -> int:
        """Play on until `code` is open (`""`: until the end). Answers the open task's id, else 0."""
        wanted = {gate: list(asked) for gate, asked in (outcomes or {}).items()}
        for _ in range(300):
            waiting = self.rows(
                TaskRow, TaskRow.project_id == project, TaskRow.state == "open", TaskRow.kind != "occurrence"
            )
            if code and any(row.element == code for row in waiting):
                return self.task(project, code)
            if not waiting:
                return 0
            self.step(project, min(waiting, key=_soonest), wanted, answers)
        raise AssertionError(f"the project never ends; open: {self.open(project)}")

    def step(self, project: int, row: TaskRow, outcomes: dict[str, list[str]], answers: dict[str, Any]) -> None:
        if row.kind == "task":
            if row.element in CLOSING_LISTS:
                self.lift(project)  # a reserve is an action, and a list that is true leaves none open
            said = answers.get(row.element, {})
            self.complete(project, f"{row.element} {row.instance}".strip(), **said)
            return
        asked = outcomes.get(row.element) or ["go"]
        outcome = asked.pop(0)
        if outcome == "lift":
            self.lift(project)
            return
        self.decide(project, row.element, outcome)
        if outcome == "hold":
            self.do("denis", ResumeProject(project))

    def due(self) -> int:
        """Jalon carries out everything that is due; how many things were done."""
        return run_due(self.engine)


#: tasks whose checklist closes a project, in the methods that we ship
CLOSING_LISTS = ("K2", "KC2", "Z3", "ZC3", "S22")


def _soonest(row: TaskRow) -> tuple[bool, datetime, int]:
    """A closing list waits until what it lists is done."""
    return row.element in CLOSING_LISTS, row.due_at, row.id


# --- valid answers -----------------------------------------------------------------------------------------


def filled(page: TaskPage) -> dict[str, Any]:
    """A valid answer to every field that has none yet."""
    values = dict(page.values)
    for field in page.form:
        if values.get(field.key) in (None, "", [], {}):
            values[field.key] = _VALID[field.type](field, page)
    return values


def _row(field: Any, page: TaskPage, number: int) -> dict[str, Any]:
    kinds = {"text": "string", "select": "enum"}
    said: dict[str, Any] = {}
    for column in field.columns:
        kind = kinds.get(column.type, column.type)
        options = column.options
        said[column.key] = options[-1 - number % len(options)].value if options else _VALID[kind](column, page)
        if kind == "string":
            said[column.key] = f"ligne {number}"
    return said


def _first(field: Any, page: TaskPage) -> str:
    choices = page.choices.get(field.key, ())
    return choices[0].value if choices else ""


_VALID: dict[str, Callable[[Any, TaskPage], Any]] = {
    "string": lambda field, page: "texte",
    "textarea": lambda field, page: "Un texte",
    "number": lambda field, page: "2",
    "money": lambda field, page: "1 500,50",
    "date": lambda field, page: date(2027, 3, 1).isoformat(),
    "boolean": lambda field, page: True,
    "enum": _first,
    "multiselect": lambda field, page: [each.value for each in page.choices.get(field.key, ())],
    "user": lambda field, page: page.people[0].id,
    "users": lambda field, page: [page.people[0].id],
    "file": lambda field, page: None,
    "table": lambda field, page: [_row(field, page, number) for number in range(max(2, field.fewest_rows))],
    "checklist": lambda field, page: {
        item.key: {"state": "done", "evidence": "fait"} for item in page.items.get(field.key, ())
    },
}
