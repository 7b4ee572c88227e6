"""What the departments answered."""

from __future__ import annotations

import json

from engine.computations import field_of
from engine.computed.looked import Found, Looked, Pointer, joined
from engine.words import Text


def all_services_answered(looked: Looked) -> Found:
    """Every impacted department has completed its task: 100 %, and a refusal is no answer."""
    (element,) = looked.arguments
    said = Text("{done} service(s) sur {all} ont répondu.", "{done} department(s) of {all} answered.")
    return _each_service(looked, element, said)


def deliverables_accepted(looked: Looked) -> Found:
    """Every impacted department accepted, with one of the choices that count as acceptance."""
    reference, *accepted = looked.arguments
    element = reference.partition(".")[0]
    said = Text("{done} service(s) sur {all} ont accepté.", "{done} department(s) of {all} accepted.")
    refused = []
    field = field_of(reference, looked.method)
    labels = {each.value: each.label for each in field.options} if field is not None else {}
    for row, value in looked.answers(reference):
        if value not in accepted:
            refused.append(looked.done(row, labels.get(value, Text("–"))))
    if not looked.method.tasks[element].each:
        waiting = looked.awaited(element)
        refused = [waiting, *refused] if waiting is not None else refused
        accepted_all = Text("Les livrables sont acceptés.", "The deliverables are accepted.")
        return Found(not refused, joined([each.text for each in refused]) or accepted_all, tuple(refused))
    return _each_service(looked, element, said, tuple(refused))


def _each_service(looked: Looked, element: str, said: Text, not_so: tuple[Pointer, ...] = ()) -> Found:
    impacted: list[str] = json.loads(looked.project.impacted)
    rows = looked.last(element)
    awaited = []
    for code in impacted:
        row = rows.get(code)
        if row is None:
            lacking = Text("« {name} · {service} » n’a pas commencé", "“{name} · {service}” has not begun yet")
            facts = {"name": looked.method.name_of(element), "service": looked.service(code)}
            awaited.append(looked.here("project", lacking.format(**facts), looked.lead))
        elif row.state == "open":
            awaited.append(looked.open(row))
    awaited += [looked.open(row) for code, row in rows.items() if code not in impacted and row.state == "open"]
    pointers = (*awaited, *not_so)
    told = said.format(done=max(0, len(impacted) - len(pointers)), all=len(impacted))
    if not pointers:
        return Found(True, told)
    why = joined([each.text for each in pointers])
    return Found(False, Text("{told} {why}.", "{told} {why}.").format(told=told, why=why), pointers)


def services_impacted(looked: Looked) -> Found:
    """So many departments at least are impacted."""
    (least,) = looked.arguments
    found: list[str] = json.loads(looked.project.impacted)
    names = joined([looked.service(each) for each in found])
    said = Text("{count} service(s) impacté(s) : {names}.", "{count} impacted department(s): {names}.")
    told = said.format(count=len(found), names=names or Text("–"))
    if len(found) >= int(least):
        return Found(True, told)
    lacking = Text("{least} services impactés au moins", "{least} impacted departments at least").format(least=least)
    return Found(False, told, (looked.here("services", lacking, looked.lead),))


def services_marked(looked: Looked) -> Found:
    """Every department, or one above it, is said to be impacted, informed or not concerned."""
    missing = unmarked(looked)
    if not missing:
        return Found(True, Text("Chaque service a sa place.", "Each department has its place."))
    said = Text(
        "À dire impacté, informé ou non concerné : {names}.",
        "To be said impacted, informed or not concerned: {names}.",
    ).format(names=joined([looked.service(each) for each in missing]))
    return Found(False, said, (looked.here("services", said, looked.lead),))


def unmarked(looked: Looked) -> list[str]:
    """The codes of the departments of which nothing is said; the root is the organisation itself."""
    services = looked.services()
    told = {*json.loads(looked.project.impacted), *json.loads(looked.project.marks)}
    ids = {str(services[code].id) for code in told if code in services}
    return [
        code
        for code, row in services.items()
        if row.parent_id is not None and not ids & set(row.path.split("/"))
    ]  # fmt: skip
