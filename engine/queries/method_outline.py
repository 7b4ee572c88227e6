"""A draft as a list: its phases, their steps and gates, for those who do not draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import DiagramRefused, NotFound, OutlineRefused, TooLarge
from engine.method import Method
from engine.queries.method_drafts import MethodDraftOf, MethodDraftPage
from engine.queries.method_drafts import read_one as one
from engine.queries.view import View
from engine.release import read_method as meant
from engine.workshop.detail import Detail, detail, guards


@dataclass(frozen=True, slots=True)
class MethodOutlineOf:
    """A draft as a list: its phases, their steps and gates."""

    draft: int
    element: str = ""  #: a step, a gate, a phase, the method itself: told in detail


@dataclass(frozen=True, slots=True)
class MethodOutline:
    draft: MethodDraftPage
    method: Method | None  #: None: half drawn, it cannot be read as a list
    detail: Detail | None = None  #: of the element that was asked for
    #: what the review finds something in, and is drawn for the condition of a step -> the step
    guards: Mapping[str, str] = field(default_factory=dict)


def read_outline(view: View, query: MethodOutlineOf) -> MethodOutline:
    seen = one(view, MethodDraftOf(query.draft))
    try:
        method = meant(seen.files)[0]
    except (DiagramRefused, TooLarge):
        return MethodOutline(seen, None)
    if method is None:
        return MethodOutline(seen, None)
    said = {each.place.element for each in seen.findings}
    about = {id: step for id, step in guards(seen.files).items() if id in said} if said else {}
    if not query.element:
        return MethodOutline(seen, method, None, about)
    try:
        return MethodOutline(seen, method, detail(seen.files, query.element, method), about)
    except OutlineRefused:
        raise NotFound from None
