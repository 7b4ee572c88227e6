"""What a diagram says in the words of Camunda 7, put back into what Camunda 8 says.

What was read and not changed since is written as it stood, to the letter; the rest is written anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.diagram.zeebe.chosen import extensions, of_the_other
from engine.diagram.zeebe.components import NOT_XML, fields
from engine.diagram.zeebe.composed import same, schema
from engine.diagram.zeebe.forms import INSIDE, Forms, ids_of, of
from engine.diagram.zeebe.marks import (
    CAMUNDA,
    FORM,
    KEPT,
    MODELER,
    OWN,
    RAW,
    READ,
    STATE,
    ZEEBE,
    bpmn,
    camunda,
    elements,
    extended,
    extension,
    is_own,
    local,
    made,
    zeebe,
)  # fmt: skip
from engine.diagram.zeebe.reading import EXPRESSIONS, LOOP, PEOPLE, called
from engine.diagram.zeebe.values import COMPUTED, bare, due_in

SPACES = {"zeebe": ZEEBE, "modeler": MODELER}
#: moments that are no expression
WRITTEN_OUT = re.compile(r"P|R\d*/|\d{4}-")


@dataclass
class Folder:
    """The .form files beside a diagram."""

    names: Mapping[str, str] = field(default_factory=dict)  #: id of a form -> its file
    shared: frozenset[str] = frozenset()  #: ids of forms that several tasks have
    changed: dict[str, bytes] = field(default_factory=dict)


def folder_of(forms: Mapping[str, bytes], shared: frozenset[str]) -> Folder:
    return Folder(ids_of(forms), shared)


def write(root: Any, forms: Mapping[str, bytes], *, mixed: bool = False, folder: Folder | None = None) -> None:
    """Changes `root` in place. `mixed`: what the file itself says in Camunda 7's words stays.

    `folder`: takes the .form files that change; without it, a form that changes stands in the process.
    """
    gone = (KEPT,) if mixed else (KEPT, CAMUNDA)
    declared = {prefix for prefix, uri in root.nsmap.items() if prefix and uri not in gone}
    _new_tasks(root)
    _forms(root, forms, mixed, folder)
    for node in root.iter(bpmn("userTask")):
        for tag, said, word, value in PEOPLE:
            due = due_in if word in ("dueDate", "followUpDate") else None
            _attribute(node, camunda(word), tag, said, value, mixed, due)
    for node in root.iter(bpmn("callActivity")):
        _call(node, mixed)
    for node in root.iter(bpmn("process")):
        _attribute(node, camunda("versionTag"), "versionTag", "value", str, mixed)
    for node in root.iter(bpmn("multiInstanceLoopCharacteristics")):
        for said, word, value in LOOP:
            signed = _signed if said == "inputCollection" else None
            _attribute(node, camunda(word), "loopCharacteristics", said, value, mixed, signed)
    for node in root.iter(*EXPRESSIONS):
        _expression(node)
    _properties(root, mixed)
    _forget(root)
    top = {name: uri for name, uri in SPACES.items() if name not in declared}
    etree.cleanup_namespaces(root, top_nsmap=top, keep_ns_prefixes=sorted(declared))


def _forget(root: Any) -> None:
    for node in root.iter():
        if isinstance(node.tag, str):
            for mark in (OWN, RAW, READ, FORM, STATE):
                node.attrib.pop(mark, None)


def _new_tasks(root: Any) -> None:
    """One that was drawn since is a user task of Camunda 8 where the others are, and in a file that Jalon made."""
    if next(root.iter(zeebe("userTask")), None) is None and not _made_here(root):
        return
    for task in root.iter(bpmn("userTask")):
        if not any(each.tag.startswith(f"{{{ZEEBE}}}") or each.get(OWN) for each in _extensions(task)):
            extended(task).insert(0, task.makeelement(zeebe("userTask")))


def _made_here(root: Any) -> bool:
    """All that it says stands in Camunda 7's words, and no reading put them there."""
    own = any(isinstance(each.tag, str) and each.get(OWN) for each in root.iter())
    return not own and next(extensions(root), None) is None and of_the_other(root, zeebe=True) is not None


def _extensions(task: Any) -> list[Any]:
    found = task.find(bpmn("extensionElements"))
    return list(elements(found)) if found is not None else []


def _attribute(
    node: Any, word: str, tag: str, said: str, value: Callable[[str], str], mixed: bool,
    as_written: Callable[[str, str], str] | None = None,
) -> None:  # fmt: skip
    if mixed and not is_own(node, word):
        return
    now, known = node.attrib.pop(word, ""), extension(node, tag)
    before = known.get(said, "").strip() if known is not None else ""
    if now == value(before):
        return
    if known is None:
        known = made(extended(node), zeebe(tag))
    if now:
        known.set(said, as_written(now, before) if as_written is not None else now)
    else:
        known.attrib.pop(said, None)
    if not known.attrib and not len(known):
        known.getparent().remove(known)


def _signed(now: str, before: str) -> str:
    return f"={bare(now)}"


def _call(node: Any, mixed: bool) -> None:
    """`calledElement` is BPMN's own: where the file has both, both stay."""
    now, known = node.get("calledElement", ""), extension(node, "calledElement")
    if not is_own(node, "calledElement") and (mixed or known is not None):
        return
    node.attrib.pop("calledElement", None)
    if now == called(node):
        return
    if known is None:
        known = made(extended(node), zeebe("calledElement"), propagateAllChildVariables="false")
    known.attrib.pop("processIdExpression", None)
    known.set("processId", now)


def _expression(node: Any) -> None:
    text = (node.text or "").strip()
    if node.get(RAW) is not None and text == node.get(READ):
        node.text = node.get(RAW)
    elif text and not (local(node).startswith("time") and WRITTEN_OUT.match(text)) and local(node) != "loopCardinality":
        node.text = f"={text}"


def _properties(root: Any, mixed: bool) -> None:
    for holder in list(root.iter(camunda("properties"))):
        if holder.getparent().tag != bpmn("extensionElements") or (mixed and not holder.get(OWN)):
            continue
        for each in list(elements(holder)):
            if each.get(FORM) and each.get("value"):
                holder.remove(each)  # what the form itself says
                continue
            each.tag = zeebe("property")
            if each.get("id") and not each.get("name"):
                each.set("name", each.attrib.pop("id"))
            _line(each)
        holder.tag = zeebe("properties")
        if not len(holder):
            holder.getparent().remove(holder)


def _line(line: Any) -> None:
    value = line.get("value", "")
    raw = line.get(RAW)
    if raw is not None:
        computed = COMPUTED.fullmatch(line.get("name", "")) is not None and value
        line.set("value", raw if value == line.get(READ) else f"={value}" if computed else value)


# --- forms -----------------------------------------------------------------------------------------------------


def _forms(root: Any, beside: Mapping[str, bytes], mixed: bool, folder: Folder | None) -> None:
    known = Forms(root, beside)
    for task in root.iter(bpmn("userTask")):
        form, said = of(task), extension(task, "formDefinition")
        if (form is None and said is None) or (mixed and form is not None and not form.get(FORM)):
            continue
        before, _ = known.read_of(said) if said is not None else (None, None)
        nowhere = task.makeelement(bpmn("userTask"))
        as_read = fields(before, nowhere)[0] if before is not None else None
        if form is not None:
            form.getparent().remove(form)
        if same(form, as_read):
            continue
        linked = extension(task, "userTask") is not None or (said is not None and said.get("formId"))
        if folder is not None and linked and form is not None and len(form):
            _link(task, said, form, before, folder)
        else:
            _say_form(root, task, said, form, before)


def _link(task: Any, said: Any, form: Any, before: dict[str, Any] | None, folder: Folder) -> None:
    """In the .form file that it comes from, where no other task has it; else in one of its own."""
    id = said.get("formId", "") if said is not None else ""
    if not id or id in folder.shared:
        names = (f"Form_{task.get('id')}{number}" for number in ("", *(f"_{each}" for each in range(2, 100))))
        id = next(each for each in names if each not in folder.names)
    if said is None:
        said = made(extended(task), zeebe("formDefinition"))
    said.attrib.pop("formKey", None)
    said.set("formId", id)
    folder.changed[folder.names.get(id, f"{id}.form")] = f"{_written(schema(form, id, before))}\n".encode()


def _written(schema: dict[str, Any]) -> str:
    """JSON that XML may hold too."""
    text = json.dumps(schema, ensure_ascii=False, indent=2)
    return NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _say_form(root: Any, task: Any, said: Any, form: Any, before: dict[str, Any] | None) -> None:
    """A form that has changed stands in the process: others may use the file that it comes from."""
    key = said.get("formKey", "") if said is not None else ""
    alone = key.startswith(INSIDE) and sum(e.get("formKey") == key for e in root.iter(zeebe("formDefinition"))) == 1
    id = key.removeprefix(INSIDE) if alone else f"Form_{task.get('id')}"
    if form is None or not len(form):
        for gone in [said, *(_held(root, id) if alone else ())]:
            gone.getparent().remove(gone)
        return
    if said is None:
        said = made(extended(task), zeebe("formDefinition"))
    for each in ("formId", "bindingType", "versionTag", "externalReference"):
        said.attrib.pop(each, None)
    said.set("formKey", f"{INSIDE}{id}")
    process = next(each for each in task.iterancestors() if each.tag == bpmn("process"))
    found = _held(root, id)
    held = found[0] if found else made(extended(process), zeebe("userTaskForm"), id=id)
    held.text = _written(schema(form, id, before))


def _held(root: Any, id: str) -> list[Any]:
    return [each for each in root.iter(zeebe("userTaskForm")) if each.get("id") == id]
