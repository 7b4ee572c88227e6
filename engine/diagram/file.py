"""A .bpmn file: its processes, and the file again as it stands now."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from engine.diagram import zeebe
from engine.diagram.node import Node
from engine.diagram.plain import Renewed
from engine.diagram.reading import read
from engine.diagram.strangers import stranger
from engine.errors import Unreadable
from engine.words import Text


class Diagram:
    """One .bpmn file. `file` is the name under which messages speak of it.

    Raises `TooLarge` and `Unreadable`.
    """

    def __init__(self, content: bytes, file: str, forms: Mapping[str, bytes] | None = None) -> None:
        """`forms`: the .form files of its folder, by name (Camunda 8)."""
        self.file = posixpath.basename(file)
        written, root = read(content, self.file)
        self.content = written.content
        self.renewed: tuple[Renewed, ...] = written.renewed  #: what of the file was written otherwise than is read
        self.root = Node(root, self)
        if self.root.tag != "definitions" or not self.root.bpmn:
            why = stranger(self.root.tag, etree.QName(root).namespace or "")
            raise Unreadable(file=self.file, line=self.root.line, why=why)
        self.forms = dict(forms or {})
        self.shared = frozenset[str]()  #: ids of forms that several tasks of the folder have
        self.zeebe = False  #: is it drawn for Camunda 8? It is read, and written back, through `zeebe`
        self.mixed = False  #: and is something in it said in the words of the other dialect?
        self.stranger: Node | None = None  #: the first element that is written in the other dialect
        self.unread: tuple[tuple[str, Node, dict[str, str | Text]], ...] = ()  #: rule, where, what its sentence names
        if zeebe.may_be_zeebe(self.content):
            self._read_zeebe(root)

    def _read_zeebe(self, root: Any) -> None:
        state = root.get(zeebe.STATE)
        self.zeebe = state is not None or zeebe.is_zeebe(root)
        other = None if state == "pure" else zeebe.of_the_other(root, self.zeebe)
        self.mixed = other is not None
        self.stranger = None if other is None else Node(other, self)
        if self.zeebe:
            found = zeebe.read(root, self.forms)
            self.unread = tuple((each.rule, Node(each.element, self), each.facts) for each in found)

    @property
    def was_drawn_here(self) -> bool:
        """Is it what Jalon's modeler saved of a drawing for Camunda 8 (`to_draw`)?"""
        return self.root.get(zeebe.STATE) != ""

    def forms_named(self) -> list[str]:
        """The ids of .form files that its tasks name."""
        told = (task.extension(zeebe.ZEEBE, "formDefinition") for task in self.root.all("userTask"))
        return [each.get("formId") for each in told if each is not None and each.get("formId")]

    def first_of_camunda_7(self) -> Node | None:
        """The first element of which something is said in Camunda 7's words."""
        found = zeebe.of_the_other(self.root.element, True)
        return None if found is None else Node(found, self)

    @property
    def processes(self) -> list[Node]:
        return list(self.root.children("process"))

    def lanes_of(self, process: Node) -> dict[str, Node]:
        """The innermost lane of each flow node, by the node's id."""
        found = {}
        for lane in process.all("lane"):
            for reference in lane.children("flowNodeRef"):
                found[reference.body] = lane
        return found

    @property
    def namespaces(self) -> frozenset[str]:
        """Those that the file declares at its root: they tell which modeler it comes from."""
        return frozenset(self.root.element.nsmap.values())

    def copy(self) -> Diagram:
        """As it stands now; lines are still those of the file."""
        made: Diagram = Diagram.__new__(Diagram)
        made.file, made.content, made.renewed = self.file, self.content, self.renewed
        made.shared, made.mixed = self.shared, self.mixed
        made.forms, made.zeebe, made.stranger, made.unread = self.forms, self.zeebe, self.stranger, self.unread
        made.root = Node(deepcopy(self.root.element), made)
        return made

    def write(self) -> bytes:
        """The file as it stands now, in its own dialect."""
        root = self.root.element
        if self.zeebe:
            root = deepcopy(root)
            zeebe.write(root, self.forms, mixed=self.mixed)
        return as_bytes(root)

    def written(self) -> dict[str, bytes]:
        """The same by name, with the .form files that changed."""
        if not self.zeebe:
            return {self.file: self.write()}
        root, folder = deepcopy(self.root.element), zeebe.folder_of(self.forms, self.shared)
        zeebe.write(root, self.forms, mixed=self.mixed, folder=folder)
        return {**folder.changed, self.file: as_bytes(root)}

    def to_draw(self) -> bytes:
        """In the words that Jalon's modeler knows; what that saves is read like any file."""
        if not self.zeebe:
            return self.content
        root = deepcopy(self.root.element)
        zeebe.for_a_modeler(root, mixed=self.mixed)
        return as_bytes(root)


def as_bytes(root: Any) -> bytes:
    """An XML file."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
