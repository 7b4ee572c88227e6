"""What every shipped diagram owes to the dialect (docs/reference/dialect.md), whatever its method."""

import re

from lxml import etree

CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
SOURCES = {"services", "impacted_services", "objectives", "strands", "themes", "methods"}
COLUMN_TYPES = {"text", "textarea", "number", "money", "date", "select", "user", "boolean"}


def kind(element):
    return etree.QName(element).localname


def every_field(drawn):
    return drawn.all("//camunda:formField")


def test_every_name_and_every_instruction_is_in_both_languages(drawn, of_element):
    process = drawn.all("//bpmn:process")
    for element in [*process, *drawn.nodes.values(), *drawn.flows.values(), *drawn.lanes.values()]:
        if element.get("name"):
            assert of_element(element).get("name.en"), element.get("id")
        if kind(element) == "userTask":
            texts = element.findall("bpmn:documentation", element.nsmap)
            assert [each.get("textFormat") for each in texts] == [None, "text/x-en"], element.get("id")
            assert all(2 <= len(each.text.strip().splitlines()) <= 8 for each in texts), element.get("id")
            assert texts[0].text != texts[1].text


def test_every_label_help_option_column_item_and_criterion_is_in_both_languages(drawn, of_element):
    for field in every_field(drawn):
        said, where = of_element(field), field.get("id")
        assert said.get("label.en"), where
        assert ("help" in said) == ("help.en" in said), where
        for option in field.iter(f"{CAMUNDA}value"):
            assert said.get(f"option.{option.get('id')}.en"), where
        for name in said:
            if re.fullmatch(r"(column|item)\.\w+", name):
                assert said.get(f"{name}.en"), (where, name)
    for node in drawn.nodes.values():
        said = of_element(node)
        for name in said:
            if re.fullmatch(r"method\.criterion\.\w+", name):
                assert said.get(f"{name}.en"), (node.get("id"), name)


def test_every_choice_has_options_or_a_source_and_every_table_its_columns(drawn, of_element):
    for field in every_field(drawn):
        said, where = of_element(field), field.get("id")
        options = [each.get("id") for each in field.iter(f"{CAMUNDA}value")]
        if field.get("type") in ("enum", "multiselect"):
            assert bool(options) != ("source" in said), where
        if "source" in said:
            assert said["source"] in SOURCES or re.fullmatch(r"\w+\.\w+", said["source"]), where
        if field.get("type") == "checklist":
            assert "item.1" in said or "item.5" in said or "item.4" in said or "source" in said, where
        if field.get("type") != "table":
            assert "columns" not in said, where
            continue
        keys = said["columns"].split(",")
        assert 2 <= len(keys) <= 9, where
        assert {name.split(".")[1] for name in said if name.startswith("column.")} == set(keys), where
        for key in keys:
            column = said.get(f"column.{key}.type", "text")
            assert column in COLUMN_TYPES, (where, key)
            assert (column == "select") == (f"column.{key}.options" in said), (where, key)
            for option in said.get(f"column.{key}.options", "a=b|c").split(";"):
                assert re.fullmatch(r"\s*\w+=[^|=]+\|[^|=]+", option), (where, key, option)


def test_every_task_stands_in_the_lane_of_its_role(drawn, of_element):
    for lane in drawn.lanes.values():
        role = of_element(lane)["method.role"]
        for ref in lane.findall("bpmn:flowNodeRef", lane.nsmap):
            task = drawn.nodes[ref.text]
            if kind(task) == "userTask":
                assert task.get(f"{CAMUNDA}candidateGroups") == role, ref.text


def test_only_roles_that_the_method_declares_are_used(drawn, all_drawn, of_element):
    family = [each for each in all_drawn if each.path.parent == drawn.path.parent]
    main = next(each for each in family if each.path.stem == each.path.parent.name)
    declared = {name.split(".")[2] for name in of_element(main.all("//bpmn:process")[0]) if "method.role." in name}
    used = {of_element(lane)["method.role"] for lane in drawn.lanes.values()}
    for node in drawn.nodes.values():
        said = of_element(node)
        used |= {each for each in said.get("method.gate.voters", "").split(",") if each}
        used |= {said[name] for name in ("method.gate.chair", "method.never") if name in said}
    assert used <= declared


def test_every_called_process_and_every_id_is_unique_in_its_method(drawn, all_drawn):
    family = [each for each in all_drawn if each.path.parent == drawn.path.parent]
    ids = [e.get("id") for each in family for e in each.all("//*[@id and not(ancestor::camunda:formData)]")]
    assert sorted(ids) == sorted(set(ids))
    processes = {e.get("id") for each in family for e in each.all("//bpmn:process")}
    assert {e.get("calledElement") for e in drawn.all("//bpmn:callActivity")} <= processes


def test_every_split_has_a_default_and_no_gateway_both_forks_and_joins(drawn):
    for id, node in drawn.nodes.items():
        out = [f for f in drawn.flows.values() if f.get("sourceRef") == id]
        into = [f for f in drawn.flows.values() if f.get("targetRef") == id]
        assert sorted(e.text for e in node.findall("bpmn:incoming", node.nsmap)) == sorted(f.get("id") for f in into)
        assert sorted(e.text for e in node.findall("bpmn:outgoing", node.nsmap)) == sorted(f.get("id") for f in out)
        if kind(node) not in ("exclusiveGateway", "parallelGateway"):
            assert len(out) <= 1, id
            assert kind(node) == "callActivity" or len(into) <= 1, id
            continue
        assert (len(out) > 1) != (len(into) > 1), id
        if kind(node) == "exclusiveGateway" and len(out) > 1:
            conditions = {f.get("id") for f in out if f.find("bpmn:conditionExpression", f.nsmap) is not None}
            assert {f.get("id") for f in out} - conditions == {node.get("default")}


def test_every_process_runs_and_carries_its_kind(drawn, of_element):
    process = drawn.all("//bpmn:process")[0]
    assert process.get("isExecutable") == "true"
    expected = "method" if drawn.path.stem == drawn.path.parent.name else "phase"
    if re.match(r"t\d-", drawn.path.stem):
        expected = "recurring"
    if re.match(r"x\d-", drawn.path.stem):
        expected = "exception"
    assert of_element(process)["method.kind"] == expected


def test_french_typography_keeps_high_punctuation_with_its_word(drawn):
    french = [e.text for e in drawn.all("//bpmn:documentation[not(@textFormat)]")]
    french += [e.get("name") for e in drawn.all("//bpmn:*[@name]")]
    french += [e.get("label") for e in drawn.all("//camunda:formField")]
    assert [each for each in french if re.search(r" [:;?!»%]|« |\w'\w", each)] == []
