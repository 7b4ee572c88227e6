"""Cases in JSON: those of others, where they are at hand (`JALON_SHARED`, else ../shared); and that none breaks."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Verdict, run_cases
from engine.scenarios import keywords
from tests.scenarios.telling import HERE

CORPUS = Path(os.environ.get("JALON_SHARED", Path(__file__).parents[3] / "shared")) / "corpus"


def verdicts(folder: Path, *cases: Any) -> list[Verdict]:
    path = folder / "cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    return list(run_cases(path, HERE))


def case(*steps: dict[str, Any], final: str = "ended", **said: Any) -> dict[str, Any]:
    return {"id": "one", "kind": "execute", "path": "commande.bpmn", "steps": steps, "final": final, **said}


def test_a_case_gives_variables_as_they_are_and_chooses_flows(tmp_path: Path) -> None:
    assert verdicts(
        tmp_path,
        case({"expect": ["Saisir la commande"]}, {"complete": "Saisir la commande", "variables": {"montant": 5.5}},
             {"external": "payer"}, {"message": "Livraison"}),
        case({"complete": "saisir", "choose": "Gros"}, {"timer": "retard"}, final="waiting"),
        case({"complete": "saisir", "choose": "gros"}, {"complete": "Valider"},
             {"receive": "avis", "variables": {"favorable": False}}, final="error"),
    )[:1] == [Verdict("one", True)]  # fmt: skip


def test_a_flow_that_is_chosen_is_one_that_is_drawn_however_its_name_is_written(tmp_path: Path) -> None:
    found = verdicts(
        tmp_path,
        case({"complete": "saisir", "choose": " GROS "}, {"expect": ["Valider"]}, final="waiting"),
        case({"complete": "saisir", "choose": "Valider"}, {"expect": ["Valider"]}, final="waiting"),
        case({"complete": "saisir", "choose": "Nulle part"}),
        case(start={"choose": ["Nulle part"]}),
    )
    assert [each.message.en for each in found] == [
        "", "",
        "step 1: expected: a flow called “Nulle part”; found: nothing",
        "expected: a flow called “Nulle part”; found: nothing",
    ]  # fmt: skip


def test_a_timer_that_went_with_its_task_fails_the_case(tmp_path: Path) -> None:
    [verdict] = verdicts(tmp_path, case({"complete": "saisir", "choose": "Gros"}, {"timer": "retard"}))
    assert verdict.as_row("en") == {
        "id": "one", "passed": False, "step": 2, "expected": "the timer “retard”", "found": "nothing",
        "message": "step 2: expected: the timer “retard”; found: nothing",
    }  # fmt: skip


def test_what_the_diagram_cannot_go_on_with_is_an_error_at_the_end_only(tmp_path: Path) -> None:
    found = verdicts(
        tmp_path,
        case({"complete": "saisir", "variables": {"montant": "a lot"}}, final="error"),
        case({"complete": "saisir", "variables": {"montant": "a lot"}}, {"expect": []}, final="error"),
    )
    assert [(each.passed, each.step) for each in found] == [(True, None), (False, 1)]


def test_a_timer_is_meant_by_the_task_on_whose_border_it_stands_too(tmp_path: Path) -> None:
    steps = {"timer": "Saisir la commande"}, {"expect": ["Relancer", "saisir"]}
    assert verdicts(tmp_path, case(*steps, final="waiting")) == [Verdict("one", True)]


def test_an_import_is_read_and_its_human_tasks_found(tmp_path: Path) -> None:
    names = ["Valider", "Saisir la commande"]
    assert [
        each.passed
        for each in verdicts(
            tmp_path,
            {"id": 1, "kind": "import", "path": "commande.bpmn", "human_task_names": names},
            {"id": 2, "kind": "import", "path": "commande.bpmn", "human_task_names": [*names, "Payer"]},
            {"id": 3, "kind": "import", "path": "nowhere.bpmn"},
        )
    ] == [True, False, False]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*keywords.VERBS, "variables"]), inner),
    max_leaves=6,
)


CASES = st.fixed_dictionaries(
    {},
    optional={
        "id": JSON, "kind": JSON, "path": st.just("commande.bpmn") | JSON, "also": JSON, "process": JSON,
        "start": JSON, "steps": JSON | st.lists(JSON, max_size=3), "final": JSON,
    },
)  # fmt: skip


@given(CASES | JSON)
def test_whatever_a_case_says_it_has_a_verdict(tmp_path_factory: pytest.TempPathFactory, said: Any) -> None:
    [verdict] = verdicts(tmp_path_factory.getbasetemp(), said)
    assert verdict.passed or verdict.message.fr


#: cases whose files the corpus does not hold
WITHOUT_FILES = {"c7-call-activity", "c7-boundary-message-not-received"}


def test_the_cases_of_others_pass() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"no corpus at {CORPUS}: set JALON_SHARED to the folder that holds corpus/cases.json")
    found = list(run_cases(CORPUS / "cases.json", CORPUS / "files"))
    failed = {each.id: each.message.fr for each in found if not each.passed}
    assert set(failed) == WITHOUT_FILES, failed
