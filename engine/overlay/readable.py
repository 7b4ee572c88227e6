"""What a condition that a service writes may read: what forms answer before the step, in every project."""

from __future__ import annotations

from collections.abc import Iterator

from engine import feel
from engine.diagram import Node
from engine.dialect import Flows
from engine.overlay.answerable import undecided
from engine.overlay.loom import Loom
from engine.words import Text

#: set by starting the project
GIVEN = ("services_impactes",)


def unreadable(when: str, step: str, loom: Loom) -> Text | None:
    try:
        names = set(feel.compile(when).names)
    except feel.FeelError as error:
        said = error.message
        return Text(f"« {when} » ne se lit pas : {said.fr}", f"“{when}” cannot be read: {said.en}")
    asked = dict(answered_before(step, loom))
    lacking = sorted(names - set(GIVEN) - set(asked))
    if lacking or not names:
        why = Text(
            "« {when} » devait lire ce qui est répondu avant « {step} » ; rien n’y répond à {names}.",
            "“{when}” was to read what is answered before “{step}”; nothing answers {names} there.",
        )
        return why.format(when=when, step=step, names=lacking or ["…"])
    return undecided(when, asked, loom)


def answered_before(step: str, loom: Loom) -> Iterator[tuple[str, str]]:
    """The keys that locked steps answer, and what they set, in the order of a first passage: (name, step).

    Nothing of a step that each department does: nobody knows whose answer would be read.
    """
    order = [node.id for node in Flows(loom.main).in_order() if node.tag == "callActivity"]
    mine = loom.holder[step].id
    for call in order:
        process = loom.called(call)
        if process is None or call in _short(loom):
            continue
        for node in Flows(process).in_order():
            if process.id == mine and node.id == step:
                return
            said = node.properties
            if node.tag == "userTask" and said.get("method.lock", "locked") == "locked" and "method.each" not in said:
                yield from ((name, node.id) for name in _answers(node))
        if process.id == mine:
            return


def _short(loom: Loom) -> set[str]:
    return {node.id for node in loom.main.nodes if node.properties.get("method.short") == "true"}


def _answers(task: Node) -> Iterator[str]:
    yield from (field.id for field in task.vendor("formData/formField"))
    yield from (name.removeprefix("method.set.") for name in task.properties if name.startswith("method.set."))
