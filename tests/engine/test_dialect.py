"""What the attributes of a diagram mean (docs/reference/dialect.md), read from the files of `essai/`."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.method import Column, Criterion, Method
from engine.release import read_method
from engine.words import Text
from tests.engine.play import ESSAI


@pytest.fixture(scope="module")
def method() -> Method:
    found, problems, _ = read_method(ESSAI)
    assert (found is not None, problems) == (True, [])
    assert found is not None
    return found


def test_the_main_process_says_the_method(method: Method) -> None:
    assert (method.id, method.version, method.name) == ("essai", "1.0.0", Text("Essai", "Trial"))
    assert (method.lead, method.sponsor, method.file) == ("CP", "COM", "essai.bpmn")
    assert method.ends == (("end_closed", "closed"), ("end_stopped", "stopped"))


def test_roles_say_where_they_are_held(method: Method) -> None:
    assert {role.id: (role.name.en, role.held) for role in method.roles} == {
        "CP": ("Project lead", "project"), "COM": ("Sponsor", "project"), "COPIL": ("Steering committee", "project"),
        "EXP": ("Expert", "project"), "RS": ("Department lead", "service"), "EXT": ("Partner", "guest"),
    }  # fmt: skip
    assert method.asked == {"CP", "COM", "COPIL", "EXP"}


def test_phases_come_in_the_order_drawn_the_short_closure_last(method: Method) -> None:
    assert [(p.id, p.process, p.file, p.gate, p.short) for p in method.phases] == [
        ("P1", "Process_P1", "etude.bpmn", "G1", False),
        ("P2", "Process_P2", "realisation.bpmn", "G2", False),
        ("KC", "Process_KC", "cloture-courte.bpmn", "", True),
    ]
    assert [[task.id for task in phase.tasks] for phase in method.phases] == [
        ["A", "U", "B", "R", "C"],
        ["X", "Y", "Z"],
        ["K"],
    ]


def test_a_task_says_who_until_when_and_under_which_rule(method: Method) -> None:
    tasks = method.tasks
    assert (tasks["A"].role, tasks["A"].due, tasks["A"].lock, tasks["A"].help.en) == (
        "CP", "P10D", "locked", "Say what *changes*.",
    )  # fmt: skip
    assert tasks["U"].lock == "conditional"
    assert (tasks["R"].each, tasks["R"].collection) == ("service", "services_impactes")
    assert tasks["C"].never == "CP"


def test_a_task_says_whom_it_keeps_waiting(method: Method) -> None:
    assert {id: method.tasks[id].waits for id in ("A", "B", "R", "C", "X")} == {
        "A": ("EXP",), "B": ("RS",), "R": ("COPIL",), "C": ("COM",), "X": ("COM",),
    }  # fmt: skip


def test_a_form_has_its_fields_in_order_with_their_limits(method: Method) -> None:
    form = {field.key: field for field in method.tasks["A"].form}
    assert [(key, field.type, field.required) for key, field in form.items()] == [
        ("titre", "string", True), ("montant", "money", False), ("urgent", "boolean", True),
        ("services_impactes", "multiselect", True), ("jalons", "table", False),
    ]  # fmt: skip
    assert (form["titre"].shortest, form["titre"].longest) == (3, 60)
    assert (form["montant"].minimum, form["montant"].maximum) == (Decimal(0), Decimal(100000))
    assert form["services_impactes"].source == "services"
    assert form["jalons"].columns == (
        Column("objet", Text("Objet", "Subject"), "text", required=True),
        Column("date", Text("Date", "Date"), "date"),
    )


def test_options_and_checklists_are_read_in_both_languages(method: Method) -> None:
    assert [(o.value, o.label.fr, o.label.en) for o in method.tasks["B"].form[0].options] == [
        ("oui", "Favorable", "Favourable"),
        ("non", "Défavorable", "Unfavourable"),
    ]
    assert [(i.key, i.text.fr, i.text.en) for i in method.tasks["C"].form[0].items] == [
        ("1", "Lu", "Read"),
        ("2", "Approuvé", "Approved"),
    ]


def test_a_gate_says_who_decides_how_and_on_what(method: Method) -> None:
    gate = method.gate["G1"]
    assert (gate.phase, gate.chair, gate.voters, gate.quorum) == ("P1", "COM", ("COPIL",), Decimal("0.5"))
    assert (gate.rule, gate.rework_max, gate.landing) == ("majority_chair_casting", 1, "B")
    assert gate.outcomes == ("go", "go_reserves", "rework", "hold", "stop")
    assert method.gate["G2"].criteria == (
        Criterion("1", Text("Toutes les réserves sont levées", "Every reserve is lifted"), "reserves_lifted"),
    )


def test_recurring_activities_say_from_when_until_when_and_how_often(method: Method) -> None:
    assert [(r.id, r.during, r.until, r.every, r.plan) for r in method.recurring] == [
        ("T1", "P2", "G2", "P14D", ""),
        ("T2", "P2", "G2", "plan", "A.jalons"),
    ]


def test_only_what_expressions_read_goes_to_the_executor(method: Method) -> None:
    assert method.reads == {"decision", "landing", "urgent", "services_impactes"}
