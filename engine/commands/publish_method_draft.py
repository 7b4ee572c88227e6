"""Publish a draft that a second person approved, as it was when they did."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from engine.commands.publish_method import Published, PublishMethod, publish
from engine.errors import DraftNotReviewed, NothingNew
from engine.release import unpack
from engine.scenarios.warnings import warnings
from engine.store.act import Act
from engine.store.drafts import PUBLISHED, close, draft_row, name_of


@dataclass(frozen=True, slots=True)
class PublishMethodDraft:
    """Publish a draft that a second person approved, as it was when they did."""

    draft: int
    acknowledged: tuple[str, ...] = ()  #: warnings that are accepted: `rule:element`, or `rule` for all of a rule
    support_until: date | None = None  #: last day on which services that wait start projects on what they tailor


def handle(act: Act, command: PublishMethodDraft) -> Published:
    row = draft_row(act, command.draft)
    if row.reviewed_digest != row.digest:
        raise DraftNotReviewed(method=name_of(row))
    said = PublishMethod(
        unpack(row.files), command.acknowledged, json.loads(row.same), row.notes_fr, row.notes_en, command.support_until
    )  # fmt: skip
    done = publish(act, said, warnings)
    if done.known:
        raise NothingNew(method=name_of(row), version=done.version)
    close(act, row, PUBLISHED)
    return done
