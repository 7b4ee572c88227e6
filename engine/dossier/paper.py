"""The dossier on paper: a tagged PDF (PDF/UA-1, PDF/A-2a) that Typst makes of the record alone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from engine.dossier.sheet import Sheet, sheet_of
from engine.words import Language

LAYOUT = Path(__file__).with_name("paper.typ").read_bytes()
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]

#: what the fonts that come with Typst are known to draw: Latin, Greek, Cyrillic, punctuation, arrows, signs
DRAWN = re.compile(
    r"[\t\n\r -~\u00a0-\u017f\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f\u2010-\u2026\u202f\u2030\u2032\u2033\u2039\u203a"
    r"\u20ac\u2190-\u2193\u2260\u2264\u2265\u25a1]"
)
#: stands for a character that they do not
BLANK = "□"


def paper(record: Mapping[str, Any], history: Mapping[str, Any], language: Language) -> bytes:
    """The PDF, in `language`; the same record gives the same bytes."""
    return printed(sheet_of(record, history, language), datetime.fromisoformat(record["decision"]["at"]))


def printed(sheet: Sheet, at: datetime) -> bytes:
    """A sheet as PDF, dated `at`."""
    compiled = typst.compile(
        LAYOUT,
        format="pdf",
        ignore_system_fonts=True,  # another machine has other fonts
        pdf_standards=STANDARDS,
        timestamp=int(at.timestamp()),
        sys_inputs={"sheet": json.dumps(drawable(sheet), ensure_ascii=False)},
    )
    assert isinstance(compiled, bytes)  # one document, no output file
    return compiled


def drawable(words: Any) -> Any:
    """The same with `□` where no font has the character: a PDF that can be read aloud may lack none."""
    match words:
        case str():
            return "".join(each if DRAWN.match(each) else BLANK for each in words)
        case dict():
            return {key: drawable(each) for key, each in words.items()}
        case list() | tuple():
            return [drawable(each) for each in words]
    return words
