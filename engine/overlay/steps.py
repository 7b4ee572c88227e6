"""Steps that a service hides, makes conditional, replaces or inserts: why it may not."""

from __future__ import annotations

from engine.overlay import operations as op
from engine.overlay.additions import same_key_twice, unfit_field
from engine.overlay.asking import ID, Verdict, absent, landings, listed, no_duration, taken, unknown_role
from engine.overlay.contracts import calls_itself, steps_in_a_row, unkept
from engine.overlay.figures import FREEDOMS, LOCKS
from engine.overlay.hooks import anchor
from engine.overlay.loom import Loom
from engine.overlay.readable import unreadable
from engine.overlay.rules import CONTRACT, CYCLE, FORM, GRANTED, LOCKED, ONCE, READABLE, SEPARATION, UNKNOWN
from engine.words import Text


def _freedom(loom: Loom, id: str, freedom: str) -> Verdict:
    """An optional step for which the method grants `freedom`."""
    if loom.kind(id) == "gate":
        return LOCKED, Text(f"« {id} » est une porte.", f"“{id}” is a gate.")
    if missing := absent(loom, id, "task"):
        return missing
    node = loom.nodes[id]
    lock = node.properties.get("method.lock", "locked")
    if lock != "optional":
        why = Text("« {id} » devait être facultative ; elle est {lock}.", "“{id}” was to be optional; it is {lock}.")
        return LOCKED, why.format(id=id, lock=LOCKS.get(lock, lock))
    if freedom not in listed(node, "method.tailor"):
        why = Text("la méthode n’accorde pas {freedom} « {id} ».", "the method does not grant {freedom} “{id}”.")
        return GRANTED, why.format(id=id, freedom=FREEDOMS[freedom])
    if id in landings(loom):
        return LOCKED, Text(f"une reprise retourne à « {id} ».", f"a rework returns to “{id}”.")
    if any(each.get("attachedToRef") == id for each in loom.holder[id].nodes):
        return GRANTED, Text(f"un minuteur tient à « {id} ».", f"a timer stands on “{id}”.")
    if len(loom.into(id)) != 1 or len(loom.out(id)) != 1:
        return GRANTED, Text(
            f"« {id} » devait avoir une entrée et une sortie.", f"“{id}” was to have one way in and one out."
        )
    return None


def hide(operation: op.Hide, loom: Loom) -> Verdict:
    return _freedom(loom, operation.element, "hide")


def condition(operation: op.MakeConditional, loom: Loom) -> Verdict:
    if refused := _freedom(loom, operation.element, "condition"):
        return refused
    if loom.holder[operation.element].properties.get("method.kind") != "phase":
        why = f"« {operation.element} » n’est pas dans une phase.", f"“{operation.element}” is not in a phase."
        return GRANTED, Text(*why)
    why_not = unreadable(operation.when, operation.element, loom)
    return (READABLE, why_not) if why_not is not None else None


def replace_phase(operation: op.Replace, loom: Loom) -> Verdict:
    if missing := absent(loom, operation.element, "phase"):
        return missing
    granted = listed(loom.nodes[operation.element], "method.variants")
    variant = loom.processes.get(operation.by)
    if variant is None or variant.properties.get("method.kind") != "variant":
        why = Text("« {by} » devait être une variante publiée.", "“{by}” was to be a published variant.")
        return UNKNOWN, why.format(by=loom.name(operation.by))
    if calls_itself(operation.by, loom):
        return CYCLE, _cycle(operation.by, loom)
    base = loom.called(operation.element)
    lost = unkept(base, variant, landings(loom)) if base is not None else None
    if lost is not None:  # more than that it is withdrawn: this is why
        return CONTRACT, lost
    if operation.by not in granted:
        why = Text("les variantes offertes sont : {known}.", "the variants offered are: {known}.")
        return GRANTED, why.format(known=[loom.name(each) for each in granted] or [Text("aucune", "none")])
    return None


def _cycle(process: str, loom: Loom) -> Text:
    return Text("« {name} » y revient par ses appels.", "“{name}” calls its way back.").format(name=loom.name(process))


def _place(hook: str, loom: Loom) -> Verdict:
    found = anchor(hook, loom)
    return None if isinstance(found, str) else found


def insert(operation: op.Insert, loom: Loom) -> Verdict:
    step = operation.step
    if refused := _place(operation.hook, loom):
        return refused
    if not ID.fullmatch(step.id) or not step.name.fr or not step.name.en:
        return FORM, Text(
            "une étape a un identifiant (lettres, chiffres, _ et -) et un nom en deux langues.",
            "a step has an id (letters, digits, _ and -) and a name in both languages.",
        )
    if taken(step.id, loom):
        return ONCE, Text(f"« {step.id} » existe déjà.", f"“{step.id}” exists already.")
    return (
        unknown_role((step.role, *([step.never] if step.never else [])), loom)
        or (no_duration(step.due) if step.due else None)
        or _separate(step, loom)
        or next(filter(None, (unfit_field(each) for each in step.form)), None)
        or same_key_twice([each.key for each in step.form])
    )


def _separate(step: op.Local, loom: Loom) -> Verdict:
    if step.never == step.role:
        return SEPARATION, Text(
            "« {name} » revient au rôle « {role} », et le lui interdit.",
            "“{name}” falls to the role “{role}”, and forbids it.",
        ).format(name=step.name, role=loom.role_name(step.role))
    return None


def insert_process(operation: op.InsertProcess, loom: Loom) -> Verdict:
    if refused := _place(operation.hook, loom):
        return refused
    process = loom.processes.get(operation.process)
    if process is None or process.properties.get("method.kind") != "fragment":
        why = Text("« {id} » devait être un fragment publié.", "“{id}” was to be a published fragment.")
        return UNKNOWN, why.format(id=loom.name(operation.process))
    if calls_itself(operation.process, loom):
        return CYCLE, _cycle(operation.process, loom)
    steps = steps_in_a_row(process)
    if not steps:
        why = Text("« {name} » devait être une suite de tâches.", "“{name}” was to be tasks in a row.")
        return CONTRACT, why.format(name=process.name)
    for step in steps:
        if any(each is not process for each in loom.processes.values() for n in each.nodes if n.id == step.id):
            return ONCE, Text(f"« {step.id} » existe déjà.", f"“{step.id}” exists already.")
    return unknown_role([step.camunda("candidateGroups") for step in steps], loom)
