"""The pill at an element's top right corner: the sign of its state and the badge's few characters."""

from __future__ import annotations

from engine.drawing.geometry import Bounds
from engine.drawing.lettering import Lettering, fit, measure
from engine.drawing.mark import STATE_WORDS, Mark
from engine.drawing.pen import Pen, clean
from engine.drawing.symbols import STATE_SIGNS

_HEIGHT, _TEXT = 17.0, 10.5
_LONGEST = 90.0


def draw_badge(pen: Pen, mark: Mark, body: Bounds) -> None:
    badge = clean(mark.badge).strip()
    sign = STATE_SIGNS.get(mark.state, "")
    if not (badge or sign):
        return
    text = fit(badge, _LONGEST, _HEIGHT, _TEXT, _TEXT) if badge else Lettering((), _TEXT, True)
    # bold letters are about a tenth wider than those measured
    letters = max((measure(line, _TEXT) for line in text.lines), default=0.0) * 1.1
    width = max(letters + (13 if sign else 0) + (10 if badge else 4), _HEIGHT)
    pill = Bounds(body.right - width + 7, body.y - _HEIGHT / 2 - 1, width, _HEIGHT)
    pen.box(pill, "pill", _HEIGHT / 2)
    if sign:
        pen.at(pill.x + (_HEIGHT / 2 if badge else pill.width / 2), pill.cy).path(sign, "pill-sign")
    if badge:
        middle = (pill.x + (14 if sign else 0) + pill.right) / 2
        pen.letters(text, middle, pill.cy - text.height / 2, role="pill-text")
    pen.reached([pill])


def spoken(name: str, mark: Mark | None, language: str) -> str:
    """What the tooltip and a screen reader say of a marked element: name, badge, state, note."""
    if mark is None:
        return name
    state = STATE_WORDS[mark.state].read(language) if mark.state in STATE_WORDS else ""
    head = " ".join(part for part in (" ".join(name.split()), clean(mark.badge).strip()) if part)
    return " – ".join(part for part in (head, state, clean(mark.note).strip()) if part)
