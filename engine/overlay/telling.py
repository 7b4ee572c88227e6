"""What an operation does, in the words of the method: names, never the codes of its text form."""

from __future__ import annotations

from typing import Any

from engine.method import Method
from engine.overlay import operations as op
from engine.overlay.figures import lasting, number, rule, share
from engine.overlay.loom import Loom
from engine.overlay.picking import in_words, pickable
from engine.words import Text


def told(operation: op.Operation, method: Method, loom: Loom) -> Text:
    """« masquée », « quorum porté à 75 % » : to stand after the name of what is tailored. `loom`: as published."""
    words, facts = _said(operation, method, loom)
    return words.format(**facts)


def question(method: Method, task: str, key: str) -> Text:
    """The label of a field."""
    found = method.tasks[task].field(key) if task in method.tasks else None
    return found.label if found is not None else Text(key)


def role(method: Method, id: str) -> Text:
    found = method.role.get(id)
    return found.name if found is not None else Text(id)


def process(loom: Loom, id: str) -> Text:
    found = loom.processes.get(id)
    return found.name if found is not None else Text(id)


def _said(operation: op.Operation, method: Method, loom: Loom) -> tuple[Text, dict[str, Any]]:
    match operation:
        case op.Hide():
            return Text("masquée", "hidden"), {}
        case op.MakeConditional():
            said = Text("n’est demandée que si : {when}", "is only asked for where: {when}")
            return said, {"when": _when(operation, method, loom)}
        case op.Replace(by=by):
            return Text("remplacée par : {by}", "replaced by: {by}"), {"by": process(loom, by)}
        case op.Insert(step=step):
            said = Text("étape ajoutée : {name} ({role})", "step added: {name} ({role})")
            return said, {"name": step.name, "role": role(method, step.role)}
        case op.InsertProcess(process=fragment):
            return Text("étapes ajoutées : {name}", "steps added: {name}"), {"name": process(loom, fragment)}
        case op.AddVoter(role=voter):
            return Text("vote aussi : {role}", "also votes: {role}"), {"role": role(method, voter)}
        case op.SetTemplate(template=template):
            said = Text("part du document : {text}", "starts from the document: {text}")
            return said, {"text": template}
    return _set(operation) or _added(operation, method)


def _set(operation: op.Operation) -> tuple[Text, dict[str, Any]] | None:
    """A value that is stricter, or a deadline."""
    match operation:
        case op.RaiseQuorum(value=value):
            return Text("quorum porté à {share}", "quorum raised to {share}"), {"share": share(value)}
        case op.TightenRule(rule=id):
            return Text("règle plus stricte : {rule}", "stricter rule: {rule}"), {"rule": rule(id)}
        case op.SetDue(due=due):
            return Text("échéance : {due}", "deadline: {due}"), {"due": lasting(due)}
        case op.LowerThreshold(value=value):
            return Text("seuil porté à {value}", "threshold set to {value}"), {"value": number(value)}
    return None


def _added(operation: op.Operation, method: Method) -> tuple[Text, dict[str, Any]]:
    match operation:
        case op.AddCriterion(text=text):
            return Text("critère ajouté : {text}", "criterion added: {text}"), {"text": text}
        case op.AddItem(text=text):
            return Text("point de contrôle ajouté : {text}", "checklist item added: {text}"), {"text": text}
        case op.AddField(field=field):
            return Text("question ajoutée : {text}", "question added: {text}"), {"text": field.label}
        case op.AddOption(element=task, field=key, label=label):
            said = Text("choix ajouté à « {field} » : {text}", "choice added to “{field}”: {text}")
            return said, {"field": question(method, task, key), "text": label}
        case op.Rename(text=text, field=""):
            return Text("s’appelle ici : {text}", "is called here: {text}"), {"text": text}
        case op.Rename(element=task, text=text, field=key):
            said = Text("« {old} » s’appelle ici : {text}", "“{old}” is called here: {text}")
            return said, {"old": question(method, task, key), "text": text}
    raise AssertionError(operation)


def _when(operation: op.MakeConditional, method: Method, loom: Loom) -> Text | str:
    if operation.element not in loom.holder:
        return operation.when
    return in_words(operation.when, pickable(operation.element, loom, method)) or operation.when
