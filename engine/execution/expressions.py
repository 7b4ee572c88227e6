"""The expression language of what is drawn: FEEL, and nothing that could run a script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from engine import feel
from engine.errors import Incident
from engine.words import Text

_PART = re.compile(r"\$\{([^}]*)\}")


@lru_cache(maxsize=4096)
def compiled(expression: str) -> feel.Expression:
    return feel.compile(expression)


def evaluate(expression: str, context: Mapping[str, Any]) -> Any:
    """The value of a FEEL `expression`; an error or a null by error is an `Incident`, never a silent false."""
    try:
        return compiled(expression).evaluate(context)
    except feel.FeelError as error:
        raise Incident(why=Text(error.text("fr"), error.text("en"))) from error


def value_of(text: str, context: Mapping[str, Any]) -> Any:
    """The variable `text`, as it is, or the value of the expression that it is."""
    return context[text] if text in context else evaluate(text, context)


def holds(condition: str, context: Mapping[str, Any]) -> bool:
    """Is `condition` true? Null (`true and null`) is neither: an `Incident` too."""
    value = evaluate(condition, context)
    if not isinstance(value, bool):
        why = Text(f"« {condition} » ne vaut ni vrai ni faux.", f"“{condition}” is neither true nor false.")
        raise Incident(why=why)
    return value


def come_true(condition: str, context: Mapping[str, Any]) -> bool:
    """Is what a conditional event waits for true by now? What reads a variable that is not set yet is not."""
    if any(context.get(name) is None for name in compiled(condition).names):
        try:
            return compiled(condition).evaluate(context) is True
        except feel.FeelError:
            return False
    return holds(condition, context)


def names_of(expression: str) -> frozenset[str]:
    """The variables that a FEEL `expression` reads; none of one that cannot be read."""
    try:
        return compiled(expression).names
    except feel.FeelError:
        return frozenset()


def named(name: str, context: Mapping[str, Any]) -> str:
    """A name as it is said: `Avis ${loopCounter}` with the value of what it reads, where that can be told."""
    return _PART.sub(lambda part: _said(part, context), name) if "${" in name else name


def _said(part: re.Match[str], context: Mapping[str, Any]) -> str:
    try:
        value = value_of(part[1].strip(), context)
    except Incident:
        return part[0]
    return part[0] if value is None else str(value)
