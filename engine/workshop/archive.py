"""The files of a draft as a zip, which says of which revision they are: brought back, they meet what changed since.

The element templates of Jalon's dialect go with them, in the folder where Camunda Modeler looks for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files as folder_of
from pathlib import Path

from engine.diagram import drawn_in, for_camunda_8
from engine.release import pack

#: its name in the zip
MANIFEST = "jalon.json"
#: where Camunda Modeler reads templates, beside the diagrams
TEMPLATES = ".camunda/element-templates"
#: where those for Camunda 8 stand beside the methods that come with Jalon
TEMPLATES_8 = ".camunda/element-templates-camunda-8"


def archive(files: Mapping[str, bytes], draft: int, revision: int) -> bytes:
    said = json.dumps({"draft": draft, "revision": revision}, indent=2) + "\n"
    return pack({**files, **templates(camunda_8=is_for_camunda_8(files)), MANIFEST: said.encode()})


def templates(*, camunda_8: bool = False) -> dict[str, bytes]:
    folder = Path(str(folder_of("workflows"))) / (TEMPLATES_8 if camunda_8 else TEMPLATES)
    return {f"{TEMPLATES}/{each.name}": each.read_bytes() for each in sorted(folder.glob("*.json"))}


def export_for_camunda_8(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same method drawn for Camunda 8, with the element templates for it; what is so already stays as it is.

    Raises `TooLarge` and `Unreadable`.
    """
    return {**for_camunda_8(files), **templates(camunda_8=True)}


def is_for_camunda_8(files: Mapping[str, bytes]) -> bool:
    """Is one of the diagrams drawn for it?"""
    return any(each.zeebe for each in drawn_in(files))
