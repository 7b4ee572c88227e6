"""A register: of a project, or of the organisation across its projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from engine.errors import NotFound
from engine.people import taking_part
from engine.queries.entry_lines import EntryLine, entry_columns, lines, project_of, standing
from engine.queries.lines import ActorLine, ChoiceLine, ServiceLine
from engine.queries.view import View
from engine.registers import REGISTERS, Register
from engine.store.circles import Before
from engine.store.tables import ActorRow, ChoiceRow, EntryRow, ProjectRow, ServiceRow, SubscriptionRow, SupportRow
from engine.words import Text

#: of one page
MOST_ENTRIES = 200

Sort = Literal["recent", "due", "level", "supports"]


@dataclass(frozen=True, slots=True)
class RegisterPageOf:
    """`state`: `open` (default), `closed`, `all`, or one state. `after`: how many entries the pages before showed.

    Without a project: watch and ideas of the whole organisation; of the others, what the actor may see.
    """

    register: str
    project: int | None = None
    state: str = "open"
    owner: int | None = None
    mine: bool = False
    late: bool = False
    theme: str = ""
    service: str = ""  #: code
    text: str = ""  #: in the title
    sort: Sort = "recent"
    after: int = 0
    size: int = 25


@dataclass(frozen=True, slots=True)
class RegisterTab:
    """A register that this actor may see here."""

    register: str
    name: Text
    open: int


@dataclass(frozen=True, slots=True)
class LateLine:
    """How many entries of a department are late."""

    service: ServiceLine | None
    late: int


@dataclass(frozen=True, slots=True)
class RegisterPage:
    register: str
    name: Text
    one: Text
    confidential: bool
    project: int | None
    project_title: str
    entries: tuple[EntryLine, ...]
    after: int  #: 0 on the last page
    total: int  #: that the filters keep
    tabs: tuple[RegisterTab, ...]
    states: tuple[ChoiceLine, ...]
    owners: tuple[ActorLine, ...]  #: who carries an entry of this register here
    themes: tuple[ChoiceLine, ...]
    services: tuple[ServiceLine, ...]
    fields: tuple[str, ...]  #: what its entries have of: owner, service, due, theme; and level
    late: tuple[LateLine, ...]  #: by department, the most first
    followed: frozenset[str]  #: of the watch: the themes that this actor hears of
    may_open: bool
    proposes: bool  #: what this actor opens is first a proposal


def read(view: View, query: RegisterPageOf) -> RegisterPage:
    register = REGISTERS.get(query.register)
    project = project_of(view, query.project)
    who = standing(view, project)
    if register is None or not who.sees(register) or (project is None and not register.everywhere):
        raise NotFound
    here = _here(view, register, project)
    kept = and_(here, *_filters(view, query))
    size = min(max(query.size, 1), MOST_ENTRIES)
    total = view.session.execute(_counted(kept)).scalar_one()
    found = entry_columns().where(kept).order_by(*_order(query.sort)).offset(max(query.after, 0)).limit(size)
    entries = lines(view, found, who)
    shown = max(query.after, 0) + len(entries)
    return RegisterPage(
        register=register.id, name=register.name, one=register.one, confidential=register.confidential,
        project=project.id if project is not None else None, project_title=project.title if project is not None else "",
        entries=entries, after=shown if shown < total else 0, total=total,
        tabs=_tabs(view, project, who),
        states=tuple(ChoiceLine(id, state.text) for id, state in register.states.items()),
        owners=_owners(view, here), themes=_themes(view), services=tuple(view.services.values()),
        fields=_fields(register), late=_late(view, here), followed=_followed(view, register),
        proposes=who.proposes(register),
        may_open=who.may_open(register) and (project is None or project.status in ("running", "held")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegistersOf:
    """The registers of a project, or of the organisation, that the actor may see."""

    project: int | None = None


@dataclass(frozen=True, slots=True)
class RegistersPage:
    tabs: tuple[RegisterTab, ...]


def read_tabs(view: View, query: RegistersOf) -> RegistersPage:
    project = project_of(view, query.project)
    return RegistersPage(_tabs(view, project, standing(view, project)))


def _here(view: View, register: Register, project: ProjectRow | None) -> ColumnElement[bool]:
    mine = EntryRow.register == register.id
    if project is not None:
        return and_(mine, EntryRow.project_id == project.id)
    if register.sees in ("organisation", "method"):
        return mine  # its circle was looked at already
    return and_(mine, or_(EntryRow.project_id.is_(None), EntryRow.project_id.in_(taking_part(view.actor))))


def _filters(view: View, query: RegisterPageOf) -> list[ColumnElement[bool]]:
    kept: list[ColumnElement[bool]] = [_in_state(query.state)]
    if query.owner is not None:
        kept.append(EntryRow.owner_id == query.owner)
    if query.mine:
        kept.append(or_(EntryRow.owner_id == view.actor.id, EntryRow.author_id == view.actor.id))
    if query.late:
        kept.append(_is_late(view))
    if query.theme:
        kept.append(EntryRow.theme == query.theme)
    if query.service:
        kept.append(
            EntryRow.service_id == select(ServiceRow.id).where(ServiceRow.code == query.service).scalar_subquery()
        )
    if query.text:
        kept.append(EntryRow.title.icontains(query.text, autoescape=True))
    return kept


def _in_state(state: str) -> ColumnElement[bool]:
    match state:
        case "open":
            return EntryRow.closed_at.is_(None)
        case "closed":
            return EntryRow.closed_at.is_not(None)
        case "all":
            return true()
    return EntryRow.state == state


def _is_late(view: View) -> ColumnElement[bool]:
    """Past its day and open; nothing is late in a project on hold."""
    running = or_(
        EntryRow.project_id.is_(None),
        EntryRow.project_id.in_(select(ProjectRow.id).where(ProjectRow.status == "running")),
    )
    return and_(EntryRow.closed_at.is_(None), EntryRow.due_at < view.now, running)


def _order(sort: str) -> list[Any]:
    match sort:
        case "due":
            return [EntryRow.due_at, EntryRow.id]
        case "level":
            return [EntryRow.level.desc(), EntryRow.id.desc()]
        case "supports":
            count = select(func.count()).where(SupportRow.entry_id == EntryRow.id).scalar_subquery()
            return [count.desc(), EntryRow.id.desc()]
    return [EntryRow.id.desc()]


def _counted(where: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(EntryRow).where(where)


def _tabs(view: View, project: ProjectRow | None, who: Before) -> tuple[RegisterTab, ...]:
    """The registers that this actor may see here, and how many of their entries are open: of no other a trace."""
    seen = [each for each in REGISTERS.values() if who.sees(each) and (project is not None or each.everywhere)]
    if project is None:
        return tuple(
            RegisterTab(each.id, each.name, view.session.execute(
                _counted(and_(_here(view, each, None), EntryRow.closed_at.is_(None)))
            ).scalar_one())
            for each in seen
        )  # fmt: skip
    rows = view.session.execute(
        select(EntryRow.register, func.count())
        .where(
            EntryRow.project_id == project.id, EntryRow.closed_at.is_(None),
            EntryRow.register.in_([each.id for each in seen]),
        )
        .group_by(EntryRow.register)
    ).all()  # fmt: skip
    counts = {register: count for register, count in rows}
    return tuple(RegisterTab(each.id, each.name, counts.get(each.id, 0)) for each in seen)


def _followed(view: View, register: Register) -> frozenset[str]:
    if register.id != "watch":
        return frozenset()
    mine = select(SubscriptionRow.theme).where(SubscriptionRow.actor_id == view.actor.id)
    return frozenset(view.session.execute(mine).scalars())


def _owners(view: View, here: ColumnElement[bool]) -> tuple[ActorLine, ...]:
    carried = select(EntryRow.owner_id).where(here, EntryRow.owner_id.is_not(None)).distinct()
    rows = view.session.execute(
        select(ActorRow.id, ActorRow.name).where(ActorRow.id.in_(carried)).order_by(ActorRow.name, ActorRow.id)
    )
    return tuple(ActorLine(id, name) for id, name in rows)


def _themes(view: View) -> tuple[ChoiceLine, ...]:
    rows = view.session.execute(select(ChoiceRow).where(ChoiceRow.kind == "theme").order_by(ChoiceRow.id)).scalars()
    return tuple(ChoiceLine(row.code, Text(row.label_fr, row.label_en)) for row in rows)


def _fields(register: Register) -> tuple[str, ...]:
    of_row = [key for key in ("owner", "service", "due", "theme") if register.field(key)]
    if register.id == "idea":
        of_row += ["owner", "due"]
    return (*of_row, "level") if register.id in ("risk", "resistance", "watch") else tuple(of_row)


def _late(view: View, here: ColumnElement[bool]) -> tuple[LateLine, ...]:
    rows = view.session.execute(
        select(ServiceRow.code, func.count())
        .select_from(EntryRow)
        .outerjoin(ServiceRow, ServiceRow.id == EntryRow.service_id)
        .where(here, _is_late(view))
        .group_by(ServiceRow.code)
        .order_by(func.count().desc(), ServiceRow.code)
    )
    return tuple(LateLine(view.services.get(code), count) for code, count in rows)
