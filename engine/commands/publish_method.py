"""Freeze a folder of diagrams into a release that projects can start on.

Errors refuse it; warnings must be accepted one by one, or by rule, and history keeps them with who published and when.
The number says what changed since the last release: what may break a tailoring is a major version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from engine.beside import running, scenarios_among
from engine.errors import MethodRefused, NotAllowed, VersionExists, WarningsLeft
from engine.overlay import Certificate, certify, check_version, must_be_ids, must_be_number
from engine.people import METHOD_OWNER, WHO
from engine.release import Release, digest_of, pack, read_method
from engine.review import Finding, in_words
from engine.review.reading import review_apart
from engine.scenarios.reading import read_book
from engine.store.act import Act
from engine.store.overlays import must_be_to_come, support
from engine.store.rebasing import follow
from engine.store.releases import last_of
from engine.store.tables import ReleaseRow
from engine.words import Text
from engine.workshop import scenarios_must_fit


@dataclass(frozen=True, slots=True)
class PublishMethod:
    """Freeze a folder of diagrams into a release that projects can start on."""

    files: dict[str, bytes]  #: by name, the .bpmn and .dmn files of one method, and the scenarios that are kept with it
    acknowledged: tuple[str, ...] = ()  #: warnings that are accepted: `rule:element`, or `rule` for all of a rule
    same: Mapping[str, str] = field(default_factory=dict)  #: the same step under another id: old -> new
    notes: str = ""  #: what changes, for those who work with it: Markdown, in French
    notes_en: str = ""
    support_until: date | None = None  #: last day on which services that wait start projects on what they tailor


@dataclass(frozen=True, slots=True)
class Published:
    release: int
    method: str
    version: str
    digest: str  #: SHA-256 of the content
    known: bool  #: the same content was published before
    accepted: int  #: warnings that were accepted
    carried: list[str] = field(default_factory=list)  #: services whose tailoring follows by itself
    left: list[str] = field(default_factory=list)  #: those whose tailoring waits for their administrator


Findings = tuple[Finding, ...]


def _none(files: Mapping[str, bytes]) -> Findings:
    return ()


def handle(act: Act, command: PublishMethod) -> Published:
    return publish(act, command)


def publish(act: Act, command: PublishMethod, besides: Callable[[Mapping[str, bytes]], Findings] = _none) -> Published:
    """`besides`: warnings that are to be accepted too, of files that the review lets pass."""
    if act.actor.id and not act.actor.holds(METHOD_OWNER):
        raise NotAllowed(verb=Text("publier une méthode", "publish a method"), who=WHO["publish"])
    for name, content in scenarios_among(command.files).items():
        read_book(content, name)
    scenarios_must_fit(command.files)
    reviewed = review_apart(command.files, as_method=True)  # raises what no method can be read from
    method = read_method(command.files)[0] if not reviewed.errors else None
    if method is None:
        raise MethodRefused(file="", count=len(reviewed.errors), findings=_words(reviewed.errors))
    reviewed = replace(reviewed, findings=(*reviewed.findings, *besides(command.files)))
    left = reviewed.to_acknowledge(command.acknowledged)
    if left:
        keys = " ".join(dict.fromkeys(f"--accept {each.key}" for each in left))
        raise WarningsLeft(file="", count=len(left), findings=_words(left), keys=keys)
    release = Release(0, digest_of(command.files), method, running(command.files))
    known = _known(act, release)
    if known is not None:
        return Published(
            known.id, method.id, method.version, release.digest, known=True, accepted=len(reviewed.warnings)
        )  # fmt: skip
    must_be_number(method.version)
    _must_follow(act, release, command.same)
    must_be_to_come(act, command.support_until)
    proven = certify(release)
    if not proven.holds:
        raise MethodRefused(file="", count=len(proven.failures), findings=_failures(proven))
    row = ReleaseRow(
        method=method.id, version=method.version, digest=release.digest, name_fr=method.name.fr, name_en=method.name.en,
        published_at=act.now, published_by=act.by, files=pack(command.files),
        same=json.dumps(dict(command.same), sort_keys=True) if command.same else None,
        notes_fr=command.notes.strip() or None, notes_en=command.notes_en.strip() or None,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    accepted = [_kept(each) for each in reviewed.warnings]
    certificate = {"combinations": proven.combinations, "hooks": proven.hooks, "seconds": f"{proven.seconds:.1f}"}
    act.record(
        "method_published", method=method.id, version=method.version, digest=release.digest, accepted=accepted,
        certificate=certificate,
    )  # fmt: skip
    followed = follow(act, release)
    for before in followed.behind if command.support_until is not None else ():
        support(act, before, command.support_until)
    return Published(
        row.id, method.id, method.version, release.digest, known=False, accepted=len(accepted),
        carried=followed.carried, left=followed.left,
    )  # fmt: skip


def _must_follow(act: Act, release: Release, same: Mapping[str, str]) -> None:
    """Raises `VersionTooSmall`; `ChoiceUnknown` for an id that is not gone, or is not new."""
    last = last_of(act.session, release.method.id, lock=act.locks_rows)
    if last is None:
        return
    before = act.release(last.id)
    must_be_ids(before, release, same)
    check_version(before, release, same)


def _known(act: Act, release: Release) -> ReleaseRow | None:
    """The same content under the same number. Raises `VersionExists` for another content."""
    method = release.method
    row = act.session.execute(
        select(ReleaseRow).where(ReleaseRow.method == method.id, ReleaseRow.version == method.version)
    ).scalar_one_or_none()
    if row is not None and row.digest != release.digest:
        raise VersionExists(version=method.version, method=method.name)
    return row


def _kept(finding: Finding) -> dict[str, Any]:
    """What history keeps of a warning: as it read."""
    place, message = finding.place, finding.message
    return {
        "rule": finding.rule, "element": place.element, "file": place.file, "line": place.line,
        "message": {"fr": message.fr, "en": message.en},
    }  # fmt: skip


def _failures(proven: Certificate) -> Text:
    """What a service could make of the method that would not be sound, or keep its locked steps."""
    return Text("\n".join(each.fr for each in proven.failures), "\n".join(each.en for each in proven.failures))


def _words(findings: tuple[Finding, ...]) -> Text:
    return Text(in_words(findings, "fr"), in_words(findings, "en"))
