"""A .bpmn file: read it safely, find what is in it, rewire it, say where (element id and line).

    bytes of anyone -> `plain`: UTF-8, BPMN 2.0's namespaces -> `reading`: limits -> `zeebe`: a drawing for Camunda 8 in
    the words of Camunda 7, and back -> `node`, `file`: Node, Diagram -> `folder`: those of one method

lxml stays here and in `drawing`. Limits and refusals: docs/reference/limits.md.
"""

from engine.diagram.file import Diagram
from engine.diagram.folder import beside, drawn_back, drawn_in, for_camunda_8, new_file, to_draw
from engine.diagram.malformed import in_words
from engine.diagram.node import ACTIVITI, BPMN, CAMUNDA, FLOW_NODES, FLOWABLE, KIN, Node
from engine.diagram.plain import NotPlain, Plain, Renewed, plain
from engine.diagram.reading import DEEPEST, LARGEST, MOST_ELEMENTS, xml
from engine.diagram.zeebe import ZEEBE

__all__ = [
    "ACTIVITI",
    "BPMN",
    "CAMUNDA",
    "DEEPEST",
    "FLOWABLE",
    "FLOW_NODES",
    "KIN",
    "LARGEST",
    "MOST_ELEMENTS",
    "ZEEBE",
    "Diagram",
    "Node",
    "NotPlain",
    "Plain",
    "Renewed",
    "beside",
    "drawn_back",
    "drawn_in",
    "for_camunda_8",
    "in_words",
    "new_file",
    "plain",
    "to_draw",
    "xml",
]
