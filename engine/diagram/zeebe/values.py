"""What a text of Camunda 8 says, in the words of the dialect. There, `=` tells FEEL from a text as it stands."""

from __future__ import annotations

import json
import re

#: attributes that are FEEL in both dialects: a literal in quotes keeps them
COMPUTED = re.compile(r"method\.(set\.\w+|check\.\w+|when|silence\.after|gate\.outgrown|gate\.baseline\.\w+)")
_LITERAL = re.compile(r'"[^"\\]*"|\[\s*"[^"\\]*"(\s*,\s*"[^"\\]*")*\s*\]|true|false|-?\d+(\.\d+)?')
_TEXT = re.compile(r'"([^"]*)"')
_LASTING = re.compile(r"=\s*(?:(?:now|today)\(\)\s*\+\s*)?(?:@|duration\()?\s*\"(P[^\"]+)\"\s*\)?\s*")


def bare(text: str) -> str:
    """Without the sign of FEEL."""
    text = text.strip()
    return text.removeprefix("=").strip()


def plain(text: str) -> str:
    """Of FEEL that is a literal, the value: a text, or texts with commas between; else as it stands."""
    said = bare(text)
    if not text.strip().startswith("=") or not _LITERAL.fullmatch(said):
        return text
    return ",".join(_TEXT.findall(said)) if said[0] in '"[' else said


def property_value(name: str, text: str) -> str:
    if not text.strip().startswith("="):
        return text
    return bare(text) if COMPUTED.fullmatch(name) else plain(text)


def lasting(text: str) -> str:
    """Of a due date, how long after the task opens: `=now() + duration("P10D")` is `P10D`."""
    found = _LASTING.fullmatch(text.strip())
    return found[1] if found is not None else text


def due_in(duration: str, before: str = "") -> str:
    """A due date as Camunda 8 computes it; as a duration where it stood so before."""
    if not duration.startswith("P") or (before and not before.strip().startswith("=")):
        return duration
    return f"=now() + duration({json.dumps(duration)})"


def collection(text: str) -> str:
    """`=services_impactes` is the variable of that name; what computes a list keeps its sign."""
    return bare(text) if bare(text).isidentifier() else text.strip()
