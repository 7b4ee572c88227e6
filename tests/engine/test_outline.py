"""A method changed as a list: what comes out is the same method, drawn, and the review has nothing to say."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import AmendMethodDraft, MethodDraftOf, OpenMethodDraft, OutlineRefused, Text
from engine.drawing import draw
from engine.method import Method
from engine.review import in_words, review
from engine.workshop import starting
from engine.workshop.outline import amended
from tests.engine.play import Play, files_of

TWO = starting(Text("Été", "Summer"), 2)
ONE_MORE = {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"}


def after(*asked: Mapping[str, str], files: dict[str, bytes] = TWO) -> Method:
    """The method after these changes; the review finds nothing in it, and each diagram can be drawn."""
    for each in asked:
        files = amended(files, each)
    found = review(files, as_method=True)
    assert in_words(found.findings, "en") == ""
    for content in files.values():
        assert draw(content).startswith("<svg")
    assert found.method is not None
    return found.method


def steps(method: Method, phase: str) -> list[str]:
    return [each.id for each in method.phase[phase].tasks]


def test_a_step_is_added_moved_and_taken_out() -> None:
    assert steps(after(ONE_MORE), "P1") == ["A", "T1"]
    assert steps(after(ONE_MORE | {"after": ""}), "P1") == ["T1", "A"]
    assert steps(after(ONE_MORE, {"do": "up", "element": "T1"}), "P1") == ["T1", "A"]
    assert steps(after(ONE_MORE, {"do": "down", "element": "A"}), "P1") == ["T1", "A"]
    assert steps(after(ONE_MORE, {"do": "remove_step", "element": "T1"}), "P1") == ["A"]


def test_a_step_that_moves_keeps_all_that_it_says() -> None:
    moved = after(ONE_MORE, {"do": "down", "element": "A"}).tasks["A"]
    before = after().tasks["A"]
    assert (moved.name, moved.form, moved.due, moved.lock, moved.role) == (
        before.name, before.form, before.due, before.lock, before.role,
    )  # fmt: skip


def test_a_step_changes_its_role_and_its_lane_with_it() -> None:
    method = after(ONE_MORE, {"do": "step", "element": "T1", "role": "COM", "due": "P5D", "lock": "optional"})
    task = method.tasks["T1"]
    assert (task.role, task.due, task.lock) == ("COM", "P5D", "optional")
    assert steps(method, "P1") == ["A", "T1"]


def test_a_phase_is_named_with_its_process_and_its_pool() -> None:
    files = amended(TWO, {"do": "rename", "element": "P1", "fr": "Cadrer", "en": "Frame"})
    assert files["p1.bpmn"].count(b"Cadrer") == 2
    assert after(files=files).phase["P1"].name == Text("Cadrer", "Frame")


def test_a_phase_is_added_with_its_gate_before_the_end_and_taken_out_again() -> None:
    more = {"do": "add_phase", "fr": "Déployer", "en": "Deploy"}
    method = after(more)
    assert [each.id for each in method.phases] == ["P1", "P2", "P3"]
    assert (method.gate["G3"].landing, method.gate["G3"].chair) == ("T1", "COM")
    assert [each.id for each in after(more, {"do": "remove_phase", "element": "P2"}).phases] == ["P1", "P3"]
    assert [each.id for each in after({"do": "remove_phase", "element": "P1"}).phases] == ["P2"]


def test_a_criterion_is_added_changed_and_taken_out() -> None:
    added = {"do": "criterion", "element": "G1", "fr": "Le budget tient", "en": "The budget holds"}
    assert [each.text.en for each in after(added).gate["G1"].criteria][-1] == "The budget holds"
    changed = after(added, added | {"criterion": "1", "fr": "Autre", "en": "Other"})
    assert [each.text.fr for each in changed.gate["G1"].criteria] == ["Autre", "Le budget tient"]
    assert len(after(added, {"do": "criterion", "element": "G1", "criterion": "1"}).gate["G1"].criteria) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "up", "element": "A"},  # nothing comes before it
        {"do": "rename", "element": "A", "fr": " "},
        {"do": "rename", "element": "gone", "fr": "x"},
        {"do": "dance"},
        {"do": "remove_phase", "element": "G1"},
    ],
    ids=str,
)
def test_what_cannot_be_done_in_a_list_is_a_sentence(asked: dict[str, str]) -> None:
    with pytest.raises(OutlineRefused):
        amended(TWO, asked)


def test_what_is_branched_is_changed_in_the_drawing() -> None:
    with pytest.raises(OutlineRefused) as refused:
        amended(files_of("projet-transversal"), {"do": "up", "element": "C3"})
    assert "branche" in refused.value.text("fr")


LATER = st.integers(1, 3).map(lambda number: f"T{number}")
CHANGES = st.lists(
    st.one_of(
        st.builds(lambda at: ONE_MORE | {"after": at}, st.sampled_from(["", "A"])),
        st.builds(lambda do, id: {"do": do, "element": id}, st.sampled_from(["up", "down", "remove_step"]), LATER),
        st.just({"do": "add_phase", "fr": "Encore", "en": "Again"}),
        st.builds(
            lambda id, role: {"do": "step", "element": id, "role": role, "due": "P3D"}, LATER,
            st.sampled_from(["CP", "COM"]),
        ),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(CHANGES)
def test_whatever_is_changed_in_the_list_the_method_stays_one_that_the_review_accepts(
    changes: list[dict[str, str]],
) -> None:
    files = TWO
    for each in changes:
        try:
            files = amended(files, each)
        except OutlineRefused:
            continue
    found = review(files, as_method=True)
    assert [each.rule for each in found.errors] == []


def test_a_draft_is_changed_by_its_owner(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft(name="Été", phases=2)).draft
    assert play.do("jeanne", AmendMethodDraft(draft, ONE_MORE)).revision == 2
    page = play.see("jeanne", MethodDraftOf(draft))
    assert (page.line.revision, b"Chiffrer" in page.files["p1.bpmn"]) == (2, True)
    assert type(play.refused("claire", AmendMethodDraft(draft, ONE_MORE))).__name__ == "NotAllowed"
