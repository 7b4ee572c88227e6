"""Freeze a folder of diagrams into a release that projects can start on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import MethodRefused, NotAllowed, VersionExists
from engine.people import METHOD_OWNER, WHO
from engine.release import digest_of, pack
from engine.review import in_words, review
from engine.store.act import Act
from engine.store.tables import ReleaseRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class PublishMethod:
    """Freeze a folder of diagrams into a release that projects can start on."""

    files: dict[str, bytes]  #: by name, the .bpmn files of one method


@dataclass(frozen=True, slots=True)
class Published:
    release: int
    method: str
    version: str
    digest: str  #: SHA-256 of the content
    known: bool  #: the same content was published before


def handle(act: Act, command: PublishMethod) -> Published:
    if act.actor.id and not act.actor.holds(METHOD_OWNER):
        raise NotAllowed(verb=Text("publier une méthode", "publish a method"), who=WHO["publish"])
    method, findings = review(command.files)
    errors = [each for each in findings if each.severity == "error"]
    if errors or method is None:
        raise MethodRefused(file="", count=len(errors), findings=Text(in_words(errors, "fr"), in_words(errors, "en")))
    digest = digest_of(command.files)
    before = act.session.execute(
        select(ReleaseRow).where(ReleaseRow.method == method.id, ReleaseRow.version == method.version)
    ).scalar_one_or_none()
    if before is not None and before.digest == digest:
        return Published(before.id, method.id, method.version, digest, known=True)
    if before is not None:
        raise VersionExists(version=method.version, method=method.name)
    row = ReleaseRow(
        method=method.id, version=method.version, digest=digest, name_fr=method.name.fr, name_en=method.name.en,
        published_at=act.now, published_by=act.by, files=pack(command.files),
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    act.record("method_published", method=method.id, version=method.version, digest=digest)
    return Published(row.id, method.id, method.version, digest, known=False)
