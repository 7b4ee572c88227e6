"""Who chairs a gate, what it offers and where its rework lands, changed without drawing; and projects that go there."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine import SYSTEM, AmendMethodDraft, MethodDraftOf, OpenMethodDraft, OutlineRefused, PublishMethod, Text
from engine.diagram import drawn_in
from engine.drawing import draw
from engine.method import Gate, Method
from engine.review import in_words, review
from engine.store.tables import ProjectRow
from engine.workshop import starting
from engine.workshop.detail import detail
from engine.workshop.outline import amended
from tests.engine.play import Play, files_of
from tests.workflows import test_methods_layout as laws
from tests.workflows.conftest import Drawn

Files = dict[str, bytes]
TWO = starting(Text("Été", "Summer"), 2)
CROSS = files_of("projet-transversal")
MAIN, LEADING = "ete.bpmn", "projet-transversal.bpmn"
#: those of the diagrams that we ship
LAWS = [getattr(laws, name) for name in dir(laws) if name.startswith("test_")]
ONE_MORE = {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"}
DIRECTOR = {"do": "role", "fr": "Directeur financier", "en": "Financial director"}


def add(outcome: str, gate: str = "G1") -> dict[str, str]:
    return {"do": "add_outcome", "element": gate, "outcome": outcome}


def remove(outcome: str, gate: str = "G1") -> dict[str, str]:
    return add(outcome, gate) | {"do": "remove_outcome"}


def says(gate: str = "G1", **said: str) -> dict[str, str]:
    return {"do": "gate", "element": gate, **said}


def files_after(*asked: Mapping[str, str], files: Files = TWO, crossing: bool = False) -> Files:
    """The files after these changes: the review finds nothing in them, and the drawing reads well.

    `crossing`: a flow has to cross another.
    """
    begun = files
    for each in asked:
        files = amended(files, each)
    assert in_words(review(files, as_method=True).findings, "en") == ""
    with tempfile.TemporaryDirectory() as folder:
        for name in [each for each, content in files.items() if content != begun.get(each)]:
            assert draw(files[name]).startswith("<svg")
            (Path(folder) / name).write_bytes(files[name])
            for law in LAWS:
                if crossing and law is laws.test_no_two_flows_cross:
                    continue
                law(Drawn(Path(folder) / name))
    return files


def method(files: Files) -> Method:
    found = review(files, as_method=True).method
    assert found is not None
    return found


def gate(*asked: Mapping[str, str], id: str = "G1", files: Files = TWO) -> Gate:
    return method(files_after(*asked, files=files)).gate[id]


def ways(files: Files, gate: str = "G1") -> dict[str, tuple[str, str]]:
    """Of each flow that leaves a gate's decision, by its outcome: where it leads, and on which condition."""
    flows = [each for diagram in drawn_in(files) for each in diagram.root.all("sequenceFlow")]
    left = [each for each in flows if each.get("sourceRef") == f"{gate}_decision"]
    said = {each: each.child("conditionExpression") for each in left}
    return {
        each.properties["method.outcome"]: (each.get("targetRef"), when.body if when is not None else "")
        for each, when in said.items()
    }


def default(files: Files, gate: str = "G1") -> str:
    nodes = [each for diagram in drawn_in(files) for each in diagram.root.all("exclusiveGateway")]
    default = next(each.get("default") for each in nodes if each.id == f"{gate}_decision")
    flows = [each for diagram in drawn_in(files) for each in diagram.root.all("sequenceFlow") if each.id == default]
    return flows[0].properties["method.outcome"] if flows else ""


def ids(files: Files) -> set[str]:
    """Of what is drawn: nodes, and flows by their ends."""
    processes = [process for diagram in drawn_in(files) for process in diagram.processes]
    nodes = {node.id for process in processes for node in process.nodes}
    return nodes | {f"{each.get('sourceRef')} > {each.get('targetRef')}" for one in processes for each in one.flows}


def said_of(refused: pytest.ExceptionInfo[OutlineRefused]) -> str:
    return refused.value.text("fr").replace("\u00a0", " ").replace("\u202f", " ")


# --- outcomes ----------------------------------------------------------------------------------------------


def test_a_stop_is_drawn_with_an_end_of_its_own_and_goes_with_it() -> None:
    files = files_after(add("stop", "G2"))
    assert method(files).gate["G2"].outcomes == ("go", "rework", "stop")
    assert ways(files, "G2")["stop"] == ("G2_stopped", 'decision = "stop"')
    assert dict(method(files).ends)["G2_stopped"] == "stopped"
    assert ids(files_after(remove("stop", "G2"), files=files)) == ids(TWO)


def test_a_rework_is_drawn_back_to_its_phase_and_is_where_nothing_passes_by_omission() -> None:
    without = files_after(remove("rework"))
    assert (method(without).gate["G1"].outcomes, set(ways(without)), default(without)) == (
        ("go", "stop"), {"go", "stop"}, "stop",
    )  # fmt: skip
    back = files_after(add("rework"), files=without)
    assert (ways(back)["rework"], default(back), method(back).gate["G1"].landing) == (("P1", ""), "rework", "A")
    assert ids(back) == ids(TWO)


def test_a_gate_may_only_let_the_project_go_on_or_wait() -> None:
    files = files_after(remove("rework"), remove("stop"), add("hold"))
    assert (method(files).gate["G1"].outcomes, set(ways(files)), default(files)) == (("go", "hold"), {"go"}, "")
    again = files_after(add("stop"), add("rework"), files=files)
    assert (ids(again), default(again)) == (ids(TWO), "rework")


def test_reserves_share_the_flow_of_the_go_and_either_may_be_the_only_way_on() -> None:
    files = files_after(add("go_reserves"), remove("go"))
    assert method(files).gate["G1"].outcomes == ("go_reserves", "rework", "stop")
    assert ways(files)["go"] == ("P2", 'decision in ("go", "go_reserves")')


@pytest.mark.parametrize("last", ["go", "go_reserves"])
def test_the_last_favourable_outcome_is_not_taken_away(last: str) -> None:
    files = TWO if last == "go" else files_after(add("go_reserves"), remove("go"))
    with pytest.raises(OutlineRefused) as refused:
        amended(files, remove(last))
    assert said_of(refused).startswith("C’est la seule issue par laquelle « Porte 1 » laisse le projet continuer")


def test_what_is_offered_already_or_not_at_all_changes_nothing() -> None:
    for asked in (add("go"), remove("hold")):
        assert ids(amended(TWO, asked)) == ids(TWO)
    for wrong in (add("dance"), add("stop", "A"), add("stop", "gone")):
        with pytest.raises(OutlineRefused):
            amended(TWO, wrong)


def test_a_stop_leads_to_the_short_closure_where_the_others_do() -> None:
    without = files_after(remove("stop", "G2"), files=CROSS)
    assert "KC" in ids(without)
    assert ways(files_after(add("stop", "G2"), files=without, crossing=True), "G2")["stop"][0] == "KC"


def test_the_last_stop_before_the_short_closure_is_kept_and_the_sentence_says_why() -> None:
    files = CROSS
    for each in ("G1", "G2", "G3", "G4"):
        files = amended(files, remove("stop", each))
    with pytest.raises(OutlineRefused) as refused:
        amended(files, remove("stop", "G5"))
    assert said_of(refused).startswith("« Validation du bilan » est la dernière porte qui mène à « Clôture courte »")


def test_what_the_review_would_refuse_is_not_written() -> None:
    """A project too big for its method leaves by the rework."""
    files = files_of("petit-projet")
    with pytest.raises(OutlineRefused) as refused:
        amended(files, remove("rework", next(each.id for each in method(files).gates if each.outgrown)))
    assert said_of(refused).startswith("La relecture refuserait ce changement, et rien n’est enregistré : ")


def test_an_exceptional_gate_has_its_rework_and_its_stop_too() -> None:
    file, before = "x1-depassement-de-budget.bpmn", ids(CROSS)
    without = files_after(remove("rework", "GX1"), remove("stop", "GX1"), files=CROSS)
    assert "X1T_landing" not in ids(without)
    again = files_after(add("rework", "GX1"), add("stop", "GX1"), files=without)
    assert ways(again, "GX1")["rework"][0] == "X1T_landing"
    assert len(ids({file: again[file]})) == len(ids({file: CROSS[file]}))
    assert len(ids(again)) == len(before)


# --- where a rework lands ----------------------------------------------------------------------------------


def test_a_rework_lands_in_the_middle_of_its_phase_by_an_entry_decision() -> None:
    files = files_after(ONE_MORE, says(landing="T1"))
    assert method(files).gate["G1"].landing == "T1"
    assert ids(files) - ids(amended(TWO, ONE_MORE)) == {
        "P1_entry", "T1_landing", "P1_start > P1_entry", "P1_entry > A", "A > T1_landing", "P1_entry > T1_landing",
        "T1_landing > T1",
    }  # fmt: skip
    assert "À reprendre (T1)".encode() in files[MAIN]
    for back in ([says(landing="A")], [remove("rework")]):
        gone = files_after(*back, files=files)
        assert {each for each in ids({"p1.bpmn": gone["p1.bpmn"]}) if "entry" in each or "landing" in each} == set()
    assert "P1_entry" not in ids(amended(files, {"do": "remove_gate", "element": "G1"}))


def test_what_is_drawn_for_a_rework_follows_the_steps_that_move() -> None:
    landed = files_after(ONE_MORE, says(landing="T1"))
    first = files_after({"do": "up", "element": "T1"}, files=landed)
    assert ([each.id for each in method(first).phase["P1"].tasks], "P1_entry" in ids(first)) == (["T1", "A"], False)
    down = files_after({"do": "down", "element": "T1"}, files=first)
    assert "P1_entry > T1_landing" in ids(down)
    alone = files_after({"do": "remove_step", "element": "A"}, files=landed)
    assert ([each.id for each in method(alone).phase["P1"].tasks], "P1_entry" in ids(alone)) == (["T1"], False)
    before = files_after(ONE_MORE | {"after": "", "fr": "Saluer", "en": "Greet"}, files=landed)
    assert {"P1_entry > T2", "T2 > A"} <= ids(before)  # what is added at the start is not done again
    assert "P1_entry > A_landing" in ids(files_after(ONE_MORE | {"after": ""}))  # nor is it where A was the first
    with pytest.raises(OutlineRefused) as refused:
        amended(landed, {"do": "remove_step", "element": "T1"})
    assert "dites d’abord, sur la page de la porte" in said_of(refused)


def test_a_rework_lands_before_the_block_or_the_condition_in_which_its_step_stands() -> None:
    block = files_after(says("G2", landing="C7b"), files=CROSS)
    assert method(block).gate["G2"].landing == "C7b"
    [split] = [each for each in ids(block) if each.startswith("C7b_landing > ")]
    assert split.endswith("_split")
    assert "A3E_landing > A3E_if" in ids(files_after(says(landing="A3E"), files=CROSS))
    assert "P2_entry" not in ids(files_after(says("G2", landing="C1"), files=CROSS))


def test_what_is_no_step_of_the_phase_is_no_landing() -> None:
    for step in ("B", "gone", "G1"):
        with pytest.raises(OutlineRefused) as refused:
            amended(TWO, says(landing=step))
        assert "n’est pas une étape de la phase que « Porte 1 » termine" in said_of(refused)
    with pytest.raises(OutlineRefused) as refused:
        amended(amended(TWO, remove("rework")), says(landing="A"))
    assert "ajoutez d’abord l’issue" in said_of(refused)


# --- who chairs it -----------------------------------------------------------------------------------------


def test_a_gate_stands_in_the_lane_of_who_chairs_it() -> None:
    files = files_after(DIRECTOR, says(chair="DF"))
    found = method(files).gate["G1"]
    assert (found.chair, found.voters, found.rule) == ("DF", ("DF",), "chair")
    drawn = [lane for diagram in drawn_in(files) for lane in diagram.root.all("lane")]
    lanes = {node.body: lane.properties["method.role"] for lane in drawn for node in lane.children("flowNodeRef")}
    assert {lanes[each] for each in ("G1", "G1_decision", "G1_stopped")} == {"DF"}
    assert lanes["G2"] == "COM"
    back = files_after(says(chair="COM"), files=files)
    assert (ids(back), b"Lane_ete_DF" in back[MAIN]) == (ids(TWO), False)
    assert gate(DIRECTOR, says(chair="DF"), says("G2", chair="DF"), id="G2").chair == "DF"


def test_voters_who_were_chosen_stay_whoever_chairs() -> None:
    chosen = {"voter.COM": "yes", "voter.DF": "yes", "rule": "two_thirds"}
    assert gate(DIRECTOR, says(chair="DF", **chosen)).voters == ("COM", "DF")


def test_who_leads_the_project_does_not_chair_its_gates_and_nobody_is_no_chair() -> None:
    for role, sentence in (
        ("CP", "conduit le projet"),
        ("", "Une porte a quelqu’un qui la préside"),
        ("X", "n’est pas"),
    ):
        with pytest.raises(OutlineRefused) as refused:
            amended(TWO, says(chair=role))
        assert sentence in said_of(refused)


def test_a_second_session_decides_without_quorum_where_the_gate_says_so() -> None:
    voted = {"voter.COM": "yes", "rule": "two_thirds", "quorum": "0.5"}
    assert gate(says(**voted, second="P5D", second_free="yes")).second_free is True
    with pytest.raises(OutlineRefused):
        amended(TWO, says(**voted, second="", second_free="yes"))


# --- two people, a change of mind, a project ---------------------------------------------------------------


def test_where_the_flows_of_a_gate_lead_is_part_of_what_its_page_showed() -> None:
    opened = detail(TWO, "G1").mark
    assert detail(amended(TWO, add("hold")), "G1").mark != opened
    landed = amended(amended(TWO, ONE_MORE), says(landing="T1"))
    with pytest.raises(OutlineRefused):
        amended(landed, says(landing="A", mark=opened))


def test_each_of_these_changes_is_undone(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft(name="Été", phases=2)).draft
    play.do("jeanne", AmendMethodDraft(draft, ONE_MORE))
    play.do("jeanne", AmendMethodDraft(draft, DIRECTOR))
    before = play.see("jeanne", MethodDraftOf(draft)).files
    for asked in (says(landing="T1"), says(chair="DF"), remove("stop"), remove("rework"), add("hold")):
        revision = play.do("jeanne", AmendMethodDraft(draft, asked)).revision
        assert play.see("jeanne", MethodDraftOf(draft)).files != before
        play.do("jeanne", AmendMethodDraft(draft, {"do": "undo", "revision": str(revision)}))
        assert play.see("jeanne", MethodDraftOf(draft)).files == before


def test_a_project_goes_where_the_new_outcomes_say(play: Play) -> None:
    """Its rework lands at the step that was chosen, its hold waits, its stop ends it."""
    files = files_after(ONE_MORE, says(landing="T1"), remove("stop"), add("stop"), add("hold"), add("stop", "G2"))
    play.engine.execute(PublishMethod(files), SYSTEM)
    project = play.start("ete")
    play.complete(project, "A")
    play.complete(project, "T1")
    play.decide(project, "G1", "rework")
    assert play.open(project) == ["T1"]
    play.until(project, "G2", {"G1": ["hold", "go"]})
    play.decide(project, "G2", "stop")
    [row] = play.rows(ProjectRow, ProjectRow.id == project)
    assert (play.open(project), row.status) == ([], "stopped")


def test_a_gate_without_a_rework_stops_or_goes_on(play: Play) -> None:
    play.engine.execute(PublishMethod(files_after(remove("rework"))), SYSTEM)
    for outcome, opened in (("go", ["B"]), ("stop", [])):
        project = play.start("ete")
        play.until(project, "G1")
        play.decide(project, "G1", outcome)
        assert play.open(project) == opened
