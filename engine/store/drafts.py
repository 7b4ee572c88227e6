"""Drafts of methods in the database: who may touch them, what they hold, how their files change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import (
    DraftClosed,
    DraftExists,
    DraftMoved,
    DraftNewer,
    MethodPublished,
    NotAllowed,
    NotFound,
    OutlineRefused,
    ReviewTooEarly,
)
from engine.errors.drafts import moved_by
from engine.people import METHOD_OWNER, WHO, Actor
from engine.release import digest_of, pack, unpack
from engine.review.reading import review_apart
from engine.store.act import Act
from engine.store.releases import last_of
from engine.store.tables import ActorRow, HoldingRow, MethodDraftRow
from engine.words import Text
from engine.working_time import PARIS
from engine.workshop import Trail, identity
from engine.workshop.trail import read_trail

OPEN, REVIEW, PUBLISHED, DROPPED = "open", "review", "published", "dropped"
#: those in which it may still change
LIVE = (OPEN, REVIEW)
PUBLISHED_IT, DROPPED_IT = Text("publié", "published"), Text("abandonné", "dropped")
SINCE = Text(
    "Le dernier changement n’est plus celui que vous vouliez annuler : {person} a changé ce brouillon depuis. "
    "Rechargez la page.",
    "The last change is no longer the one that you wanted to undo: {person} changed this draft since. Reload the page.",
)


def must_own_methods(actor: Actor) -> None:
    if actor.id and not actor.holds(METHOD_OWNER):
        raise NotAllowed(verb=Text("travailler dans l’atelier", "work in the workshop"), who=WHO["publish"])


def must_see_drafts(actor: Actor) -> None:
    if actor.id and not actor.holds(METHOD_OWNER):
        raise NotFound


def draft_row(act: Act, id: int) -> MethodDraftRow:
    """One that may still change, locked. Raises `NotAllowed`, `NotFound`, `DraftClosed`."""
    must_own_methods(act.actor)
    row = act.session.execute(
        select(MethodDraftRow).where(MethodDraftRow.id == id).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        raise NotFound
    if row.state not in LIVE:
        done = PUBLISHED_IT if row.state == PUBLISHED else DROPPED_IT
        raise DraftClosed(method=name_of(row), person=act.name_of(row.edited_by), done=done, at=_moment(row.edited_at))
    return row


def name_of(row: MethodDraftRow) -> Text:
    return Text(row.name_fr, row.name_en)


def editors_of(row: MethodDraftRow) -> list[int]:
    return read_trail(row.trail).editors


def review_asked(row: MethodDraftRow) -> tuple[int | None, datetime]:
    """Who asked last for the review, and when; of one asked for before that was kept, who changed it last."""
    return read_trail(row.trail).asked or (row.edited_by, row.edited_at)


def reviewers(session: Session, row: MethodDraftRow) -> list[int]:
    """Who may say the second word: the method owners who changed nothing of what runs, by number."""
    owners = (
        select(HoldingRow.actor_id)
        .join(ActorRow, ActorRow.id == HoldingRow.actor_id)
        .where(HoldingRow.role == METHOD_OWNER, ActorRow.active)
        .distinct().order_by(HoldingRow.actor_id)
    )  # fmt: skip
    editors = editors_of(row)
    return [id for id in session.execute(owners).scalars() if id not in editors]


def must_be_sound(row: MethodDraftRow) -> None:
    """Raises `ReviewTooEarly` where the automatic review finds errors, and what `review_apart` raises."""
    errors = review_apart(unpack(row.files), as_method=True).errors
    if errors:
        raise ReviewTooEarly(method=name_of(row), count=len(errors))


def begin(act: Act, files: Mapping[str, bytes]) -> MethodDraftRow:
    """Raises `DraftExists`, `NoProcess`."""
    row = MethodDraftRow(
        state=OPEN, notes_fr="", notes_en="", same="{}", author_id=act.by, review_word="",
        reviewed_digest="",
    )  # fmt: skip
    _hold(act, row, {}, files, Trail(), 1)
    act.session.add(row)
    act.session.flush()
    act.record("method_draft_opened", draft=row.id, method=row.method, version=row.version)
    return row


def change(act: Act, row: MethodDraftRow, files: Mapping[str, bytes], revision: int) -> tuple[int, tuple[str, ...]]:
    """Put `files`, begun from `revision`, in the place of what the draft holds; its next revision, and which files
    another changed meanwhile.

    Raises `DraftMoved` where both changed the same file, `DraftNewer`, `DraftExists`, `NoProcess`.
    """
    if revision > row.revision:
        raise DraftNewer(found=revision, revision=row.revision)
    trail, before = read_trail(row.trail), unpack(row.files)
    found = trail.merge(before, files, revision)
    if found.clash:
        last = max((trail.last(name) for name in found.clash), key=lambda each: each.revision)
        raise DraftMoved(
            **moved_by("" if last.by == act.actor.id else act.name_of(last.by)),
            files=found.clash, at=_moment(last.at), revision=row.revision,
        )  # fmt: skip
    if found.files == before:
        return row.revision, found.merged
    following = row.revision + 1  # as the act's end will write it
    reviewed = row.digest
    _hold(act, row, before, found.files, trail, following)
    if row.digest != reviewed:
        row.state, row.reviewed_digest = OPEN, ""  # what was reviewed, or is being, is no longer this
    return following, found.merged


def close(act: Act, row: MethodDraftRow, state: str) -> None:
    """It changes no more; who closed it is who touched it last."""
    row.state, row.edited_by, row.edited_at = state, act.by, act.now


def undo(act: Act, row: MethodDraftRow, revision: int) -> int:
    """Take back what `revision`, the last one, changed; undone again, it is there again. Its next revision.

    Raises `OutlineRefused` where somebody changed something since.
    """
    trail, current = read_trail(row.trail), unpack(row.files)
    if not trail.since or trail.since != revision or revision != row.revision:
        raise OutlineRefused(why=SINCE.format(person=act.name_of(row.edited_by)))
    return change(act, row, trail.undone(current), revision)[0]


def is_undoable(row: MethodDraftRow) -> bool:
    return bool(read_trail(row.trail).since == row.revision and row.state in LIVE)


def _hold(
    act: Act, row: MethodDraftRow, before: Mapping[str, bytes], files: Mapping[str, bytes], trail: Trail, revision: int
) -> None:  # fmt: skip
    drawn = identity(files)
    if drawn.method != row.method:
        _must_be_free(act, drawn.method, drawn.name)
        last = last_of(act.session, drawn.method)
        row.base_version = last.version if last is not None else ""
    trail.changed(before, files, revision, act.actor.id, act.now)
    row.method, row.version = drawn.method, drawn.version
    row.name_fr, row.name_en = drawn.name.fr, drawn.name.en
    row.files, row.digest, row.trail = pack(files), digest_of(files), trail.write()
    row.edited_by, row.edited_at = act.by, act.now


def _must_be_free(act: Act, method: str, name: Text) -> None:
    known = select(MethodDraftRow.edited_by).where(MethodDraftRow.method == method, MethodDraftRow.state.in_(LIVE))
    found = act.session.execute(known).first()
    if found is not None:
        raise DraftExists(method=name, person=act.name_of(found.edited_by))


def must_be_unpublished(act: Act, method: str) -> None:
    """Raises `MethodPublished`."""
    last = last_of(act.session, method)
    if last is not None:
        raise MethodPublished(method=Text(last.name_fr, last.name_en), version=last.version, id=method)


def _moment(at: datetime) -> Text:
    here = at.astimezone(PARIS)
    return Text(f"{here:%d/%m/%Y} à {here:%H:%M}", f"{here:%-d %B %Y} at {here:%H:%M}")
