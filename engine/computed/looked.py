"""What a computation looks at, and what it finds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.computed.facts import PARTS, Need, TaskFact, question
from engine.method import Method
from engine.store.case import Case
from engine.store.saving import catch_up
from engine.store.statements import ask
from engine.store.tables import ActorRow, ProjectRow, ServiceRow
from engine.words import Text

#: where a pointer leads: the page of a task, a gate's room, an entry of a register, a place of the project's page
Place = Literal["task", "gate", "entry", "reserves", "people", "services", "files", "guests", "project"]


@dataclass(frozen=True, slots=True)
class Pointer:
    """What stands in the way, where it is mended, and who can mend it."""

    place: Place
    id: int  #: of the task or entry; of the project for its own places
    text: Text
    who: Text = Text("")


@dataclass(frozen=True, slots=True)
class Found:
    """Whether it holds; in words why, or why not."""

    holds: bool
    remark: Text
    pointers: tuple[Pointer, ...] = ()


@dataclass(frozen=True)
class Looked:
    """One look at a project; what several computations ask is asked once."""

    session: Session
    project: ProjectRow
    method: Method
    now: datetime
    steers: bool = False  #: the reader leads or sponsors the project: nothing is confidential to them
    arguments: tuple[str, ...] = ()
    known: dict[str, Any] = field(default_factory=dict)  #: names of people and services
    facts: dict[Need, list[Any]] = field(default_factory=dict)

    # --- what the record holds ---

    def gather(self, needs: Iterable[Need]) -> None:
        """Ask at once for what is not known yet."""
        missing = {need for need in needs if need not in self.facts}
        if not missing:
            return
        parts = frozenset(part for part, _ in missing)
        given: dict[str, Any] = {"project": self.project.id, "usual": self._usual(), "now": self.now}
        given |= {part: sorted(about for each, about in missing if each == part) for part in parts}
        found: dict[Need, list[Any]] = {need: [] for need in missing}
        catch_up(self.session)
        for row in ask(self.session, question(parts), given):
            asked = PARTS[row.what]
            about = row.a if asked.named else ""
            found[row.what, about].append(asked.fact(*(getattr(row, place) for place in asked.places)))
        for need, facts in found.items():
            self.facts[need] = sorted(facts, key=_in_order)

    def rows(self, part: str, about: str = "") -> list[Any]:
        """The facts of a part of `engine.computed.facts`, in their order; asked here, unless they were gathered."""
        if (part, about) not in self.facts:
            self.gather([(part, about)])
        return self.facts[part, about]

    def _usual(self) -> list[str]:
        """The processes of the method itself: whatever else is under way is an exception to it."""
        short = self.method.short_closure
        return sorted({self.method.process, *self.method.recurs, *([short.process] if short is not None else [])})

    # --- tasks ---

    def last(self, element: str) -> dict[str, TaskFact]:
        """The last task of a step for each instance (`""` where there is one), withdrawn ones aside."""
        return {row.instance: row for row in self.rows("tasks", element)}

    def awaited(self, element: str) -> Pointer | None:
        """What is still to be done of a step; None once every instance is."""
        rows = self.last(element)
        if not rows:
            name = self.method.name_of(element)
            role = self.method.tasks[element].role
            said = Text("« {name} » n’est pas encore commencée", "“{name}” has not begun yet").format(name=name)
            return Pointer("project", self.project.id, said, self._role(role))
        waiting = next((row for row in rows.values() if row.state == "open"), None)
        return self.open(waiting) if waiting is not None else None

    def open(self, row: TaskFact) -> Pointer:
        """An open task, with who has it, and who refused it where one did."""
        who = self.person(row.assignee_id) if row.assignee_id else self._role(row.role)
        refused = json.loads(row.remarks).get("refused")
        if refused:
            said = Text("« {name} » : refusée par {by} ({reason})", "“{name}”: refused by {by} ({reason})")
            facts = {"by": self.person(refused["by"]), "reason": refused["reason"]}
        else:
            said, facts = Text("« {name} » : à terminer", "“{name}”: to complete"), {}
        return Pointer("task", row.id, said.format(name=self.named(row), **facts), who)

    def done(self, row: TaskFact, why: Text) -> Pointer:
        """A completed task whose answer does not do; who answered may correct it, or the lead."""
        said = Text("« {name} » : {why}", "“{name}”: {why}").format(name=self.named(row), why=why)
        return Pointer("task", row.id, said, self._role(self.method.lead))

    def named(self, row: TaskFact) -> Text:
        name = self.method.name_of(row.element)
        if not row.instance:
            return name
        instance = self.service(row.instance)
        return Text(f"{name.fr} · {instance.fr}", f"{name.read('en')} · {instance.read('en')}")

    def answers(self, reference: str) -> list[tuple[TaskFact, Any]]:
        """What each instance last answered to `TASK.field`."""
        element, _, key = reference.partition(".")
        rows = [row for row in self.last(element).values() if row.state == "done"]
        return [(row, json.loads(row.answers or "{}").get(key)) for row in rows]

    # --- names ---

    def person(self, id: int | None) -> Text:
        if not id:
            return Text("Jalon")
        name = f"person {id}"
        if name not in self.known:
            self.known[name] = self.session.execute(select(ActorRow.name).where(ActorRow.id == id)).scalar() or "?"
        return Text(self.known[name])

    def services(self) -> dict[str, ServiceRow]:
        if "services" not in self.known:
            rows = self.session.execute(select(ServiceRow).order_by(ServiceRow.path)).scalars()
            self.known["services"] = {row.code: row for row in rows}
        found: dict[str, ServiceRow] = self.known["services"]
        return found

    def service(self, code: str) -> Text:
        row = self.services().get(code)
        return Text(row.name_fr, row.name_en) if row is not None else Text(code)

    def _role(self, role: str) -> Text:
        found = self.method.role.get(role)
        return found.name if found is not None else Text(role)

    @property
    def lead(self) -> Text:
        return self._role(self.method.lead)

    @property
    def sponsor(self) -> Text:
        return self._role(self.method.sponsor)

    def here(self, place: Place, text: Text, who: Text = Text("")) -> Pointer:
        """A place of the project's own page."""
        return Pointer(place, self.project.id, text, who)


def _in_order(fact: Any) -> tuple[int, int]:
    """By number; what waits in several tasks, by theirs."""
    return fact[0], getattr(fact, "task_id", 0) or 0


def look(session: Session, case: Case, now: datetime, steers: bool | None = None) -> Looked:
    """A look at the project of a case. `steers`: else whether the actor leads or sponsors it."""
    if steers is None:
        steers = case.holds(case.method.lead) or case.holds(case.method.sponsor)
    return Looked(session, case.project, case.method, now, steers)


def joined(texts: list[Text]) -> Text:
    return Text(", ".join(each.fr for each in texts), ", ".join(each.read("en") for each in texts))
