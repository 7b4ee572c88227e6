"""What is drawn is what binds: a new gate is passed by a decision only, and a half-drawn diagram starts nothing."""

from __future__ import annotations

import pytest

from engine import CompleteTask, DecideGate, JalonError, MethodRefused, PublishMethod, StartProject
from engine.store.tables import DecisionRow, ProjectRow, ReleaseRow, StageRow
from tests.engine.play import ESSAI, Play
from tests.engine.random_methods import Drawn, drawn

GATE = Drawn("chair", "1", False, False, ("go", "rework", "hold", "stop"), 3, 1)
DELIVERY = "realisation.bpmn"
SPLIT, JOIN = '<bpmn:parallelGateway id="P2_split" />', '<bpmn:parallelGateway id="P2_join" />'
TO_X = '<bpmn:sequenceFlow id="P2_split_to_X" sourceRef="P2_split" targetRef="X" />'
FROM_X = '<bpmn:sequenceFlow id="X_to_P2_join" sourceRef="X" targetRef="P2_join" />'
#: what is half drawn, what is drawn in its place, the element that the refusal points at
BROKEN = {
    "a branch of a parallel block is cut off": ([(TO_X, "")], "X"),
    "a task is taken out and its neighbours are left": ([(TO_X, ""), (FROM_X, ""), ('id="X"', 'id="W"')], "W"),
    "a parallel split is drawn as a choice": ([(SPLIT, SPLIT.replace("parallel", "exclusive"))], "P2_split"),
    "a parallel join is drawn as a choice": ([(JOIN, JOIN.replace("parallel", "exclusive"))], "P2_join"),
    "a choice has neither condition nor default": (
        [
            (SPLIT, SPLIT.replace("parallel", "exclusive")),
            (JOIN, JOIN.replace("parallel", "exclusive")),
        ],
        "P2_split",
    ),
}


def test_a_project_does_not_pass_a_gate_drawn_anew_without_its_decision(play: Play) -> None:
    old, new = drawn([GATE, GATE]), drawn([GATE, GATE, GATE])
    new["alea.bpmn"] = new["alea.bpmn"].replace(b'versionTag="1.0.0"', b'versionTag="2.0.0"')
    for files in (old, new):
        play.do("jalon", PublishMethod(files))
    lead = (play.people["claire"],)
    project = play.do("claire", StartProject("Un projet", "alea", "DAF", ("O1",), people={"CP": lead})).project
    play.until(project, "G3")
    gate = play.task(project, "G3")
    for login, act in (
        ("claire", CompleteTask(gate)), ("denis", CompleteTask(gate)), ("claire", DecideGate(gate, "go", "prêt")),
        ("denis", DecideGate(gate, "go", "")), ("denis", DecideGate(gate, "go", "prêt")),
    ):  # fmt: skip
        assert isinstance(play.refused(login, act), JalonError)
    assert play.project(project).status == "running"
    play.decide(project, "G3")
    assert [row.gate for row in play.rows(DecisionRow)] == ["G1", "G2", "G3"]
    assert [row.phase for row in play.rows(StageRow)] == ["P1", "P2", "P3"]
    assert play.project(project).status == "closed"


@pytest.mark.parametrize("what", BROKEN)
def test_a_half_drawn_diagram_is_refused_in_words_and_starts_nothing(essai: Play, what: str) -> None:
    changes, element = BROKEN[what]
    content = ESSAI[DELIVERY].decode()
    for before, after in changes:
        assert before in content
        content = content.replace(before, after, 1)
    main = ESSAI["essai.bpmn"].replace(b'versionTag="1.0.0"', b'versionTag="1.1.0"')
    releases = len(essai.rows(ReleaseRow))
    refusal = essai.refused("jeanne", PublishMethod(ESSAI | {DELIVERY: content.encode(), "essai.bpmn": main}))
    assert type(refusal) is MethodRefused
    pointed = [line for line in refusal.text("fr").splitlines() if line.startswith(DELIVERY)]
    assert any(f" {element} — " in line for line in pointed), refusal.text("fr")
    assert len(essai.rows(ReleaseRow)) == releases
    assert essai.rows(ProjectRow) == []
