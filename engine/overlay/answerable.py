"""Does a condition come out true or false whatever was answered? One that does not stops the projects that meet it.

It is tried with an answer of each kind, and with none where none is required.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from engine import feel
from engine.diagram import Node
from engine.overlay.figures import quoted
from engine.overlay.loom import Loom
from engine.words import Text

#: an answer of each type; of the others nobody knows how it is compared
ANSWERS: Mapping[str, Any] = {
    "boolean": True, "number": 1, "money": 1, "enum": "x", "string": "x", "textarea": "x", "multiselect": ["x"],
    "users": [1],
}  # fmt: skip
#: names that are tried with and without an answer; beyond, an expression is not tried
MOST = 8


def undecided(when: str, asked: Mapping[str, str], loom: Loom) -> Text | None:
    """`asked`: of each name that may be read, the step that answers it last."""
    expression = feel.compile(when)
    fields = {name: loom.field(asked.get(name, ""), name) for name in expression.names}
    known = {name: field for name, field in fields.items() if field is not None and field.get("type") in ANSWERS}
    if len(known) < len(fields) or len(known) > MOST:
        return None
    for context in _contexts(known):
        if not _decides(expression, context):
            return _why(when, [name for name, value in context.items() if value is None], asked, loom)
    return None


def _contexts(fields: Mapping[str, Node]) -> Iterator[dict[str, Any]]:
    """With every answer first."""
    values = [(ANSWERS[str(field.get("type"))],) if _required(field) else (ANSWERS[str(field.get("type"))], None)
              for field in fields.values()]  # fmt: skip
    for each in product(*values):
        yield dict(zip(fields, each, strict=True))


def _required(field: Node) -> bool:
    return any(each.get("name") == "required" for each in field.vendor("validation/constraint"))


def _decides(expression: feel.Expression, context: Mapping[str, Any]) -> bool:
    try:
        return isinstance(expression.evaluate(context), bool)
    except feel.FeelError:
        return False


def _why(when: str, missing: list[str], asked: Mapping[str, str], loom: Loom) -> Text:
    if not missing:
        return Text(
            "« {when} » ne vaut ni vrai ni faux : comparez chaque réponse à une valeur de son genre.",
            "“{when}” is neither true nor false: compare each answer with a value of its kind.",
        ).format(when=when)
    labels = [quoted(loom.label(asked[name], name)) for name in missing]
    return Text(
        "« {when} » s’arrête quand rien n’est répondu à {labels} : écrivez d’abord « {guard} and ».",
        "“{when}” stops where nothing is answered to {labels}: write “{guard} and” first.",
    ).format(when=when, labels=labels, guard=" and ".join(f"{name} != null" for name in missing))
