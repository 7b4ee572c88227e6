"""The place of each department in a project: impacted, informed, not concerned."""

from __future__ import annotations

import json

from engine.queries.lines import MarkLine
from engine.queries.view import View
from engine.store.tables import ProjectRow


def places(view: View, project: ProjectRow) -> tuple[MarkLine, ...]:
    """What is said of a department, else of the nearest above it."""
    said = json.loads(project.marks) | dict.fromkeys(json.loads(project.impacted), "impacted")
    found: dict[str, MarkLine] = {}
    for code, each in view.services.items():
        above = found.get(each.parent)
        mark = said.get(code) or (above.mark if above is not None else said.get(each.parent, ""))
        found[code] = MarkLine(code, each.name, mark, code not in said and bool(mark))
    return tuple(line for line in found.values() if view.services[line.code].parent)
