"""A draft as a list: its phases, their steps and gates, for those who do not draw."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import DiagramRefused, TooLarge
from engine.method import Method
from engine.queries.method_drafts import MethodDraftOf, MethodDraftPage
from engine.queries.method_drafts import read_one as one
from engine.queries.view import View
from engine.release import read_method as meant


@dataclass(frozen=True, slots=True)
class MethodOutlineOf:
    """A draft as a list: its phases, their steps and gates."""

    draft: int


@dataclass(frozen=True, slots=True)
class MethodOutline:
    draft: MethodDraftPage
    method: Method | None  #: None: half drawn, it cannot be read as a list


def read_outline(view: View, query: MethodOutlineOf) -> MethodOutline:
    seen = one(view, MethodDraftOf(query.draft))
    try:
        return MethodOutline(seen, meant(seen.files)[0])
    except (DiagramRefused, TooLarge):
        return MethodOutline(seen, None)
