"""The themes: what each adds to a method, all of them or those of one project."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.errors import NotFound
from engine.method import Method, Role
from engine.pack_file import stored
from engine.packs import Indicator, LegalReminder, Pack, Term
from engine.people import visible
from engine.queries.view import View
from engine.store.tables import ChoiceRow, PackRow, ProjectRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Themes:
    """Every theme of the organisation, with what its newest pack adds."""


@dataclass(frozen=True, slots=True)
class ThemesOf:
    """What the themes of a project add to its method."""

    project: int


@dataclass(frozen=True, slots=True)
class AddedLine:
    """A task, a criterion or a lock that a theme adds."""

    id: str
    name: Text
    where: tuple[str, ...]  #: the phases, gates or steps where it enters, by id, for as many methods
    place: Text  #: the one of the project's method, by name; empty where it has none, or where no project is looked at
    role: str = ""  #: of a task
    fields: tuple[Text, ...] = ()  #: of its form
    locked: bool = True
    help: Text = Text("")


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """`version` empty: no pack was published, the theme adds nothing."""

    code: str
    name: Text
    version: str
    published_at: datetime | None
    projects: int  #: that carry it, under way
    label: Text = Text("")
    help: Text = Text("")
    tasks: tuple[AddedLine, ...] = ()
    criteria: tuple[AddedLine, ...] = ()
    locks: tuple[AddedLine, ...] = ()
    roles: tuple[Role, ...] = ()
    glossary: tuple[Term, ...] = ()
    reminders: tuple[LegalReminder, ...] = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemesPage:
    themes: tuple[ThemeLine, ...]


def read_all(view: View, query: Themes) -> ThemesPage:
    rows = view.session.execute(select(ChoiceRow).where(ChoiceRow.kind == "theme").order_by(ChoiceRow.id)).scalars()
    names = {row.code: Text(row.label_fr, row.label_en) for row in rows}
    running = view.session.execute(
        select(ProjectRow.theme, ProjectRow.themes).where(
            visible(view.actor, ProjectRow), ProjectRow.status.in_(("running", "held"))
        )
    )
    carried = Counter(code for row in running for code in carried_by(row.theme, row.themes))
    return ThemesPage(_lines(view, names, carried, None))


def read_of_project(view: View, query: ThemesOf) -> ThemesPage:
    project = view.session.execute(
        select(ProjectRow).where(ProjectRow.id == query.project, visible(view.actor, ProjectRow))
    ).scalar_one_or_none()
    if project is None:
        raise NotFound
    codes = carried_by(project.theme, project.themes)
    rows = view.session.execute(select(ChoiceRow).where(ChoiceRow.kind == "theme", ChoiceRow.code.in_(codes))).scalars()
    known = {row.code: Text(row.label_fr, row.label_en) for row in rows}
    names = {code: known.get(code, Text(code)) for code in codes}
    return ThemesPage(_lines(view, names, Counter(), view.release(project.release_id).method))


def carried_by(theme: str, themes: str) -> tuple[str, ...]:
    """The themes of a project, its first one first."""
    return tuple(json.loads(themes or "[]")) or ((theme,) if theme else ())


def _lines(
    view: View, names: dict[str, Text], carried: Counter[str], method: Method | None
) -> tuple[ThemeLine, ...]:  # fmt: skip
    rows = view.session.execute(select(PackRow).where(PackRow.theme.in_(names)).order_by(PackRow.id)).scalars()
    newest = {row.theme: row for row in rows}
    return tuple(_line(code, name, newest.get(code), carried[code], method) for code, name in names.items())


def _line(code: str, name: Text, row: PackRow | None, projects: int, method: Method | None) -> ThemeLine:
    if row is None:
        return ThemeLine(code, name, "", None, projects)
    pack = stored(row.content)
    return ThemeLine(
        code=code, name=name, version=row.version, published_at=row.published_at, projects=projects, label=pack.label,
        help=pack.help, tasks=_tasks(pack, method), criteria=_criteria(pack, method), locks=_locks(pack, method),
        roles=pack.roles, glossary=pack.glossary, reminders=pack.reminders, indicators=pack.indicators,
    )  # fmt: skip


def _tasks(pack: Pack, method: Method | None) -> tuple[AddedLine, ...]:
    return tuple(
        AddedLine(
            id=each.id, name=each.name, where=each.phases, place=_place(method, each.phases), role=each.role,
            fields=tuple(field.label for field in each.form), locked=each.lock == "locked", help=each.help,
        )
        for each in pack.tasks
    )  # fmt: skip


def _criteria(pack: Pack, method: Method | None) -> tuple[AddedLine, ...]:
    return tuple(AddedLine(each.key, each.text, each.gates, _place(method, each.gates)) for each in pack.criteria)


def _locks(pack: Pack, method: Method | None) -> tuple[AddedLine, ...]:
    return tuple(AddedLine(each.steps[0], each.why, each.steps, _place(method, each.steps)) for each in pack.locks)


def _place(method: Method | None, where: tuple[str, ...]) -> Text:
    """The first of these phases, gates or steps that the method has, by name."""
    if method is None:
        return Text("")
    known = next((each for each in where if each in method.phase or each in method.gate or each in method.tasks), "")
    return method.name_of(known) if known else Text("")
