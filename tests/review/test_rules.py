"""Every rule has a diagram that breaks it and one that does not: `rules/<rule>/`, or a method with a line changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.review import in_words, review
from engine.rules import RULES, camunda8
from tests.review.test_methods import CASES
from tests.review.test_running import CASES as RUNNING

FOLDER = Path(__file__).parent / "rules"
DRAWN = sorted(each.name for each in FOLDER.iterdir())
#: what a rule brings with it
ALSO = {
    "condition-off-gateway": {"implicit-fork"},
    "dangling-flow": {"dead-end", "unreachable"},
    "no-end": {"dead-end"},
}


#: in what we ship (test_methods.py), told where asked only, or of Camunda 8 (tests/zeebe)
ELSEWHERE = {"element-not-run", "reserves-not-looked-at", *camunda8.RULES}


def test_every_rule_is_broken_once_and_every_case_breaks_a_rule() -> None:
    assert {case[0] for case in CASES} | set(DRAWN) | RUNNING | ELSEWHERE == set(RULES)


@pytest.mark.parametrize("rule", DRAWN)
def test_a_diagram_that_breaks_a_rule_is_found_out_and_its_neighbour_is_not(rule: str) -> None:
    wrong = review({"wrong.bpmn": (FOLDER / rule / "wrong.bpmn").read_bytes()})
    assert {each.rule for each in wrong.findings} == {rule} | ALSO.get(rule, set())
    right = review({"right.bpmn": (FOLDER / rule / "right.bpmn").read_bytes()})
    assert in_words(right.findings, "fr") == ""


@pytest.mark.parametrize("rule", DRAWN)
def test_a_finding_says_where_in_both_languages_and_how_to_mend_it(rule: str) -> None:
    content = (FOLDER / rule / "wrong.bpmn").read_bytes()
    for each in review({"wrong.bpmn": content}).findings:
        opened = content.decode().splitlines()[each.place.line - 1][each.place.column - 1 :]
        assert opened.startswith("<bpmn:")
        assert not each.place.element or f'id="{each.place.element}"' in opened
        assert all((each.message.fr, each.message.en, each.remedy.fr, each.remedy.en))
        assert "{" not in in_words([each], "fr") + in_words([each], "en")


def test_the_sentences_of_soundness_tell_the_way() -> None:
    wrong = review({"wrong.bpmn": (FOLDER / "no-case-ends" / "wrong.bpmn").read_bytes()})
    assert in_words(wrong.findings, "fr") == (
        "wrong.bpmn:8:5 suite — erreur (no-case-ends) : Aucun chemin ne finit. Après « Demande reçue », puis "
        "« Instruire », la jonction « suite » "
        "attend pour toujours « Traiter de suite ». Réunissez les chemins par la sorte de passerelle qui les "
        "a séparés : "
        "parallèle après parallèle, exclusive après exclusive."
    )
