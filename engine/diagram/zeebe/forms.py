"""The form of each user task: form-js in the process, or in a .form file of the folder -> camunda:formData."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.diagram.zeebe.components import fields
from engine.diagram.zeebe.marks import FORM, STATE, Unread, bpmn, camunda, extended, extension, zeebe
from engine.words import Text

#: what a `formKey` says of a form that stands in the process
INSIDE = "camunda-forms:bpmn:"
LARGEST = 1_000_000  #: characters of a form


class Forms:
    """The forms that tasks of one file may name. `beside`: the .form files of its folder, by name."""

    def __init__(self, root: Any, beside: Mapping[str, bytes]) -> None:
        self.root = root
        self.inside = {each.get("id", ""): each for each in root.iter(zeebe("userTaskForm"))}
        self.beside = beside

    def read(self) -> Iterator[Unread]:
        for task in self.root.iter(bpmn("userTask")):
            said = extension(task, "formDefinition")
            if said is not None:
                yield from self._read(task, said)
        for start in self.root.iter(bpmn("startEvent")):
            if extension(start, "formDefinition") is not None:
                what = Text("un formulaire de début", "a start form")
                instead = Text("demandez-le dans la première tâche utilisateur", "ask for it in the first user task")
                yield Unread("no-equivalent", start, {"what": what, "instead": instead})

    def _read(self, task: Any, said: Any) -> Iterator[Unread]:
        schema, problem = self.read_of(said)
        if problem:
            yield Unread("form-not-read", task, {"why": problem})
        if schema is None:
            return
        form, unread = fields(schema, task)
        yield from unread
        if len(form) and of(task) is None and not self.root.get(STATE):
            form.set(FORM, "read")
            extended(task).insert(0, form)

    def read_of(self, said: Any) -> tuple[dict[str, Any] | None, Text | None]:
        """The form that a `formDefinition` names, and why there is none."""
        id, key = said.get("formId", "").strip(), said.get("formKey", "").strip()
        if id:
            return self._linked(id)
        if key.startswith(INSIDE):
            found = self.inside.get(key.removeprefix(INSIDE))
            if found is None:
                return None, Text(
                    f"le processus ne contient pas le formulaire « {key} »",
                    f"the process does not hold the form “{key}”",
                )
            return schema_of(found.text or "", Text(f"le formulaire « {key} »", f"the form “{key}”"))
        elsewhere = key or said.get("externalReference", "").strip()
        if not elsewhere:
            return None, None
        return None, Text(
            f"« {elsewhere} » est un formulaire d’une autre application, que Jalon ne montre pas",
            f"“{elsewhere}” is a form of another application, which Jalon does not show",
        )

    def _linked(self, id: str) -> tuple[dict[str, Any] | None, Text | None]:
        broken = None
        # most likely first: a form is read once, not once for each task
        for name, content in sorted(self.beside.items(), key=lambda each: (id.encode() not in each[1], each[0])):
            schema, problem = schema_of(content.decode("utf-8", "replace"), Text(f"« {name} »", f"“{name}”"))
            if schema is not None and schema.get("id") == id:
                return schema, None
            broken = broken or problem
        missing = Text(
            f"aucun fichier .form du dossier n’a pour id « {id} »", f"no .form file of the folder has the id “{id}”"
        )
        return None, missing if broken is None else Text(f"{missing.fr} ; {broken.fr}", f"{missing.en}; {broken.en}")


def ids_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Id of each form -> its file, the first by name."""
    found: dict[str, str] = {}
    for name, content in sorted(files.items()):
        schema, _ = schema_of(content.decode("utf-8", "replace"), Text(name))
        if schema is not None:
            found.setdefault(str(schema.get("id", "")), name)
    return found


def schema_of(text: str, name: Text) -> tuple[dict[str, Any] | None, Text | None]:
    """A form in JSON, and why there is none."""
    if len(text) > LARGEST:
        return None, Text(f"{name.fr} est trop grand", f"{name.en} is too large")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return None, Text(
            f"{name.fr} n’est pas du JSON (ligne {line} du formulaire)",
            f"{name.en} is no JSON (line {line} of the form)",
        )
    if not isinstance(found, dict) or not isinstance(found.get("components", []), list):
        return None, Text(f"{name.fr} n’est pas un formulaire de Camunda", f"{name.en} is no form of Camunda")
    return found, None


def of(task: Any) -> Any:
    """The camunda:formData of a task, or None."""
    return task.find(f"{bpmn('extensionElements')}/{camunda('formData')}")
