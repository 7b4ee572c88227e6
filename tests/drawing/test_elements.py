"""Which elements of a diagram are drawn, and as what."""

from __future__ import annotations

import pytest

from engine.drawing import draw
from tests.drawing.pictures import classes, diagram, groups, names, roles


def test_a_phase_is_drawn_from_back_to_front() -> None:
    assert list(classes(draw(diagram("phase"))).items()) == [
        ("Pool", "pool participant"),
        ("Public", "pool participant"),
        ("Lead", "lane"),
        ("Board", "lane"),
        ("ToConsult", "flow sequence-flow"),
        ("ToWrite", "flow sequence-flow conditional"),
        ("ToRemind", "flow sequence-flow"),
        ("ToDecide", "flow sequence-flow"),
        ("ToChoice", "flow sequence-flow"),
        ("ToGo", "flow sequence-flow"),
        ("Rework", "flow sequence-flow default"),
        ("ToStop", "flow sequence-flow"),
        ("ToRemark", "flow association"),
        ("Survey", "flow message-flow"),
        ("Start", "event start-event"),
        ("Consult", "activity user-task parallel-instances"),
        ("Remind", "activity send-task"),
        ("Write", "activity call-activity collapsed"),
        ("Decide", "activity user-task"),
        ("Choice", "gateway exclusive-gateway"),
        ("Go", "event end-event message"),
        ("Stop", "event end-event terminate"),
        ("Note_data", "data-object data-object-reference"),
        ("Remark", "annotation text-annotation"),
        ("Late", "event boundary-event timer non-interrupting"),
    ]


_BESIDE = ["halo", "label"]  # a name outside its shape


@pytest.mark.parametrize(
    ("element", "drawn_as", "parts"),
    [
        ("Task", "activity task", ["outline", "label"]),
        ("User", "activity user-task", ["outline", "icon", "icon", "label"]),
        ("Manual", "activity manual-task", ["outline", "icon", "label"]),
        ("Script", "activity script-task", ["outline", "icon", "icon", "label"]),
        ("Service", "activity service-task", ["outline", "icon", "icon", "label"]),
        ("Send", "activity send-task", ["outline", "solid", "cut", "label"]),
        ("Receive", "activity receive-task", ["outline", "icon", "icon", "label"]),
        ("Rule", "activity business-rule-task", ["outline", "band", "icon", "label"]),
        ("Loop", "activity task loop", ["outline", "icon", "label"]),
        ("Sequential", "activity task sequential-instances", ["outline", "marker", "label"]),
        ("Parallel_instances", "activity task parallel-instances", ["outline", "marker", "label"]),
        ("Compensation", "activity task compensation", ["outline", "icon", "label"]),
        ("Folded", "activity sub-process collapsed", ["outline", "icon", "label"]),
        ("AdHoc", "activity ad-hoc-sub-process ad-hoc collapsed", ["outline", "marker", "icon", "label"]),
        ("Call", "activity call-activity collapsed", ["outline", "icon", "label"]),
        ("Transaction", "activity transaction collapsed", ["outline", "rim", "icon", "label"]),
        ("Handler", "activity sub-process expanded event-sub-process", ["frame", "label"]),
        ("Start", "event start-event", ["outline", *_BESIDE]),
        ("Start_message", "event start-event message", ["outline", "icon", "icon", *_BESIDE]),
        (
            "Start_open",
            "event start-event timer non-interrupting",
            ["outline", "icon", "icon", *_BESIDE],
        ),
        (
            "Catch_timer",
            "event intermediate-catch-event timer",
            ["outline", "rim", "icon", "icon", *_BESIDE],
        ),
        (
            "Catch_multiple",
            "event intermediate-catch-event multiple",
            ["outline", "rim", "icon", *_BESIDE],
        ),
        ("Catch_all", "event intermediate-catch-event parallel", ["outline", "rim", "icon", *_BESIDE]),
        (
            "Throw_message",
            "event intermediate-throw-event message",
            ["outline", "rim", "solid", "cut", *_BESIDE],
        ),
        ("Boundary_error", "event boundary-event error", ["outline", "rim", "icon", *_BESIDE]),
        ("Boundary_cancel", "event boundary-event cancel", ["outline", "rim", "icon", *_BESIDE]),
        ("End_signal", "event end-event signal", ["outline", "solid", *_BESIDE]),
        ("End_terminate", "event end-event terminate", ["outline", "solid", *_BESIDE]),
        ("Exclusive", "gateway exclusive-gateway", ["outline", "sign", *_BESIDE]),
        ("Plain", "gateway exclusive-gateway", ["outline", *_BESIDE]),
        ("Parallel", "gateway parallel-gateway", ["outline", "sign", *_BESIDE]),
        ("Inclusive", "gateway inclusive-gateway", ["outline", "sign", *_BESIDE]),
        ("Event_based", "gateway event-based-gateway", ["outline", "icon", "icon", "icon", *_BESIDE]),
        ("Event_start", "gateway event-based-gateway", ["outline", "icon", "icon", *_BESIDE]),
        ("Complex", "gateway complex-gateway", ["outline", "sign", *_BESIDE]),
        ("Data", "data-object data-object-reference", ["outline", "rim", *_BESIDE]),
        ("Input", "data-object data-input", ["outline", "rim", "icon", *_BESIDE]),
        ("Output", "data-object data-output", ["outline", "rim", "solid", *_BESIDE]),
        ("Store", "data-store data-store-reference", ["outline", "rim", "rim", *_BESIDE]),
        ("Group", "group", ["rim", *_BESIDE]),
    ],
)
def test_each_kind_has_its_own_signs(element: str, drawn_as: str, parts: list[str]) -> None:
    group = groups(draw(diagram("kinds")))[element]
    assert (group.get("class"), roles(group)) == (drawn_as, parts)


def test_what_does_not_interrupt_is_dashed() -> None:
    drawn = groups(draw(diagram("kinds")))
    dashed = {
        name
        for name, group in drawn.items()
        if "event " in group.get("class", "")
        for part in group
        if part.get("stroke-dasharray")
    }
    assert dashed == {"Start_open", "Boundary_open"}


def test_the_plane_of_a_sub_process_is_drawn_on_its_own() -> None:
    assert names(draw(diagram("planes"), process="Inside")) == {"Detail": "Vérifier"}


def test_a_folded_sub_process_hides_its_content_and_a_shape_of_nothing_is_left_out() -> None:
    assert names(draw(diagram("planes"), process="Outside")) == {"Inside": "Détail", "Beside": "Classer"}


def test_a_process_in_a_pool_is_found_in_the_plane_of_its_collaboration() -> None:
    assert draw(diagram("phase"), process="Framing") == draw(diagram("phase"), process="Collaboration")
