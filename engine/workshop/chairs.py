"""Who chairs a gate: it stands in the lane of that role, with its decision and the end of its own."""

from __future__ import annotations

from engine.diagram import Node
from engine.dialect.attributes import listed
from engine.errors import OutlineRefused
from engine.overlay import edit
from engine.overlay.loom import Loom
from engine.words import Text
from engine.workshop.asked import Asked, role_of
from engine.workshop.outcomes import decision_of, ends_of

CHAIRLESS = Text("Une porte a quelqu’un qui la préside. Choisissez un rôle.", "Somebody chairs a gate. Choose a role.")
LEADS = Text(
    "« {role} » conduit le projet et présente à ses portes : ce rôle ne les préside pas. Choisissez-en un autre.",
    "“{role}” leads the project and presents at its gates: that role does not chair them. Choose another.",
)


def seat(loom: Loom, gate: Node, asked: Asked) -> None:
    """Raises `OutlineRefused`."""
    role, before = role_of(loom, asked, "chair"), gate.properties.get("method.gate.chair", "")
    if not role:
        raise OutlineRefused(why=CHAIRLESS, field="chair")
    if role == loom.main.properties.get("method.lead"):
        raise OutlineRefused(why=LEADS.format(role=loom.role_name(role)), field="chair")
    if role == before and role == gate.camunda("candidateGroups"):
        return
    gate.set_camunda("candidateGroups", role)
    edit.say(gate, "method.gate.chair", role)
    if listed(gate.properties.get("method.gate.voters", "")) == [before]:  # who decided alone hands that over
        edit.say(gate, "method.gate.voters", role)
    decision = decision_of(loom, gate)
    loom.move_to([gate.id, decision.id, *ends_of(loom, decision.id)], role)
