"""Publish what a theme adds to a method: immutable once published; the theme becomes one that a project may carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.errors import NotAllowed, PackExists
from engine.history import canonical
from engine.pack_file import digest_of, read_pack
from engine.packs import Pack
from engine.people import METHOD_OWNER, WHO
from engine.store.act import Act
from engine.store.tables import ChoiceRow, PackRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class PublishPack:
    """Publish what a theme adds to a method: immutable once published."""

    content: dict[str, Any]  #: form of docs/reference/themes.md


@dataclass(frozen=True, slots=True)
class PackPublished:
    pack: int
    theme: str
    version: str
    digest: str  #: SHA-256 of the content
    known: bool  #: the same content was published before


def handle(act: Act, command: PublishPack) -> PackPublished:
    if act.actor.id and not act.actor.holds(METHOD_OWNER):
        verb = Text("publier ce qu’une thématique ajoute", "publish what a theme adds")
        raise NotAllowed(verb=verb, who=WHO["publish"])
    pack, digest = read_pack(command.content), digest_of(command.content)
    before = act.session.execute(
        select(PackRow).where(PackRow.theme == pack.theme, PackRow.version == pack.version)
    ).scalar_one_or_none()
    if before is not None:
        if before.digest != digest:
            raise PackExists(version=pack.version, theme=pack.name)
        return PackPublished(before.id, pack.theme, pack.version, digest, known=True)
    row = PackRow(
        theme=pack.theme, version=pack.version, digest=digest, content=canonical(command.content),
        published_at=act.now, published_by=act.by,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    _offer(act, pack)
    act.record("pack_published", theme=pack.theme, version=pack.version, digest=digest)
    return PackPublished(row.id, pack.theme, pack.version, digest, known=False)


def _offer(act: Act, pack: Pack) -> None:
    """The theme is among those of the organisation; where it was already, it keeps the organisation's name."""
    known = select(ChoiceRow.id).where(ChoiceRow.kind == "theme", ChoiceRow.code == pack.theme)
    if act.session.execute(known).first() is None:
        act.session.add(ChoiceRow(kind="theme", code=pack.theme, label_fr=pack.name.fr, label_en=pack.name.en))
