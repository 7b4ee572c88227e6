"""The files of a draft as a zip, which says of which revision they are: brought back, they meet what changed since."""

from __future__ import annotations

import json
from collections.abc import Mapping

from engine.release import pack

#: its name in the zip
MANIFEST = "jalon.json"


def archive(files: Mapping[str, bytes], draft: int, revision: int) -> bytes:
    return pack({**files, **said_of_revision(draft, revision)})


def said_of_revision(draft: int, revision: int) -> dict[str, bytes]:
    """The file that says it, to be written beside the others."""
    return {MANIFEST: (json.dumps({"draft": draft, "revision": revision}, indent=2) + "\n").encode()}
