"""The default method with a variant of its evaluation (1.0.0), and its next version, in which much moves (2.0.0)."""

from __future__ import annotations

from engine.diagram import Diagram, Node
from engine.overlay import edit
from engine.overlay.loom import Loom, Origin
from engine.release import Release
from engine.words import Text
from tests.overlay.samples import released
from tests.overlay.variants import with_variants


def first() -> Release:
    return with_variants()


def loom_of(release: Release) -> Loom:
    loom = Loom([Diagram(content, name) for name, content in release.files.items()])
    loom.touched = set(release.files)
    return loom


def numbered(loom: Loom, version: str) -> Release:
    loom.main.set_camunda("versionTag", version)
    return released(dict(loom.files()))


def changed_name(node: Node, name: str) -> None:
    edit.rename(node, Text(name, f"{name} (en)"))


def second() -> Release:
    """A5 is gone; C2 is locked; G2 asks three quarters; G1 has a guarantor of its own; V1 asks one field more, which
    the variant lacks: it is offered no more; the role ADM is gone; C3 is to be done in 18 days; G5 decides by two
    thirds.
    """
    loom = loom_of(first())
    loom.take_out("A5", Origin("method"))
    edit.say(loom.nodes["C2"], "method.lock", "locked")
    edit.say(loom.nodes["C2"], "method.tailor", "")
    edit.say(loom.nodes["G2"], "method.gate.quorum", "0.75")
    edit.say_text(
        loom.nodes["G1"], "method.criterion.garant", Text("Un garant est désigné", "A guarantor is appointed")
    )
    edit.add_field(v1(loom), edit.Field("audit", "textarea", Text("Audit", "Audit"), required=True))
    edit.say(loom.nodes["P5"], "method.variants", "")
    for name in [each for each in loom.main.properties if each.startswith("method.role.ADM")]:
        edit.say(loom.main, name, "")
    loom.nodes["C3"].set_camunda("dueDate", "P18D")
    edit.say(loom.nodes["G5"], "method.gate.rule", "two_thirds")
    return numbered(loom, "2.0.0")


def v1(loom: Loom) -> Node:
    """Of the phase itself, not of its variant."""
    return next(each for each in loom.processes["Process_P5"].nodes if each.id == "V1")
