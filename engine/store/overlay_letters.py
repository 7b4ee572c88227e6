"""Who is written to about a tailoring: those who may approve it when it is presented, its author once it is decided."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from engine.people import METHOD_OWNER, resolve_in
from engine.store.act import Act
from engine.store.outbox import mail
from engine.store.overlays import REFUSED, said
from engine.store.releases import released
from engine.store.tables import ActorRow, OverlayRow, ServiceRow
from engine.words import Text


def tell_approvers(act: Act, row: OverlayRow, service: ServiceRow) -> None:
    """Every method owner of the service, or above it, but its author."""
    if not act.settings.smtp:
        return
    held = resolve_in(act.link, [service.code], [METHOD_OWNER])[service.code][METHOD_OWNER]
    facts = {"author": act.actor.name, "changes": len(said(row).operations)}
    for id in sorted({each.actor for each in held.holders} - {row.author_id}):
        _write(act, id, f"overlay-asked-{row.id}-{row.revision}-{id}", ASKED, row, service, facts)


def tell_author(act: Act, row: OverlayRow, service: ServiceRow) -> None:
    if not act.settings.smtp:
        return
    words = DECLINED if row.state == REFUSED else APPROVED
    facts = {"approver": act.actor.name, "word": row.word or "–"}
    _write(act, row.author_id, f"overlay-decided-{row.id}-{row.revision}", words, row, service, facts)


def _write(
    act: Act, to: int, key: str, words: tuple[Text, Text], row: OverlayRow, service: ServiceRow,
    facts: Mapping[str, object],
) -> None:  # fmt: skip
    person = act.session.execute(select(ActorRow).where(ActorRow.id == to, ActorRow.active)).scalar_one_or_none()
    base = released(act.session, row.method, row.version)
    if person is None or base is None:
        return
    told = {
        "name": person.name, "method": Text(base.name_fr, base.name_en), "version": base.version,
        "service": Text(service.name_fr, service.name_en),
        "address": f"{act.settings.base}/methodes/{row.method}/adapter/{service.code}", **facts,
    }  # fmt: skip
    subject, body = (each.format(**told).read(person.language) for each in words)
    mail(act, person, key, subject, body)


ASKED = (
    Text(
        "Jalon : un aménagement de « {method} » à {service} attend votre approbation",
        "Jalon: a tailoring of “{method}” at {service} awaits your approval",
    ),
    Text(
        "Bonjour {name},\n\n{author} présente un aménagement de « {method} » {version} pour {service} "
        "({changes} changements). Lisez ce qu’il change et ce qu’il donne, puis approuvez-le ou refusez-le avec votre "
        "motif :\n\n{address}\n\nJalon\n",
        "Hello {name},\n\n{author} presents a tailoring of “{method}” {version} for {service} ({changes} changes). "
        "Read what it changes and what it comes to, then approve it, or refuse it with your reason:\n\n{address}\n\n"
        "Jalon\n",
    ),
)
APPROVED = (
    Text(
        "Jalon : l’aménagement de « {method} » à {service} est approuvé",
        "Jalon: the tailoring of “{method}” at {service} is approved",
    ),
    Text(
        "Bonjour {name},\n\n{approver} approuve votre aménagement de « {method} » {version} pour {service} : les "
        "projets qui démarrent désormais le suivent. Son mot : {word}\n\n{address}\n\nJalon\n",
        "Hello {name},\n\n{approver} approves your tailoring of “{method}” {version} for {service}: projects that "
        "start from now on follow it. Their word: {word}\n\n{address}\n\nJalon\n",
    ),
)
DECLINED = (
    Text(
        "Jalon : l’aménagement de « {method} » à {service} est refusé",
        "Jalon: the tailoring of “{method}” at {service} is refused",
    ),
    Text(
        "Bonjour {name},\n\n{approver} refuse votre aménagement de « {method} » {version} pour {service}. Le motif : "
        "{word}\n\nCorrigez-le et présentez-le à nouveau :\n\n{address}\n\nJalon\n",
        "Hello {name},\n\n{approver} refuses your tailoring of “{method}” {version} for {service}. The reason: "
        "{word}\n\nMend it and present it again:\n\n{address}\n\nJalon\n",
    ),
)
