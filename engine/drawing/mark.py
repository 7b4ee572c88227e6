"""What a page adds to a drawn element: a state, a badge, a link, a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.words import Text

State = Literal[
    "plain", "done", "current", "late", "waiting", "skipped", "held", "refused", "added", "removed", "changed",
    "mild", "warm", "hot", "taken", "partly", "missed",
]  # fmt: skip

#: what a screen reader and the tooltip say of each state
STATE_WORDS: dict[str, Text] = {
    "done": Text("fait", "done"),
    "current": Text("en cours", "in progress"),
    "late": Text("en retard", "late"),
    "waiting": Text("en attente", "waiting"),
    "skipped": Text("non requis", "not required"),
    "held": Text("suspendu", "on hold"),
    "refused": Text("refusé", "refused"),
    # of two versions of a diagram
    "added": Text("ajouté", "added"),
    "removed": Text("retiré", "removed"),
    "changed": Text("modifié", "changed"),
    # of what is measured over many projects
    "mild": Text("peu", "low"),
    "warm": Text("moyen", "medium"),
    "hot": Text("beaucoup", "high"),
    # of where scenarios go
    "taken": Text("parcouru", "taken"),
    "partly": Text("parcouru en partie", "taken in part"),
    "missed": Text("jamais parcouru", "never taken"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    state: State = "plain"  #: becomes the class `state-…` of the element's group, and a sign in its corner
    badge: str = ""  #: a few characters such as "2/4", in the pill at the top right corner
    link: str = ""  #: an address; the element becomes a link to it
    note: str = ""  #: added to the tooltip, already in the reader's language
