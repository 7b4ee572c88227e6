"""A .bpmn file: read it safely, find what is in it, rewire it, say where (element id and line).

    bytes of anyone -> `plain`: UTF-8, BPMN 2.0's namespaces -> `reading`: limits -> `file`: Diagram, Node

lxml stays here and in `drawing`. Limits and refusals: docs/reference/limits.md.
"""

from engine.diagram.file import ACTIVITI, BPMN, CAMUNDA, FLOW_NODES, FLOWABLE, KIN, Diagram, Node
from engine.diagram.malformed import in_words
from engine.diagram.plain import NotPlain, Plain, Renewed, plain
from engine.diagram.reading import DEEPEST, LARGEST, MOST_ELEMENTS, xml

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
    "Diagram",
    "Node",
    "NotPlain",
    "Plain",
    "Renewed",
    "in_words",
    "plain",
    "xml",
]
