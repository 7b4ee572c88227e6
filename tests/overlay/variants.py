"""The default method, published with a short variant of its evaluation and a fragment that may be inserted."""

from __future__ import annotations

from engine.release import Release
from tests.engine.play import files_of
from tests.overlay.samples import released

FRAGMENT = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="Definitions_F" targetNamespace="http://bpmn.io/schema/bpmn">
 <bpmn:process id="Process_F" name="Enquête" isExecutable="true">
  <bpmn:extensionElements><camunda:properties><camunda:property name="name.en" value="Survey" />
   <camunda:property name="method.kind" value="fragment" /></camunda:properties></bpmn:extensionElements>
  <bpmn:startEvent id="F_start" />
  <bpmn:userTask id="F1" name="Préparer l’enquête" camunda:candidateGroups="CP" camunda:dueDate="P5D">
   <bpmn:documentation>Écrivez cinq questions.</bpmn:documentation>
   <bpmn:extensionElements><camunda:properties><camunda:property name="name.en" value="Prepare the survey" />
    <camunda:property name="method.lock" value="locked" /></camunda:properties></bpmn:extensionElements>
  </bpmn:userTask>
  <bpmn:userTask id="F2" name="Lire les réponses" camunda:candidateGroups="QUAL">
   <bpmn:extensionElements><camunda:properties><camunda:property name="name.en" value="Read the answers" />
    <camunda:property name="method.lock" value="locked" /></camunda:properties></bpmn:extensionElements>
  </bpmn:userTask>
  <bpmn:endEvent id="F_end" />
  <bpmn:sequenceFlow id="F_a" sourceRef="F_start" targetRef="F1" />
  <bpmn:sequenceFlow id="F_b" sourceRef="F1" targetRef="F2" />
  <bpmn:sequenceFlow id="F_c" sourceRef="F2" targetRef="F_end" />
 </bpmn:process>
</bpmn:definitions>
"""


def with_variants(called: str = "", without: str = "") -> Release:
    """`called`: a process that the variant calls too; `without`: a task that it leaves out (`V2` is always)."""
    files = dict(files_of("projet-transversal"))
    main = files["projet-transversal.bpmn"].decode()
    at = main.index('<bpmn:callActivity id="P5"')
    head, tail = main[:at], main[at:]
    said = '<camunda:property name="method.variants" value="Process_P5_court" />'
    files["projet-transversal.bpmn"] = (
        head + tail.replace("<camunda:properties>", f"<camunda:properties>{said}", 1)
    ).encode()
    files["p5-court.bpmn"] = _variant(files["p5-evaluation.bpmn"].decode(), called, without).encode()
    files["f-enquete.bpmn"] = FRAGMENT.encode()
    return released(files)


def _variant(text: str, called: str, without: str) -> str:
    for old, new in (
        ('"Process_P5"', '"Process_P5_court"'),
        ('name="method.kind" value="phase"', 'name="method.kind" value="variant"'),
        ("Definitions_P5", "Definitions_P5c"), ("Collaboration_P5", "Collaboration_P5c"),
    ):  # fmt: skip
        text = text.replace(old, new)
    for task in filter(None, ("V2", without)):
        text = _without(text, task)
    if called:
        call = f'<bpmn:callActivity id="encore" calledElement="{called}" />'
        text = text.replace("<bpmn:sequenceFlow", f"{call}<bpmn:sequenceFlow", 1)
    return text


def _without(text: str, task: str) -> str:
    from engine.diagram import Diagram
    from engine.overlay.loom import Loom, Origin

    diagram = Diagram(text.encode(), "p5-court.bpmn")
    loom = Loom([diagram])
    loom.take_out(task, Origin("method"))
    return loom.files()["p5-court.bpmn"].decode()
