"""Drafts of methods: files of anyone in, a folder of diagrams that one or several people edit, without loss.

bringing    uploads, or a zip -> the files of a method, each read safely
identity    which method they draw, in which version
trail       what each revision changed: who edits the same file as another is told, the rest is merged
starting    a method to begin with: phases, each ended by a gate
archive     the files as a zip, which says of which revision they are; the same for Camunda 8
"""

from engine.workshop.archive import MANIFEST, archive, export_for_camunda_8, is_for_camunda_8, templates
from engine.workshop.bringing import (
    LARGEST_ARCHIVE,
    MOST_FILES,
    Brought,
    brought,
    method_of,
    must_fit,
    placed,
    scenarios_must_fit,
)
from engine.workshop.identity import Drawn, identity
from engine.workshop.starting import MOST_PHASES, starting
from engine.workshop.trail import MOST_KEPT, Merge, Trail

__all__ = [
    "LARGEST_ARCHIVE",
    "MANIFEST",
    "MOST_FILES",
    "MOST_KEPT",
    "MOST_PHASES",
    "Brought",
    "Drawn",
    "Merge",
    "Trail",
    "archive",
    "brought",
    "export_for_camunda_8",
    "identity",
    "is_for_camunda_8",
    "method_of",
    "must_fit",
    "placed",
    "scenarios_must_fit",
    "starting",
    "templates",
]
