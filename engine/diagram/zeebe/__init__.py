"""A file drawn for Camunda 8 (zeebe:*) -> the words in which Jalon reads a diagram, those of Camunda 7, and back.

    chosen       which of the two dialects a file is written in, and what in it is of the other one
    reading      what Camunda 8 says, put beside it in the words that `Node` reads      forms     form-js -> fields
    writing      what has changed since, put back into what Camunda 8 says               composed  fields -> form-js
    exporting    the same method as files for Camunda 8

Reading leaves every zeebe element where it is: what Jalon does not understand goes through untouched, and what has
not been changed is written again as it stood. The table of both dialects: docs/reference/dialect.md.
"""

from engine.diagram.zeebe.chosen import is_zeebe, may_be_zeebe, of_the_other
from engine.diagram.zeebe.exporting import export, for_a_modeler
from engine.diagram.zeebe.forms import ids_of
from engine.diagram.zeebe.marks import KEPT, STATE, ZEEBE, Unread
from engine.diagram.zeebe.reading import read
from engine.diagram.zeebe.writing import folder_of, write

__all__ = [
    "KEPT",
    "STATE",
    "ZEEBE",
    "Unread",
    "export",
    "folder_of",
    "for_a_modeler",
    "ids_of",
    "is_zeebe",
    "may_be_zeebe",
    "of_the_other",
    "read",
    "write",
]
