"""The sheet of a method in a service as a paper: phase by phase, what the service changed marked, with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.dossier.paper import printed
from engine.dossier.sheet import Section, Sheet, spaced
from engine.method import Gate, Method, Task
from engine.overlay.figures import lasting, rule, share
from engine.queries.tailoring import ChangeLine, TailoringOf, TailoringPage
from engine.queries.tailoring import read as read_page
from engine.queries.view import View
from engine.store.releases import last_releases
from engine.words import Language, Text
from engine.working_time import PARIS

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodSheet:
    """The method as it is in force in a service, as a PDF in `language`."""

    method: str
    service: str  #: code
    language: Language = "fr"


@dataclass(frozen=True, slots=True)
class MethodSheetPage:
    name: str  #: of the file
    content: bytes


def read(view: View, query: MethodSheet) -> MethodSheetPage:
    """Raises `NotFound` as the page of the sheet does; the same state gives the same bytes."""
    page = read_page(view, TailoringOf(query.method, query.service, settled=True))
    published = next(each.published_at for each in last_releases(view.session) if each.method == query.method)
    sheet = sheet_of(page, "en" if query.language == "en" else "fr")
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{page.method.id}-{page.method.version}-{page.service.code}")
    return MethodSheetPage(f"{name}.pdf", printed(sheet, page.overlay.at if page.overlay is not None else published))


def sheet_of(page: TailoringPage, language: Language) -> Sheet:
    return _Writer(page, language).sheet()


@dataclass
class _Table:
    """Rows, and which of them stand out."""

    rows: list[Row] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """Its last cell says what the service changed; empty: nothing."""
        if cells[-1]:
            self.marked.append(len(self.rows))
        self.rows.append(cells)


class _Writer:
    def __init__(self, page: TailoringPage, language: Language) -> None:
        self.page, self.language = page, language
        self.method: Method = page.woven or page.method

    def say(self, words: Text, **facts: Any) -> str:
        return spaced((words.format(**facts) if facts else words).read(self.language), self.language)

    def sheet(self) -> Sheet:
        title = self.say(TITLE, method=self.method.name, service=self.page.service.name)
        return Sheet(
            language=self.language, title=title, subtitle=self.subtitle(), author="Jalon",
            keywords=[self.method.id, self.page.service.code],
            footer=self.say(FOOTER, method=self.method.name, version=self.page.method.version,
                            service=self.page.service.name),
            sections=[*self.tailored(), *self.phases(), *self.exceptions(), *self.recurring()],
        )  # fmt: skip

    def subtitle(self) -> str:
        overlay = self.page.overlay
        if overlay is None:
            return self.say(AS_IT_IS, version=self.page.method.version)
        day = overlay.at.astimezone(PARIS).strftime("%d/%m/%Y")
        by = overlay.approver.name if overlay.approver is not None else "–"
        said = [self.say(APPROVED, version=overlay.version, name=by, day=day)]
        if overlay.until is not None:
            said.append(self.say(UNTIL, day=overlay.until.astimezone(PARIS).strftime("%d/%m/%Y")))
        if overlay.service.code != self.page.service.code:
            said.append(self.say(INHERITED, service=overlay.service.name))
        return " · ".join(said)

    def section(self, heading: str, heads: tuple[Text, ...], widths: Row | tuple[int, ...], table: _Table,
                level: int = 1, said: tuple[str, ...] = ()) -> Section:  # fmt: skip
        return Section(
            level=level, heading=heading, paragraphs=list(said),
            columns=[self.say(each) for each in heads] if table.rows else [],
            widths=[int(each) for each in widths], rows=table.rows, marked=table.marked,
        )  # fmt: skip

    def tailored(self) -> Iterator[Section]:
        """All that the service changed, in order."""
        table = _Table()
        for each in self.page.changes:
            what = f"{self.say(each.text)} ({self.say(LESS)})" if each.less else self.say(each.text)
            why = " ".join(filter(None, (each.reason, self.measure(each)))) or "–"
            table.add(self.say(self.page.method.name_of(each.element)), what, why)
        if table.rows:
            yield self.section(self.say(CHANGES), (STEP, CHANGE, REASON), (3, 4, 4), table)

    def measure(self, change: ChangeLine) -> str:
        said = change.said.get("measure", "")
        return self.say(INSTEAD, measure=said) if said else ""

    # --- the method, phase by phase ---

    def phases(self) -> Iterator[Section]:
        for phase in self.method.phases:
            drawn = self.page.method.phase.get(phase.id)
            gone = [each for each in drawn.tasks if each.id not in self.method.tasks] if drawn is not None else []
            heading = self.say(phase.name)
            said = tuple(self.changed(each) for each in self.page.changed(phase.id) if "hook" not in each.said)
            yield self.section(heading, STEPS, WIDTHS, self.steps([*phase.tasks, *gone]), said=said)
            if phase.gate:
                yield self.gate(self.method.gate[phase.gate])

    def exceptions(self) -> Iterator[Section]:
        for each in self.method.exceptions:
            said = tuple(self.changed(one) for one in self.page.changed(each.id))
            yield self.section(self.say(each.phase.name), STEPS, WIDTHS, self.steps([*each.phase.tasks]), said=said)
            yield self.gate(each.gate)

    def recurring(self) -> Iterator[Section]:
        kept = {each.id for each in self.method.recurring}
        tasks = [each.task for each in self.method.recurring]
        tasks += [each.task for each in self.page.method.recurring if each.id not in kept]
        if tasks:
            yield self.section(self.say(RECURRING), STEPS, WIDTHS, self.steps(tasks))

    def steps(self, tasks: list[Task]) -> _Table:
        table = _Table()
        for task in tasks:
            changes = [*self.page.changed(task.id), *self.insertions(task.id)]
            due = self.say(lasting(task.due)) if task.due else "–"
            name = f"{task.id} · {self.say(task.name)}"
            table.add(name, self.role(task.role), due, "\n".join(map(self.changed, changes)))
        return table

    def insertions(self, id: str) -> Iterator[ChangeLine]:
        """The change that put this step in."""
        yield from (each for each in self.page.changes if each.number == self.page.drawn_by.get(id))

    def gate(self, gate: Gate) -> Section:
        changes = {each.kind: each for each in self.page.changed(gate.id)}
        table = _Table()
        for head, said, kind in (
            (CHAIR, self.role(gate.chair), ""),
            (VOTERS, ", ".join(map(self.role, gate.voters)), "voter"),
            (QUORUM, self.say(share(gate.quorum)), "quorum"),
            (RULE, self.say(rule(gate.rule)), "rule"),
            (DUE, self.say(lasting(gate.due)), "due"),
        ):
            table.add(self.say(head), said, self.changed(changes[kind]) if kind in changes else "")
        own = {each.said.get("key"): each for each in self.page.changed(gate.id) if each.kind == "criterion"}
        for each in gate.criteria:
            table.add(self.say(CRITERION), self.say(each.text), self.changed(own[each.key]) if each.key in own else "")
        heading = self.say(GATE, code=gate.id, name=gate.name)
        return self.section(heading, (WHAT, SAID, CHANGE), (2, 5, 4), table, level=2)

    def changed(self, change: ChangeLine) -> str:
        said = self.say(change.text)
        return self.say(BECAUSE, said=said, reason=change.reason) if change.reason else said

    def role(self, id: str) -> str:
        found = self.method.role.get(id)
        return self.say(found.name) if found is not None else id


TITLE = Text("{method} à {service}", "{method} at {service}")
FOOTER = Text("{method} {version}, {service}", "{method} {version}, {service}")
AS_IT_IS = Text("Version {version}, sans aménagement", "Version {version}, not tailored")
APPROVED = Text(
    "Version {version}, aménagement approuvé par {name} le {day}",
    "Version {version}, tailoring approved by {name} on {day}",
)
UNTIL = Text("valable jusqu’au {day}", "valid until {day}")
INHERITED = Text("repris de {service}", "taken over from {service}")
CHANGES = Text("Ce que le service change", "What the department changes")
RECURRING = Text("Activités récurrentes", "Recurring activities")
GATE = Text("Porte {code} : {name}", "Gate {code}: {name}")
BECAUSE = Text("{said}. Motif : {reason}", "{said}. Reason: {reason}")
INSTEAD = Text("En tient lieu : {measure}", "Made up for by: {measure}")
LESS = Text("moins que la méthode", "less than the method")
STEP, ROLE, DUE = Text("Étape", "Step"), Text("Rôle", "Role"), Text("Délai", "Deadline")
CHANGE, REASON = Text("Aménagement", "Tailoring"), Text("Motif", "Reason")
WHAT, SAID = Text("Quoi", "What"), Text("Comment", "How")
CHAIR, VOTERS = Text("Présidée par", "Chaired by"), Text("Votants", "Voters")
QUORUM, RULE, CRITERION = Text("Quorum", "Quorum"), Text("Règle", "Rule"), Text("Critère", "Criterion")
STEPS, WIDTHS = (STEP, ROLE, DUE, CHANGE), (4, 3, 2, 4)
