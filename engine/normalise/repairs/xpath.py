"""XPath, which BPMN takes for the language of expressions where a file names none (BPMN 2.0, 8.2.1) -> FEEL.

Only data objects compared with literals, as modelers write them: `bpmn:getDataObject('approved') = 'yes'`.
"""

from __future__ import annotations

import re

_DATA = re.compile(r"(?:\w+:)?getData(?:Object|Input|Output)\(\s*'(\w+)'\s*\)")
_SAID = re.compile(r"""(?:\w+|"[^"\\]*"|not\(|[()\s]|!=|<=|>=|[=<>])*""")


def from_xpath(text: str) -> str | None:
    """The same in FEEL, or None where it is not such an expression."""
    if not _DATA.search(text):
        return None
    said = re.sub(r"'([^'\"\\]*)'", r'"\1"', _DATA.sub(r"\1", text))
    return said if _SAID.fullmatch(said) else None
