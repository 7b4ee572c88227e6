"""Rewrites of diagrams, one a file, of two kinds.

    repair      changes what was drawn, at the import: each is said to the owner, who sees the result and owns it
    compiled    changes the form only that the executor reads, never the meaning, and keeps ids
    refusals    what is left that Jalon cannot run, by rule, element and line

    diagrams -> repair(diagrams, dialect) -> .diagrams -> compiled(…) -> .files -> engine.execution.compile

docs/reference/bpmn.md is the table of both, and of what is run.
"""

from engine.normalise.compilation import Compiled, compiled
from engine.normalise.compilation.instances import one_instance_each
from engine.normalise.dialects import DIALECTS, dialect_of
from engine.normalise.refused import refusals
from engine.normalise.repairs import Repaired, repair
from engine.normalise.rewrite import Repair

__all__ = [
    "DIALECTS",
    "Compiled",
    "Repair",
    "Repaired",
    "compiled",
    "dialect_of",
    "one_instance_each",
    "refusals",
    "repair",
]
