"""What an expression of a method cannot mean is found before it is published: kinds, arguments."""

from __future__ import annotations

import pytest

from engine.review import review
from tests.engine.play import ESSAI

STUDY = ESSAI["etude.bpmn"].decode()
WRONG = {
    "urgent = 3": "Cannot compare a boolean and a number.",
    'montant > "3"': "Cannot compare a number and a string.",
    "titre + montant = titre": "Cannot add a string and a number.",
    "contains(titre)": "Expected the form contains(string, match). Got 1.",
}


@pytest.mark.parametrize(("condition", "why"), WRONG.items(), ids=WRONG)
def test_a_condition_over_kinds_that_never_go_together_is_refused(condition: str, why: str) -> None:
    said = condition.replace(">", "&gt;")
    found = review(ESSAI | {"etude.bpmn": STUDY.replace("urgent = true<", f"{said}<").encode()}).findings
    assert [each.rule for each in found] == ["expression-wrong"]
    assert why in found[0].message.en
