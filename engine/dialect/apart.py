"""What is published with a method, and runs only where a tailoring asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.diagram import Diagram, Node

APART = ("variant", "fragment")
#: what `method.when` calls the value of `method.threshold`, and what an exception that is switched off has there
THRESHOLD, OFF = re.compile(r"\bthreshold\b"), "off"


def is_apart(diagram: Diagram) -> bool:
    """A file that no project runs as published: a variant, a fragment, or an exceptional gate that is switched off."""
    return bool(diagram.processes) and all(_is_apart(each.properties) for each in diagram.processes)


def _is_apart(said: Mapping[str, str]) -> bool:
    kind = said.get("method.kind")
    return kind in APART or (kind == "exception" and said.get("method.threshold") == OFF)


def when_of(process: Node) -> str:
    """When an exception opens, its threshold written out."""
    said = process.properties
    return THRESHOLD.sub(lambda _: said.get("method.threshold", "threshold"), said.get("method.when", ""))
