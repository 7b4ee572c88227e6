"""What a method says under an operation of a tailoring, in words: of the same thing, in the release asked."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from engine.method import Field, Gate, Method, Task
from engine.overlay import operations as op
from engine.overlay.figures import lasting, number, share
from engine.overlay.telling import role
from engine.votes import RULES
from engine.words import Text

GONE = Text("« {id} » n’y est pas", "“{id}” is not in it")
OFF = Text("désactivé", "switched off")


def under(operation: op.Operation, method: Method, threshold: str = "") -> Text:
    """`threshold`: of an exceptional gate, as the release has it (a decimal, `off`)."""
    id = operation.target
    match operation:
        case op.LowerThreshold():
            return number_said(threshold)
        case op.RaiseQuorum() | op.TightenRule() | op.AddVoter() | op.AddCriterion() if id in method.gate:
            return _of_gate(operation, method.gate[id], method)
        case op.Replace() if id in method.phase:
            return _steps(method, method.phase[id].tasks)
        case op.Rename() | op.SetTemplate() | op.SetDue() if id in method.gate:
            gate = method.gate[id]
            return lasting(gate.due) if isinstance(operation, op.SetDue) else gate.name
        case op.Insert() | op.InsertProcess() if id in method.phase or id in method.tasks:
            return method.name_of(id)
        case _ if id in method.tasks:
            return _of_task(operation, method.tasks[id], method)
    return GONE.format(id=id)


def number_said(threshold: str) -> Text:
    try:
        return number(Decimal(threshold))
    except InvalidOperation:
        return OFF


def _of_gate(operation: op.Operation, gate: Gate, method: Method) -> Text:
    match operation:
        case op.RaiseQuorum():
            return Text("quorum : {share}", "quorum: {share}").format(share=share(gate.quorum))
        case op.TightenRule():
            return RULES[gate.rule]
        case op.AddVoter(role=voter):
            said = Text("votent : {roles}", "voting: {roles}").format(
                roles=[role(method, each) for each in gate.voters]
            )
            gone = Text("{said} ; aucun rôle {id} dans la méthode", "{said}; no role {id} in the method")
            return said if voter in method.role else gone.format(said=said, id=voter)
        case op.AddCriterion(key=key):
            found = next((each.text for each in gate.criteria if each.key == key), None)
            said = Text("{count} critères, dont « {text} »", "{count} criteria, among them “{text}”")
            more = Text("{count} critères", "{count} criteria").format(count=len(gate.criteria))
            return said.format(count=len(gate.criteria), text=found) if found is not None else more
    raise AssertionError(operation)


def _of_task(operation: op.Operation, task: Task, method: Method) -> Text:
    match operation:
        case op.Hide() | op.MakeConditional():
            said = Text("{lock} ; {role} ; {asks}", "{lock}; {role}; {asks}")
            return said.format(lock=LOCKS[task.lock], role=role(method, task.role), asks=_questions(task.form))
        case op.SetDue():
            return lasting(task.due)
        case op.SetTemplate():
            return Text(task.template) if task.template else Text("aucun document", "no document")
        case op.Rename(field="") | op.Replace():
            return task.name
        case op.AddField(field=Field(key=key)) | op.Rename(field=key) | op.AddItem(field=key) | op.AddOption(field=key):
            return _field(task, key)
    return task.name


def _field(task: Task, key: str) -> Text:
    found = task.field(key)
    if found is None:
        return _questions(task.form)
    lines = [*(each.text for each in found.items), *(each.label for each in found.options)]
    said = Text("« {label} » : {lines}", "“{label}”: {lines}") if lines else Text("« {label} »", "“{label}”")
    return said.format(label=found.label, lines=lines)


def _questions(form: Iterable[Field]) -> Text:
    labels = [each.label for each in form]
    said = Text("demande : {labels}", "asks: {labels}")
    return said.format(labels=labels) if labels else Text("ne demande rien", "asks nothing")


def _steps(method: Method, tasks: Iterable[Task]) -> Text:
    each = [Text("{name} ({asks})", "{name} ({asks})").format(name=e.name, asks=_questions(e.form)) for e in tasks]
    return Text("{steps}", "{steps}").format(steps=each)


LOCKS = {
    "locked": Text("verrouillée", "locked"),
    "optional": Text("facultative", "optional"),
    "conditional": Text("selon le projet", "depending on the project"),
}
