"""The element templates that Camunda Modeler offers for Camunda 8: valid there, in both languages, like those for 7."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.workflows.templates_for_camunda_8 import BY_HAND, EIGHT, SEVEN, written

TEMPLATES: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(EIGHT.glob("*.json"))
}
#: what the schema of Camunda 8 allows: types by binding (`zeebe-element-templates-json-schema`)
ALLOWED = {
    "property": {"String", "Text", "Hidden", "Dropdown", "Boolean", "Number"},
    "zeebe:property": {"String", "Text", "Hidden", "Dropdown", "Boolean", "Number"},
    "zeebe:userTask": {"Hidden"},
    "zeebe:assignmentDefinition": {"Hidden", "String", "Text", "Dropdown"},
    "zeebe:taskSchedule": {"Hidden", "String", "Text", "Dropdown"},
    "zeebe:calledElement": {"Hidden", "String", "Text", "Dropdown"},
}
#: bindings for which the template must say what the element is
OF_ELEMENT = {
    "zeebe:userTask": "bpmn:UserTask", "zeebe:assignmentDefinition": "bpmn:UserTask",
    "zeebe:taskSchedule": "bpmn:UserTask", "zeebe:calledElement": "bpmn:CallActivity",
}  # fmt: skip


def names(template: Any) -> list[str]:
    bindings = [each["binding"] for each in template["properties"]]
    return [each.get("name") or each.get("property") or each["type"] for each in bindings]


def test_the_files_are_what_those_for_camunda_7_amount_to() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in EIGHT.glob("*.json")} == written()


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_is_valid_for_camunda_8(template: Any) -> None:
    assert template["$schema"].endswith("zeebe-element-templates-json-schema/resources/schema.json")
    assert {"name", "id", "version", "appliesTo", "properties", "engines"} <= set(template)
    groups = [each["id"] for each in template["groups"]]
    assert len(groups) == len(set(groups))
    assert len(names(template)) == len(set(names(template)))
    bindings = {each["binding"]["type"] for each in template["properties"]}
    for each in template["properties"]:
        kind = each["binding"]["type"]
        assert each["type"] in ALLOWED[kind], each
        if kind in OF_ELEMENT:
            assert template["elementType"] == {"value": OF_ELEMENT[kind]}
            assert template["appliesTo"] == [OF_ELEMENT[kind]]
        if kind in ("zeebe:assignmentDefinition", "zeebe:taskSchedule"):
            assert "zeebe:userTask" in bindings
        if kind == "zeebe:taskSchedule" and "value" in each:  # a fixed date would have to be a moment
            assert (each["feel"], each["value"][0]) == ("optional", "=")
        if "feel" in each:
            assert each["type"] in ("String", "Text")
        if each["type"] == "Hidden":
            assert kind == "zeebe:userTask" or each["value"]
            continue
        assert each["label"]
        assert each["group"] in groups
        assert ("choices" in each) == (each["type"] == "Dropdown")
        if each["type"] == "Dropdown":
            assert each["value"] in [choice["value"] for choice in each["choices"]]
        if each["type"] == "Boolean":
            assert each["value"] in (True, False)


def test_ids_are_unique_and_no_template_is_for_both() -> None:
    sevens = [json.loads(path.read_text(encoding="utf-8"))["id"] for path in SEVEN.glob("*.json")]
    ids = [*sevens, *(each["id"] for each in TEMPLATES.values())]
    assert len(set(ids)) == len(ids)


def test_each_says_the_same_in_both_languages() -> None:
    french = {stem for stem in TEMPLATES if not stem.endswith(".en")}
    assert {f"{stem}.en" for stem in french} == set(TEMPLATES) - french
    for stem in french:
        assert names(TEMPLATES[f"{stem}.en"]) == names(TEMPLATES[stem])
        assert re.search("[éèàçôÉ«]", json.dumps(TEMPLATES[f"{stem}.en"], ensure_ascii=False)) is None or stem in (
            "flux-reprise",  # it shows how a flow is named, in French
        )


def test_whatever_camunda_7_offers_camunda_8_offers_but_what_no_template_can_write() -> None:
    renamed = {"camunda:candidateGroups": "candidateGroups", "camunda:dueDate": "dueDate", "calledElement": "processId"}
    for path in SEVEN.glob("*.json"):
        seven = json.loads(path.read_text(encoding="utf-8"))
        if seven["appliesTo"] == ["bpmn:Lane"]:
            continue
        asked = [each["binding"]["name"] for each in seven["properties"]]
        offered = names(TEMPLATES[path.stem])
        assert [renamed.get(name, name) for name in asked if name not in BY_HAND] == [
            each for each in offered if each != "zeebe:userTask"
        ]
