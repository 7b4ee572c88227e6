"""Labels: measured, wrapped and shrunk until they fit, without a font at hand.

The widths are those of Arial, which Liberation Sans and Helvetica share; the drawing names these fonts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: the size of a label in the diagram's units, and the smallest before words are cut
SIZE, SMALLEST = 12.0, 10.0
_LEADING = 1.18
#: advance widths in thousandths of the size
_WIDTHS = {
    191: "'",
    222: "ijl’‘",
    260: "|¦",
    278: " !,./:;I[\\]ft\u00a0\u202f",
    333: "()-`r“”‑·°",
    355: '"{}•*',
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu«»–€^",
    584: "+<=>~×",
    611: "FTZø",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%æ",
    944: "Wœ",
    1000: "ÆŒ—…→←@",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
# A no-break space is no place to break: `str.split` would break there.
_GAP = re.compile(r"[ \t\r\n]+")
_PIECE = re.compile(r"(?<=\w[-/_.])(?=\w)")


@dataclass(frozen=True, slots=True)
class Lettering:
    lines: tuple[str, ...]
    size: float
    whole: bool  #: False where words had to be left out

    @property
    def leading(self) -> float:
        return self.size * _LEADING

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading

    @property
    def width(self) -> float:
        return max((measure(line, self.size) for line in self.lines), default=0.0)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> int:
    base = unicodedata.normalize("NFD", letter)[0]
    if letter in _WIDTH or base in _WIDTH:
        return _WIDTH.get(letter) or _WIDTH[base]
    return 1000 if ord(letter) > 0x10FF else 700


@lru_cache(maxsize=4096)
def _thousandths(text: str) -> int:
    return sum(map(_letter, text))


def width_beside(name: str) -> int:
    """What the name of an event, a gateway or a flow takes beside it, on one line and at the size of modelers."""
    return round(measure(name, 11) + 4)


def measure(text: str, size: float = SIZE) -> float:
    """How wide `text` is on one line."""
    return _thousandths(text) * size / 1000


def fit(text: str, width: float, height: float, size: float = SIZE, smallest: float = SMALLEST) -> Lettering:
    """`text` in lines no wider than `width`, together no higher than `height`.

    It is shrunk by single points first; at `smallest`, long words are cut and what is left over becomes "…".
    One line always remains, however small the room.
    """
    now = size
    while now >= smallest:
        lines = _wrap(text, width, now)
        if len(lines) * now * _LEADING <= height and all(measure(line, now) <= width for line in lines):
            return Lettering(tuple(_even(text, lines, width, now)), now, True)
        now -= 1
    lines = [part for line in _wrap(text, width, smallest) for part in _chop(line, width, smallest)]
    room = max(int(height / (smallest * _LEADING)), 1)
    if len(lines) <= room and "".join(lines):
        return Lettering(tuple(lines), smallest, True)
    return Lettering((*lines[: room - 1], _ellipsis(lines[room - 1], width, smallest)), smallest, False)


def _wrap(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in _GAP.split(text.strip(" \t\r\n")):
        for first, piece in _pieces(word, width, size):
            longer = f"{line} {piece}" if line and first else line + piece
            if line and measure(longer, size) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line]


def _pieces(word: str, width: float, size: float) -> list[tuple[bool, str]]:
    """The word, or its parts after a hyphen or a slash where it is too wide for a line."""
    parts = [word] if measure(word, size) <= width else _PIECE.split(word)
    return [(index == 0, part) for index, part in enumerate(parts)]


def _even(text: str, lines: list[str], width: float, size: float) -> list[str]:
    """The same number of lines, of lengths as even as can be."""
    if len(lines) < 2:
        return lines
    low, high, best = max(width / 2, measure(text, size) / len(lines)), width, lines
    while high - low > 3:
        middle = (low + high) / 2
        narrower = _wrap(text, middle, size)
        if len(narrower) == len(lines) and all(measure(line, size) <= middle for line in narrower):
            best, high = narrower, middle
        else:
            low = middle
    return best


def _chop(line: str, width: float, size: float) -> list[str]:
    parts = [""]
    for letter in line:
        if parts[-1] and measure(parts[-1] + letter, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _ellipsis(line: str, width: float, size: float) -> str:
    while line and measure(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip(" ,;:.-") + "…"
