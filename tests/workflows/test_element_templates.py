"""The element templates that Camunda Modeler offers: valid for Camunda 7, in the words of the dialect."""

import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "workflows" / ".camunda" / "element-templates"
TEMPLATES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
#: Camunda 7 knows these types for these bindings; any other makes the whole template vanish.
ALLOWED = {
    "camunda:property": {"String", "Hidden", "Dropdown"},
    "property": {"String", "Text", "Hidden", "Dropdown", "Boolean"},
}
#: names that hold an id of the method: no template can offer them, the README says where to write them
WRITTEN_BY_HAND = re.compile(
    r"method\.(role\.\w+(\.en|\.held)?|set\.\w+|check\.\w+(\.message(\.en)?)?|silence\.answer\.\w+)"
)


@pytest.fixture(params=TEMPLATES, ids=str)
def template(request):
    return TEMPLATES[request.param]


def offered(template):
    return {each["binding"]["name"]: each for each in template["properties"]}


def test_the_templates_are_the_ones_that_the_readme_lists():
    readme = (FOLDER.parents[1] / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z-]+)\.json`", readme)) == set(TEMPLATES)


def test_a_template_is_valid_for_camunda_7(template):
    assert {"name", "id", "version", "appliesTo", "properties"} <= set(template)
    assert template["name"].startswith("Jalon : ")
    assert all(re.fullmatch(r"bpmn:\w+", each) for each in template["appliesTo"])
    groups = [each["id"] for each in template.get("groups", [])]
    assert len(groups) == len(set(groups))
    names = [each["binding"]["name"] for each in template["properties"]]
    assert len(names) == len(set(names))
    for each in template["properties"]:
        assert each["type"] in ALLOWED[each["binding"]["type"]], each
        if each["type"] == "Hidden":
            assert each["value"]
            continue
        assert each["label"]
        assert each["group"] in groups
        if each["type"] == "Dropdown":
            assert each["value"] in [choice["value"] for choice in each["choices"]]
        else:
            assert "choices" not in each


def test_ids_are_unique():
    assert len({each["id"] for each in TEMPLATES.values()}) == len(TEMPLATES)


def test_every_attribute_of_the_shipped_diagrams_is_offered(all_drawn):
    used = {e.get("name") for each in all_drawn for e in each.all("//bpmn:*/bpmn:extensionElements/*/camunda:property")}
    by_template = {name for each in TEMPLATES.values() for name in offered(each)}
    assert {name for name in used - by_template if not WRITTEN_BY_HAND.fullmatch(name)} == set()


def test_every_value_of_the_shipped_diagrams_is_among_the_choices(all_drawn, of_element):
    choices: dict[str, set[str]] = {}
    for each in TEMPLATES.values():
        for name, field in offered(each).items():
            if field["type"] == "Dropdown":
                choices.setdefault(name, set()).update(choice["value"] for choice in field["choices"])
            elif field["type"] == "Hidden":
                choices.setdefault(name, set()).add(field["value"])
    for each in all_drawn:
        for element in each.all("//bpmn:*[bpmn:extensionElements]"):
            for name, value in of_element(element).items():
                assert name not in choices or value in choices[name], (each, element.get("id"), name, value)


def test_conditions_of_the_outcome_flows_are_those_of_the_diagrams(all_drawn):
    drawn = {each.text for file in all_drawn for each in file.all("//bpmn:conditionExpression")}
    for stem in ("flux-favorable", "flux-arret"):
        assert offered(TEMPLATES[stem])["conditionExpression"]["value"] in drawn
    landing = offered(TEMPLATES["flux-atterrissage"])["conditionExpression"]["constraints"]["pattern"]["value"]
    assert [each for each in drawn if "landing" in each and not re.fullmatch(landing, each)] == []
