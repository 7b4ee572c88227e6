"""Methods twice: as they are drawn for Camunda 7, and exported for Camunda 8; and small files of Camunda 8."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from engine.diagram import for_camunda_8
from engine.method import Method, Place
from engine.release import read_method
from engine.review import review
from engine.review.findings import Finding
from tests.engine.play import ESSAI, SHIPPED, files_of

ENGINE = Path(__file__).parents[1] / "engine"
SEVENTH = {
    **{name: files_of(name) for name in SHIPPED},
    **{name: ESSAI | files_of(ENGINE / name) for name in ("essai", "delais", "exceptions", "endless")},
}
EIGHTH = {name: for_camunda_8(files) for name, files in SEVENTH.items()}


def without_lines(said: object) -> object:
    """A model to compare: the lines of two files differ, the elements do not."""
    if isinstance(said, Place):
        return said.file, said.element
    if is_dataclass(said):
        return type(said).__name__, [(each.name, without_lines(getattr(said, each.name))) for each in fields(said)]
    return [without_lines(each) for each in said] if isinstance(said, tuple) else said


def meant(files: Mapping[str, bytes]) -> Method:
    method, problems, _ = read_method(files)
    assert (method is not None, problems) == (True, [])
    assert method is not None
    return method


def told(findings: tuple[Finding, ...]) -> list[tuple[str, ...]]:
    return sorted((e.rule, e.severity, e.place.file, e.place.element, e.message.fr, e.remedy.en) for e in findings)


HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="D" targetNamespace="http://bpmn.io/schema/bpmn" '
    'modeler:executionPlatform="{platform}">'
)


def one_task(task: str, process: str = "", platform: str = "Camunda Cloud", name: str = "p.bpmn") -> dict[str, bytes]:
    """A method of one phase, of one task, both drawn for Camunda 8; `task`, `process`: their extension elements."""
    head = HEAD.format(platform=platform)
    phase = (
        f'{head}<bpmn:process id="Process_P1" name="Étude" isExecutable="true"><bpmn:extensionElements>'
        f'<zeebe:properties><zeebe:property name="method.kind" value="phase"/></zeebe:properties>{process}'
        '</bpmn:extensionElements><bpmn:startEvent id="s"/><bpmn:userTask id="A" name="Cadrer">'
        f"<bpmn:extensionElements>{task}</bpmn:extensionElements></bpmn:userTask>"
        '<bpmn:endEvent id="e"/><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="A"/>'
        '<bpmn:sequenceFlow id="g" sourceRef="A" targetRef="e"/></bpmn:process></bpmn:definitions>'
    )
    said = "".join(
        f'<zeebe:property name="{each}" value="{value}"/>'
        for each, value in (
            ("method.kind", "method"), ("method.lead", "CP"), ("method.sponsor", "COM"),
            ("method.role.CP", "Chef de projet"), ("method.role.COM", "Commanditaire"),
        )
    )  # fmt: skip
    main = (
        f'{head}<bpmn:process id="un" name="Un" isExecutable="true"><bpmn:extensionElements><zeebe:versionTag '
        f'value="1.0.0"/><zeebe:properties>{said}</zeebe:properties></bpmn:extensionElements>'
        '<bpmn:startEvent id="s0"/><bpmn:callActivity id="P1" name="Étude"><bpmn:extensionElements>'
        '<zeebe:calledElement processId="Process_P1"/></bpmn:extensionElements></bpmn:callActivity>'
        '<bpmn:endEvent id="e0"/><bpmn:sequenceFlow id="f0" sourceRef="s0" targetRef="P1"/>'
        '<bpmn:sequenceFlow id="g0" sourceRef="P1" targetRef="e0"/></bpmn:process></bpmn:definitions>'
    )
    return {"un.bpmn": main.encode(), name: phase.encode()}


def form(*components: Mapping[str, object], id: str = "Form_A") -> bytes:
    """A .form file."""
    return json.dumps({"type": "default", "id": id, "schemaVersion": 18, "components": list(components)}).encode()


LINKED = '<zeebe:formDefinition formId="Form_A"/>'


def findings(files: Mapping[str, bytes], *rules: str) -> list[Finding]:
    return [each for each in review(files).findings if each.rule in rules]
