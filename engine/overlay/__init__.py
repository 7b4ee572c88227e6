"""A service tailors a release: operations on stable ids, woven into plain BPMN that keeps all the method's control.

    overlay = read(content, "dpat.overlay.yaml")            operations, said, text
    woven = weave(release, packs, overlay, choices)         judging (rules, lattice), carrying, packing, guarantees
    woven.release, woven.digest, woven.origin("C2")
    certify(release).holds                                  every combination of what a release grants
    rebase(overlay, old, new).entries                       what a new release does to a tailoring; difference

docs/explanation/tailoring.md says why; docs/reference/overlays.md has every operation.
"""

from engine.overlay.certificate import Certificate, Proof, certify
from engine.overlay.changes import Change
from engine.overlay.difference import Difference, check_version, difference, must_be_ids, must_be_number
from engine.overlay.granted import Grant, granted
from engine.overlay.loom import Origin
from engine.overlay.operations import Operation, Overlay
from engine.overlay.rebasing import Entry, Question, Rebased, rebase
from engine.overlay.released import release_of
from engine.overlay.rules import Refusal
from engine.overlay.text import fingerprint, read, write
from engine.overlay.weaving import Departure, Woven, weave

__all__ = [
    "Certificate", "Change", "Departure", "Difference", "Entry", "Grant", "Operation", "Origin", "Overlay", "Proof",
    "Question", "Rebased", "Refusal", "Woven", "certify", "check_version", "difference", "fingerprint", "granted",
    "must_be_ids", "must_be_number", "read", "rebase", "release_of", "weave", "write",
]  # fmt: skip
