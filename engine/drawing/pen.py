"""What writes the SVG: elements with a class, and plain attributes for where the style sheet is absent.

`web/static/diagram.css` gives the same classes their colours, light and dark. A strict content security
policy allows neither `style` attributes nor `<style>`, hence attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from lxml import etree

from engine.drawing.geometry import Bounds, number
from engine.drawing.lettering import Lettering, measure

SVG = "{http://www.w3.org/2000/svg}"
INK, LINE, PAPER, WASH, BAND, TEXT = "#46556b", "#5d6c82", "#ffffff", "#f6f8fb", "#edf1f6", "#1d2735"

#: fill and stroke of a state; the style sheet has the same for light, and others for dark
STATE_PAINT: dict[str, tuple[str, str]] = {
    "done": ("#e6f4ea", "#2c6e49"),
    "current": ("#e3edfb", "#1f5aa8"),
    "late": ("#fdeae7", "#b3261e"),
    "waiting": ("#fdf3d8", "#7d5a00"),
    "skipped": ("#f3f4f6", "#667085"),
    "held": ("#eeeafa", "#5b4a9e"),
    "refused": ("#fbe9f1", "#9c2463"),
    "added": ("#e6f4ea", "#2c6e49"),
    "removed": ("#fdeae7", "#b3261e"),
    "changed": ("#fdf3d8", "#7d5a00"),
    "mild": ("#fdf6e3", "#6f5f28"),
    "warm": ("#fbe3c0", "#8a4800"),
    "hot": ("#f7c9ba", "#96190f"),
    "taken": ("#e6f4ea", "#2c6e49"),
    "partly": ("#fdf3d8", "#7d5a00"),
    "missed": ("#fdeae7", "#b3261e"),
}
_PAINT: dict[str, dict[str, str]] = {
    "outline": {"fill": WASH, "stroke": LINE, "stroke-width": "1.25"},
    "frame": {"fill": PAPER, "stroke": LINE, "stroke-width": "1.25"},
    "rim": {"fill": "none", "stroke": LINE, "stroke-width": "1.25"},
    "lane-band": {"fill": WASH, "stroke": LINE, "stroke-width": "1.25"},
    "band": {"fill": BAND, "stroke": LINE, "stroke-width": "1.25"},
    "icon": {"fill": "none", "stroke": INK, "stroke-width": "1.15"},
    "marker": {"fill": "none", "stroke": INK, "stroke-width": "1.8"},
    "sign": {"fill": "none", "stroke": INK, "stroke-width": "2.4"},
    "solid": {"fill": INK},
    "cut": {"fill": "none", "stroke": WASH, "stroke-width": "1.15"},
    "line": {"fill": "none", "stroke": LINE, "stroke-width": "1.35"},
    "tip": {"fill": LINE, "stroke": LINE, "stroke-width": "1"},
    "hollow": {"fill": PAPER, "stroke": LINE, "stroke-width": "1.25"},
    "halo": {"fill": PAPER, "fill-opacity": "0.75"},
    "label": {"fill": TEXT},
    "pill": {"fill": INK},
    "pill-sign": {"fill": "none", "stroke": PAPER, "stroke-width": "1.6", "stroke-linecap": "round"},
    "pill-text": {"fill": PAPER, "font-weight": "bold"},
}
_STATE_FILLED, _STATE_STROKED = {"outline"}, {"outline", "rim", "line"}
# XML 1.0, section 2.2: characters that no document may hold; a page's texts may come from anywhere.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Anchor = Literal["start", "middle"]


def clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


class Pen:
    """Draws into one group. `reach` collects what is covered, for the view box."""

    def __init__(self, group: etree._Element, reach: list[Bounds], state: str = "plain") -> None:
        self.group, self.reach, self.state = group, reach, state

    def element(self, tag: str, role: str = "", **attributes: str) -> etree._Element:
        """An element of class `role`; an attribute's underscore is written as a hyphen."""
        made = etree.SubElement(self.group, SVG + tag)
        if role:
            made.set("class", role)
            for name, value in (_PAINT.get(role, {}) | self._state_paint(role)).items():
                made.set(name, value)
        for name, value in attributes.items():
            made.set(name.replace("_", "-"), clean(value))
        return made

    def _state_paint(self, role: str) -> dict[str, str]:
        if self.state not in STATE_PAINT:
            return {}
        fill, stroke = STATE_PAINT[self.state]
        paint = {"fill": fill} if role in _STATE_FILLED else {}
        return paint | ({"stroke": stroke} if role in _STATE_STROKED else {"fill": stroke} if role == "pill" else {})

    def within(self, tag: str = "g", role: str = "", **attributes: str) -> Pen:
        """A pen for a new group inside this one."""
        return Pen(self.element(tag, role, **attributes), self.reach, self.state)

    def at(self, x: float, y: float, scale: float = 1) -> Pen:
        """A pen whose origin is (x, y)."""
        size = f" scale({number(scale)})" if scale != 1 else ""
        return self.within(transform=f"translate({number(x)} {number(y)}){size}")

    def path(self, data: str, role: str, **attributes: str) -> None:
        self.element("path", role, d=data, **attributes)

    def circle(self, x: float, y: float, radius: float, role: str, **attributes: str) -> None:
        self.element("circle", role, cx=number(x), cy=number(y), r=number(radius), **attributes)

    def box(self, bounds: Bounds, role: str, corner: float = 0, **attributes: str) -> None:
        place = {"x": bounds.x, "y": bounds.y, "width": bounds.width, "height": bounds.height}
        if corner:
            place["rx"] = min(corner, bounds.height / 2)
        self.element("rect", role, **{key: number(value) for key, value in place.items()}, **attributes)

    def title(self, text: str) -> None:
        """The tooltip of this group, which is also what a screen reader says of it. It stands first."""
        made = etree.Element(SVG + "title")
        made.text = clean(text)
        self.group.insert(0, made)

    def letters(
        self,
        text: Lettering,
        x: float,
        top: float,
        anchor: Anchor = "middle",
        role: str = "label",
        **more: str,
    ) -> None:
        """`text` with its first line's top at `top`, centred on `x` or starting there."""
        size = {"font_size": number(text.size)} if text.size != 12 else {}
        place = {"text_anchor": "middle"} if anchor == "middle" else {}
        made = self.element("text", role, **size, **place, **more)
        first = top + text.leading / 2 + text.size * 0.345
        for row, line in enumerate(text.lines):
            part = etree.SubElement(made, SVG + "tspan")
            last = row == len(text.lines) - 1
            # the space after a line counts when it is centred
            part.set("x", number(x if last or anchor == "start" else x + measure(" ", text.size) / 2))
            part.set("y", number(first + row * text.leading))
            part.text = line
            # keeps the words apart when the text is copied or read out
            part.tail = None if last else " "
        # and from the badge that follows them
        made.tail = " "

    def reached(self, boxes: Iterable[Bounds]) -> None:
        self.reach.extend(boxes)
