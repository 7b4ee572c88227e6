"""Moments are written out, and counted in minutes: "PT0.5S", in quotes or not, is PT1M.

Other engines take an expression where a moment stands, so that the text of it is in quotes; and their tests wait for
parts of a second, which no project does.
"""

from __future__ import annotations

import re
from decimal import Decimal

from engine.moments import is_written_out
from engine.normalise.rewrite import Rewrite
from engine.normalise.texts import TIMES

_SECONDS = re.compile(r"(R\d*/)?(P(?:\d+[YMWD])*)(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?")


def moments(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for node in diagram.root.all(*TIMES):
            bare = _bare(node.body)
            said = _in_minutes(bare) or bare
            if said != node.body and is_written_out(said):
                rewrite.did("moment-written-out", node, old=node.body, new=said)
                node.say(said)


def _bare(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1].strip() if quoted else text


def _in_minutes(text: str) -> str | None:
    """A duration that has seconds, to the next minute; None for what has none."""
    found = _SECONDS.fullmatch(text)
    if found is None or found[5] is None:
        return None
    repeats, days, hours, minutes, seconds = found.groups()
    started = int(Decimal(seconds.replace(",", ".")).to_integral_value("ROUND_CEILING") + 59) // 60
    whole = int(minutes or 0) + started
    if not whole and days == "P" and not hours:
        whole = 1
    time = (f"{hours}H" if hours else "") + (f"{whole}M" if whole else "")
    return f"{repeats or ''}{days}{'T' + time if time else ''}"
