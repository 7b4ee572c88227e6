"""The rules that a method keeps: `essai/` as it is has no finding; one line drawn otherwise has exactly this one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engine import AcceptedLine, MethodPageOf, MethodRefused, PublishMethod, Text, WarningsLeft
from engine.review import in_words, review
from engine.rules import RULES
from engine.store.tables import EventRow, ReleaseRow
from tests.engine.play import ESSAI, SHIPPED, Play, files_of

EXCEPTION = files_of(Path(__file__).parents[1] / "engine" / "exceptions")
OVERRUN = "depassement.bpmn"
MAIN, STUDY, DELIVERY, CLOSURE = "essai.bpmn", "etude.bpmn", "realisation.bpmn", "cloture-courte.bpmn"
#: drawn otherwise wherever they stand, not only once
EVERYWHERE = ('id="item.', '"K"')
TASK_X = '<bpmn:userTask id="X" name="Réaliser" camunda:candidateGroups="CP" camunda:dueDate="P5D">'
NAME_X = '<camunda:property name="name.en" value="Deliver" />'
TITLE = '<camunda:formField id="titre" label="Titre" type="string">'
JOIN_TO_END = '<bpmn:sequenceFlow id="P2_join_to_P2_end" sourceRef="P2_join" targetRef="P2_end" />'
LONE = '<bpmn:task id="W" name="Seule" />'


def timed(event: str, after: str = "W", **attributes: str) -> str:
    """A timer `W` on the border of the task X, or where `after` says, that leads to an end of its own."""
    said = "".join(f' {name}="{value}"' for name, value in ({"attachedToRef": "X"} | attributes).items())
    return (
        f'{JOIN_TO_END}<bpmn:boundaryEvent id="W"{said}>{event}</bpmn:boundaryEvent><bpmn:endEvent id="W_end" />'
        f'<bpmn:sequenceFlow id="w" sourceRef="{after}" targetRef="W_end" />'
    )


def moment(kind: str, text: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"


CLOCK = (
    '<bpmn:extensionElements><camunda:properties><camunda:property name="method.clock" value="ouvrés" />'
    "</camunda:properties></bpmn:extensionElements>"
)
ASIDE = {"cancelActivity": "false"}
FORK = (
    '<bpmn:parallelGateway id="W_fork" /><bpmn:sequenceFlow id="w0" sourceRef="W" targetRef="W_fork" />'
    '<bpmn:endEvent id="W_other" /><bpmn:sequenceFlow id="w2" sourceRef="W_fork" targetRef="W_other" />'
)
ONE_PROCESS = re.search(r"<bpmn:process .*</bpmn:process>", EXCEPTION[OVERRUN].decode(), re.DOTALL)[0]  # type: ignore[index]
BY_TOLERANCE = ONE_PROCESS.replace("montant &gt; 1000", "tolerance")
TWO_PROCESSES = BY_TOLERANCE + re.sub(
    r'"(G?S)([_"])', r'"\1R\2', BY_TOLERANCE.replace('"Depassement"', '"Retard"')
).replace("S_to_GS", "SR_to_GSR").replace('_to_S"', '_to_SR"').replace("GS_decision", "GSR_decision")
REVIEW = '<camunda:property name="name.en" value="Review" />'
ASSESS = '<camunda:property name="name.en" value="Assess" />'


def silenced(effect: str, noted: str = ASSESS) -> str:
    return f'{noted}<camunda:property name="method.silence" value="{effect}" />'


GATE_TO_DECISION = '<bpmn:sequenceFlow id="G1_to_G1_decision" sourceRef="G1" targetRef="G1_decision" />'
CRITERION = '<camunda:property name="method.criterion.1.en" value="Need established" />'


def said(name: str, value: str) -> str:
    return f'<camunda:property name="method.{name}" value="{value}" />'


#: rule, file, what is drawn, what is drawn instead, the element that the finding names
CASES: list[tuple[str, str, str, str, str]] = [
    ("one-main-process", MAIN, 'name="method.kind" value="method"', 'name="method.kind" value="phase"', ""),
    ("unknown-attribute", MAIN, "method.gate.quorum", "method.gate.quroum", "G1"),
    ("unknown-value", MAIN, CRITERION, CRITERION + said("criterion.1.evidence", "oui"), "G1"),
    ("unknown-computation", MAIN, CRITERION, CRITERION + said("criterion.1.computed", "all_is_well"), "G1"),
    ("computation-parameter", MAIN, CRITERION, CRITERION + said("criterion.1.computed", "answered(Z9)"), "G1"),
    ("called-process-missing", MAIN, 'calledElement="Process_KC"', 'calledElement="Process_ZZ"', "KC"),
    (
        "phase-not-called", CLOSURE, "</bpmn:process>",
        '</bpmn:process><bpmn:process id="W" name="À part" isExecutable="true"><bpmn:extensionElements>'
        '<camunda:properties><camunda:property name="method.kind" value="phase" /></camunda:properties>'
        '</bpmn:extensionElements><bpmn:startEvent id="W_start" /><bpmn:userTask id="W_task" name="Seule" />'
        '<bpmn:endEvent id="W_end" /><bpmn:sequenceFlow id="w1" sourceRef="W_start" targetRef="W_task" />'
        '<bpmn:sequenceFlow id="w2" sourceRef="W_task" targetRef="W_end" /></bpmn:process>', "W",
    ),
    (
        "task-outside-a-phase", MAIN, 'sourceRef="start" targetRef="P1" />',
        'sourceRef="start" targetRef="W" /><bpmn:userTask id="W" name="Accueillir" camunda:candidateGroups="CP" />'
        '<bpmn:sequenceFlow id="w" sourceRef="W" targetRef="P1" />', "W",
    ),
    (
        "gate-drawn-wrong", DELIVERY, TASK_X,
        TASK_X + '<bpmn:extensionElements><camunda:properties><camunda:property name="method.kind" value="gate" />'
        '</camunda:properties></bpmn:extensionElements>', "X",
    ),
    ("unknown-field-type", STUDY, 'label="Montant" type="money"', 'label="Montant" type="monnaie"', "A"),
    (
        "feeds-no-register", STUDY, '<camunda:property id="label.en" value="Milestones" />',
        '<camunda:property id="label.en" value="Milestones" /><camunda:property id="register" value="journal" />', "A",
    ),
    (
        "confidential-file", STUDY, '<camunda:property id="label.en" value="Note" />',
        '<camunda:property id="label.en" value="Note" /><camunda:property id="confidential" value="true" />', "B",
    ),
    ("not-a-number", STUDY, 'name="minlength" config="3"', 'name="minlength" config="trois"', "A"),
    (
        "script-refused", DELIVERY, JOIN_TO_END,
        '<bpmn:scriptTask id="W" name="Seule" /><bpmn:sequenceFlow id="w1" sourceRef="P2_join" targetRef="W" />'
        '<bpmn:sequenceFlow id="w2" sourceRef="W" targetRef="P2_end" />', "W",
    ),
    (
        "element-not-in-a-method", DELIVERY, JOIN_TO_END,
        '<bpmn:serviceTask id="W" name="Seule" /><bpmn:sequenceFlow id="w1" sourceRef="P2_join" targetRef="W" />'
        '<bpmn:sequenceFlow id="w2" sourceRef="W" targetRef="P2_end" />', "W",
    ),
    # SpiffWorkflow would let it wait for a person whom the method does not name
    (
        "element-not-in-a-method", DELIVERY, '<bpmn:parallelGateway id="P2_join" />',
        '<bpmn:manualTask id="P2_join" />', "P2_join",
    ),
    (
        "event-not-in-a-method", DELIVERY, '<bpmn:endEvent id="P2_end" />',
        '<bpmn:endEvent id="P2_end"><bpmn:terminateEventDefinition id="d" /></bpmn:endEvent>', "P2_end",
    ),
    ("bad-timer", DELIVERY, JOIN_TO_END, timed(moment("timeDuration", "P0D"), **ASIDE), "W"),
    ("unknown-clock", DELIVERY, JOIN_TO_END, timed(CLOCK + moment("timeDuration", "P5D"), **ASIDE), "W"),
    ("timer-repeats", DELIVERY, JOIN_TO_END, timed(moment("timeCycle", "R3/P7D")), "W"),
    ("timer-misplaced", DELIVERY, JOIN_TO_END, timed(moment("timeDuration", "P5D"), attachedToRef="P2_join"), "W"),
    (
        "timer-on-gate", MAIN, GATE_TO_DECISION,
        timed(moment("timeDuration", "P5D"), attachedToRef="G1").replace(JOIN_TO_END, GATE_TO_DECISION), "W",
    ),
    (
        "timer-returns", DELIVERY, JOIN_TO_END,
        timed(moment("timeDuration", "P5D"), **ASIDE).replace('targetRef="W_end"', 'targetRef="P2_join"')
        .replace('<bpmn:endEvent id="W_end" />', ""), "W",
    ),
    (
        "timer-forks", DELIVERY, JOIN_TO_END, timed(moment("timeCycle", "R/P7D"), "W_fork", **ASIDE) + FORK, "W",
    ),
    (
        "too-many-nodes", DELIVERY, JOIN_TO_END,
        '<bpmn:sequenceFlow id="P2_join_to_T0" sourceRef="P2_join" targetRef="T0" />'
        + "".join(
            f'<bpmn:exclusiveGateway id="T{n}" /><bpmn:sequenceFlow id="t{n}" sourceRef="T{n}" targetRef="T{n + 1}" />'
            for n in range(500)
        ).replace('targetRef="T500"', 'targetRef="P2_end"'), "Process_P2",
    ),
    (
        "several-starts", DELIVERY, '<bpmn:startEvent id="P2_start" />',
        '<bpmn:startEvent id="P2_start" /><bpmn:startEvent id="P2_two" />'
        '<bpmn:sequenceFlow id="w1" sourceRef="P2_two" targetRef="P2_split" />', "Process_P2",
    ),
    (
        "no-end", DELIVERY, '<bpmn:endEvent id="P2_end" />' , "", "Process_P2",
    ),
    (
        "unreachable", DELIVERY, JOIN_TO_END,
        f'{JOIN_TO_END}{LONE}<bpmn:sequenceFlow id="w2" sourceRef="W" targetRef="P2_end" />', "W",
    ),
    (
        "dead-end", DELIVERY, '<bpmn:sequenceFlow id="Z_to_P2_join" sourceRef="Z" targetRef="P2_join" />', "", "Z",
    ),
    (
        "dangling-flow", DELIVERY, JOIN_TO_END,
        f'{JOIN_TO_END}<bpmn:sequenceFlow id="w" sourceRef="P2_split" targetRef="ZZ" />', "w",
    ),
    ("flow-without-id", DELIVERY, 'id="P2_join_to_P2_end" ', "", ""),
    ("duplicate-id", CLOSURE, '"K"', '"B"', "B"),
    (
        "implicit-fork", DELIVERY, JOIN_TO_END,
        f'{JOIN_TO_END}<bpmn:sequenceFlow id="w" sourceRef="X" targetRef="P2_end" />', "X",
    ),
    (
        "condition-off-gateway", DELIVERY, '<bpmn:sequenceFlow id="X_to_P2_join" sourceRef="X" targetRef="P2_join" />',
        '<bpmn:sequenceFlow id="X_to_P2_join" sourceRef="X" targetRef="P2_join">'
        "<bpmn:conditionExpression>urgent = true</bpmn:conditionExpression></bpmn:sequenceFlow>", "X_to_P2_join",
    ),
    ("decision-without-default", STUDY, ' default="U_if_to_U_endif"', "", "U_if"),
    (
        "flow-without-condition", STUDY, "<bpmn:conditionExpression>urgent = true</bpmn:conditionExpression>", "",
        "U_if_to_U",
    ),
    ("expression-wrong", STUDY, "urgent = true<", "urgent = = true<", "U_if_to_U"),
    ("unknown-variable", STUDY, "urgent = true<", "urgente = true<", "U_if_to_U"),
    ("exception-without-gate", OVERRUN, '<camunda:property name="method.kind" value="gate" />', "", "Depassement"),
    ("exception-without-when", OVERRUN, "montant &gt; 1000", "", "Depassement"),
    (
        "exception-avoids-gate", OVERRUN, '<bpmn:sequenceFlow id="S_to_GS" sourceRef="S" targetRef="GS" />',
        '<bpmn:exclusiveGateway id="S_if" name="Petit ?" default="S_if_to_GS"><bpmn:extensionElements>'
        '<camunda:properties><camunda:property name="name.en" value="Small?" /></camunda:properties>'
        '</bpmn:extensionElements></bpmn:exclusiveGateway>'
        '<bpmn:sequenceFlow id="S_to_S_if" sourceRef="S" targetRef="S_if" />'
        '<bpmn:sequenceFlow id="S_if_to_GS" sourceRef="S_if" targetRef="GS" />'
        '<bpmn:sequenceFlow id="S_if_to_S_on" sourceRef="S_if" targetRef="S_on">'
        '<bpmn:conditionExpression>montant &lt; 2000</bpmn:conditionExpression></bpmn:sequenceFlow>', "Depassement",
    ),
    (
        "outgrown-without-method", MAIN, '<camunda:property name="method.gate.chair" value="COM" />\n          '
        '<camunda:property name="method.gate.voters" value="COPIL" />',
        '<camunda:property name="method.gate.chair" value="COM" /><camunda:property name="method.gate.voters" '
        'value="COPIL" /><camunda:property name="method.gate.outgrown" value="montant &gt; 50000" />', "G1",
    ),
    ("exceptions-look-alike", OVERRUN, ONE_PROCESS, TWO_PROCESSES, "Retard"),
    ("unknown-silence", STUDY, ASSESS, silenced("silent"), "B"),
    ("silence-without-term", STUDY, REVIEW, silenced("block", REVIEW), "C"),
    (
        "silence-without-source", STUDY, ASSESS,
        silenced("favourable") + '<camunda:property name="method.silence.answer.avis" value="oui" />', "B",
    ),
    (
        "silence-without-answer", STUDY, ASSESS,
        silenced("favourable") + '<camunda:property name="method.silence.source" value="Règle" />'
        '<camunda:property name="method.silence.answer.avis" value="peut-être" />', "B",
    ),
    ("no-role", DELIVERY, 'id="X" name="Réaliser" camunda:candidateGroups="CP"', 'id="X" name="Réaliser"', "X"),
    ("unknown-role", DELIVERY, TASK_X, TASK_X.replace('"CP"', '"CPP"'), "X"),
    ("lead-missing", MAIN, 'name="method.sponsor" value="COM"', 'name="method.sponsor" value="COMM"', "essai"),
    ("bad-duration", DELIVERY, TASK_X, TASK_X.replace("P5D", "5 jours"), "X"),
    ("duplicate-key", STUDY, 'id="montant" label', 'id="titre" label', "A"),
    ("empty-checklist", STUDY, 'id="item.', 'id="point.', "C"),
    ("no-choice", STUDY, 'id="source" value="services"', 'id="origine" value="services"', "A"),
    ("no-columns", STUDY, 'id="columns" value="objet,date"', 'id="colonnes" value="objet,date"', "A"),
    ("gate-drawn-wrong", MAIN, 'name="method.landing" value="B"', 'name="method.landing" value="X"', "G1"),
    (
        "outcome-without-gate", MAIN, GATE_TO_DECISION,
        f'{GATE_TO_DECISION}<bpmn:sequenceFlow id="w" sourceRef="P2" targetRef="G1_decision" />', "G1_decision",
    ),
    ("no-criteria", MAIN, 'value="Toutes les réserves sont levées"', 'value=""', "G2"),
    (
        "neither-true-nor-false", MAIN, 'name="method.gate.quorum" value="0.5" />',
        'name="method.gate.quorum" value="0.5" /><camunda:property name="method.gate.second_session" value="P5D" />'
        '<camunda:property name="method.gate.second_without_quorum" value="oui" />', "G1",
    ),
    (
        "no-second-session", MAIN, 'name="method.gate.quorum" value="0.5" />',
        'name="method.gate.quorum" value="0.5" />'
        '<camunda:property name="method.gate.second_without_quorum" value="true" />', "G1",
    ),
    (
        "second-session-without-vote", MAIN, 'name="method.gate.quorum" value="1" />',
        'name="method.gate.quorum" value="1" /><camunda:property name="method.gate.second_session" value="P5D" />',
        "G2",
    ),
    (
        "bad-duration", MAIN, 'name="method.gate.quorum" value="0.5" />',
        'name="method.gate.quorum" value="0.5" />'
        '<camunda:property name="method.gate.second_session" value="cinq jours" />', "G1",
    ),
    ("lead-votes", MAIN, 'name="method.gate.voters" value="COPIL"', 'name="method.gate.voters" value="COPIL,CP"', "G1"),
    (
        "lane-differs", DELIVERY, '<bpmn:startEvent id="P2_start" />',
        '<bpmn:laneSet id="L"><bpmn:lane id="L1" name="Expert"><bpmn:extensionElements><camunda:properties>'
        '<camunda:property name="method.role" value="EXP" /></camunda:properties></bpmn:extensionElements>'
        '<bpmn:flowNodeRef>X</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:startEvent id="P2_start" />', "X",
    ),
    (
        "role-held-by-nobody", MAIN, 'name="method.role.RS.held" value="service"',
        'name="method.role.RS.held" value="qui ?"', "",
    ),
    ("role-excludes-itself", DELIVERY, NAME_X, f'{NAME_X}<camunda:property name="method.never" value="CP" />', "X"),
    ("variable-too-early", STUDY, "urgent = true<", 'avis = "oui"<', "U_if_to_U"),
    (
        "unknown-answer", DELIVERY, NAME_X,
        f'{NAME_X}<camunda:property name="method.set.total" value="montant + 1" />', "X",
    ),
    ("locked-avoidable", STUDY, 'name="method.lock" value="conditional"', 'name="method.lock" value="locked"', "U"),
    ("unknown-function", STUDY, "urgent = true<", "urgence(urgent)<", "U_if_to_U"),
    ("field-without-label", STUDY, 'id="titre" label="Titre"', 'id="titre"', "A"),
    ("untranslated", STUDY, '<camunda:property id="label.en" value="Title" />', "", "A"),
]  # fmt: skip
#: what a rule brings with it
ALSO = {
    "exception-without-gate": {"task-outside-a-phase"},
    "no-end": {"dangling-flow", "dead-end"},
    "called-process-missing": {"phase-not-called"},  # the process that is called otherwise
    "decision-without-default": {"flow-without-condition"},
    # two branches that meet in a task are not waited for
    "element-not-in-a-method": {"done-twice"},
    "dead-end": {"locked-avoidable"},
    # a task has two ways out; one of them goes past the gate
    "outcome-without-gate": {"implicit-fork", "done-twice"},
    "timer-repeats": {"waits-for-ever"},
    "timer-returns": {"waits-for-ever"},
    # a gate that a delay withdraws is gone round
    "timer-on-gate": {"locked-avoidable"},
    "several-starts": {"no-case-ends"},
    # the second way out of a task ends the phase while the others wait
    "implicit-fork": {"locked-avoidable"},
}


def drawn_otherwise(file: str, before: str, after: str) -> dict[str, bytes]:
    files = ESSAI | EXCEPTION if file in EXCEPTION else ESSAI
    content = files[file].decode()
    assert before in content, before
    count = -1 if before in EVERYWHERE else 1
    return files | {file: content.replace(before, after, count).encode()}


@pytest.mark.parametrize(("rule", "file", "before", "after", "element"), CASES, ids=[case[0] for case in CASES])
def test_a_method_drawn_wrong_is_found_out(rule: str, file: str, before: str, after: str, element: str) -> None:
    findings = review(drawn_otherwise(file, before, after)).findings
    found = [finding for finding in findings if finding.rule == rule]
    assert {finding.rule for finding in findings} <= {rule} | ALSO.get(rule, set()), in_words(findings, "fr")
    assert found, in_words(findings, "fr")
    assert [finding.severity for finding in found] == [RULES[rule].severity] * len(found)
    if element:
        assert (found[0].place.file, found[0].place.element) == (file, element)
    assert all(each.place.line > 0 for each in found)
    assert "{" not in in_words(found, "fr") + in_words(found, "en")


@pytest.mark.parametrize("method", SHIPPED)
def test_the_methods_that_we_ship_have_no_finding(method: str) -> None:
    assert [(each.rule, each.place.element) for each in review(files_of(method)).findings] == []


def test_the_method_of_these_tests_has_no_finding() -> None:
    assert in_words(review(ESSAI | EXCEPTION).findings, "fr") == ""
    assert in_words(review(ESSAI).findings, "fr") == ""


def test_a_finding_says_file_line_element_what_and_remedy() -> None:
    findings = review(drawn_otherwise(DELIVERY, TASK_X, TASK_X.replace("P5D", "5 jours"))).findings
    line = next(n for n, text in enumerate(ESSAI[DELIVERY].decode().splitlines(), 1) if TASK_X in text)
    assert in_words(findings, "fr") == (
        f"realisation.bpmn:{line}:5 X — erreur (bad-duration) : « Réaliser » a pour durée « 5 jours », "
        "qui n’en est pas une. Écrivez une durée ISO 8601, par exemple P10D pour dix jours ouvrés."
    )
    assert in_words(findings, "en") == (
        f"realisation.bpmn:{line}:5 X — error (bad-duration): “Deliver” has “5 jours” as its duration, which is none. "
        "Write an ISO 8601 duration, for example P10D for ten working days."
    )


def test_a_method_with_an_error_is_not_published(play: Play) -> None:
    refusal = play.refused("jeanne", PublishMethod(drawn_otherwise(STUDY, "urgent = true<", "urgente = true<")))
    assert type(refusal) is MethodRefused
    assert refusal.text("fr").startswith("La méthode ne peut pas être publiée : 1 défaut(s).\netude.bpmn:")


@pytest.mark.parametrize("accepted", ["untranslated:A", "untranslated"])
def test_a_method_with_warnings_is_published_by_who_accepts_them(play: Play, accepted: str) -> None:
    files = drawn_otherwise(STUDY, '<camunda:property id="label.en" value="Title" />', "")
    files[MAIN] = files[MAIN].replace(b'"1.0.0"', b'"1.1.0"')
    refusal = play.refused("jeanne", PublishMethod(files, ("untranslated:B",)))
    assert type(refusal) is WarningsLeft
    assert refusal.text("fr") == (
        "La méthode peut être publiée, mais appelle 1 remarque(s) à accepter :\n"
        "etude.bpmn:18:5 A — remarque (untranslated) : « Titre » n’a pas d’anglais : qui lit en anglais le verrait "
        "en français. Écrivez-le dans « Libellé en anglais » (label.en).\n"
        "Corrigez-les, ou publiez en les acceptant : --accept untranslated:A."
    )
    assert play.do("jeanne", PublishMethod(files, (accepted,))).version == "1.1.0"


def test_a_warning_that_was_accepted_is_kept_in_history_with_who_when_and_as_it_read(play: Play) -> None:
    files = drawn_otherwise(STUDY, '<camunda:property id="label.en" value="Title" />', "")
    files[MAIN] = files[MAIN].replace(b'"1.0.0"', b'"1.1.0"')
    done = play.do("jeanne", PublishMethod(files, ("untranslated",)))
    assert done.accepted == 1
    page = play.see("jeanne", MethodPageOf("essai", "1.1.0"))
    [release] = play.rows(ReleaseRow, ReleaseRow.digest == done.digest)
    assert (release.published_by, page.published_at) == (play.people["jeanne"], release.published_at)
    titled = Text(
        "« Titre » n’a pas d’anglais : qui lit en anglais le verrait en français.",
        "“Titre” has no English: who reads English would see it in French.",
    )
    assert page.accepted == (AcceptedLine("untranslated", "A", "etude.bpmn", 18, titled),)
    assert play.see("jeanne", MethodPageOf("essai", "1.0.0")).accepted == ()
    event = play.rows(EventRow, EventRow.kind == "method_published")[-1]
    assert (event.actor_id, event.at) == (play.people["jeanne"], release.published_at)
    assert json.loads(event.facts)["accepted"] == [{
        "rule": "untranslated", "element": "A", "file": "etude.bpmn", "line": 18,
        "message": {"fr": titled.fr, "en": titled.en},
    }]  # fmt: skip


def test_a_diagram_that_is_no_method_is_not_published(play: Play) -> None:
    drawing = (Path(__file__).parent / "rules" / "no-start" / "right.bpmn").read_bytes()
    refusal = play.refused("jeanne", PublishMethod({"right.bpmn": drawing}))
    assert type(refusal) is MethodRefused
    assert "La méthode a 0 processus principal ; il en faut exactement un." in refusal.text("fr")


WHAT_ELSE = [
    "messageEventDefinition", "signalEventDefinition", "conditionalEventDefinition", "errorEventDefinition",
    "escalationEventDefinition", "linkEventDefinition", "compensateEventDefinition", "cancelEventDefinition",
]  # fmt: skip


@pytest.mark.parametrize("event", [*(f"<bpmn:{each} />" for each in WHAT_ELSE), "", "<bpmn:timerEventDefinition />"])
def test_an_event_that_is_no_moment_is_refused_by_name(event: str) -> None:
    """An error and a cancellation interrupt, whatever is drawn: then the join behind waits for what does not come."""
    interrupts = event.startswith(("<bpmn:error", "<bpmn:cancel"))
    wrong = {("event-not-in-a-method", "W"), *([("waits-for-ever", "P2_join")] if interrupts else ())}
    findings = review(drawn_otherwise(DELIVERY, JOIN_TO_END, timed(event, **ASIDE))).findings
    assert sorted((each.rule, each.place.element) for each in findings) == sorted(wrong)
    both = event + moment("timeDuration", "P5D")
    if "timer" not in event and event:
        findings = review(drawn_otherwise(DELIVERY, JOIN_TO_END, timed(both, **ASIDE))).findings
        assert {(each.rule, each.place.element) for each in findings} == wrong


@pytest.mark.parametrize(
    ("kind", "text", "right"),
    [
        ("timeDuration", "P5D", True), ("timeDuration", "PT2H30M", True), ("timeDuration", "P1Y2M3W4D", True),
        ("timeDuration", "P5D4H", False),
        ("timeDuration", "2027-03-01", False), ("timeDuration", "", False), ("timeDuration", "PT30S", False),
        ("timeDate", "2027-03-01", True), ("timeDate", "2027-02-30", False), ("timeDate", "P5D", False),
        ("timeDate", "2027-03-01T09:00:00+02:00", True), ("timeDate", "2027-03-01T25:00", False),
        ("timeCycle", "R3/P7D", True), ("timeCycle", "R/P1M", True), ("timeCycle", "R0/P7D", False),
        ("timeCycle", "R3/P0D", False), ("timeCycle", "R3/2027-03-01", False), ("timeCycle", "P7D", False),
        ("timeDuration", 'duration("P5D")', True), ("timeCycle", '"R3/P7D"', True),
    ],
)  # fmt: skip
def test_a_moment_is_written_as_its_kind_is(kind: str, text: str, right: bool) -> None:
    findings = review(drawn_otherwise(DELIVERY, JOIN_TO_END, timed(moment(kind, text), **ASIDE))).findings
    assert {each.rule for each in findings} == (set() if right else {"bad-timer"}), in_words(findings, "fr")
