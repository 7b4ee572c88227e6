"""What a change of an outline says, read: the same sentences for every act."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from engine.diagram import Node
from engine.errors import OutlineRefused
from engine.overlay.loom import Loom, Origin
from engine.words import Text
from engine.workshop.starting import id_of

Asked = Mapping[str, str]
#: who draws what is changed here
BY_OWNER = Origin("method")
#: what a box that is ticked says
YES = "yes"
ABSENT = Text(
    "« {id} » n’est plus dans ce brouillon. Rechargez la page.", "“{id}” is no longer in this draft. Reload the page."
)
BOUND = Text(
    "« {name} » est prise dans une branche, une boucle ou un délai : cela se change dans le dessin.",
    "“{name}” stands in a branch, a loop or a timer: that is changed in the drawing.",
)
NAMELESS = Text("Un nom en français est attendu.", "A name in French is expected.")
NOT_A_NUMBER = Text(
    "« {value} » devait être un nombre. Écrivez-le en chiffres.", "“{value}” was to be a number. Write it in digits."
)
UNKNOWN_ROLE = Text(
    "Le rôle « {role} » n’est pas de cette méthode. Choisissez-en un dans la liste, ou ajoutez-le à la méthode.",
    "The role “{role}” is not one of this method. Choose one from the list, or add it to the method.",
)


def node_of(loom: Loom, id: str) -> Node:
    """A step, a gate, a phase, the method itself. Raises `OutlineRefused`."""
    process = loom.processes.get(id)
    node = loom.nodes.get(id)
    if node is None and process is not None and process.properties.get("method.kind") == "method":
        node = process
    if node is None:
        raise OutlineRefused(why=ABSENT.format(id=id))
    return node


def text_of(asked: Asked, start: str = "") -> Text:
    """One line in both languages; English may be left out. Spaces that no line breaks at stay."""
    return Text(*(re.sub(r"[ \t\r\n]+", " ", asked.get(start + each, "")).strip(" ") for each in ("fr", "en")))


def name_of(asked: Asked) -> Text:
    """The same, where French is needed. Raises `OutlineRefused`."""
    said = text_of(asked)
    if not said.fr:
        raise OutlineRefused(why=NAMELESS, field="fr")
    return said


def markdown_of(asked: Asked, start: str) -> Text:
    return Text(*(asked.get(start + each, "").replace("\r\n", "\n").strip() for each in ("fr", "en")))


def number_of(asked: Asked, name: str) -> Decimal | None:
    """Raises `OutlineRefused`."""
    said = asked.get(name, "").strip()
    try:
        found = Decimal(said) if said else None
    except InvalidOperation:
        found = Decimal("NaN")
    if found is not None and not found.is_finite():
        raise OutlineRefused(why=NOT_A_NUMBER.format(value=said), field=name)
    return found


def whole_of(asked: Asked, name: str) -> int | None:
    found = number_of(asked, name)
    if found is not None and found != int(found):
        raise OutlineRefused(why=NOT_A_NUMBER.format(value=asked[name]), field=name)
    return None if found is None else int(found)


def ticked(asked: Asked, name: str) -> bool:
    return asked.get(name, "") == YES


def roles_of(loom: Loom) -> list[str]:
    start = "method.role."
    return [
        each.removeprefix(start) for each in loom.main.properties if each.startswith(start) and each.count(".") == 2
    ]


def role_of(loom: Loom, asked: Asked, name: str) -> str:
    """One of the method, or none. Raises `OutlineRefused`."""
    role = asked.get(name, "").strip()
    if role and role not in roles_of(loom):
        raise OutlineRefused(why=UNKNOWN_ROLE.format(role=role), field=name)
    return role


def free(loom: Loom, letter: str) -> str:
    """`T1`, or the first that is not taken."""
    number = 1
    while f"{letter}{number}" in loom.nodes or f"Process_{letter}{number}" in loom.processes:
        number += 1
    return f"{letter}{number}"


def free_role(name: Text, taken: list[str]) -> str:
    """« Chargé d’étude » -> `CE`"""
    initials = "".join(each[0] for each in id_of(name.fr).split("_") if len(each) > 2 and each[0].isalpha()).upper()
    start, number = initials or "R", 2
    found = start
    while found in taken:
        found, number = f"{start}{number}", number + 1
    return found
