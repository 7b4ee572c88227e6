"""Random sound methods, random overlays: what is accepted keeps all control and runs, what is refused is weaker."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.diagram import Diagram
from engine.errors import OverlayRefused
from engine.intent import avoidable, order_lost
from engine.overlay import Operation, weave
from engine.overlay import operations as op
from engine.overlay.certificate import certify
from engine.overlay.collisions import collisions
from engine.release import read_method
from engine.review import review
from engine.soundness import judged
from engine.words import Text
from tests.overlay.playing import played
from tests.overlay.random_granting import Drawn, attempts, draw_method, every_locked, granted, methods
from tests.overlay.samples import overlay, released

slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
BOUND = {"method": "alea", "version": "1.0.0"}


def test_a_step_inserted_in_a_branch_is_done_where_the_project_passes_and_elsewhere_locked() -> None:
    plain, hooked = ("locked", "", "P2D", "", ""), ("optional", "", "P2D", "", "before")
    branches = ("xor", [("step", plain), ("step", hooked)])
    drawn = draw_method([(("seq", [("step", hooked), branches]), ("0.5", "chair"), "")])
    trunk, branch = [id for id, step in drawn.steps.items() if step.hooks == "before"]
    for hook, lock in ((trunk, "locked"), (branch, "conditional")):
        step = op.Local(id="L1", name=Text("Étape L1", "Step L1"), role="CP")
        woven = weave(released(drawn.files), [], overlay(op.Insert(hook=f"{hook}.before", step=step), **BOUND))
        assert woven.method.tasks["L1"].lock == lock


@slow
@given(drawn=methods, data=st.data())
def test_an_operation_is_accepted_exactly_where_it_adds_control_or_uses_a_freedom(
    drawn: Drawn, data: st.DataObject
) -> None:
    release = released(drawn.files)
    operation: Operation = data.draw(attempts(drawn))
    try:
        weave(release, [], overlay(operation, **BOUND))
        accepted = True
    except OverlayRefused:
        accepted = False
    assert accepted == granted(operation, drawn)


@slow
@given(drawn=methods, data=st.data(), n=st.integers(0, 3))
def test_what_is_accepted_is_sound_and_runs_to_its_end_with_every_locked_step_done(
    drawn: Drawn, data: st.DataObject, n: int
) -> None:
    release = released(drawn.files)
    operations = tuple(each for each in data.draw(st.lists(attempts(drawn), max_size=8)) if granted(each, drawn))
    assume(not collisions(operations, (), Text("")))
    woven = weave(release, [], overlay(*operations, **BOUND))
    diagrams = [Diagram(content, name) for name, content in woven.release.files.items()]
    assert [each for diagram in diagrams for process in diagram.processes for each in judged(process)] == []
    assert avoidable(woven.method, diagrams) == ()
    base, _, drawings = read_method(release.files)
    assert base is not None
    assert order_lost((base, drawings), (woven.method, diagrams)) == ()
    assert [each for each in review(woven.release.files).findings if each.severity == "error"] == []
    done = played(woven.release, {"n": n}, {"G1": ["rework"]})
    assert set(every_locked(drawn)) <= set(done)
    assert not woven.hidden.keys() & set(done)


@slow
@given(drawn=methods)
def test_whatever_a_block_structured_method_grants_has_its_certificate(drawn: Drawn) -> None:
    proven = certify(released(drawn.files))
    assert proven.holds, proven.failures
