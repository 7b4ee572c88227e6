"""A completed task as a paper to hand on: its answers, and for tables that name departments a part for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.dossier.paper import printed
from engine.dossier.sheet import Section, Sheet, spaced
from engine.dossier.words import HEADS, NOTES
from engine.errors import NotFound
from engine.method import Column, Field
from engine.queries.reading import NO, YES, answer_as_read, day_as_read
from engine.queries.task_page import TaskPageOf
from engine.queries.task_page import read as read_page
from engine.queries.view import View
from engine.store.case import Case, spoken_day
from engine.words import Language, Text

#: the column that says whom a line concerns
DEPARTMENT = "service"


@dataclass(frozen=True, slots=True)
class TaskPaper:
    """The answers of a completed task as a PDF, in `language`: the recommendation, among others."""

    task: int
    language: Language = "fr"


@dataclass(frozen=True, slots=True)
class TaskPaperPage:
    name: str  #: of the file
    content: bytes


def read(view: View, query: TaskPaper) -> TaskPaperPage:
    case = view.case(query.task)
    if case.task.kind == "gate" or case.task.state != "done" or case.task.closed_at is None:
        raise NotFound
    language: Language = "en" if query.language == "en" else "fr"
    sheet = _Writer(view, case, language).sheet()
    name = f"{case.project.id}-{case.task.element}-{case.task.id}"
    return TaskPaperPage(re.sub(r"[^A-Za-z0-9_-]+", "-", name) + ".pdf", printed(sheet, case.task.closed_at))


class _Writer:
    def __init__(self, view: View, case: Case, language: Language) -> None:
        self.view, self.case, self.language = view, case, language
        self.names = {each.id: each.name for each in view.directory()}
        page = read_page(view, TaskPageOf(case.task.id))  # the paper says no more than the page does
        self.answers = {key: said for key, said in page.values.items() if key not in page.hides}

    def say(self, words: Text, **facts: Any) -> str:
        return spaced((words.format(**facts) if facts else words).read(self.language), self.language)

    def sheet(self) -> Sheet:
        case = self.case
        fields = [
            each for each in case.model.form
            if each.type != "file" and self.answers.get(each.key) not in (None, "", [], {})
        ]  # fmt: skip
        instance = self.say(self.view.instance(case.task.instance))
        by = self.view.person(case.task.closed_by)
        at = spoken_day(case.task.closed_at or case.task.opened_at)
        done = self.say(NOTES["work_by"], by=by.name if by else "Jalon", at=at)
        return Sheet(
            language=self.language,
            title=" · ".join(each for each in (self.say(case.name), instance) if each),
            subtitle=self.say(Text(f"{case.project.title} – {done}")),
            author="Jalon",
            keywords=[case.task.element, case.project.title],
            footer=f"Jalon · {case.project.title} · {case.task.element}",
            sections=[
                *(self.section(each) for each in fields if each.type != "table"),
                *(self.table(each, self.answers[each.key]) for each in fields if each.type == "table"),
                *(part for each in fields if each.type == "table" for part in self.departments(each)),
            ],
        )

    def section(self, field: Field) -> Section:
        said = answer_as_read(field, self.answers[field.key], self.names, self.view.services)
        words = NOTES["confidential"] if field.confidential else said
        paragraphs = self.say(words).splitlines()
        return Section(level=1, heading=self.say(field.label), paragraphs=paragraphs, columns=[], widths=[], rows=[])

    def table(self, field: Field, rows: list[dict[str, Any]]) -> Section:
        if field.confidential:
            return self.section(field)
        return self.lines(field.label, 1, _told(field), rows)

    def lines(self, heading: Text, level: int, columns: tuple[Column, ...], rows: list[dict[str, Any]]) -> Section:
        return Section(
            level=level, heading=self.say(heading), paragraphs=[], columns=[self.say(each.label) for each in columns],
            widths=[2 if each.type == "textarea" else 1 for each in columns],
            rows=[[self.say(self.cell(each, row.get(each.key))) for each in columns] for row in rows],
        )  # fmt: skip

    def cell(self, column: Column, value: Any) -> Text:
        if column.key == DEPARTMENT:
            return self.view.instance(str(value or ""))
        if value in (None, ""):
            return Text("")
        match column.type:
            case "user":
                return Text(self.names.get(value, "?"))
            case "boolean":
                return YES if value else NO
            case "date":
                return day_as_read(str(value))
        return next((each.label for each in column.options if each.value == value), Text(str(value)))

    def departments(self, field: Field) -> Iterator[Section]:
        """The lines of a table again, department by department: what to tell each."""
        if field.confidential or all(each.key != DEPARTMENT for each in _told(field)):
            return
        rows = self.answers[field.key]
        columns = tuple(each for each in _told(field) if each.key != DEPARTMENT)
        yield Section(
            level=1, heading=self.say(HEADS["each_department"]), paragraphs=[], columns=[], widths=[], rows=[]
        )
        for code in dict.fromkeys(str(row.get(DEPARTMENT) or "") for row in rows):
            own = [row for row in rows if str(row.get(DEPARTMENT) or "") == code]
            yield self.lines(self.view.instance(code) or Text("–"), 2, columns, own)


def _told(field: Field) -> tuple[Column, ...]:
    """The columns that a paper shows."""
    return tuple(each for each in field.columns if not each.confidential)
