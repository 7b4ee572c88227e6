"""Which dialect a file is written in: the modeler says so (`modeler:executionPlatform`), or else what is used in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.diagram.zeebe.marks import KEPT, MODELER, ZEEBE, elements

PLATFORM = f"{{{MODELER}}}executionPlatform"
CLOUD, SELF = "Camunda Cloud", "Camunda Platform"
_SEVENS = tuple(
    f"{{{each}}}"
    for each in ("http://camunda.org/schema/1.0/bpmn", "http://flowable.org/bpmn", "http://activiti.org/bpmn")
)
_EIGHT = f"{{{ZEEBE}}}"


def may_be_zeebe(content: bytes) -> bool:
    """Without reading it: most files are not, and are asked nothing more."""
    return any(each in content for each in (ZEEBE.encode(), CLOUD.encode(), KEPT.encode()))


def is_zeebe(root: Any) -> bool:
    platform = root.get(PLATFORM)
    if platform in (CLOUD, SELF):
        return bool(platform == CLOUD)
    return next(_of(root, (_EIGHT,)), None) is not None


def of_the_other(root: Any, zeebe: bool) -> Any:
    """The first element in which something is written in the other dialect, or None."""
    return next(_of(root, _SEVENS if zeebe else (_EIGHT,)), None)


def _of(root: Any, spaces: tuple[str, ...]) -> Iterator[Any]:
    for element in root.iter():
        if isinstance(element.tag, str):
            names = (name for name in element.attrib if name.startswith(spaces))
            if element.tag.startswith(spaces) or next(names, None) is not None:
                yield element


def extensions(root: Any) -> Iterator[tuple[Any, Any]]:
    """Each zeebe extension element, with the BPMN element that it is of."""
    for holder in root.iter("{http://www.omg.org/spec/BPMN/20100524/MODEL}extensionElements"):
        for each in elements(holder):
            if each.tag.startswith(_EIGHT):
                yield each, holder.getparent()
