"""What Camunda 8 says of one task, and how a method has it."""

from __future__ import annotations

import json
from decimal import Decimal
from xml.sax.saxutils import escape

import pytest

from engine.diagram import drawn_back, drawn_in, to_draw
from engine.method import Column, Item, Option, Task
from engine.release import read_method
from engine.words import Text
from tests.zeebe.eighth import LINKED, form, one_task


def task(said: str, process: str = "", **files: bytes) -> Task:
    named = {name.replace("_form", ".form"): content for name, content in files.items()}
    method = read_method({**one_task(said, process), **named})[0]
    assert method is not None
    return method.tasks["A"]


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("CP", "CP"),
        ("=&quot;CP&quot;", "CP"),
        ("=[&quot;CP&quot;, &quot;COM&quot;]", "CP,COM"),
        ("=chef", "=chef"),
        ("=&quot;C&quot; + &quot;P&quot;", '="C" + "P"'),
    ],
)
def test_who_does_it_is_a_text_or_feel_that_is_always_the_same(said: str, role: str) -> None:
    assert task(f'<zeebe:assignmentDefinition candidateGroups="{said}"/>').role == role


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("P10D", "P10D"),
        ("=now() + duration(&quot;P10D&quot;)", "P10D"),
        ("=now() + @&quot;P1M&quot;", "P1M"),
        ("=today() + duration(&quot;P3D&quot;)", "P3D"),
        ("=&quot;P2D&quot;", "P2D"),
        ("=debut + duration(&quot;P3D&quot;)", '=debut + duration("P3D")'),
    ],
)
def test_a_due_date_is_how_long_after_the_task_opens(said: str, due: str) -> None:
    assert task(f'<zeebe:taskSchedule dueDate="{said}"/>').due == due


def test_properties_may_be_feel() -> None:
    said = (
        '<zeebe:properties><zeebe:property name="method.lock" value="=&quot;optional&quot;"/>'
        '<zeebe:property name="method.set.cher" value="=montant &gt; 3"/>'
        '<zeebe:property name="method.set.mot" value="=&quot;oui&quot;"/>'
        '<zeebe:property name="method.never" value=""/></zeebe:properties>'
    )
    found = task(said)
    assert (found.lock, found.sets, found.never) == ("optional", (("cher", "montant > 3"), ("mot", '"oui"')), "")


FIELDS = [
    {"type": "textfield", "key": "t", "label": "T", "description": "Aide", "validate": {"maxLength": 5},
     "properties": {"label.en": "T en", "help.en": "Help"}},
    {"type": "group", "label": "G", "components": [
        {"type": "text", "text": "# Bonjour"}, {"type": "spacer"},
        {"type": "number", "key": "n", "label": "N", "validate": {"required": True, "min": 0, "max": 2.5}}]},
    {"type": "number", "key": "m", "label": "M", "appearance": {"suffixAdorner": "€"}},
    {"type": "radio", "key": "r", "label": "R", "values": [{"label": "Un", "value": "1"}],
     "properties": {"option.1.en": "One"}},
    {"type": "taglist", "key": "s", "label": "S", "valuesKey": "services"},
    {"type": "checklist", "key": "c", "label": "C", "values": [{"label": "Dit", "value": "1"}],
     "properties": {"method.type": "checklist", "item.1.en": "Said", "item.1.evidence": "required"}},
    {"type": "datetime", "subtype": "date", "key": "d", "dateLabel": "D"},
    {"type": "dynamiclist", "path": "l", "label": "L", "properties": {"minrows": "1", "row.1": "a | b"}, "components": [
        {"type": "textfield", "key": "x", "label": "X", "properties": {"label.en": "X en"}},
        {"type": "select", "key": "y", "label": "Y", "validate": {"required": True},
         "values": [{"label": "Oui", "value": "o"}], "properties": {"option.o.en": "Yes"}}]},
]  # fmt: skip


def test_a_form_of_form_js_is_a_form() -> None:
    fields = {each.key: each for each in task(LINKED, a_form=form(*FIELDS)).form}
    assert [(each.key, each.type) for each in fields.values()] == [
        ("t", "string"), ("n", "number"), ("m", "money"), ("r", "enum"), ("s", "multiselect"), ("c", "checklist"),
        ("d", "date"), ("l", "table"),
    ]  # fmt: skip
    t, n = fields["t"], fields["n"]
    assert (t.label, t.help, t.longest, t.required) == (Text("T", "T en"), Text("Aide", "Help"), 5, False)
    assert (n.required, n.minimum, n.maximum) == (True, Decimal(0), Decimal("2.5"))
    assert fields["r"].options == (Option("1", Text("Un", "One")),)
    assert (fields["s"].source, fields["d"].label) == ("services", Text("D", ""))
    assert fields["c"].items == (Item("1", Text("Dit", "Said"), evidence=True),)
    assert fields["l"].columns == (
        Column("x", Text("X", "X en")),
        Column("y", Text("Y", ""), "select", required=True, options=(Option("o", Text("Oui", "Yes")),)),
    )
    assert (fields["l"].fewest_rows, fields["l"].rows) == (1, ((Text("a"), Text("b")),))


def test_a_form_may_stand_in_the_process() -> None:
    inside = f'<zeebe:userTaskForm id="F">{escape(form(FIELDS[0], id="F").decode())}</zeebe:userTaskForm>'
    said = '<zeebe:formDefinition formKey="camunda-forms:bpmn:F"/>'
    assert [each.key for each in task(said, inside).form] == ["t"]


def test_what_a_text_must_look_like_is_a_check_like_any_other() -> None:
    found = task(LINKED, a_form=form({"type": "textfield", "key": "code", "validate": {"pattern": r"^\d{3}$"}}))
    [check] = found.checks
    assert (check.field, check.rule) == ("code", 'code = null or code = "" or matches(code, "^\\\\d{3}$")')


def test_what_is_not_changed_is_written_to_the_letter() -> None:
    said = (
        '<zeebe:userTask/><zeebe:assignmentDefinition assignee="=demandeur" candidateGroups="=&quot;CP&quot;"/>'
        '<zeebe:taskSchedule dueDate="=now() + @&quot;P1D&quot;" followUpDate="=x"/>'
        '<zeebe:priorityDefinition priority="=90"/>' + LINKED
    )
    files = {**one_task(said), "a.form": form(FIELDS[0], {"type": "sparkle", "key": "z"})}
    for diagram in drawn_in(files):
        again = drawn_in({**files, diagram.file: diagram.write()})
        written = next(each for each in again if each.file == diagram.file).write()
        assert written == diagram.write()
        for each in (b"=demandeur", b"=now() + @", b"=90", b'formId="Form_A"'):
            assert (each in diagram.write()) == (diagram.file == "p.bpmn")
        assert b"urn:jalon" not in written
        assert b"camunda:" not in written.replace(b"xmlns:camunda", b"")


def test_a_form_that_changes_keeps_its_groups_and_what_only_form_js_says() -> None:
    files = {**one_task(LINKED), "a.form": form(*FIELDS, {"type": "sparkle", "key": "z"})}
    drawn = to_draw(drawn_in(files))["p.bpmn"].decode().replace('label="N"', 'label="Nombre"')
    made = '<camunda:formField id="neuf" label="Neuf" type="string"/>'
    after = drawn_back(
        {**files, "p.bpmn": drawn.replace('<camunda:formField id="m"', f'{made}<camunda:formField id="m"').encode()}
    )
    components = json.loads(after["a.form"])["components"]
    assert [each["type"] for each in components] == [
        "textfield", "group", "number", "radio", "taglist", "checklist", "datetime", "dynamiclist", "sparkle",
    ]  # fmt: skip
    text, spacer, number, new = components[1]["components"]
    assert (text["type"], spacer["type"], number["label"], new["key"]) == ("text", "spacer", "Nombre", "neuf")
    assert number["validate"] == {"required": True, "min": 0, "max": 2.5}
