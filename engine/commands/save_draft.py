"""Keep what is typed, without checking it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from engine.answers import clean
from engine.store.act import Act
from engine.store.case import must, must_be_fresh
from engine.store.silences import set_term


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep what is typed, without checking it."""

    task: int
    values: dict[str, Any]
    revision: int | None = None  #: of the page; None: whatever it is


def handle(act: Act, command: SaveDraft) -> None:
    case = act.case(command.task)
    must(act, case, "draft")
    must_be_fresh(case, command.revision)
    case.task.draft = json.dumps(clean(case.model.form, command.values), ensure_ascii=False)
    if case.model.silence is not None:
        set_term(act, case, command.values)
