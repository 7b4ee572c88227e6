"""The files of one method -> its diagrams, with the forms of the same folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy

from engine.beside import is_decision, is_form, is_scenarios
from engine.diagram import zeebe
from engine.diagram.file import Diagram, as_bytes
from engine.diagram.zeebe import export

NEW_FILE = f'xmlns:kept="{zeebe.KEPT}" kept:state="pure"'


def drawn_in(files: Mapping[str, bytes]) -> list[Diagram]:
    """What is drawn, in the order of names. Raises `TooLarge` and `Unreadable`."""
    forms = {name: content for name, content in files.items() if is_form(name)}
    names = sorted(name for name in files if not stands_beside(name))
    found = [Diagram(files[name], name, forms) for name in names]
    if forms:
        told = Counter(id for each in found if each.zeebe for id in each.forms_named())
        for each in found:
            each.shared = frozenset(id for id, count in told.items() if count > 1)
    return found


def beside(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What stands beside the diagrams: decisions, forms, scenarios."""
    return {name: content for name, content in files.items() if stands_beside(name)}


def stands_beside(name: str) -> bool:
    return is_form(name) or is_scenarios(name) or is_decision(name)


def to_draw(diagrams: Iterable[Diagram]) -> dict[str, bytes]:
    """The diagrams, by name, as Jalon's modeler draws them."""
    return {each.file: each.to_draw() for each in diagrams}


def new_file(diagrams: Iterable[Diagram]) -> str:
    """What the root of a file that Jalon's modeler adds to these must say, so that it is in their dialect."""
    return NEW_FILE if any(each.zeebe for each in diagrams) else ""


def drawn_back(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, those that Jalon's modeler drew in the words of their own dialect again."""
    found = dict(files)
    if any(zeebe.KEPT.encode() in content for content in files.values()):
        for each in drawn_in(files):
            if each.was_drawn_here:
                found |= each.written()
    return found


def for_camunda_8(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same method drawn for Camunda 8; a diagram that is so already stays as it is."""
    found = beside(files)
    for diagram in drawn_in(files):
        if diagram.zeebe:
            found[diagram.file] = diagram.content
            continue
        root = deepcopy(diagram.root.element)
        found |= export(root)
        found[diagram.file] = as_bytes(root)
    return dict(sorted(found.items()))
