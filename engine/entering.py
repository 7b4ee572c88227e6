"""What a form says, of a page or of a step, becomes an entry of a register: checked, opened, owned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from engine.answers import check
from engine.choices import allowed_by_all
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
        act, register.id, project, said["title"], **columns(act, register, said), origin=origin, origin_id=origin_id,
        state="proposed" if proposes else "", corrects=corrects,
    )  # fmt: skip
    if register.id == "watch":
        _tell_subscribers(act, row)
    if register.id == "idea":
        row.owner_id = _lead(act, project) if project is not None else next(iter(who_answers(act)), None)
        row.due_at = end_of(act.now.astimezone(PARIS).date() + timedelta(days=ANSWER_DAYS))
    elif row.owner_id is None and not proposes and register.id in ("watch", "risk", "change"):
        row.owner_id = act.by
    return row


def answered(act: Act, form: tuple[Field, ...], values: Mapping[str, Any], name: Text) -> dict[str, Any]:
    """Raises `FormRefused` with everything that is wrong."""
    return check(form, values, allowed_by_all(act.link, form, values), name)


def columns(act: Act, register: Register, said: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as `open_entry` takes them, without the title."""
    code = said.get("service") or ""
    service = act.session.execute(select(ServiceRow.id).where(ServiceRow.code == code)).scalar() if code else None
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
    _, held = act.held(project)
    holders = held[act.release(project.release_id).method.lead].holders
    return holders[0].actor if holders else None
