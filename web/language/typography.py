"""French spacing: what is written with plain spaces is shown with those that never break a line."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"  # before a colon and inside quotation marks
THIN = "\u202f"  # before ; ? and !

# a colon of a Markdown table or of an address has no word before it, or none but signs after
COLON = re.compile(r"(?<=[\w»)\]*]) :(?=\s|$)")
HIGH = re.compile(r"(?<=[\w»)\]*]) ([;?!])(?=[\s»)]|$)")


def french(words: str) -> str:
    words = words.replace("« ", f"«{NO_BREAK}").replace(" »", f"{NO_BREAK}»")
    return HIGH.sub(rf"{THIN}\1", COLON.sub(f"{NO_BREAK}:", words))
