"""Names of the two dialects, and how a reading notes what stood there before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.words import Text

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
MODELER = "http://camunda.org/schema/modeler/1.0"
#: of what is never in a file: what a reading keeps for the writing
KEPT = "urn:jalon:kept"

RAW, READ, OWN, FORM = (f"{{{KEPT}}}{each}" for each in ("raw", "read", "own", "form"))
#: on the root of what was read already, as a modeler holds it between a reading and a writing: `pure`, or `mixed`
STATE = f"{{{KEPT}}}state"


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that has no equivalent: the rule of its sentence, its element, what the sentence names."""

    rule: str
    element: Any
    facts: dict[str, str | Text]


def bpmn(tag: str) -> str:
    return f"{{{BPMN}}}{tag}"


def camunda(tag: str) -> str:
    return f"{{{CAMUNDA}}}{tag}"


def zeebe(tag: str) -> str:
    return f"{{{ZEEBE}}}{tag}"


def local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def elements(holder: Any) -> Iterator[Any]:
    """Its children, comments aside."""
    return (each for each in holder if isinstance(each.tag, str))


def extension(element: Any, tag: str) -> Any:
    """The zeebe extension element `tag` of a BPMN element, or None."""
    return element.find(f"{bpmn('extensionElements')}/{zeebe(tag)}")


def extended(element: Any) -> Any:
    """The `extensionElements` of a BPMN element, made where there are none."""
    found = element.find(bpmn("extensionElements"))
    if found is None:
        found = element.makeelement(bpmn("extensionElements"))
        element.insert(sum(each.tag == bpmn("documentation") for each in elements(element)), found)
    return found


def made(holder: Any, tag: str, **attributes: str) -> Any:
    """A new element, last in `holder`."""
    found = holder.makeelement(tag, attributes)
    holder.append(found)
    return found


def put(element: Any, attribute: str, value: str) -> None:
    """Sets an attribute in Camunda 7's words where the file has none, and notes that it is the reading's own."""
    if value and not element.get(attribute):
        element.set(attribute, value)
        element.set(OWN, f"{element.get(OWN, '')} {attribute}".strip())


def is_own(element: Any, attribute: str) -> bool:
    return attribute in element.get(OWN, "").split()
