"""One element of a .bpmn file, in BPMN's words and those of the engines that extend it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree

from engine.diagram.plain import MODEL
from engine.method import Place
from engine.words import Text

if TYPE_CHECKING:
    from engine.diagram.file import Diagram

BPMN = MODEL.decode()
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
FLOWABLE, ACTIVITI = "http://flowable.org/bpmn", "http://activiti.org/bpmn"
#: engines that parted from one another, and kept the same words
KIN = (CAMUNDA, FLOWABLE, ACTIVITI)

_KIN = tuple(f"{{{each}}}" for each in KIN)
_PROPERTIES = frozenset(f"{each}properties" for each in _KIN)
_PROPERTY = frozenset(f"{each}property" for each in _KIN)

_SAYING = ("documentation", "extensionElements", "multiInstanceLoopCharacteristics")
#: what a token can stand on (BPMN 2.0, 10.2-10.6)
FLOW_NODES = frozenset(
    "task userTask manualTask serviceTask scriptTask sendTask receiveTask businessRuleTask callActivity subProcess "
    "transaction adHocSubProcess startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent "
    "exclusiveGateway parallelGateway inclusiveGateway complexGateway eventBasedGateway".split()
)
_NODES = frozenset(f"{{{BPMN}}}{each}" for each in FLOW_NODES)


class Node:
    """One BPMN element. Equality and hash are those of the element."""

    __slots__ = ("diagram", "element")

    def __init__(self, element: Any, diagram: Diagram) -> None:
        self.element = element
        self.diagram = diagram

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self.element is other.element

    def __hash__(self) -> int:
        return id(self.element)

    @property
    def tag(self) -> str:
        """Local name: `userTask`."""
        return str(etree.QName(self.element).localname)

    @property
    def bpmn(self) -> bool:
        """Is it an element of BPMN itself, not of a vendor?"""
        return bool(etree.QName(self.element).namespace == BPMN)

    @property
    def id(self) -> str:
        return str(self.element.get("id", ""))

    @property
    def line(self) -> int:
        return int(self.element.sourceline or 0)

    @property
    def place(self) -> Place:
        """Where it stands; the id is that of what holds it where it has none."""
        holder = self
        while not holder.id and holder.parent != holder:
            holder = holder.parent
        return Place(self.diagram.file, self.line, holder.id)

    @property
    def parent(self) -> Node:
        """The element around it; the root is its own."""
        above = self.element.getparent()
        return self if above is None else Node(above, self.diagram)

    def get(self, attribute: str, default: str = "") -> str:
        return str(self.element.get(attribute, default))

    def camunda(self, attribute: str) -> str:
        """What a file of Camunda, or of its kin, says there."""
        said = (self.element.get(f"{{{each}}}{attribute}") for each in KIN)
        return str(next(filter(None, said), ""))

    @property
    def body(self) -> str:
        return (self.element.text or "").strip()

    def children(self, *tags: str) -> Iterator[Node]:
        """BPMN children; with `tags`, only those."""
        for child in self.element:
            if isinstance(child.tag, str):
                name = etree.QName(child)
                if name.namespace == BPMN and (not tags or name.localname in tags):
                    yield Node(child, self.diagram)

    def child(self, tag: str) -> Node | None:
        return next(self.children(tag), None)

    def all(self, *tags: str) -> Iterator[Node]:
        """BPMN descendants with one of `tags`, in the order of the file."""
        for tag in self.element.iter(*(f"{{{BPMN}}}{tag}" for tag in tags)):
            yield Node(tag, self.diagram)

    def vendor(self, path: str) -> list[Node]:
        """Elements of Camunda at `path` (`formData/formField`) under the extension elements, or one of its elements."""
        return [Node(each, self.diagram) for kin in KIN for each in self._extensions(path, kin)]

    def _extensions(self, path: str, namespace: str) -> list[Any]:
        steps = "/".join(f"vendor:{step}" for step in path.split("/"))
        start = steps if etree.QName(self.element).namespace == namespace else f"bpmn:extensionElements/{steps}"
        found: list[Any] = self.element.findall(start, {"bpmn": BPMN, "vendor": namespace})
        return found

    def extension(self, namespace: str, tag: str) -> Node | None:
        """An extension element of another vendor."""
        return next((Node(each, self.diagram) for each in self._extensions(tag, namespace)), None)

    @property
    def properties(self) -> dict[str, str]:
        """`camunda:property` by name (by id inside a form field), this element's own only.

        Those without a value are left out: a modeler writes the unused lines of a template as empty properties.
        """
        own = self.element.tag.startswith(_KIN)
        holders = [self.element] if own else self.element.findall(f"{{{BPMN}}}extensionElements")
        return {
            str(each.get("name") or each.get("id")): str(each.get("value"))
            for holder in holders for listed in holder if listed.tag in _PROPERTIES for each in listed
            if each.tag in _PROPERTY and each.get("value")
        }  # fmt: skip

    @property
    def name(self) -> Text:
        return Text(" ".join(self.get("name").split()), " ".join(self.properties.get("name.en", "").split()))

    @property
    def help(self) -> Text:
        """The documentation, Markdown, in both languages."""
        said = {each.get("textFormat"): each.body for each in self.children("documentation")}
        english = said.pop("text/x-en", "")
        return Text(next(iter(said.values()), ""), english)

    @property
    def said(self) -> str:
        """All that an element says of itself, on one line a part: not what it holds, nor its ways in and out."""
        own = [child for child in self.element if str(child.tag).rpartition("}")[2] in _SAYING]
        parts = [self.element, *(part for child in own for part in child.iter() if isinstance(part.tag, str))]
        return "\n".join(f"{part.tag} {sorted(part.attrib.items())} {(part.text or '').strip()}" for part in parts)

    @property
    def nodes(self) -> list[Node]:
        """The flow nodes directly inside."""
        return [Node(child, self.diagram) for child in self.element if child.tag in _NODES]

    @property
    def flows(self) -> list[Node]:
        return list(self.children("sequenceFlow"))

    @property
    def definitions(self) -> list[Node]:
        """The event definitions of an event: its own, and those of the file that it refers to (BPMN 2.0, 10.5.1)."""
        referred = {each.body.rpartition(":")[2] for each in self.children("eventDefinitionRef")}
        known = self.diagram.root.children() if referred else ()
        own = [child for child in self.children() if child.tag.endswith("EventDefinition")]
        return [*own, *(each for each in known if each.tag.endswith("EventDefinition") and each.id in referred)]

    @property
    def interrupts(self) -> bool:
        """Of an event on a border, or that begins an event sub-process: does it end what it is caught on?

        An error and a cancellation always do, whatever the attribute says (BPMN 2.0, 10.5.6).
        """
        return not self.lets_go_on or self.catches("error", "cancel")

    @property
    def lets_go_on(self) -> bool:
        return self.get("cancelActivity" if self.tag == "boundaryEvent" else "isInterrupting") == "false"

    def catches(self, *kinds: str) -> bool:
        """Is one of its event definitions an "error", a "timer" …?"""
        return any(each.tag.removesuffix("EventDefinition") in kinds for each in self.definitions)

    # --- rewire (for `normalise`, on a copy) ---

    def set(self, attribute: str, value: str) -> None:
        self.element.set(attribute, value)

    def drop(self, attribute: str) -> None:
        self.element.attrib.pop(attribute, None)

    def say(self, body: str) -> None:
        self.element.text = body

    def become(self, tag: str) -> None:
        """Another BPMN element, with all that is in it."""
        self.element.tag = f"{{{BPMN}}}{tag}"

    def set_camunda(self, attribute: str, value: str) -> None:
        """Where `camunda` reads it."""
        names = [f"{{{each}}}{attribute}" for each in KIN]
        self.element.set(next((name for name in names if self.element.get(name)), names[0]), value)

    def add(self, tag: str, body: str = "", **attributes: str) -> Node:
        """A new BPMN child, last."""
        child = etree.SubElement(self.element, f"{{{BPMN}}}{tag}", attributes)
        child.text = body or None
        return Node(child, self.diagram)

    def move(self, into: Node) -> None:
        """Last in another element."""
        into.element.append(self.element)

    def remove(self) -> None:
        self.element.getparent().remove(self.element)
