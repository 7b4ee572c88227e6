"""What Camunda 8 lets one write and a method has no word for: said by name, with what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine.diagram.zeebe.marks import Unread, local
from engine.words import Text

_VARIABLES = Text(
    "une variable s’écrit method.set.<variable> sur la tâche dont elle vient, en FEEL sur ses réponses",
    "a variable is written method.set.<variable> on the task that it comes from, in FEEL over its answers",
)
_WARNING = Text("Jalon prévient lui-même les acteurs", "Jalon tells the actors by itself")
_PERSON = Text(
    "une étape est faite par une personne, en tâche utilisateur", "a step is done by a person, as a user task"
)
_WORDS = Text("ce que l’on dit aux acteurs s’écrit dans la documentation", "what actors are told is documentation")
#: extension element -> what to do instead
WITHOUT = {
    "ioMapping": _VARIABLES,
    "script": _VARIABLES,
    "executionListeners": _WARNING,
    "taskListeners": _WARNING,
    "taskDefinition": _PERSON,
    "jobPriorityDefinition": _PERSON,
    "agentDefinition": _PERSON,
    "linkedResources": _WORDS,
    "taskHeaders": _WORDS,
    "subscription": Text("dans un projet, aucun message n’arrive : une personne le dit",
                         "in a project no message comes: a person says so"),
    "conditionalFilter": Text("une condition se dessine sur un flux, après une passerelle",
                              "a condition is drawn on a flow, after a gateway"),
    "adHoc": Text("les étapes libres se dessinent facultatives (method.lock = optional)",
                  "free steps are drawn as optional (method.lock = optional)"),
}  # fmt: skip
#: attributes of what is read, that have no word
_PARTS = {
    "loopCharacteristics": {
        "outputCollection": _VARIABLES,
        "outputElement": _VARIABLES,
    },
}


def without_equivalent(found: Iterable[tuple[Any, Any]]) -> Iterator[Unread]:
    """`found`: each zeebe extension element, with what it is of."""
    for each, of in found:
        name = local(each)
        if name in WITHOUT:
            yield Unread("no-equivalent", of, {"what": f"zeebe:{name}", "instead": WITHOUT[name]})
        for part, instead in _PARTS.get(name, {}).items():
            if each.get(part):
                yield Unread("no-equivalent", of, {"what": f"zeebe:{name} {part}", "instead": instead})
