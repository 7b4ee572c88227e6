"""The files of a draft as a zip, which says of which revision they are: brought back, they meet what changed since.

The element templates of Jalon's dialect go with them, in the folder where Camunda Modeler looks for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files as folder_of
from pathlib import Path

from engine.release import pack

#: its name in the zip
MANIFEST = "jalon.json"
#: where Camunda Modeler reads templates, beside the diagrams
TEMPLATES = ".camunda/element-templates"


def archive(files: Mapping[str, bytes], draft: int, revision: int) -> bytes:
    said = json.dumps({"draft": draft, "revision": revision}, indent=2) + "\n"
    return pack({**files, **templates(), MANIFEST: said.encode()})


def templates() -> dict[str, bytes]:
    folder = Path(str(folder_of("workflows"))) / TEMPLATES
    return {f"{TEMPLATES}/{each.name}": each.read_bytes() for each in sorted(folder.glob("*.json"))}
