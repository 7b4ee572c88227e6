"""The id of a method changed: a draft that goes on from a published method becomes another one."""

from __future__ import annotations

import re

from engine.errors import OutlineRefused
from engine.overlay.loom import Loom
from engine.words import Text
from engine.workshop.asked import Asked, node_of
from engine.workshop.identity import LONGEST_ID
from engine.workshop.starting import id_of

NO_ID = Text(
    "« {id} » ne peut pas être un identifiant : des lettres sans accent, des chiffres, - et _, en commençant par une "
    "lettre ; {longest} caractères au plus. Par exemple : {example}.",
    "“{id}” cannot be an id: letters without accents, digits, - and _, beginning with a letter; at most {longest} "
    "characters. For example: {example}.",
)
TAKEN = Text(
    "« {id} » est déjà l’identifiant d’autre chose dans ce brouillon. Choisissez-en un autre.",
    "“{id}” is already the id of something else in this draft. Choose another.",
)


def identify(loom: Loom, asked: Asked) -> None:
    """element: the method; id. Its pool and its picture follow. Raises `OutlineRefused`."""
    main, id = node_of(loom, asked["element"]), asked.get("id", "").strip()
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", id) or len(id) > LONGEST_ID:
        raise OutlineRefused(why=NO_ID.format(id=id, longest=LONGEST_ID, example=id_of(id or main.name.fr)), field="id")
    if id == main.id:
        return
    if any(each.id == id for diagram in loom.diagrams for each in diagram.root.all("*")):
        raise OutlineRefused(why=TAKEN.format(id=id), field="id")
    old = main.id
    for element in main.diagram.root.element.iter():
        for name in ("processRef", "bpmnElement"):
            if element.get(name) == old:
                element.set(name, id)
    main.set("id", id)
    loom.touch(main)
