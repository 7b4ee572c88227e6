"""The same method as files for Camunda 8: each diagram in its dialect, each form in a .form file beside it."""

from __future__ import annotations

from typing import Any

from lxml import etree

from engine.diagram.zeebe.chosen import CLOUD, PLATFORM
from engine.diagram.zeebe.marks import CAMUNDA, KEPT, MODELER, STATE, bpmn, extended, extension, zeebe
from engine.diagram.zeebe.writing import SPACES, Folder, write

#: the release of Camunda 8 for which files are written
VERSION = "8.6.0"


def export(root: Any) -> dict[str, bytes]:
    """Changes `root`, which says what it says in Camunda 7's words, in place; gives its forms, by file name."""
    for task in root.iter(bpmn("userTask")):
        if extension(task, "userTask") is None:
            extended(task).insert(0, task.makeelement(zeebe("userTask")))
    _declare(root, SPACES)
    root.set(PLATFORM, CLOUD)
    root.set(f"{{{MODELER}}}executionPlatformVersion", VERSION)
    folder = Folder()
    write(root, {}, folder=folder)
    etree.indent(root)
    return folder.changed


def for_a_modeler(root: Any, *, mixed: bool) -> None:
    """Of what was read: notes on its root that it was, so that it is written back once a modeler has changed it."""
    _declare(root, {"camunda": CAMUNDA, "kept": KEPT})
    root.set(STATE, "mixed" if mixed else "pure")


def _declare(root: Any, spaces: dict[str, str]) -> None:
    known = set(filter(None, root.nsmap))
    top = {prefix: uri for prefix, uri in spaces.items() if prefix not in known}
    etree.cleanup_namespaces(root, top_nsmap=top, keep_ns_prefixes=[*known, *top])
