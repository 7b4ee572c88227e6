"""Criteria, items, fields, options, voters, names and templates: why a service may not add or change them so."""

from __future__ import annotations

from engine.method import Field
from engine.overlay import operations as op
from engine.overlay.asking import (
    Verdict,
    absent,
    field_of,
    key_taken,
    not_extensible,
    not_worded,
    unknown_computation,
    unknown_role,
    untranslated,
)
from engine.overlay.loom import Loom
from engine.overlay.rules import FORM, GRANTED, LOCKED, ONCE, SEPARATION
from engine.words import Text


def criterion(operation: op.AddCriterion, loom: Loom) -> Verdict:
    if missing := absent(loom, operation.element, "gate"):
        return missing
    if f"method.criterion.{operation.key}" in loom.nodes[operation.element].properties:
        return ONCE, key_taken(operation.key, operation.element)
    return not_worded(operation.key, operation.text) or unknown_computation(operation.computed)


def item(operation: op.AddItem, loom: Loom) -> Verdict:
    field, refused = field_of(operation.element, operation.field, loom, "checklist")
    if field is None:
        return refused
    if field.properties.get("source"):
        return GRANTED, Text(
            "les lignes de « {name} » viennent d’ailleurs.", "the lines of “{name}” come from elsewhere."
        ).format(name=loom.label(operation.element, field.id))
    if f"item.{operation.key}" in field.properties:
        return ONCE, key_taken(operation.key, loom.label(operation.element, field.id))
    return not_worded(operation.key, operation.text) or unknown_computation(operation.computed)


def field_added(operation: op.AddField, loom: Loom) -> Verdict:
    if refused := absent(loom, operation.element, "task") or not_extensible(operation.element, loom):
        return refused
    if loom.field(operation.element, operation.field.key) is not None:
        return ONCE, key_taken(loom.label(operation.element, operation.field.key), operation.element)
    return unfit_field(operation.field)


def option(operation: op.AddOption, loom: Loom) -> Verdict:
    field, refused = field_of(operation.element, operation.field, loom, "enum", "multiselect")
    if field is None:
        return refused
    if refused := not_extensible(operation.element, loom):
        return refused
    if field.properties.get("source"):
        return GRANTED, Text(
            "les choix de « {name} » viennent d’ailleurs.", "the choices of “{name}” come from elsewhere."
        ).format(name=loom.label(operation.element, field.id))
    if any(each.id == operation.value for each in field.vendor("value")):
        return ONCE, key_taken(operation.value, loom.label(operation.element, field.id))
    return not_worded(operation.value, operation.label)


def voter(operation: op.AddVoter, loom: Loom) -> Verdict:
    if refused := absent(loom, operation.element, "gate") or unknown_role((operation.role,), loom):
        return refused
    if operation.role == loom.main.properties.get("method.lead"):
        return SEPARATION, Text(
            "le rôle « {role} » présente aux portes, et n’y vote jamais.",
            "the role “{role}” presents at gates, and never votes.",
        ).format(role=loom.role_name(operation.role))
    return None


def rename(operation: op.Rename, loom: Loom) -> Verdict:
    node = loom.element(operation.element)
    if node is None:
        return absent(loom, operation.element, "task", "gate", "phase")
    if node.properties.get("method.wording") == "statutory":
        return LOCKED, Text(f"les mots de « {node.id} » sont de droit.", f"the wording of “{node.id}” is statutory.")
    if operation.field and loom.field(operation.element, operation.field) is None:
        return field_of(operation.element, operation.field, loom)[1]
    return untranslated(operation.text)


def template(operation: op.SetTemplate, loom: Loom) -> Verdict:
    if missing := absent(loom, operation.element, "task"):
        return missing
    said = loom.nodes[operation.element].properties
    if said.get("method.template.lock") == "locked" or said.get("method.wording") == "statutory":
        return LOCKED, Text(
            f"le modèle de « {operation.element} » est imposé.", f"the template of “{operation.element}” is imposed."
        )
    if not operation.template:
        return FORM, Text("un modèle de document est attendu.", "a document template is expected.")
    return None


def unfit_field(field: Field) -> Verdict:
    lacks = {
        ("enum", "multiselect"): (field.options or field.source, Text("des choix", "choices")),
        ("table",): (field.columns, Text("des colonnes", "columns")),
        ("checklist",): (field.items or field.source, Text("des lignes", "lines")),
    }  # fmt: skip
    for types, (has, what) in lacks.items():
        if field.type in types and not has:
            return FORM, Text("« {name} » demande {what}.", "“{name}” needs {what}.").format(
                name=field.label, what=what
            )
    return not_worded(field.key, field.label)


def same_key_twice(keys: list[str]) -> Verdict:
    twice = next((each for each in keys if keys.count(each) > 1), None)
    return None if twice is None else (ONCE, key_taken(twice, twice))
