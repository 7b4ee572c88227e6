"""A new version of the method, and what it does to a tailoring of the old one: eight conflicts, told by name."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from engine.errors import OverlayForAnotherVersion, VersionTooSmall
from engine.overlay import Overlay, read
from engine.overlay import operations as op
from engine.overlay.difference import check_version, difference, renamed
from engine.overlay.rebasing import Question, Rebased, rebase
from engine.release import Release
from engine.words import Text
from tests.overlay import versions
from tests.overlay.playing import played
from tests.overlay.samples import HERE, overlay, release, text

FILE = "nine.overlay.yaml"


@lru_cache
def first() -> Release:
    return versions.first()


@lru_cache
def second() -> Release:
    return versions.second()


def nine() -> Overlay:
    return read((HERE / FILE).read_bytes(), FILE)


@lru_cache
def found() -> Rebased:
    return rebase(nine(), first(), second())


def test_the_nine_operations_give_the_eight_named_entries() -> None:
    assert [(each.conflict, each.number, each.operation.kind, each.operation.target) for each in found().entries] == [
        ("ORPHAN", 1, "hide", "A5"),
        ("LOCK", 2, "hide", "C2"),
        ("WEAKER", 3, "quorum", "G2"),
        ("CLASH", 4, "criterion", "G1"),
        ("CONTRACT", 5, "replace", "P5"),
        ("ROLE", 6, "voter", "G4"),
        ("CHANGED", 7, "due", "C3"),
        ("REDUNDANT", 8, "rule", "G5"),
    ]
    assert [each.blocks for each in found().entries] == [True] * 6 + [False] * 2
    assert found().blocked


def test_each_entry_says_what_the_method_said_and_what_it_says_now() -> None:
    said = {each.conflict: (each.before, each.after) for each in found().entries}
    assert said["WEAKER"] == ("0.5", "0.75")
    assert said["CHANGED"] == ("P20D", "P18D")
    assert said["REDUNDANT"] == ("majority_chair_casting", "two_thirds")
    assert said["LOCK"][0].startswith("optional GP (")
    assert said["LOCK"][1].startswith("locked GP (")
    assert found().entries[2].sentence.fr == (
        "WEAKER – opération 3 (G2) : le quorum devait être d’au moins 75\u00a0%, et vaut 60\u00a0%."
    )


def test_what_is_left_is_woven_on_the_new_version_and_sound() -> None:
    assert found().overlay.bound_to == "projet_transversal@2.0.0"
    assert found().overlay.approver == ""
    assert [each.kind + " " + each.target for each in found().overlay.operations] == ["due C3", "hide K3"]
    woven = found().woven
    assert woven is not None
    assert woven.method.tasks["C3"].due == "P15D"
    done = played(woven.release)
    assert "K3" not in done
    assert [each for each in done if each.startswith("G")] == [f"G{n}" for n in range(7)]


def test_what_the_new_version_does_not_touch_rebases_by_itself() -> None:
    calm = rebase(overlay(op.Hide("K3"), op.Hide("C5")), first(), second())
    assert calm.clean
    assert not calm.blocked
    assert calm.overlay.operations == (op.Hide("K3"), op.Hide("C5"))


def test_a_tailoring_on_the_same_release_has_no_entry() -> None:
    assert rebase(nine(), first(), first()).clean


def test_an_overlay_of_another_version_is_not_rebased() -> None:
    with pytest.raises(OverlayForAnotherVersion):
        rebase(replace(nine(), version="0.9.0"), first(), second())


# --- an id that changed ---


def another_id() -> Release:
    """C5 is drawn anew under another id, with the same name and the same form."""
    files = dict(first().files)
    text = files["p2-conception.bpmn"].decode()
    files["p2-conception.bpmn"] = text.replace('"C5"', '"ESSAI"').replace(">C5<", ">ESSAI<").encode()
    from tests.overlay.samples import released

    return versions.numbered(versions.loom_of(released(files)), "2.0.0")


def test_an_id_that_is_gone_is_asked_about() -> None:
    asked = rebase(overlay(op.Hide("C5")), first(), another_id())
    assert renamed(first(), another_id()) == {"C5": "ESSAI"}
    assert asked.questions == (Question("C5", "ESSAI", Text("Expérimenter", "Run a pilot")),)
    assert [each.conflict for each in asked.entries] == ["ORPHAN"]


def test_the_answer_is_an_alias() -> None:
    answered = rebase(overlay(op.Hide("C5")), first(), another_id(), same={"C5": "ESSAI"})
    assert answered.clean
    assert answered.overlay.operations == (op.Hide("ESSAI"),)


def test_an_alias_that_the_method_keeps_is_not_asked_about_again() -> None:
    from engine.overlay import edit

    loom = versions.loom_of(another_id())
    edit.say(loom.nodes["ESSAI"], "method.was", "C5")
    kept = versions.numbered(loom, "2.0.0")
    moved = rebase(overlay(op.Hide("C5")), first(), kept)
    assert moved.clean
    assert moved.questions == ()
    assert not [each for each in difference(first(), kept).changes if each.element in ("C5", "ESSAI")]


# --- version numbers ---


def changes(version: str, *edits: str) -> Release:
    from engine.overlay import edit
    from engine.overlay.loom import Origin

    loom = versions.loom_of(release())
    for each in edits:
        match each:
            case "words":
                versions.changed_name(loom.nodes["C3"], "Bâtir les scénarios")
            case "criterion":
                edit.say_text(loom.nodes["G1"], "method.criterion.plus", text("Un critère de plus"))
            case "lock":
                edit.say(loom.nodes["C2"], "method.lock", "locked")
            case "removal":
                loom.take_out("A5", Origin("method"))
            case "freedom":
                edit.say(loom.nodes["A5"], "method.tailor", "hide,condition")
            case "quorum":
                edit.say(loom.nodes["G2"], "method.gate.quorum", "0.4")
    return versions.numbered(loom, version)


@pytest.mark.parametrize(
    ("edits", "level", "enough", "too_small"),
    [
        (("words",), "patch", "1.0.1", "1.0.0"),
        (("criterion",), "minor", "1.1.0", "1.0.1"),
        (("freedom",), "minor", "1.1.0", "1.0.1"),
        (("quorum",), "minor", "1.1.0", "1.0.1"),
        (("lock",), "major", "2.0.0", "1.1.0"),
        (("removal",), "major", "2.0.0", "1.4.2"),
        (("words", "removal"), "major", "2.0.0", "1.0.1"),
    ],
)
def test_the_number_of_a_version_says_what_changed(
    edits: tuple[str, ...], level: str, enough: str, too_small: str
) -> None:
    assert difference(release(), changes(enough, *edits)).level == level
    check_version(release(), changes(enough, *edits))
    with pytest.raises(VersionTooSmall, match=f"le numéro {enough} au moins"):
        check_version(release(), changes(too_small, *edits))


def test_a_removed_step_is_named_in_the_refusal() -> None:
    with pytest.raises(VersionTooSmall, match=r"de 1.0.0 à 1.1.0, mais la différence est majeure : « A5 » est retiré"):
        check_version(release(), changes("1.1.0", "removal"))


def test_the_same_release_has_no_difference() -> None:
    assert difference(release(), release()).changes == ()


def test_a_variant_and_a_fragment_more_are_a_minor_version() -> None:
    more = versions.numbered(versions.loom_of(first()), "1.1.0")
    assert [(each.level, each.text.fr) for each in difference(release(), more).changes] == [
        ("minor", "« P5 » : un service peut désormais la remplacer par « Évaluation »"),
        ("minor", "« Enquête » est ajouté"),
        ("minor", "« Évaluation » est ajouté"),
    ]
    check_version(release(), more)


def test_a_step_that_a_variant_has_too_is_compared_with_itself() -> None:
    said = [each.text.fr for each in difference(first(), second()).changes]
    assert "« V1 » gagne la question « Audit »" in said
