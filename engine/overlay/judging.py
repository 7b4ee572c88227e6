"""Why an operation is refused, as the diagrams stand when its turn comes: the rule that it breaks, and how.

judged(operation, loom)         None, or the rule and what was expected and found
says_already(operation, loom)   does the method say so itself?
does_less(operation, loom)      does it use a freedom to do less?
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.computations import COMPUTATIONS, parse
from engine.diagram import Node
from engine.method import Field
from engine.overlay import operations as op
from engine.overlay.contracts import calls_itself, steps_in_a_row, unkept
from engine.overlay.hooks import anchor
from engine.overlay.lattice import OFF, RULES, stronger
from engine.overlay.loom import Loom
from engine.overlay.readable import unreadable
from engine.overlay.rules import (
    BOUNDS,
    CONTRACT,
    CYCLE,
    FORM,
    GRANTED,
    LOCKED,
    ONCE,
    READABLE,
    ROLE,
    SEPARATION,
    UNKNOWN,
    WEAKER,
    Rule,
)
from engine.words import Text
from engine.working_time import parts

Verdict = tuple[Rule, Text] | None
ID = re.compile(r"[A-Za-z_][\w-]{0,39}")
KINDS = {
    "task": Text("une tâche", "a task"), "gate": Text("une porte", "a gate"), "phase": Text("une phase", "a phase"),
    "exception": Text("une porte exceptionnelle", "an exceptional gate"),
}  # fmt: skip


def judged(operation: op.Operation, loom: Loom) -> Verdict:
    return None if says_already(operation, loom) else _JUDGES[type(operation)](operation, loom)


def says_already(operation: op.Operation, loom: Loom) -> bool:
    said = _SAID.get(type(operation))
    return said is not None and loom.element(operation.target) is not None and said(operation, loom)


def does_less(operation: op.Operation, loom: Loom) -> bool:
    if isinstance(operation, op.SetDue):
        node = loom.element(operation.element)
        return node is not None and not stronger("due", operation.due, node.camunda("dueDate"))
    return operation.less


def listed(node: Node, attribute: str) -> list[str]:
    return [each.strip() for each in node.properties.get(attribute, "").split(",") if each.strip()]


def landings(loom: Loom) -> set[str]:
    """The steps to which a rework returns."""
    mains = [each for each in loom.processes.values() if each.properties.get("method.kind") in ("method", "exception")]
    said = (flow.properties.get("method.landing", "") for process in mains for flow in process.flows)
    return set(filter(None, said))


# --- what each asks ---


def _absent(loom: Loom, id: str, *kinds: str) -> Verdict:
    if loom.kind(id) in kinds:
        return None
    asked = Text(" ou ".join(KINDS[each].fr for each in kinds), " or ".join(KINDS[each].en for each in kinds))
    why = Text(
        "« {id} » devait être {asked} de la méthode, et n’en est pas.",
        "“{id}” was to be {asked} of the method, but is not.",
    )
    return UNKNOWN, why.format(id=id, asked=asked)


def _freedom(loom: Loom, id: str, freedom: str) -> Verdict:
    """An optional step for which the method grants `freedom`."""
    if loom.kind(id) == "gate":
        return LOCKED, Text(f"« {id} » est une porte.", f"“{id}” is a gate.")
    if absent := _absent(loom, id, "task"):
        return absent
    node = loom.nodes[id]
    lock = node.properties.get("method.lock", "locked")
    if lock != "optional":
        why = Text(
            "« {id} » devait être facultative ; elle est notée {lock}.", "“{id}” was to be optional; it is {lock}."
        )
        return LOCKED, why.format(id=id, lock=lock)
    if freedom not in listed(node, "method.tailor"):
        why = Text("method.tailor de « {id} » devait dire {freedom}.", "method.tailor of “{id}” was to say {freedom}.")
        return GRANTED, why.format(id=id, freedom=freedom)
    if id in landings(loom):
        return LOCKED, Text(f"une reprise retourne à « {id} ».", f"a rework returns to “{id}”.")
    if any(each.get("attachedToRef") == id for each in loom.holder[id].nodes):
        return GRANTED, Text(f"un minuteur tient à « {id} ».", f"a timer stands on “{id}”.")
    if len(loom.into(id)) != 1 or len(loom.out(id)) != 1:
        return GRANTED, Text(
            f"« {id} » devait avoir une entrée et une sortie.", f"“{id}” was to have one way in and one out."
        )
    return None


def _hide(operation: op.Hide, loom: Loom) -> Verdict:
    return _freedom(loom, operation.element, "hide")


def _condition(operation: op.MakeConditional, loom: Loom) -> Verdict:
    if refused := _freedom(loom, operation.element, "condition"):
        return refused
    if loom.holder[operation.element].properties.get("method.kind") != "phase":
        why = f"« {operation.element} » n’est pas dans une phase.", f"“{operation.element}” is not in a phase."
        return GRANTED, Text(*why)
    why_not = unreadable(operation.when, operation.element, loom)
    return (READABLE, why_not) if why_not is not None else None


def _replace(operation: op.Replace, loom: Loom) -> Verdict:
    if absent := _absent(loom, operation.element, "phase"):
        return absent
    granted = listed(loom.nodes[operation.element], "method.variants")
    variant = loom.processes.get(operation.by)
    if variant is None or variant.properties.get("method.kind") != "variant":
        why = Text("« {by} » devait être une variante publiée.", "“{by}” was to be a published variant.")
        return UNKNOWN, why.format(by=operation.by)
    if operation.by not in granted:
        why = Text("les variantes offertes sont : {known}.", "the variants offered are: {known}.")
        return GRANTED, why.format(known=granted or [Text("aucune", "none")])
    if calls_itself(operation.by, loom):
        return CYCLE, Text(f"« {operation.by} » y revient par ses appels.", f"“{operation.by}” calls its way back.")
    base = loom.called(operation.element)
    lost = unkept(base, variant, landings(loom)) if base is not None else None
    return (CONTRACT, lost) if lost is not None else None


def _place(hook: str, loom: Loom) -> Verdict:
    found = anchor(hook, loom)
    return None if isinstance(found, str) else found


def _insert(operation: op.Insert, loom: Loom) -> Verdict:
    step = operation.step
    if refused := _place(operation.hook, loom):
        return refused
    if not ID.fullmatch(step.id) or not step.name.fr or not step.name.en:
        return FORM, Text(
            "une étape a un identifiant (lettres, chiffres, _ et -) et un nom en deux langues.",
            "a step has an id (letters, digits, _ and -) and a name in both languages.",
        )
    if _taken(step.id, loom):
        return ONCE, Text(f"« {step.id} » existe déjà.", f"“{step.id}” exists already.")
    return (
        _roles((step.role, *([step.never] if step.never else [])), loom)
        or (_duration(step.due) if step.due else None)
        or _separate(step, loom)
        or next(filter(None, (_field(each) for each in step.form)), None)
        or _unlike([each.key for each in step.form])
    )


def _separate(step: op.Local, loom: Loom) -> Verdict:
    if step.never == step.role:
        return SEPARATION, Text(
            f"« {step.id} » revient au rôle {step.role}, et le lui interdit.",
            f"“{step.id}” falls to the role {step.role}, and forbids it.",
        )
    return None


def _insert_process(operation: op.InsertProcess, loom: Loom) -> Verdict:
    if refused := _place(operation.hook, loom):
        return refused
    process = loom.processes.get(operation.process)
    if process is None or process.properties.get("method.kind") != "fragment":
        why = Text("« {id} » devait être un fragment publié.", "“{id}” was to be a published fragment.")
        return UNKNOWN, why.format(id=operation.process)
    if calls_itself(operation.process, loom):
        return CYCLE, Text(f"« {process.id} » y revient par ses appels.", f"“{process.id}” calls its way back.")
    steps = steps_in_a_row(process)
    if not steps:
        return CONTRACT, Text(
            f"« {process.id} » devait être une suite de tâches.", f"“{process.id}” was to be tasks in a row."
        )
    for step in steps:
        if any(each is not process for each in loom.processes.values() for n in each.nodes if n.id == step.id):
            return ONCE, Text(f"« {step.id} » existe déjà.", f"“{step.id}” exists already.")
    return _roles([step.camunda("candidateGroups") for step in steps], loom)


def _criterion(operation: op.AddCriterion, loom: Loom) -> Verdict:
    if absent := _absent(loom, operation.element, "gate"):
        return absent
    if f"method.criterion.{operation.key}" in loom.nodes[operation.element].properties:
        return ONCE, _key_taken(operation.key, operation.element)
    return _worded(operation.key, operation.text) or _computed(operation.computed)


def _item(operation: op.AddItem, loom: Loom) -> Verdict:
    field, refused = _field_of(operation.element, operation.field, loom, "checklist")
    if field is None:
        return refused
    if field.properties.get("source"):
        return GRANTED, Text(
            f"les lignes de « {field.id} » viennent d’ailleurs.", f"the lines of “{field.id}” come from elsewhere."
        )
    if f"item.{operation.key}" in field.properties:
        return ONCE, _key_taken(operation.key, field.id)
    return _worded(operation.key, operation.text) or _computed(operation.computed)


def _add_field(operation: op.AddField, loom: Loom) -> Verdict:
    if refused := _absent(loom, operation.element, "task") or _extensible(operation.element, loom):
        return refused
    if loom.field(operation.element, operation.field.key) is not None:
        return ONCE, _key_taken(operation.field.key, operation.element)
    return _field(operation.field)


def _option(operation: op.AddOption, loom: Loom) -> Verdict:
    field, refused = _field_of(operation.element, operation.field, loom, "enum", "multiselect")
    if field is None:
        return refused
    if refused := _extensible(operation.element, loom):
        return refused
    if field.properties.get("source"):
        return GRANTED, Text(
            f"les choix de « {field.id} » viennent d’ailleurs.", f"the choices of “{field.id}” come from elsewhere."
        )
    if any(each.id == operation.value for each in field.vendor("value")):
        return ONCE, _key_taken(operation.value, field.id)
    return _worded(operation.value, operation.label)


def _voter(operation: op.AddVoter, loom: Loom) -> Verdict:
    if refused := _absent(loom, operation.element, "gate") or _roles((operation.role,), loom):
        return refused
    if operation.role == loom.main.properties.get("method.lead"):
        return SEPARATION, Text(
            f"le rôle {operation.role} présente aux portes, et n’y vote jamais.",
            f"the role {operation.role} presents at gates, and never votes.",
        )
    return None


def _quorum(operation: op.RaiseQuorum, loom: Loom) -> Verdict:
    if absent := _absent(loom, operation.element, "gate"):
        return absent
    if not 0 < operation.value <= 1:
        return FORM, Text(
            f"le quorum est une part, de 0 à 1, et non {operation.value}.",
            f"the quorum is a share, from 0 to 1, not {operation.value}.",
        )
    base = quorum(loom.nodes[operation.element])
    return None if stronger("quorum", operation.value, base) else _weaker(
        Text("le quorum", "the quorum"), base, operation.value
    )  # fmt: skip


def _rule(operation: op.TightenRule, loom: Loom) -> Verdict:
    if absent := _absent(loom, operation.element, "gate"):
        return absent
    base = loom.nodes[operation.element].properties.get("method.gate.rule", "chair")
    if operation.rule not in RULES:
        why = Text("« {rule} » devait être l’une de {known}.", "“{rule}” was to be one of {known}.")
        return FORM, why.format(rule=operation.rule, known=RULES)
    return None if stronger("rule", operation.rule, base) else _weaker(
        Text("la règle de décision", "the decision rule"), base, operation.rule
    )  # fmt: skip


def _due(operation: op.SetDue, loom: Loom) -> Verdict:
    if refused := _absent(loom, operation.element, "task", "gate") or _duration(operation.due):
        return refused
    node = loom.nodes[operation.element]
    said, base = node.properties, node.camunda("dueDate")
    if "method.silence" in said:
        return LOCKED, Text(
            f"l’échéance de « {node.id} » est un délai de droit.", f"the deadline of “{node.id}” is a clock of law."
        )
    if stronger("due", operation.due, base):
        least = said.get("method.due.min", "")
        return None if not least or stronger("due", least, operation.due) else _bound(operation.due, least, "min")
    most = said.get("method.due.max", "")
    if not most:
        return _weaker(Text("l’échéance", "the deadline"), base, operation.due)
    return None if stronger("due", operation.due, most) else _bound(operation.due, most, "max")


def _bound(due: str, bound: str, which: str) -> Verdict:
    least = which == "min"
    return BOUNDS, Text(
        f"l’échéance {due} devait être d’{'au moins' if least else 'au plus'} {bound} (method.due.{which}).",
        f"the deadline {due} was to be {'at least' if least else 'at most'} {bound} (method.due.{which}).",
    )


def _threshold(operation: op.LowerThreshold, loom: Loom) -> Verdict:
    if absent := _absent(loom, operation.element, "exception"):
        return absent
    process = loom.processes[operation.element]
    base, most = threshold(process), process.properties.get("method.threshold.max", "")
    if base is None:
        return GRANTED, Text(f"« {process.id} » n’a pas de seuil.", f"“{process.id}” has no threshold.")
    if not stronger("threshold", operation.value, base):
        return _weaker(Text("le seuil", "the threshold"), base, operation.value)
    if most and not stronger("threshold", operation.value, Decimal(most)):
        return _weaker(Text("le seuil", "the threshold"), most, operation.value)
    return None


def _rename(operation: op.Rename, loom: Loom) -> Verdict:
    node = loom.element(operation.element)
    if node is None:
        return _absent(loom, operation.element, "task", "gate", "phase")
    if node.properties.get("method.wording") == "statutory":
        return LOCKED, Text(f"les mots de « {node.id} » sont de droit.", f"the wording of “{node.id}” is statutory.")
    if operation.field and loom.field(operation.element, operation.field) is None:
        return _field_of(operation.element, operation.field, loom)[1]
    return _worded(operation.element, operation.text)


def _template(operation: op.SetTemplate, loom: Loom) -> Verdict:
    if absent := _absent(loom, operation.element, "task"):
        return absent
    said = loom.nodes[operation.element].properties
    if said.get("method.template.lock") == "locked" or said.get("method.wording") == "statutory":
        return LOCKED, Text(
            f"le modèle de « {operation.element} » est imposé.", f"the template of “{operation.element}” is imposed."
        )
    if not operation.template:
        return FORM, Text("un modèle de document est attendu.", "a document template is expected.")
    return None


# --- what several ask ---


def quorum(gate: Node) -> Decimal:
    try:
        return Decimal(gate.properties.get("method.gate.quorum", "1"))
    except InvalidOperation:
        return Decimal(1)


def threshold(exception: Node) -> Decimal | None:
    said = exception.properties.get("method.threshold")
    if said is None:
        return None
    try:
        return Decimal(said)
    except InvalidOperation:
        return OFF


def _weaker(what: Text, base: object, found: object) -> Verdict:
    why = Text("{what} devait être au moins aussi exigeant que {base}, et vaut {found}.",
               "{what} was to be at least as demanding as {base}, and is {found}.")  # fmt: skip
    off = Text("« désactivé »", "“off”")
    return WEAKER, why.format(what=what, base=off if base == OFF else base, found=found)


def _key_taken(key: str, of: str) -> Text:
    return Text(f"« {key} » existe déjà dans « {of} ».", f"“{key}” exists already in “{of}”.")


def _taken(id: str, loom: Loom) -> bool:
    known = {node.id for each in loom.diagrams for node in each.root.all("*") if node.id}
    return id in known or id in loom.gone


def _roles(roles: Iterable[str], loom: Loom) -> Verdict:
    for role in roles:
        if not role or f"method.role.{role}" not in loom.main.properties:
            return ROLE, Text(f"le rôle « {role} » n’existe pas.", f"there is no role “{role}”.")
    return None


def _duration(text: str) -> Verdict:
    try:
        if any(parts(text)):
            return None
    except ValueError:
        pass
    return FORM, Text(f"« {text} » n’est pas une durée : P10D.", f"“{text}” is no duration: P10D.")


def _extensible(task: str, loom: Loom) -> Verdict:
    if loom.nodes[task].properties.get("method.form") == "extensible":
        return None
    why = Text("method.form de « {id} » devait dire extensible.", "method.form of “{id}” was to say extensible.")
    return GRANTED, why.format(id=task)


def _field_of(task: str, key: str, loom: Loom, *types: str) -> tuple[Node | None, Verdict]:
    if absent := _absent(loom, task, "task"):
        return None, absent
    field = loom.field(task, key)
    if field is None or (types and field.get("type") not in types):
        why = Text(
            "« {key} » devait être un champ de « {id} » ({types}).", "“{key}” was to be a field of “{id}” ({types})."
        )
        return None, (UNKNOWN, why.format(key=key, id=task, types=types or ("",)))
    return field, None


def _worded(key: str, text: Text) -> Verdict:
    if ID.fullmatch(key) and text.fr and text.en:
        return None
    return FORM, Text(
        f"« {key} » demande une clé (lettres, chiffres, _ et -) et un texte en deux langues.",
        f"“{key}” needs a key (letters, digits, _ and -) and a text in both languages.",
    )


def _computed(text: str) -> Verdict:
    formula = parse(text) if text else None
    if not text or (formula is not None and formula.name in COMPUTATIONS):
        return None
    return FORM, Text(f"« {text} » n’est pas un calcul connu.", f"“{text}” is no known computation.")


def _field(field: Field) -> Verdict:
    if field.type in ("enum", "multiselect") and not field.options and not field.source:
        return FORM, Text(f"« {field.key} » demande des choix.", f"“{field.key}” needs choices.")
    if field.type == "table" and not field.columns:
        return FORM, Text(f"« {field.key} » demande des colonnes.", f"“{field.key}” needs columns.")
    if field.type == "checklist" and not field.items and not field.source:
        return FORM, Text(f"« {field.key} » demande des lignes.", f"“{field.key}” needs lines.")
    return _worded(field.key, field.label)


def _unlike(keys: list[str]) -> Verdict:
    twice = next((each for each in keys if keys.count(each) > 1), None)
    return None if twice is None else (ONCE, _key_taken(twice, twice))


_JUDGES: Mapping[type[op.Operation], Callable[[Any, Loom], Verdict]] = {
    op.Hide: _hide, op.MakeConditional: _condition, op.Replace: _replace, op.Insert: _insert,
    op.InsertProcess: _insert_process, op.AddCriterion: _criterion, op.AddItem: _item, op.AddField: _add_field,
    op.AddOption: _option, op.AddVoter: _voter, op.RaiseQuorum: _quorum, op.TightenRule: _rule, op.SetDue: _due,
    op.LowerThreshold: _threshold, op.Rename: _rename, op.SetTemplate: _template,
}  # fmt: skip


def _criterion_said(operation: op.AddCriterion, loom: Loom) -> bool:
    said = loom.nodes[operation.element].properties if operation.element in loom.nodes else {}
    return any(each.startswith("method.criterion.") and each.count(".") == 2 and value == operation.text.fr
               for each, value in said.items())  # fmt: skip


def _attribute(name: str, value: str) -> Callable[[Any, Loom], bool]:
    def said(operation: Any, loom: Loom) -> bool:
        node = loom.element(operation.target)
        return node is not None and node.properties.get(name) == str(getattr(operation, value))

    return said


def _voter_said(operation: op.AddVoter, loom: Loom) -> bool:
    return loom.kind(operation.element) == "gate" and operation.role in listed(
        loom.nodes[operation.element], "method.gate.voters"
    )


def _name_said(operation: op.Rename, loom: Loom) -> bool:
    node = loom.element(operation.element)
    return not operation.field and node is not None and node.name == operation.text


def _due_said(operation: op.SetDue, loom: Loom) -> bool:
    return operation.element in loom.nodes and loom.nodes[operation.element].camunda("dueDate") == operation.due


def _quorum_said(operation: op.RaiseQuorum, loom: Loom) -> bool:
    return loom.kind(operation.element) == "gate" and quorum(loom.nodes[operation.element]) == operation.value


def _threshold_said(operation: op.LowerThreshold, loom: Loom) -> bool:
    process = loom.processes.get(operation.element)
    return process is not None and threshold(process) == operation.value


def _field_said(operation: op.AddField, loom: Loom) -> bool:
    found, asked = loom.field(operation.element, operation.field.key), operation.field
    return found is not None and (found.get("type"), found.get("label")) == (asked.type, asked.label.fr)


def _item_said(operation: op.AddItem, loom: Loom) -> bool:
    found = loom.field(operation.element, operation.field)
    return found is not None and operation.text.fr in (
        value for name, value in found.properties.items() if name.startswith("item.") and name.count(".") == 1
    )


def _option_said(operation: op.AddOption, loom: Loom) -> bool:
    found = loom.field(operation.element, operation.field)
    values = found.vendor("value") if found is not None else []
    return any((each.id, each.get("name")) == (operation.value, operation.label.fr) for each in values)


_SAID: Mapping[type[op.Operation], Callable[[Any, Loom], bool]] = {
    op.AddCriterion: _criterion_said, op.AddField: _field_said, op.AddItem: _item_said, op.AddOption: _option_said,
    op.AddVoter: _voter_said, op.RaiseQuorum: _quorum_said,
    op.TightenRule: _attribute("method.gate.rule", "rule"), op.SetDue: _due_said, op.LowerThreshold: _threshold_said,
    op.Rename: _name_said, op.SetTemplate: _attribute("method.template", "template"),
}  # fmt: skip
