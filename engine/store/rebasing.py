"""At a publication: tailorings that the new release does not touch follow it by themselves; of the others their
administrators are told what waits for them.

What is left stays bound to its version: projects that run keep it, and those that start take the new release, with
what the nearest service above has for it, else as published.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from engine.overlay import Rebased, rebase
from engine.people import ADMINISTRATOR, resolve_in
from engine.release import Release
from engine.store.act import Act
from engine.store.outbox import mail
from engine.store.overlays import DRAFT, IN_FORCE, known_as, put_in_force, said
from engine.store.releases import released
from engine.store.tables import ActorRow, OverlayRow, ReleaseRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Followed:
    """Codes of services."""

    carried: list[str]
    left: list[str]
    behind: list[ReleaseRow]  #: releases on which the tailorings of `left` stay


def follow(act: Act, new: Release) -> Followed:
    """`new` has just been published: its row is written."""
    carried, left, behind = [], [], {}
    for overlay, service in _in_force(act, new):
        old = released(act.session, overlay.method, overlay.version)
        assert old is not None, overlay.version  # what is published is not taken back
        known = known_as(act.session, overlay.method, overlay.version)
        found = rebase(said(overlay), act.release(old.id), new, known)
        if found.clean and not found.questions:
            _carry(act, overlay, service, new, found)
            carried.append(service.code)
        else:
            facts = {"blocks": sum(each.blocks for each in found.entries), "entries": len(found.entries)}
            _record(act, "overlay_left", overlay, new, service, **facts)
            _tell(act, LEFT, overlay, service, new)
            left.append(service.code)
            behind[old.id] = old
    return Followed(carried, left, list(behind.values()))


def _in_force(act: Act, new: Release) -> list[tuple[OverlayRow, ServiceRow]]:
    rows = act.session.execute(
        select(OverlayRow, ServiceRow)
        .join(ServiceRow, ServiceRow.id == OverlayRow.service_id)
        .where(OverlayRow.method == new.method.id, OverlayRow.state == IN_FORCE, OverlayRow.valid_until > act.now)
        .order_by(ServiceRow.path)
        .with_for_update(of=OverlayRow)
    )
    return [(overlay, service) for overlay, service in rows]


def _carry(act: Act, old: OverlayRow, service: ServiceRow, new: Release, found: Rebased) -> None:
    """Approved as it was: it says the same of the new release."""
    assert found.woven is not None
    row = OverlayRow(
        service_id=old.service_id, method=old.method, version=new.method.version, state=DRAFT, content="",
        digest="", author_id=old.author_id, drafted_at=act.now, requested_at=old.requested_at,
        approver_id=old.approver_id, decided_at=act.now, word=old.word, valid_until=old.valid_until,
    )  # fmt: skip
    signed = replace(found.overlay, approver=said(old).approver)
    act.session.add(row)
    put_in_force(act, row, service, signed, found.woven, new.method)
    _record(act, "overlay_carried", old, new, service, digest=row.digest)
    _tell(act, CARRIED, row, service, new)


def _record(act: Act, kind: str, overlay: OverlayRow, new: Release, service: ServiceRow, **facts: Any) -> None:
    act.record(
        kind, method=new.method.id, version=new.method.version, before=overlay.version, service=service.code, **facts
    )  # fmt: skip


def _tell(act: Act, letter: tuple[Text, Text], overlay: OverlayRow, service: ServiceRow, new: Release) -> None:
    """A message to each administrator of the service, or of the nearest one above that has some."""
    held = resolve_in(act.link, [service.code], [ADMINISTRATOR])[service.code][ADMINISTRATOR]
    people = select(ActorRow).where(ActorRow.id.in_([each.actor for each in held.holders]), ActorRow.active)
    words = {
        "method": new.method.name, "version": new.method.version, "before": overlay.version,
        "service": Text(service.name_fr, service.name_en),
        "address": f"{act.settings.base}/methodes/{new.method.id}/adapter/{service.code}",
    }  # fmt: skip
    for person in act.session.execute(people.order_by(ActorRow.id)).scalars():
        subject, body = (each.format(name=person.name, **words).read(person.language) for each in letter)
        mail(act, person, f"rebase-{overlay.id}-{new.method.version}-{person.id}", subject, body)


CARRIED = (
    Text(
        "Jalon : l’aménagement de {service} suit « {method} » {version}",
        "Jalon: the tailoring of {service} follows “{method}” {version}",
    ),
    Text(
        "Bonjour {name},\n\n« {method} » {version} est publiée. Rien n’y touche à ce que {service} a aménagé : "
        "l’aménagement y est transposé de lui-même, tel qu’il était approuvé, et les projets qui démarrent partent "
        "ainsi. Vous n’avez rien à faire.\n\n{address}\n\nJalon\n",
        "Hello {name},\n\n“{method}” {version} is published. It touches nothing that {service} has tailored: the "
        "tailoring was carried over by itself, as it was approved, and projects that start do so on it. There is "
        "nothing for you to do.\n\n{address}\n\nJalon\n",
    ),
)
LEFT = (
    Text(
        "Jalon : l’aménagement de {service} attend vos choix pour « {method} » {version}",
        "Jalon: the tailoring of {service} waits for your choices on “{method}” {version}",
    ),
    Text(
        "Bonjour {name},\n\n« {method} » {version} est publiée, et elle touche à ce que {service} a aménagé. "
        "L’aménagement reste attaché à la version {before} : les projets en cours le gardent, ceux qui démarrent ne "
        "l’ont plus. Ouvrez cette page : elle montre chaque conflit, la méthode avant et après, et demande ce que vous "
        "en faites ; puis présentez le résultat à l’approbation.\n\n{address}/transposer\n\nJalon\n",
        "Hello {name},\n\n“{method}” {version} is published, and it touches what {service} has tailored. The tailoring "
        "stays bound to version {before}: running projects keep it, those that start have it no more. Open this page: "
        "it shows each conflict, the method before and after, and asks what you make of it; then send the outcome for "
        "approval.\n\n{address}/transposer\n\nJalon\n",
    ),
)
