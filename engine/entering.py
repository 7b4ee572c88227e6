"""What a form says, of a page or of a step, becomes an entry of a register: checked, opened, owned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from engine.answers import Allowed, check
from engine.choices import allowed_by_all
from engine.errors import FormRefused
from engine.method import Field
from engine.registers import ANSWER_DAYS, OF_THE_ROW, Register
from engine.store.act import Act
from engine.store.entries import open_entry
from engine.store.organisation import who_answers
from engine.store.tables import NEVER, EntryRow, NoticeRow, ProjectRow, ServiceRow, SubscriptionRow
from engine.words import Text
from engine.working_time import PARIS, end_of


def enter(
    act: Act, register: Register, project: ProjectRow | None, said: Mapping[str, Any], *, origin: str = "",
    origin_id: int | None = None, proposes: bool = False, corrects: int | None = None,
) -> EntryRow:  # fmt: skip
    """A new entry of checked answers; who must answer an idea, and who follows a theme, hear of it."""
    row = open_entry(
        act, register.id, project, **draft(act, register, project, said, proposes), origin=origin,
        origin_id=origin_id, state="proposed" if proposes else "", corrects=corrects,
    )  # fmt: skip
    entered(act, row)
    return row


def draft(
    act: Act, register: Register, project: ProjectRow | None, said: Mapping[str, Any], proposes: bool = False,
    services: Mapping[str, int] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Checked answers as `open_entry` takes them: who owns what nobody is named for, and until when."""
    found = {"title": said["title"], **columns(act, register, said, services)}
    if register.id == "idea":
        found["owner"] = _lead(act, project) if project is not None else next(iter(who_answers(act)), None)
        found["due"] = end_of(act.now.astimezone(PARIS).date() + timedelta(days=ANSWER_DAYS))
    elif found["owner"] is None and not proposes and register.id in ("watch", "risk", "change"):
        found["owner"] = act.by
    return found


def entered(act: Act, row: EntryRow) -> None:
    """Who follows a theme hears of it."""
    if row.register == "watch":
        _tell_subscribers(act, row)


def answered(act: Act, form: tuple[Field, ...], values: Mapping[str, Any], name: Text) -> dict[str, Any]:
    """Raises `FormRefused` with everything that is wrong."""
    return check(form, values, allowed_by_all(act.link, form, values), name)


def answered_all(
    act: Act, form: tuple[Field, ...], rows: Sequence[Mapping[str, Any]], name: Text
) -> list[dict[str, Any] | FormRefused]:  # fmt: skip
    """The same of several at once, of which what they may choose from is asked together: what each says, or why not."""
    said = tuple(field for field in form if any(row.get(field.key) not in (None, "", []) for row in rows))
    people = {
        field.key: [one for row in rows for one in _listed(row.get(field.key))]
        for field in said
        if field.type in ("user", "users")
    }
    allowed = allowed_by_all(act.link, said, people)
    return [_checked(form, row, allowed, name) for row in rows]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _checked(form: tuple[Field, ...], row: Mapping[str, Any], allowed: Allowed, name: Text) -> Any:
    try:
        return check(form, row, allowed, name)
    except FormRefused as refusal:
        return refusal


def columns(
    act: Act, register: Register, said: Mapping[str, Any], services: Mapping[str, int] | None = None
) -> dict[str, Any]:  # fmt: skip
    """The answers as `open_entry` takes them, without the title. `services`: the numbers of departments, if known."""
    code = said.get("service") or ""
    service = services.get(code) if services is not None else None
    if code and services is None:
        service = act.session.execute(select(ServiceRow.id).where(ServiceRow.code == code)).scalar()
    facts = {key: value for key, value in said.items() if key not in OF_THE_ROW and value not in (None, "", [], False)}
    return {
        "body": said.get("body") or "", "owner": said.get("owner"), "service": service, "due": due_of(said.get("due")),
        "theme": said.get("theme") or "", "facts": facts,
    }  # fmt: skip


def due_of(day: Any) -> datetime:
    return end_of(date.fromisoformat(str(day))) if day else NEVER


def _tell_subscribers(act: Act, watch: EntryRow) -> None:
    """The next daily message says it to whoever follows its theme."""
    people = act.session.execute(
        select(SubscriptionRow.actor_id).where(SubscriptionRow.theme == watch.theme)
    ).scalars()  # fmt: skip
    act.session.add_all(
        NoticeRow(actor_id=person, kind="watch", entry_id=watch.id, at=act.now) for person in people if person != act.by
    )


def _lead(act: Act, project: ProjectRow) -> int | None:
    _, held = act.deciding(project)
    holders = held[act.release(project.release_id).method.lead].holders
    return holders[0].actor if holders else None
