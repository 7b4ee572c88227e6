"""The rules on what is not run, is run only when someone says more, or is repaired: a few lines each that break one."""

from __future__ import annotations

import pytest

from engine import DiagramRefused, execution
from engine.review import Reviewed, in_words, review
from engine.rules import RULES, repaired, running
from tests.engine.sketch import BPMN, CAMUNDA, sketch

ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
#: rule, the drawing that breaks it; one that does not
NOT_RUN: list[tuple[str, str, str]] = [
    ("script-refused", "start s -> a\nscript a -> e\nend e", "start s -> a\nuser a -> e\nend e"),
    ("complex-gateway-not-run", "start s -> a\ncomplex a -> e\nend e", "start s -> a\nxor a -> e\nend e"),
    (
        "ad-hoc-not-run",
        "start s -> a\nadhoc a -> e\n  user b\nend e",
        "start s -> a\nsub a -> e\n  start b -> c\n  end c\nend e",
    ),
    (
        "compensation-not-run",
        "start s -> a\nthrow a (compensate) -> e\nend e",
        "start s -> a\nthrow a (message M) -> e\nend e",
    ),
    ("event-not-run", "start s -> a\ncatch a (error E) -> e\nend e", "start s -> a\ncatch a (message M) -> e\nend e"),
    ("event-without-cause", "start s -> a\ncatch a -> e\nend e", "start s -> a\ncatch a (signal S) -> e\nend e"),
    (
        "timer-without-time",
        "start s -> a\ncatch a (timer) -> e\nend e",
        "start s -> a\ncatch a (timer P5D) -> e\nend e",
    ),
    (
        "condition-missing",
        "start s -> a\ncatch a (condition) -> e\nend e",
        "start s -> a\ncatch a (condition x > 1) -> e\nend e",
    ),
    (
        "decided-by-hand",
        "start s -> d\nxor d -> a, e\nuser a -> e\nend e",
        "start s -> d\nxor d -> a [x > 1], e [default]\nuser a -> e\nend e",
    ),
    (
        "called-elsewhere",
        "start s -> a\ncall a calls=ailleurs -> e\nend e",
        "start s -> a\ncall a calls=q -> e\nend e\nprocess q\nstart qs -> qe\nend qe",
    ),
    (
        "called-refused",
        "start s -> a\ncall a calls=q -> e\nend e\nprocess q\nstart qs -> qa\ncomplex qa",
        "start s -> a\ncall a calls=q -> e\nend e\nprocess q\nstart qs -> qa\nuser qa",
    ),
    (
        "moment-not-run",
        "start s -> a\ncatch a (timer P0D) -> e\nend e",
        "start s -> a\ncatch a (timer PT2H) -> e\nend e",
    ),
    (
        "expression-not-run",
        "start s -> d\nxor d -> a [x > ], e [default]\nuser a -> e\nend e",
        "start s -> d\nxor d -> a [x > 1], e [default]\nuser a -> e\nend e",
    ),
    (
        "several-events-at-once",
        "start s -> a\nuser a -> e\non b of=a parallelMultiple=true (message M) (signal S) -> e\nend e",
        "start s -> a\ncatch a parallelMultiple=true (message M) (signal S) -> e\nend e",
    ),
    (
        "several-events-at-once",
        "start s -> r\nrace r -> a, b\ncatch a parallelMultiple=true (message M) (signal S) -> e\n"
        "catch b (timer P5D) -> e\nend e",
        "start s -> a\ncatch a parallelMultiple=true (timer P5D) (timer P6D) -> e\nend e",
    ),
    (
        "attribute-not-run",
        "start s -> a\nuser a startQuantity=2 -> e\nend e",
        "start s -> a\nuser a startQuantity=1 -> e\nend e",
    ),
    (
        "attribute-not-run",
        "start s -> r\nrace r eventGatewayType=Parallel -> a, b\ncatch a (message M) -> e\ncatch b (signal S) -> e\n"
        "end e",
        "start s -> r\nrace r -> a, b\ncatch a (message M) -> e\ncatch b (signal S) -> e\nend e",
    ),
    (
        "several-timers",
        "start s -> a\ncatch a (timer P5D) (timer P6D) -> e\nend e",
        "start s -> a\ncatch a (timer P5D) -> e\nend e",
    ),
    (
        "several-starts-inside",
        "start s -> a\nsub a -> e\n  start b -> d\n  start c -> d\n  end d\nend e",
        "start s -> a\nsub a -> e\n  start b -> d\n  end d\nend e",
    ),
    (
        "event-sub-process-start",
        "start s -> a\nuser a -> e\nend e\nsub! b\n  start c -> d\n  end d",
        "start s -> a\nuser a -> e\nend e\nsub! b\n  start c (signal S) -> d\n  end d",
    ),
    ("nothing-to-begin", "user a -> b\nuser b -> a, e\nend e", "start s -> a\nuser a -> e\nend e"),
    (
        "attached-to-nothing",
        "start s -> a\nuser a -> e\nend e\non b of=s (timer P5D) -> e",
        "start s -> a\nuser a -> e\nend e\non b of=a (timer P5D) -> e",
    ),
    (
        "race-without-event",
        "start s -> r\nrace r -> a, b\nuser a -> e\ncatch b (timer P5D) -> e\nend e",
        "start s -> r\nrace r -> a, b\nreceive a -> e\ncatch b (timer P5D) -> e\nend e",
    ),
    (
        "cancel-outside-transaction",
        "start s -> a\nuser a -> e\nend e (cancel)",
        "start s -> a\nuser a -> e\nend e (terminate)",
    ),
    (
        "cancel-not-caught",
        "start s -> t\ntransaction t -> e\n  start b -> c\n  end c (cancel)\nend e",
        "start s -> t\ntransaction t -> e\n  start b -> c\n  end c\nend e",
    ),
    (
        "calls-for-ever",
        "start s -> a\ncall a calls=q -> e\nend e\nprocess q\nstart qs -> qa\nuser qa -> qc\n"
        "call qc calls=p -> qe\nend qe",
        "start s -> a\ncall a calls=q -> e\nend e\nprocess q\nstart qs -> qd\nxor qd -> qc [x > 1], qe [default]\n"
        "call qc calls=p -> qe\nend qe",
    ),
    (
        "drawn-in-no-process",
        "start s -> a\nuser a -> e\n  user b\nend e",
        "start s -> a\nsub a -> e\n  user b\nend e",
    ),
    ("end-goes-on", "start s -> a\nend a -> b\nuser b -> e\nend e", "start s -> b\nuser b -> e\nend e"),
]  # fmt: skip


def drawing(body: str) -> bytes:
    kin = {"camunda:": f' xmlns:camunda="{CAMUNDA}"', "zeebe:": f" {ZEEBE}"}
    spaces = f'xmlns="{BPMN}"' + "".join(said for prefix, said in kin.items() if prefix in body)
    if DRAFT in body:
        spaces = spaces.replace(BPMN, "http://www.omg.org/bpmn20")
    process = f'<process id="p" isExecutable="true">{body}</process>'
    head = f'<definitions {spaces} targetNamespace="t"><message id="N" name="N"/>'
    # an accent: as a modeler that says UTF-8 and writes Windows-1252
    return f"{head}{process}</definitions>".encode("cp1252" if "\xe9" in body else "utf-8")


def reviewed(text: str, namespaces: str = "", *, as_method: bool = False, explain: bool = False) -> Reviewed:
    return review({"p.bpmn": sketch(text, namespaces)}, as_method=as_method, explain=explain)


@pytest.mark.parametrize(("rule", "wrong", "right"), NOT_RUN, ids=[each[0] for each in NOT_RUN])
def test_what_is_not_run_as_drawn_is_said(rule: str, wrong: str, right: str) -> None:
    assert rule in {each.rule for each in reviewed(wrong).findings}
    assert rule not in {each.rule for each in reviewed(right).findings}


#: said of a file that a modeler of today would not write
DRAFT = "<!-- in the namespace of a draft -->"

#: what an import would repair, and a method may not leave open
IN_METHODS = [
    ("loop-without-end", '<userTask id="a"><standardLoopCharacteristics/></userTask>'),
    ("instances-without-number", '<userTask id="a"><multiInstanceLoopCharacteristics/></userTask>'),
    ("element-without-id", "<userTask/>"),
    ("duplicate-id", '<userTask id="a"/><subProcess id="b"><userTask id="a"/></subProcess>'),
    ("dangling-reference", '<receiveTask id="a" messageRef="M"/>'),
    (
        "error-goes-on",
        '<task id="b"/><subProcess id="a" triggeredByEvent="true"><startEvent id="s" isInterrupting="false">'
        '<errorEventDefinition/></startEvent><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>'
        "</subProcess>",
    ),
    ("written-otherwise", DRAFT + '<startEvent id="s"/>'),
]


@pytest.mark.parametrize(("rule", "drawn"), IN_METHODS, ids=[each[0] for each in IN_METHODS])
def test_what_an_import_repairs_is_refused_in_a_method(rule: str, drawn: str) -> None:
    file = drawing(drawn)
    errors = review({"p.bpmn": file}, as_method=True).errors
    assert rule in {each.rule for each in errors}
    assert not {each.rule for each in review({"p.bpmn": file}).errors}


USER, ON = '<userTask id="a"/>', '<sequenceFlow id="g" sourceRef="a" targetRef="e"/>'
ASKED = '<sequenceFlow id="h" sourceRef="a" targetRef="e"><conditionExpression>x</conditionExpression></sequenceFlow>'
EACH = '<multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="item"/>'
DELAY = '<timerEventDefinition><timeDuration>"P5D"</timeDuration></timerEventDefinition>'
LINK = '<linkEventDefinition name="L"/>'
#: between a start `s`, which leads to `a`, and an end `e`
REPAIRED = [
    ("encoding-renewed", '<userTask id="a" name="D\xe9cider"/>' + ON),
    ("namespace-renewed", DRAFT + USER + ON),
    (
        "error-interrupts",
        '<serviceTask id="a"/><boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><errorEventDefinition/>'
        '</boundaryEvent><sequenceFlow id="h" sourceRef="b" targetRef="e"/>' + ON,
    ),
    ("id-given", USER + '<sequenceFlow sourceRef="a" targetRef="e"/>'),
    ("id-renamed", '<subProcess id="a"><userTask id="e"/></subProcess>' + ON),
    (
        "flow-brought-back",
        '<subProcess id="a"><startEvent id="b"/><endEvent id="c"/></subProcess>' + ON
        + '<sequenceFlow id="h" sourceRef="b" targetRef="c"/>',
    ),
    ("reference-defined", '<receiveTask id="a" messageRef="M"/>' + ON),
    ("reference-shortened", '<receiveTask id="a" messageRef="t:N"/>' + ON),
    ("empty-sub-process", '<subProcess id="a"/>' + ON),
    ("task-for-a-person", '<manualTask id="a"/>' + ON),
    ("empty-condition", USER + ASKED.replace(">x<", "><")),
    ("condition-without-effect", '<parallelGateway id="a"/>' + ASKED),
    ("default-elsewhere", '<userTask id="a" default="f"/>' + ON),
    ("default-found", '<exclusiveGateway id="a"/>' + ON + ASKED),
    ("loop-done-once", '<userTask id="a"><standardLoopCharacteristics/></userTask>' + ON),
    ("instances-become-one", '<userTask id="a"><multiInstanceLoopCharacteristics/></userTask>' + ON),
    ("moment-written-out", f'<intermediateCatchEvent id="a">{DELAY}</intermediateCatchEvent>' + ON),
    ("expression-translated", '<exclusiveGateway id="a" default="g"/>' + ON + ASKED.replace(">x<", ">${x &gt; 1}<")),
    (
        "link-joined",
        f'<intermediateThrowEvent id="a">{LINK}</intermediateThrowEvent>'
        f'<intermediateCatchEvent id="b">{LINK}</intermediateCatchEvent>' + ON.replace('"a"', '"b"'),
    ),
    (
        "events-parted",
        '<intermediateCatchEvent id="a" parallelMultiple="true"><messageEventDefinition messageRef="N"/>'
        "<signalEventDefinition/></intermediateCatchEvent>" + ON,
    ),
    ("instances-read", f'<userTask id="a">{EACH}</userTask>' + ON),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "drawn"), REPAIRED, ids=[each[0] for each in REPAIRED])
def test_a_repair_and_what_the_executor_reads_otherwise_are_told_in_notes(rule: str, drawn: str) -> None:
    file = drawing(f'<startEvent id="s"/>{drawn}<endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>')
    found = review({"p.bpmn": file}, explain=True).findings
    assert [each.severity for each in found if each.rule == rule] == ["note"], in_words(found, "fr")
    assert not [each for each in found if each.severity == "error"]
    if rule in repaired.FORMS:
        assert rule not in {each.rule for each in review({"p.bpmn": file}).findings}


CASES = {each[0] for each in [*NOT_RUN, *IN_METHODS, *REPAIRED]}


def test_every_rule_on_running_has_its_case() -> None:
    """But the one for elements that BPMN does not have yet."""
    assert CASES >= {*running.RULES, *repaired.RULES} - {"element-not-run"}


#: rounds in which nobody does anything, and rounds in which someone does; `task` is passed at once by Camunda
ENDLESS = [
    "start s -> a\ntask a -> d\nxor d -> a [x > 1], e [default]\nend e",
    "start s -> a\nmanual a -> d\nxor d -> t [x > 1], e [default]\nthrow t (link L)\ncatch c (link L) -> a\nend e",
    "start s -> a\nsub a -> d\n  start b -> f\n  task f -> g\n  end g\nxor d -> a [x > 1], e [default]\nend e",
    "start s -> m\nxor m -> f\nand f -> a, b\ntask a -> j\ntask b -> j\nand j -> d\nxor d -> m [x > 1], e [default]\n"
    "end e",
]
WAITED_FOR = [
    "start s -> a\nuser a -> d\nxor d -> a [x > 1], e [default]\nend e",
    "start s -> a\ntask a -> d\nxor d -> a, e\nend e",
    "start s -> a\nsub a -> d\n  start b -> f\n  user f -> g\n  end g\nxor d -> a [x > 1], e [default]\nend e",
    "start s -> m\nxor m -> f\nand f -> a, b\ntask a -> j\nuser b -> j\nand j -> d\nxor d -> m [x > 1], e [default]\n"
    "end e",
]


@pytest.mark.parametrize("text", ENDLESS)
def test_a_round_in_which_nobody_does_anything_is_refused(text: str) -> None:
    found = review({"p.bpmn": sketch(text)}, "camunda").errors
    assert [each.rule for each in found] == ["round-without-wait"]


@pytest.mark.parametrize("text", WAITED_FOR)
def test_a_round_that_waits_for_someone_is_not(text: str) -> None:
    assert review({"p.bpmn": sketch(text)}, "camunda").errors == ()


@pytest.mark.parametrize(("id", "rule"), [('id="f"', "duplicate-id"), ("", "flow-without-id")])
@pytest.mark.parametrize("as_method", [False, True])
def test_flows_that_cannot_be_told_apart_at_a_join_are_refused(id: str, rule: str, as_method: bool) -> None:
    flows = f'<sequenceFlow {id} sourceRef="a" targetRef="j"/>' * 3
    file = drawing(f'<startEvent id="s"/><userTask id="a"/><parallelGateway id="j"/><endEvent id="e"/>{flows}')
    if rule == "flow-without-id" and not as_method:
        rule = "id-given"  # by the import
    assert rule in {each.rule for each in review({"p.bpmn": file}, as_method=as_method).findings}


NEIGHBOURS = """
    start s -> a
    user a "Instruire" -> e
    end e
    process q
    start qs -> qa
    complex qa -> qe
    end qe
    process r
    start rs -> rc
    call rc "Appeler" calls=q -> re
    end re
    process t
    start ts -> tc
    call tc "Relayer" calls=r -> te
    end te
"""


def test_a_process_runs_although_its_neighbours_are_refused_and_their_callers_are_refused_by_name() -> None:
    found = reviewed(NEIGHBOURS)
    assert {each.id: each.verdict for each in found.processes} == {
        "p": "runs", "q": "refused", "r": "refused", "t": "refused",
    }  # fmt: skip
    calls = [each for each in found.findings if each.rule == "called-refused"]
    assert [(each.place.element, each.message.fr, each.message.en) for each in calls] == [
        ("rc", "« Appeler » appelle « q », qui est refusé.", "“Appeler” calls “q”, which is refused."),
        ("tc", "« Relayer » appelle « r », qui est refusé.", "“Relayer” calls “r”, which is refused."),
    ]
    program = execution.compile({"p.bpmn": sketch(NEIGHBOURS)})
    run = execution.start(program, "p", {})
    assert [each.name for each in run.step.opened] == ["Instruire"]
    for process, element in (("q", "qa"), ("r", "rc"), ("t", "tc")):
        with pytest.raises(DiagramRefused) as refusal:
            execution.start(program, process, {})
        assert f"« {element} »" in refusal.value.text("fr")
        assert RULES["called-refused" if process != "q" else "complex-gateway-not-run"].remedy.en.format(
            called={"r": "q", "t": "r"}.get(process, "")
        ) in refusal.value.text("en")


def test_a_process_is_refused_with_what_it_calls_when_only_its_way_is_wrong() -> None:
    text = """
        start s -> c
        call c calls=q -> e
        end e
        process q
        start qs -> qd
        xor qd -> qa [x = 1], qb [default]
        user qa -> qj
        user qb -> qj
        and qj -> qe
        end qe
        """
    found = {each.id: {one.rule for one in each.findings if one.severity == "error"}
             for each in reviewed(text).processes}  # fmt: skip
    assert found == {"p": {"called-refused"}, "q": {"no-case-ends"}}


def test_a_process_that_no_file_draws_is_refused_by_name() -> None:
    with pytest.raises(DiagramRefused, match="ailleurs : aucun processus de ce nom"):
        execution.start(execution.compile({"p.bpmn": sketch("start s -> e\nend e")}), "ailleurs", {})
