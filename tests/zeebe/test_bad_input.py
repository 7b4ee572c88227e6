"""What is wrong in a drawing for Camunda 8 is said in a sentence: what was found, and what to do."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.diagram import drawn_in
from engine.diagram.zeebe.components import TYPES
from engine.release import read_method
from engine.rules import camunda8
from engine.workshop.outline import amended
from tests.zeebe.eighth import LINKED, findings, form, one_task

FIELD = {"type": "textfield", "key": "t", "label": "T"}
EMBEDDED = '<zeebe:formDefinition formKey="camunda-forms:bpmn:F"/>'
CASES = [
    ("form-not-read", one_task(LINKED), "aucun fichier .form du dossier n’a pour id « Form_A »."),
    ("form-not-read", {**one_task(LINKED), "a.form": b'{"id": "Form_A",\n'}, "« a.form » n’est pas du JSON (ligne 2"),
    ("form-not-read", {**one_task(LINKED), "a.form": b"[]"}, "« a.form » n’est pas un formulaire de Camunda"),
    ("form-not-read", {**one_task(LINKED), "a.form": b" " * 1_000_001}, "« a.form » est trop grand"),
    ("form-not-read", one_task(EMBEDDED), "le processus ne contient pas le formulaire « camunda-forms:bpmn:F »"),
    ("form-not-read", one_task(EMBEDDED, '<zeebe:userTaskForm id="F">{</zeebe:userTaskForm>'), "n’est pas du JSON"),
    (
        "form-not-read",
        one_task('<zeebe:formDefinition externalReference="https://x"/>'),
        "« https://x » est un formulaire d’une autre application",
    ),
    (
        "unknown-component",
        {**one_task(LINKED), "a.form": form(FIELD, {"type": "sparkle", "key": "z"})},
        "Le formulaire de « Cadrer » a un composant « sparkle » (z), que Jalon ne connaît pas.",
    ),
    (
        "unknown-component",
        {**one_task(LINKED), "a.form": form({"type": "datetime", "subtype": "time", "key": "h"})},
        "un composant « time » (h)",
    ),
    (
        "form-part-not-read",
        {**one_task(LINKED), "a.form": form({**FIELD, "conditional": {"hide": "=a > 1"}})},
        "Le champ « t » de « Cadrer » dit conditional.hide =a > 1",
    ),
    ("form-part-not-read", {**one_task(LINKED), "a.form": form({**FIELD, "defaultValue": "x"})}, "dit defaultValue x"),
    ("form-part-not-read", {**one_task(LINKED), "a.form": form({"type": "html", "label": "H"})}, "dit type = html"),
    ("form-part-not-read", {**one_task(LINKED), "a.form": form({**FIELD, "readonly": True})}, "dit readonly true"),
    (
        "form-part-not-read",
        {**one_task(LINKED), "a.form": form({"type": "number", "key": "n", "validate": {"min": "=a"}})},
        "dit validate.min =a",
    ),
    (
        "no-equivalent",
        one_task('<zeebe:ioMapping><zeebe:input source="=a" target="b"/></zeebe:ioMapping>'),
        "« Cadrer » dit zeebe:ioMapping, qui n’a pas d’équivalent",
    ),
    ("no-equivalent", one_task("<zeebe:taskListeners/>"), "« Cadrer » dit zeebe:taskListeners"),
    ("no-equivalent", one_task("<zeebe:executionListeners/>"), "« Cadrer » dit zeebe:executionListeners"),
    ("no-equivalent", one_task('<zeebe:taskDefinition type="x"/>'), "« Cadrer » dit zeebe:taskDefinition"),
    ("no-equivalent", one_task("<zeebe:taskHeaders/>"), "« Cadrer » dit zeebe:taskHeaders"),
    (
        "file-in-both-dialects",
        one_task("<camunda:formData/>"),
        "p.bpmn est dessiné pour Camunda 8, et dit aussi des choses à la façon de Camunda 7",
    ),
    (
        "method-in-both-dialects",
        {
            **one_task(""),
            "autre.bpmn": b'<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
            b'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><bpmn:process id="q" camunda:versionTag="1"/>'
            b"</bpmn:definitions>",
        },
        "autre.bpmn est dessiné pour Camunda 7, et d’autres fichiers de la méthode pour Camunda 8.",
    ),
]


@pytest.mark.parametrize(("rule", "files", "words"), CASES, ids=[f"{n}-{each[0]}" for n, each in enumerate(CASES)])
def test_it_is_said_by_name_with_a_remedy(rule: str, files: dict[str, bytes], words: str) -> None:
    [found] = findings(files, rule)
    assert words in found.message.fr
    assert found.remedy.fr
    assert found.remedy.en != found.remedy.fr


def test_every_rule_of_camunda_8_is_broken_here() -> None:
    assert {each[0] for each in CASES} == set(camunda8.RULES)


def test_a_deep_form_is_read_no_deeper_than_it_may_be() -> None:
    deep = b'{"id": "Form_A", "components": ' + b"[" * 100_000
    [found] = findings({**one_task(LINKED), "a.form": deep}, "form-not-read")
    assert "« a.form » n’est pas du JSON" in found.message.fr


@pytest.mark.parametrize("wrong", [None, 3, "x", [1], {"a": 1}, True])
@pytest.mark.parametrize("part", ["properties", "validate", "values", "conditional", "label", "description", "layout"])
def test_a_form_that_anyone_wrote_never_breaks_the_reading(part: str, wrong: object) -> None:
    every = [{"type": each, "key": "k", "path": "k", part: wrong} for each in ("textfield", "select", "dynamiclist")]
    inside = {"type": "dynamiclist", "path": "l", "components": [*every, wrong]}
    files = {**one_task(LINKED), "a.form": form(*every, inside, wrong)}  # type: ignore[arg-type]
    assert findings(files, "form-not-read") == []


json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
component = st.dictionaries(
    st.sampled_from(
        [
            "key",
            "path",
            "label",
            "description",
            "values",
            "valuesKey",
            "validate",
            "properties",
            "components",
            "subtype",
        ]
    ),
    json_value | st.dictionaries(st.sampled_from(["required", "min", "maxLength", "pattern", "minrows"]), json_value),
).flatmap(lambda said: st.sampled_from([*TYPES, "group"]).map(lambda kind: {**said, "type": kind}))


@example([{"type": "textfield", "key": "k\x00", "label": "\ud800\x0b", "properties": {"label.en\x01": "\ufffe"}}])
@example([{"type": "number", "key": "n", "validate": {"min": float("inf"), "maxLength": float("nan")}}])
@settings(deadline=None)
@given(st.lists(component, max_size=3))
def test_whatever_stands_in_a_form_is_read_or_told_and_written_again(components: list[dict[str, object]]) -> None:
    files = {**one_task(LINKED), "a.form": form(*components)}
    read_method(files)
    for each in drawn_in(files):
        assert drawn_in({**files, each.file: each.write()})[0].forms == each.forms
    asked = {"do": "field", "element": "A", "type": "textarea", "fr": "Neuf", "en": "New"}
    method = read_method(amended(files, asked))[0]
    assert method is not None
    assert "neuf" in [each.key for each in method.tasks["A"].form]
