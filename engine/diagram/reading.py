"""XML of anyone, read within limits: nothing is fetched, no entity is expanded."""

from __future__ import annotations

import posixpath
from typing import Any

from lxml import etree

from engine.diagram.malformed import in_words
from engine.diagram.plain import NotPlain, Plain, plain
from engine.errors import TooLarge, Unreadable
from engine.words import megabytes

LARGEST = 2_000_000  #: bytes
MOST_ELEMENTS = 20_000
DEEPEST = 64  #: nested elements


def read(content: bytes, file: str) -> tuple[Plain, Any]:
    """What is read, and its root element. Raises `TooLarge` and `Unreadable`."""
    if len(content) > LARGEST:
        raise TooLarge(name=file, size=megabytes(len(content), 1), limit=megabytes(LARGEST))
    try:
        written = plain(content)
    except NotPlain as refused:
        raise Unreadable(file=file, line=1, why=refused.why) from None
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        _feed(parser, written.content, file)
        return written, parser.close()
    except etree.XMLSyntaxError as error:
        raise Unreadable(file=file, line=error.lineno or 1, why=in_words(error)) from None


def xml(content: bytes, file: str) -> Any:
    """The root element of another XML file (decisions), read as safely. Raises `TooLarge` and `Unreadable`."""
    return read(content, posixpath.basename(file))[1]


def _feed(parser: Any, content: bytes, file: str) -> None:
    count = depth = 0
    for at in range(0, len(content), 65_536):
        parser.feed(content[at : at + 65_536])
        for event, _ in parser.read_events():
            depth += 1 if event == "start" else -1
            count += event == "start"
            if count > MOST_ELEMENTS:
                raise TooLarge(name=file, size=f"> {MOST_ELEMENTS} éléments", limit=f"{MOST_ELEMENTS} éléments")
            if depth > DEEPEST:
                raise TooLarge(name=file, size=f"> {DEEPEST} niveaux", limit=f"{DEEPEST} niveaux")
