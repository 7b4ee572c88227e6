"""What an import changes in what was drawn: each repair with a small diagram that needs it, and one that does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from engine.diagram import Diagram
from engine.normalise import compiled, dialect_of, refusals, repair
from engine.rules.repaired import REPAIRS
from tests.engine.play import files_of
from tests.engine.sketch import sketch

METHODS = sorted(each for each in (Path(__file__).parents[2] / "workflows").iterdir() if list(each.glob("*.bpmn")))
SPIFF = 'xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core"'


def drawn(text: str | bytes, namespaces: str = "", file: str = "p.bpmn") -> Diagram:
    return Diagram(sketch(text, namespaces) if isinstance(text, str) else text, file)


def plain(text: str) -> Diagram:
    """Of no modeler that its namespaces would tell."""
    return drawn(sketch(text).replace(b"http://camunda.org/schema/1.0/bpmn", b"http://example.org/none"))


def repaired(*diagrams: Diagram, dialect: str = "") -> tuple[list[tuple[str, dict[str, Any]]], list[Diagram]]:
    """What was done, and the diagrams; a second pass finds nothing, and what was given is as it was."""
    before = [each.write() for each in diagrams]
    done = repair(diagrams, dialect)
    assert [each.write() for each in diagrams] == before
    assert repair(done.diagrams, dialect).repairs == ()
    for each in done.repairs:
        # every fact is in the sentence, and the sentence has no other
        assert set(re.findall(r"\{(\w+)\}", REPAIRS[each.rule].fr)) == set(each.facts) - {"dialect"}
    return [(each.rule, each.facts) for each in done.repairs], list(done.diagrams)


@pytest.mark.parametrize("folder", METHODS, ids=lambda each: each.name)
def test_a_method_is_its_own_fixed_point(folder: Path) -> None:
    diagrams = [Diagram(content, name) for name, content in files_of(folder).items()]
    done = repair(diagrams)
    assert done.repairs == ()
    assert [each.write() for each in done.diagrams] == [each.write() for each in diagrams]
    assert refusals(diagrams) == ()


def test_what_has_no_id_gets_one() -> None:
    file = sketch("start s -> a\nuser a").replace(b' id="s.0"', b"").replace(b' id="p"', b"")
    done, [diagram] = repaired(drawn(file.replace(b"<userTask", b'<userTask id="sequenceFlow_1"/><userTask')))
    assert [(rule, facts["tag"]) for rule, facts in done] == [("id-given", "process"), ("id-given", "sequenceFlow")]
    ids = [node.id for node in diagram.root.all("process", "startEvent", "userTask", "sequenceFlow")]
    assert all(ids)
    assert len(ids) == len(set(ids))


def test_a_second_element_of_one_id_gets_another_and_what_refers_to_it_follows() -> None:
    file = sketch("start s -> a\nuser a -> e\non t of=a (timer P1D) -> e\nend e")
    done, [_, second] = repaired(drawn(file), drawn(file.replace(b'"p"', b'"q"'), file="q.bpmn"))
    assert {rule for rule, _ in done} == {"id-renamed"}
    assert sorted(facts["new"] for _, facts in done) == ["a.0_2", "a_2", "e_2", "s.0_2", "s_2", "t.0_2", "t_2"]
    [process] = second.processes
    assert [(flow.get("sourceRef"), flow.get("targetRef")) for flow in process.flows] == [
        ("s_2", "a_2"), ("a_2", "e_2"), ("t_2", "e_2")
    ]  # fmt: skip
    [alarm] = process.children("boundaryEvent")
    assert alarm.get("attachedToRef") == "a_2"


def test_a_flow_that_stands_outside_both_its_ends_goes_back_between_them() -> None:
    file = sketch("start s -> b\nsub b\n  start bs\n  user bu")
    stray = b'<sequenceFlow id="x" sourceRef="bs" targetRef="bu" /></process>'
    done, [diagram] = repaired(drawn(file.replace(b"</process>", stray)))
    assert done == [("flow-brought-back", {"scope": "b"})]
    [sub] = diagram.root.all("subProcess")
    assert [flow.id for flow in sub.flows] == ["x"]
    assert refusals([diagram]) == ()


def test_a_flow_whose_ends_stand_apart_is_refused() -> None:
    file = sketch("start s -> b\nsub b\n  start bs -> bu\n  user bu").replace(b'sourceRef="s"', b'sourceRef="bs"')
    [problem] = refusals(repair([drawn(file)]).diagrams)
    assert (problem.rule, problem.place.element) == ("dangling-flow", "s.0")


def test_what_is_referred_to_and_not_defined_is_defined_by_its_name() -> None:
    file = sketch("start s -> a\nuser a\non t of=a (error Refus)\non u of=a (message Avis)")
    for tag in (b"error", b"message"):
        at = file.index(b"<" + tag + b" ")
        file = file[:at] + file[file.index(b"/>", at) + 2 :]
    done, [diagram] = repaired(drawn(file))
    assert done == [
        ("reference-defined", {"said": "Refus", "tag": "error"}),
        ("reference-defined", {"said": "Avis", "tag": "message"}),
    ]
    assert [node.get("errorCode") for node in diagram.root.children("error")] == ["Refus"]


def test_a_reference_loses_a_prefix_that_the_file_does_not_know() -> None:
    file = sketch("start s -> a\nuser a\non t of=a (message Avis)").replace(
        b'messageRef="Avis"', b'messageRef="tns:Avis"'
    )
    assert repaired(drawn(file))[0] == [("reference-shortened", {"said": "tns:Avis", "local": "Avis"})]


def test_a_sub_process_in_which_nothing_is_drawn_is_a_task_of_someone() -> None:
    done, [diagram] = repaired(drawn('start s -> a\nsub a "Instruire" -> e\non t of=a (timer P1D) -> e\nend e'))
    assert done == [("empty-sub-process", {"name": "Instruire"})]
    assert [node.tag for node in diagram.processes[0].nodes] == ["startEvent", "userTask", "boundaryEvent", "endEvent"]


@pytest.mark.parametrize(
    ("dialect", "people"),
    [
        ("camunda", []), ("flowable", []), ("activiti", []), ("zeebe", []), ("bpmn-engine", ["b"]),
        ("spiffworkflow", ["a", "b"]), ("plain", ["a", "b"]),
    ],
)  # fmt: skip
def test_tasks_without_a_kind_are_given_to_people_where_their_engine_does(dialect: str, people: list[str]) -> None:
    done, _ = repaired(drawn("start s -> a\ntask a -> b\nmanual b"), dialect=dialect)
    assert [(rule, facts["name"]) for rule, facts in done] == [("task-for-a-person", each) for each in people]


@pytest.mark.parametrize(
    ("namespaces", "dialect"),
    [
        ("", "camunda"), (SPIFF, "spiffworkflow"), ('xmlns:f="http://flowable.org/bpmn"', "flowable"),
        ('xmlns:z="http://camunda.org/schema/zeebe/1.0"', "zeebe"),
    ],
)  # fmt: skip
def test_the_modeler_is_told_from_the_namespaces(namespaces: str, dialect: str) -> None:
    assert dialect_of(drawn("start s", namespaces)) == dialect
    assert dialect_of(plain("start s")) == "plain"
    assert dialect_of(plain("start s -> d\nxor d -> a [${environment.variables.x}], b [default]\nuser a\nuser b")) == (
        "bpmn-engine"
    )


def test_a_condition_without_a_text_goes_and_so_does_one_where_all_flows_are_taken() -> None:
    file = sketch("start s -> f\nand f -> a [x = 1], b\nuser a -> c [y]\nuser b\nuser c").replace(b">y<", b"> <")
    done, [diagram] = repaired(drawn(file))
    assert done == [("condition-without-effect", {"condition": "x = 1"}), ("empty-condition", {})]
    assert list(diagram.root.all("conditionExpression")) == []


def test_the_only_flow_of_a_decision_without_a_condition_is_its_default() -> None:
    text = "start s -> d\nxor d -> a [x = 1], b\nuser a\nuser b"
    done, [diagram] = repaired(drawn(text))
    assert done == [("default-found", {"name": "d"})]
    assert [node.get("default") for node in diagram.root.all("exclusiveGateway")] == ["d.1"]
    assert repaired(drawn(text.replace("], b", "], b [default]")))[0] == []
    # which of two is meant, nobody can tell
    assert repaired(drawn("start s -> d\nxor d -> a, b\nuser a\nuser b"))[0] == []


def test_a_default_that_leaves_elsewhere_is_forgotten() -> None:
    file = sketch("start s -> d\nxor d -> a [x = 1], b [default]\nuser a\nuser b").replace(
        b'default="d.1"', b'default="s.0"'
    )
    done, _ = repaired(drawn(file))
    assert done == [("default-elsewhere", {"default": "s.0"}), ("default-found", {"name": "d"})]


def test_a_loop_without_end_is_done_once_and_instances_without_number_are_one() -> None:
    file = sketch("start s -> a\nuser a [while x] -> b\nuser b [times 1]").replace(
        b"<loopCondition>x</loopCondition>", b""
    )
    file = file.replace(b"<loopCardinality>1</loopCardinality>", b"")
    done, [diagram] = repaired(drawn(file))
    assert [rule for rule, _ in done] == ["loop-done-once", "instances-become-one"]
    assert {problem.rule for problem in refusals([drawn(file)])} == {"loop-without-end", "instances-without-number"}
    assert refusals([diagram]) == ()


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ('"PT5M"', "PT5M"), ("'P14D'", "P14D"), ("PT0.5S", "PT1M"), ("PT61S", "PT2M"), ("PT1H30S", "PT1H1M"),
        ("R2/PT0.1S", "R2/PT1M"), ("P1DT1S", "P1DT1M"), ('"R3/PT10H"', "R3/PT10H"), ("P7DT0H", None), ("PT5M", None),
    ],
)  # fmt: skip
def test_moments_are_written_out_in_minutes(said: str, written: str | None) -> None:
    file = sketch("start s -> t\ncatch t (timer P3D)").replace(b"P3D", said.encode())
    done, [diagram] = repaired(drawn(file))
    assert done == ([("moment-written-out", {"old": said, "new": written})] if written else [])
    assert refusals([diagram]) == ()


@pytest.mark.parametrize(
    ("dialect", "said", "feel"),
    [
        ("camunda", "${x == 'a'}", 'x = "a"'),
        ("camunda", "x == 1", "x = 1"),  # drawn in Camunda Modeler for SpiffWorkflow
        ("spiffworkflow", "x == 'a' and not y", None),
        ("plain", "${x > 1}", "x > 1"),
        ("plain", "bpmn:getDataObject('x') = 'yes'", 'x = "yes"'),
        ("plain", "not(bpmn:getDataObject('x'))", "not(x)"),
        ("spiffworkflow", "priority = 'Emergency'", 'priority = "Emergency"'),
        ("plain", "Service Level == 'Premium'", 'Service Level = "Premium"'),
        ("camunda", "${bean.check(x)}", ""),
        ("camunda", "x > 1", None),
    ],
)
def test_expressions_are_said_in_feel_where_they_are_certain(dialect: str, said: str, feel: str | None) -> None:
    """None: whatever it is said as, it is accepted; empty: it is refused."""
    file = sketch("start s -> d\nxor d -> a [SAID], b [default]\nuser a\nuser b").replace(
        b"SAID", said.replace("<", "&lt;").replace(">", "&gt;").encode()
    )
    done, [diagram] = repaired(drawn(file), dialect=dialect)
    if feel:
        assert done == [("expression-translated", {"old": said, "new": feel})]
    assert [problem.rule for problem in refusals([diagram])] == (["expression-not-run"] if feel == "" else [])


def test_collections_and_called_processes_that_expressions_name_are_said_in_feel_too() -> None:
    done, [diagram] = repaired(drawn("start s -> a\ncall a calls=${which} [each ${items} as item]"))
    assert [facts["new"] for _, facts in done] == ["=which", "items"]
    assert [node.get("calledElement") for node in diagram.root.all("callActivity")] == ["=which"]


# --- compilation -----------------------------------------------------------------------------------------------


def explained(diagram: Diagram) -> list[str]:
    return [each.rule for each in compiled([diagram]).explained]


def test_compilation_keeps_every_id_and_says_what_it_reads_otherwise() -> None:
    diagram = drawn("""
        start s -> l
        throw l (link Suite)
        catch k (link Suite) -> a
        user a [each items as item]
    """)
    before = [node.id for node in diagram.processes[0].nodes]
    assert explained(diagram) == ["link-joined", "instances-read"]
    [form] = compiled([diagram]).diagrams
    assert [node.id for node in form.processes[0].nodes] == before
    assert [flow.id for flow in form.processes[0].flows] == ["s.0", "k.0", "l.link"]
    assert list(compiled([diagram]).files) == ["p.bpmn"]


def test_what_flowable_and_camunda_8_say_of_instances_and_calls_is_read() -> None:
    flowable = sketch("start s -> a\nuser a [each items as item]").replace(
        b"http://camunda.org/schema/1.0/bpmn", b"http://flowable.org/bpmn"
    )
    assert explained(drawn(flowable)) == ["instances-read"]
    eight = drawn(b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:z="http://camunda.org/schema/zeebe/1.0"><process id="p" isExecutable="true"><callActivity id="c">
      <extensionElements><z:calledElement processId="q"/></extensionElements><multiInstanceLoopCharacteristics>
      <extensionElements><z:loopCharacteristics inputCollection="=lots" inputElement="lot" outputCollection="faits"
      outputElement="=fait"/></extensionElements></multiInstanceLoopCharacteristics></callActivity></process></definitions>""")
    assert explained(eight) == ["instances-read"]
    [form] = compiled([eight]).diagrams
    [loop] = form.root.all("multiInstanceLoopCharacteristics")
    said = {child.tag: child.body or child.id for child in loop.children() if child.tag != "extensionElements"}
    assert said == {
        "loopDataInputRef": "lots",
        "inputDataItem": "lot",
        "loopDataOutputRef": "faits",
        "outputDataItem": "fait",
    }


def test_a_link_that_leads_nowhere_is_refused() -> None:
    [problem] = refusals([drawn("start s -> l\nthrow l (link Suite)\ncatch k (link Autre) -> e\nend e")])[:1]
    assert (problem.rule, problem.place.element, problem.facts) == ("event-not-run", "l", {"kind": "link"})
