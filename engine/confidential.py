"""What a form declares confidential: read by the project lead, the sponsor, and whoever fills it in; by nobody else.

It leaves by no door: no paper, dossier, export, message or common history says a word of it, whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.method import Field
from engine.people import Standing


def reads(who: Standing) -> bool:
    """May one so placed read it? Who fills in an open task does; once it is done, who completed it."""
    fills = who.open and (who.assignee or (who.seated and not who.taken))
    return who.lead or who.sponsor or fills or who.answered


def holds(form: Iterable[Field]) -> bool:
    return any(each.confidential or any(column.confidential for column in each.columns) for each in form)


def open_part(form: Iterable[Field]) -> tuple[Field, ...]:
    """The form without its confidential fields and columns."""
    return tuple(
        replace(each, columns=tuple(column for column in each.columns if not column.confidential))
        for each in form
        if not each.confidential
    )


def without(form: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without what is confidential in them."""
    said = dict(values)
    for each in form:
        if each.confidential:
            said.pop(each.key, None)
            continue
        hidden = {column.key for column in each.columns if column.confidential}
        rows = said.get(each.key)
        if hidden and isinstance(rows, list):
            said[each.key] = [{key: cell for key, cell in row.items() if key not in hidden} for row in rows]
    return said
