"""Change one thing in how a service tailors a method: its draft is begun where there is none."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select

from engine.commands.draft_overlay import until
from engine.errors import ChoiceUnknown, DateInvalid, NotFound, OverlayFixed, ReasonMissing
from engine.overlay import Operation, Overlay, write
from engine.overlay import fingerprint as fingerprint_of
from engine.overlay import read as read_overlay
from engine.overlay.operations import AddField, Insert
from engine.overlay.text import operation_said
from engine.store.act import Act
from engine.store.overlays import DRAFT, REFUSED, REQUESTED, in_force, must_administer, said, woven_by
from engine.store.releases import last_of
from engine.store.tables import ActorRow, OverlayRow, ReleaseRow, ServiceRow
from engine.words import Text
from engine.working_time import PARIS


@dataclass(frozen=True, slots=True)
class AmendOverlay:
    """Change one thing in how a service tailors a method: its draft is begun where there is none."""

    method: str
    service: str  #: code
    operation: Mapping[str, Any] = field(default_factory=dict)  #: as in the text form; in the place of one like it
    drop: int = 0  #: the number of an operation to leave out, from 1; 0: none
    until: date | None = None  #: the last day of the tailoring; None: as it is
    overlay: int | None = None  #: the tailoring that the person had before them; None: there was none
    digest: str = ""  #: of it


@dataclass(frozen=True, slots=True)
class OverlayAmended:
    overlay: int
    digest: str  #: SHA-256 of its text form


def handle(act: Act, command: AmendOverlay) -> OverlayAmended:
    """An id and a key that are left empty are given: `L1` to a step, `local_1` to a criterion, an item, a question."""
    service = act.session.execute(select(ServiceRow).where(ServiceRow.code == command.service)).scalar_one_or_none()
    if service is None:
        raise ChoiceUnknown(value=command.service, label=Text("Service", "Department"))
    must_administer(act, service)
    base = _last(act, command.method)
    row = _newest(act, base, service)
    mine = _amended(act, command, base, _before(act, command, base, service, row))
    if command.operation:  # what is left out may leave behind what was refused before
        woven_by(act, mine, base)
    if row is None or row.state != DRAFT:
        row = OverlayRow(state=DRAFT, word="", service_id=service.id, method=base.method, version=base.version)
        act.session.add(row)
    row.content, row.digest = write(mine), fingerprint_of(mine)
    row.author_id, row.drafted_at, row.valid_until = act.actor.id, act.now, until(mine)
    act.session.flush()
    act.record("overlay_drafted", method=mine.method, version=mine.version, service=service.code, digest=row.digest)
    return OverlayAmended(row.id, row.digest)


def _before(act: Act, command: AmendOverlay, base: ReleaseRow, service: ServiceRow, row: OverlayRow | None) -> Overlay:
    """What the person had before them, as this service's own. Raises `OverlayFixed` where it is no longer that."""
    if row is not None and row.state == REQUESTED:
        raise OverlayFixed
    seen = row if row is not None and row.state in (DRAFT, REFUSED) else in_force(act.session, act.now, base, service)
    shown = (seen.id, seen.digest) if seen is not None else (None, "")
    if shown != (command.overlay, command.digest):
        raise OverlayFixed
    before = said(seen) if seen is not None else Overlay(base.method, base.version, service.code)
    return replace(before, service=service.code, approver="")


def _last(act: Act, method: str) -> ReleaseRow:
    row = last_of(act.session, method)
    if row is None:
        raise NotFound
    return row


def _newest(act: Act, base: ReleaseRow, service: ServiceRow) -> OverlayRow | None:
    """Of the service's own; a draft for an earlier version stays behind."""
    found = select(OverlayRow).where(
        OverlayRow.service_id == service.id, OverlayRow.method == base.method, OverlayRow.version == base.version
    )
    return act.session.execute(found.order_by(OverlayRow.id.desc()).limit(1).with_for_update()).scalar_one_or_none()


def _taken(act: Act, base: ReleaseRow) -> set[str]:
    method = act.release(base.id).method
    return {*method.tasks, *method.gate}


def _amended(act: Act, command: AmendOverlay, base: ReleaseRow, overlay: Overlay) -> Overlay:
    if command.until is not None and command.until <= act.now.astimezone(PARIS).date():
        raise DateInvalid(value=command.until.isoformat())
    operations = overlay.operations
    if command.drop:
        if not 0 < command.drop <= len(operations):
            raise OverlayFixed
        operations = operations[: command.drop - 1] + operations[command.drop :]
    elif command.operation:
        operations = _with(operations, operation_of(overlay, command.operation, _taken(act, base)))
    login = act.session.execute(select(ActorRow.login).where(ActorRow.id == act.actor.id)).scalar_one()
    return replace(
        overlay, operations=operations, author=login or f"#{act.actor.id}",
        valid_until=command.until or overlay.valid_until,
    )  # fmt: skip


def _with(operations: tuple[Operation, ...], new: Operation) -> tuple[Operation, ...]:
    """In the place of one that says the same thing, else at the end; a question of one's own step, in that step."""
    if isinstance(new, AddField):
        for each in operations:
            if isinstance(each, Insert) and each.step.id == new.element:
                form = [*(one for one in each.step.form if one.key != new.field.key), new.field]
                return _with(operations, replace(each, step=replace(each.step, form=tuple(form))))
    if not new.reason.strip():
        raise ReasonMissing(verb=Text("aménager la méthode", "tailor the method"))
    if all(each.claim != new.claim for each in operations):
        return (*operations, new)
    return tuple(new if each.claim == new.claim else each for each in operations)


def operation_of(overlay: Overlay, words: Mapping[str, Any], taken: Container[str]) -> Operation:
    """Read as its text form is; an id and a key that are left empty are given."""
    text = {"overlay": overlay.bound_to, "service": overlay.service, "operations": [_named(overlay, words, taken)]}
    return read_overlay(json.dumps(text, ensure_ascii=False).encode(), overlay.bound_to).operations[0]


def _named(overlay: Overlay, words: Mapping[str, Any], taken: Container[str]) -> dict[str, Any]:
    """`local_1`, `local_2`, … for keys; `L1`, `L2`, … for steps."""
    said: dict[str, Any] = _plain(words)
    used = {value for each in overlay.operations for value in _names(operation_said(each))}
    for holder in filter(None, (said, said.get("field"), said.get("step"))):
        for name in ("key", "value", "id") if isinstance(holder, dict) else ():
            if holder.get(name) == "":
                start = "L" if name == "id" else "local_"
                holder[name] = next(id for n in count(1) if (id := f"{start}{n}") not in used and id not in taken)
    return said


def _plain(said: Any) -> Any:
    """A copy, with yes and no as words."""
    if isinstance(said, Mapping):
        return {name: _plain(each) for name, each in said.items()}
    if isinstance(said, list | tuple):
        return [_plain(each) for each in said]
    return ("yes" if said else "no") if isinstance(said, bool) else said


def _names(said: Any) -> Iterator[str]:
    """Every text that stands somewhere in an operation."""
    if isinstance(said, Mapping | list):
        for each in said.values() if isinstance(said, Mapping) else said:
            yield from _names(each)
    else:
        yield str(said)
