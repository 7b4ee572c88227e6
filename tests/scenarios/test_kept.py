"""The scenarios that a draft keeps: written on, edited line by line, played within an allowance, and where they go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import NotFound, ScenarioNotEdited
from engine.scenarios.allowance import Allowance
from engine.scenarios.editing import renamed, without
from engine.scenarios.kept import books, kept, run
from engine.scenarios.reading import read_book
from engine.scenarios.scenario import Scenario
from engine.scenarios.testing import run_scenarios
from engine.scenarios.warnings import warnings
from engine.scenarios.writing import alone
from engine.words import Text
from engine.workshop import starting

ROOT = Path(__file__).parents[2]
SHIPPED = ("petit-projet", "pm2", "projet-transversal")
FILE = "trois.scenarios.yaml"
THREE = """# ce que la méthode doit permettre
scénarios:
  - scénario: Tout va bien   # du premier coup
    étapes:
      - jusqu’à: Porte 1
      - décider: Porte 1
        issue: favorable
    fin: Projet clos

  # celui-ci s'arrête
  - scénario: "Arrêt : net"
    étapes:
      - terminer: Étape A
    fin: en attente
  - {scénario: D'une ligne, fin: en attente}
réponses habituelles:
  Étape A: {Résultat: un résultat}
"""


ONE = "{{scénario: N{n}, étapes: [{{jusqu’à: Porte 1}}], fin: en attente}}\n"


def shipped(method: str) -> dict[str, bytes]:
    folder = ROOT / "workflows" / method
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.suffix in (".bpmn", ".dmn", ".yaml")}


def draft(scenarios: str = "", phases: int = 1) -> dict[str, bytes]:
    files = starting(Text("Un essai", "A try"), phases)
    return files | ({FILE: scenarios.encode()} if scenarios else {})


def same(scenario: Scenario) -> tuple[object, ...]:
    """What a scenario says, wherever it stands."""
    steps = [(s.verb, s.names, s.choose, s.refused, s.outcome) for s in scenario.steps]
    return scenario.name, steps, replace(scenario.end, line=0), scenario.on, scenario.by, scenario.choose


@pytest.mark.parametrize("method", SHIPPED)
def test_a_scenario_alone_in_its_file_says_and_does_what_it_did_among_others(method: str) -> None:
    files = shipped(method)
    drawn = {name: content for name, content in files.items() if not name.endswith(".yaml")}
    for book in books(files)[0]:
        for each in book.scenarios:
            text = alone(files[book.file], book.file, each.name)
            [found] = read_book(text.encode(), FILE).scenarios
            assert same(found) == same(each)
            assert run({**drawn, FILE: text.encode()}).failing == ()
            assert alone(text.encode(), FILE, each.name) == text


@pytest.mark.parametrize("method", SHIPPED)
def test_the_page_and_the_command_line_play_the_same_files_to_the_same_end(method: str) -> None:
    told = run_scenarios([ROOT / "workflows" / method])
    here = run(shipped(method))
    there = [(each.id.partition(": ")[2], each.passed) for one in told for each in one.verdicts]
    assert sorted((each.name, each.verdict.passed) for each in here.ran) == sorted(there)
    flows = [each for each in here.lines if each.kind == "flow"]
    [missed] = {tuple(each.id for each in one.coverage.missed) for one in told}
    assert tuple(each.element for each in flows if not each.taken) == missed


def test_a_scenario_is_cut_after_some_steps_and_then_waits() -> None:
    text = alone(THREE.encode(), FILE, "Tout va bien", steps=1)
    [found] = read_book(text.encode(), FILE).scenarios
    assert ([each.verb for each in found.steps], found.end.kind) == (["until"], "waiting")
    with pytest.raises(NotFound):
        alone(THREE.encode(), FILE, "Autre")


def test_a_scenario_is_renamed_and_nothing_else_of_its_file_changes() -> None:
    found = renamed(THREE.encode(), FILE, "Arrêt : net", "Arrêt net").decode()
    assert found == THREE.replace('"Arrêt : net"', '"Arrêt net"')


def test_a_scenario_is_taken_out_with_what_is_said_of_it_and_the_rest_stays() -> None:
    first = without(THREE.encode(), FILE, "Tout va bien")
    assert first is not None
    start, end = THREE.index("  - scénario: Tout"), THREE.index("  # celui-ci")
    assert first.decode() == THREE[:start] + THREE[end:]
    last = without(THREE.encode(), FILE, "D'une ligne")
    assert last is not None
    assert last.decode() == THREE.replace("  - {scénario: D'une ligne, fin: en attente}\n", "")
    assert without(b"scenarios: [{scenario: One, end: waiting}]", FILE, "One") is None


def test_what_the_page_cannot_change_by_lines_is_refused_and_named() -> None:
    tight = b"scenarios: [{scenario: One, end: waiting}, {scenario: Two, end: waiting}]"
    for act in (lambda: without(tight, FILE, "One"), lambda: renamed(tight, FILE, "Two", "Three")):
        with pytest.raises(ScenarioNotEdited) as refusal:
            act()
        assert FILE in refusal.value.said.fr


def test_what_a_draft_keeps_is_listed_and_a_file_that_cannot_be_read_is_told_apart() -> None:
    files = {FILE: THREE.encode(), "faux.scenarios.yaml": b"scenarios: ["}
    found, unread = books(files)
    assert [(each.name, each.steps) for each in kept(found)] == [
        ("Tout va bien", 2),
        ("Arrêt : net", 1),
        ("D'une ligne", 0),
    ]
    assert [each.facts["file"] for each in unread] == ["faux.scenarios.yaml"]
    assert [each.rule for each in warnings(files | draft(phases=2))] == ["scenario-unread", "scenario-fails"]


def test_what_takes_too_long_stops_with_a_sentence_and_so_do_those_after_it() -> None:
    files = draft("scénarios:\n" + "".join(f"  - {ONE.format(n=n)}" for n in range(9)))
    found = run(files, allowance=Allowance(acts=10))
    assert found.spent
    assert [each.verdict.passed for each in found.ran] == [True] * 3 + [False] * 6
    assert "plus de 10 actes" in found.ran[-1].verdict.message.fr
    still = Allowance(seconds=1, clock=iter([0.0, 0.5, 2.0]).__next__)
    still.take()
    with pytest.raises(Exception, match="1 s de calcul"):
        still.take()


def test_what_did_not_fit_is_played_anew_and_what_did_is_known() -> None:
    files = draft("scénarios:\n  - scénario: Un\n    étapes: [{jusqu’à: Porte 1}]\n    fin: en attente\n")
    assert run(files, allowance=Allowance(acts=1)).spent
    whole = run(files)
    assert not whole.spent
    assert run(files, allowance=Allowance(acts=1)) is whole


def test_each_thing_that_no_scenario_takes_says_what_it_would_need() -> None:
    found = run(draft("scénarios:\n  - scénario: Un\n    étapes: [{jusqu’à: Porte 1}]\n    fin: en attente\n"))
    assert [(each.kind, each.element, each.needs.fr) for each in found.lines if not each.taken] == [
        ("outcome", "G1", "Décider « Porte 1 » : favorable."),
        ("outcome", "G1", "Décider « Porte 1 » : à reprendre."),
        ("flow", "G1_to_G1_decision", "Décider « Porte 1 » dans un essai."),
        ("flow", "G1_rework", "Mener d’abord un essai jusqu’à « G1 ? »."),
        ("flow", "G1_go", "Mener d’abord un essai jusqu’à « G1 ? »."),
    ]


def test_what_decides_a_branch_is_said_with_the_question_that_answers_it() -> None:
    folder = ROOT / "tests" / "engine" / "essai"
    files = {each.name: each.read_bytes() for each in folder.glob("*.bpmn")}
    told = """scénarios:
  - scénario: Un
    au départ: {services_impactes: [DAF]}
    étapes: [{terminer: A, avec: {Urgent: non}}]
    fin: en attente
"""
    needs = {each.element: each.needs.fr for each in run(files | {FILE: told.encode()}).lines}
    assert needs["U_if_to_U_endif"] == ""
    way = "Que la condition soit vraie : urgent = true ; en décide la réponse à « Urgent ? » (Cadrer)."
    assert needs["U_if_to_U"] == way
    assert needs["P1_to_G1"] == "Terminer « Étude » dans un essai."


def test_a_phase_gate_is_decided_by_the_outcome_that_its_flow_stands_for() -> None:
    told = """scénarios:
  - scénario: Un
    étapes: [{jusqu’à: Porte 1}, {décider: Porte 1, issue: à reprendre}]
    fin: en attente
"""
    needs = {each.element: each.needs.fr for each in run(draft(told, 2)).lines if each.kind == "flow"}
    assert needs["G1_stop"] == "Décider « Porte 1 » : arrêté."
    assert needs["G1_go"] == "Décider « Porte 1 » : favorable."
    assert needs["P2_start_to_B"] == "Mener d’abord un essai jusqu’à « Phase 2 »."
