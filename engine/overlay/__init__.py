"""A service tailors a release: operations on stable ids, woven into plain BPMN that keeps all the method's control.

    overlay = read(content, "dpat.overlay.yaml")            operations, text
    woven = weave(release, packs, overlay, choices)         judging (rules, lattice), carrying, guarantees
    woven.release, woven.digest, woven.origin("C2")

docs/explanation/tailoring.md says why; docs/reference/overlays.md has every operation.
"""

from engine.overlay.operations import Operation, Overlay
from engine.overlay.rules import Refusal
from engine.overlay.text import fingerprint, read, write
from engine.overlay.weaving import Departure, Woven, weave

__all__ = ["Departure", "Operation", "Overlay", "Refusal", "Woven", "fingerprint", "read", "weave", "write"]
