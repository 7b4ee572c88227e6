"""An organisation under way, to be looked at: « Habitat du Val », its people, the three methods, its projects.

What it tells is data in `workflows/demo`: `organisation.json` (the form of `LoadOrganisation`) and `projects/`, one
file a project with its course, step by step. Every step is a command carried out by the person who would, on the day
said, so the demonstration cannot show what Jalon does not do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from zoneinfo import ZoneInfo

from engine import (
    SCENARIOS,
    SYSTEM,
    AskMoreTime,
    AssessCriterion,
    AttachFile,
    CastVote,
    ClaimTask,
    CloseVote,
    CommentOn,
    CompleteTask,
    DecideGate,
    DeclareInterest,
    Engine,
    Field,
    GatePage,
    GatePageOf,
    HoldProject,
    LiftReserve,
    LoadOrganisation,
    NotEmpty,
    OpenEntry,
    People,
    ProjectPage,
    ProjectPageOf,
    PublishMethod,
    PublishPack,
    RefuseTask,
    Reserve,
    SaveDraft,
    StartProject,
    TaskLine,
    TaskPage,
    TaskPageOf,
    is_scenarios,
    run_due,
)

PARIS = ZoneInfo("Europe/Paris")
#: the methods were published this many days ago, before any project started
PUBLISHED = -230
#: when what themes add was published: what started before goes on without
PACKED = -25
#: between two acts of the same day
PAUSE = timedelta(minutes=4)

Step = dict[str, Any]


def furnish(engine: Engine, today: datetime | None = None) -> None:
    """Fill an empty, prepared database with the demonstration; where it already is, do nothing.

    `today`: the present moment (UTC) before which everything happens; the engine's own clock if None.
    Raises `NotEmpty` where there is another organisation.
    """
    organisation = json.loads(_folder().joinpath("organisation.json").read_text("utf-8"))
    directory = engine.read(People(), SYSTEM)
    if any(each.code == organisation["services"][0]["code"] for each in directory.services):
        return
    if directory.people or directory.services:
        raise NotEmpty
    clock = engine.clock
    try:
        _Story(engine, today or clock()).tell(organisation)
    finally:
        engine.clock = clock


class _Story:
    """Plays the steps of all projects in the order of their days."""

    def __init__(self, engine: Engine, today: datetime) -> None:
        self.engine = engine
        self.today = today
        self.moment = today
        self.people: dict[str, int] = {}  #: login -> actor
        self.services: dict[str, str] = {}  #: code -> name
        self.verbs: dict[str, Callable[[int, Step], None]] = {
            "complete": self.complete, "draft": self.draft, "gate": self.gate, "comment": self.comment,
            "attach": self.attach, "refuse": self.refuse, "more_time": self.more_time, "lift": self.lift,
            "hold": self.hold, "entry": self.entry,
        }  # fmt: skip

    def tell(self, organisation: dict[str, Any]) -> None:
        self.engine.clock = lambda: self.moment
        self.moment = self.morning(PUBLISHED)
        self.act(LoadOrganisation(organisation), SYSTEM)
        for method in _methods():
            self.act(PublishMethod(method), SYSTEM)
        page = self.engine.read(People(), SYSTEM)
        self.people = {each.login: each.actor.id for each in page.people}
        self.services = {each.code: each.name.fr for each in page.services}
        started: dict[str, int] = {}
        packs = list(_packs())
        for morning, project, step in self.calendar():
            if packs and morning >= self.morning(PACKED):
                self.moment = self.morning(PACKED)
                while packs:
                    self.act(PublishPack(packs.pop()), SYSTEM)
            self.moment = max(morning, self.moment)
            run_due(self.engine)
            if "start" in step:
                started[project] = self.start(step)
            else:
                verb = next(each for each in self.verbs if each in step)
                self.verbs[verb](started[project], step)
        self.moment = self.today
        run_due(self.engine)

    def calendar(self) -> list[tuple[datetime, str, Step]]:
        """Every step of every project, in the order of time; those of one project keep the order they are told in."""
        found: list[tuple[datetime, str, Step]] = []
        for name, project in _projects():
            for step in [project, *project["course"]]:
                found.append((self.morning(step.get("day", step.get("start"))), name, step))
        return sorted(found, key=lambda each: each[0])

    # --- time ---

    def morning(self, days: int) -> datetime:
        """Half past eight in Paris, so many days from today; the Friday before where that is a weekend."""
        day = self.day(days)
        day -= timedelta(days=max(0, day.weekday() - 4))
        return datetime.combine(day, time(8, 30), PARIS).astimezone(UTC)

    def day(self, days: int) -> date:
        return self.today.astimezone(PARIS).date() + timedelta(days=days)

    def act(self, command: Any, actor: int) -> Any:
        self.moment += PAUSE
        return self.engine.execute(command, actor)

    # --- steps ---

    def start(self, project: Step) -> int:
        people = {role: tuple(self.people[each] for each in held) for role, held in project["people"].items()}
        command = StartProject(
            title=project["title"], method=project["method"], service=project["service"], theme=project["theme"],
            objectives=tuple(project["objectives"]), impacted=tuple(project["impacted"]), people=people,
        )  # fmt: skip
        started: int = self.act(command, self.people[project["author"]]).project
        return started

    def complete(self, project: int, step: Step) -> None:
        task, who = self.taken(project, step["complete"], step)
        page: TaskPage = self.engine.read(TaskPageOf(task), who)
        for field in page.form:
            name = str(step["answers"].get(field.key, ""))
            if field.type == "file" and name:
                name = name.removeprefix("file:")
                self.act(AttachFile(task, name, pdf(name.removesuffix(".pdf")), field.key), who)
        self.act(CompleteTask(task, page.values | self.answers(page, step["answers"]), page.revision), who)

    def draft(self, project: int, step: Step) -> None:
        task, who = self.taken(project, step["draft"], step)
        page = self.engine.read(TaskPageOf(task), who)
        self.act(SaveDraft(task, page.values | self.answers(page, step["answers"]), page.revision), who)

    def gate(self, project: int, step: Step) -> None:
        """Criteria by the lead, ballots, and the chair's decision; without an outcome the vote stays open."""
        gate, lead = self.open(project, step["gate"]).id, self.page(project).lead[0].id
        for key, evidence in step.get("met", {}).items():
            self.act(AssessCriterion(gate, key, "met", evidence), lead)
        for key, evidence in step.get("unmet", {}).items():
            self.act(AssessCriterion(gate, key, "unmet", evidence), lead)
        for login, reason in step.get("interest", {}).items():
            self.act(DeclareInterest(gate, reason), self.people[login])
        for login, (opinion, comment) in step.get("votes", {}).items():
            self.act(CastVote(gate, opinion, comment), self.people[login])
        if "outcome" in step:
            self.decide(gate, lead, step)

    def decide(self, gate: int, lead: int, step: Step) -> None:
        page: GatePage = self.engine.read(GatePageOf(gate), lead)
        chair = page.chair[0].id
        if page.rule != "chair":
            self.act(CloseVote(gate), chair)
        reserves = tuple(
            Reserve(text, self.people[owner], self.day(due)) for text, owner, due in step.get("reserves", ())
        )
        self.act(DecideGate(gate, step["outcome"], step["reason"], reserves), chair)

    def comment(self, project: int, step: Step) -> None:
        self.act(CommentOn(self.open(project, step["comment"], step).id, step["text"]), self.people[step["by"]])

    def attach(self, project: int, step: Step) -> None:
        task, name = self.open(project, step["attach"], step).id, step["name"]
        self.act(AttachFile(task, name, pdf(name.removesuffix(".pdf"))), self.people[step["by"]])

    def refuse(self, project: int, step: Step) -> None:
        task, who = self.taken(project, step["refuse"], step)
        self.act(RefuseTask(task, step["reason"]), who)

    def more_time(self, project: int, step: Step) -> None:
        task, who = self.taken(project, step["more_time"], step)
        self.act(AskMoreTime(task, self.day(step["until"]), step["reason"]), who)

    def lift(self, project: int, step: Step) -> None:
        reserve = next(each for each in self.page(project).reserves if each.text.startswith(step["lift"]))
        self.act(LiftReserve(reserve.id, step["proof"]), self.people[step["by"]])

    def hold(self, project: int, step: Step) -> None:
        self.act(HoldProject(project, step["hold"], self.day(step["until"])), self.people[step["by"]])

    def entry(self, project: int, step: Step) -> None:
        """An entry of a register, of the project or, `everywhere`, of the organisation."""
        values = {
            key: [self.plain(each) for each in said] if isinstance(said, list) else self.plain(said)
            for key, said in step["values"].items()
        }
        where = None if step.get("everywhere") else project
        self.act(OpenEntry(step["entry"], values, where), self.people[step["by"]])

    # --- what is open, and for whom ---

    def page(self, project: int) -> ProjectPage:
        page: ProjectPage = self.engine.read(ProjectPageOf(project), SYSTEM)
        return page

    def open(self, project: int, code: str, step: Step | None = None) -> TaskLine:
        """The open task of this code; `for` in the step says of which service, or which line of a plan."""
        wanted: str = (step or {}).get("for", "")
        wanted = self.services.get(wanted, wanted)
        found = [each for each in self.page(project).open if each.code == code and each.instance.fr.startswith(wanted)]
        if len(found) != 1:
            raise LookupError(f"workflows/demo: {code} {wanted}: {len(found)} open, one expected; mend the course")
        return found[0]

    def taken(self, project: int, code: str, step: Step) -> tuple[int, int]:
        """The task and who does it: its assignee, else the one the step names, who claims it."""
        task = self.open(project, code, step)
        if task.assignee is not None:
            return task.id, task.assignee.id
        who = self.people[step["by"]]
        self.act(ClaimTask(task.id), who)
        return task.id, who

    # --- answers ---

    def answers(self, page: TaskPage, said: dict[str, Any]) -> dict[str, Any]:
        """Answers as a form takes them. Rows and checklists are told as lists, in the order of columns and items."""
        unknown = said.keys() - {field.key for field in page.form}
        if unknown:
            raise LookupError(f"workflows/demo: {page.task.code} has no field {sorted(unknown)}; mend the answers")
        return {
            field.key: self.answer(page, field, said[field.key])
            for field in page.form
            if field.key in said and field.type != "file"
        }

    def answer(self, page: TaskPage, field: Field, said: Any) -> Any:
        if field.type == "table":
            keys = [column.key for column in field.columns]
            return [dict(zip(keys, map(self.plain, row), strict=True)) for row in said]
        if field.type == "checklist":
            items = page.items[field.key]
            return {
                item.key: {"state": "done", "evidence": evidence, "reason": ""}
                for item, evidence in zip(items, said, strict=True)
            }
        return [self.plain(each) for each in said] if isinstance(said, list) else self.plain(said)

    def plain(self, said: Any) -> Any:
        """`@claire` is a person, `@-12` the day twelve days ago; all else is itself."""
        if not isinstance(said, str) or not said.startswith("@"):
            return said
        word = said[1:]
        return self.people[word] if word in self.people else self.day(int(word)).isoformat()


# --- what is told ------------------------------------------------------------------------------------------


def _folder() -> Traversable:
    return files("workflows").joinpath("demo")


def _projects() -> Iterator[tuple[str, Step]]:
    for each in sorted(_folder().joinpath("projects").iterdir(), key=lambda each: each.name):
        yield each.name, json.loads(each.read_text("utf-8"))


def _methods() -> Iterator[dict[str, bytes]]:
    """The files of each shipped method, its scenarios among them: a folder that holds diagrams."""
    for folder in sorted(files("workflows").iterdir(), key=lambda each: each.name):
        if folder.is_dir() and not folder.name.startswith((".", "_")):
            kept = (each for each in folder.iterdir() if each.name.endswith((".bpmn", SCENARIOS)))
            found = {each.name: each.read_bytes() for each in kept}
            if not all(map(is_scenarios, found)):
                yield found


def _packs() -> Iterator[dict[str, Any]]:
    """What each shipped theme adds."""
    for file in sorted(files("workflows").joinpath("themes").iterdir(), key=lambda each: each.name):
        yield json.loads(file.read_text("utf-8"))


def pdf(title: str) -> bytes:
    """A PDF of one A4 page that says its title."""
    shown = title.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252", "replace")
    content = b"BT /F1 20 Tf 60 760 Td (" + shown + b") Tj 0 -28 Td /F1 11 Tf (Habitat du Val) Tj ET"
    font = b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font 5 0 R >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        font,
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count, start = len(objects) + 1, len(body)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return body + b"xref\n0 %d\n" % count + table + trailer
