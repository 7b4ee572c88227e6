"""The page of a gate in the outline: who chairs it, what it may decide, where its rework lands."""

from __future__ import annotations

import re

from engine import AmendMethodDraft, Engine, MethodDraftOf
from tests.web.conftest import Browser, words
from tests.web.test_outline import dara as dara  # a fixture
from tests.web.test_outline import marked, method, plain, sent
from tests.web.test_workshop import begun

MORE = {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"}


def asked(do: str, outcome: str, **more: str) -> dict[str, str]:
    on = {"element": "G1", "page": "G1", "form": f"outcome-{outcome}"}
    return {"do": f"{do}_outcome", "outcome": outcome, **on, **more}


def card(dara: Browser, draft: int, outcome: str) -> str:
    """What the page of the gate says of one outcome, with its forms."""
    page = dara.get(f"/atelier/{draft}/plan/G1").text
    return page.partition(f'id="outcome-{outcome}"')[2].partition("</li>")[0]


def test_each_outcome_is_offered_or_not_with_where_it_leads(dara: Browser) -> None:
    draft = begun(dara)
    seen = {each: card(dara, draft, each) for each in ("go", "go_reserves", "rework", "hold", "stop")}
    assert {each: ">proposée<" in said for each, said in seen.items()} == {
        "go": True, "go_reserves": False, "rework": True, "hold": False, "stop": True,
    }  # fmt: skip
    assert "Dans le dessin : vers « Projet arrêté »." in plain(seen["stop"])
    assert "Issues : favorable, à reprendre (Étape A), arrêté" in plain(words(dara.get(f"/atelier/{draft}/plan")))


def test_outcomes_are_added_and_removed_one_at_a_time(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    for do, outcome in (("remove", "stop"), ("add", "hold"), ("remove", "rework"), ("add", "stop"), ("add", "rework")):
        mark = marked(dara, draft, "G1")
        assert f'value="{do}_outcome"' in card(dara, draft, outcome)
        answer = sent(dara, draft, asked(do, outcome, mark=mark))
        assert (answer.status_code, answer.location) == (303, f"/atelier/{draft}/plan/G1#outcome-{outcome}")
        assert (outcome in method(engine, draft).gate["G1"].outcomes) == (do == "add")
    page = words(dara.get(f"/atelier/{draft}/plan/G1"))
    assert ("La relecture ne trouve rien." in page, "Annuler ce changement" in page) == (True, True)


def test_the_last_favourable_outcome_says_why_it_stays(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    said = card(dara, draft, "go")
    assert ("C’est la seule issue qui laisse le projet continuer" in said, "<form" in said) == (True, False)
    refused = sent(dara, draft, asked("remove", "go"))
    assert (refused.status_code, "laisse le projet continuer : elle ne se retire pas" in plain(words(refused))) == (
        422, True,
    )  # fmt: skip
    assert 'href="#outcome-go"' in refused.text
    sent(dara, draft, asked("add", "go_reserves"))
    assert "remove_outcome" in card(dara, draft, "go")


def test_a_rework_lands_at_the_step_that_is_picked_at_most_so_often(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    sent(dara, draft, MORE)
    steps = re.findall(r'<option value="(\w+)"', card(dara, draft, "rework"))
    assert steps == ["A", "T1"]
    form = {"do": "gate", "element": "G1", "page": "G1", "form": "rework", "landing": "T1", "rework_max": "2"}
    answer = sent(dara, draft, form | {"mark": marked(dara, draft, "G1")})
    assert answer.location == f"/atelier/{draft}/plan/G1#rework"
    found = method(engine, draft).gate["G1"]
    assert (found.landing, found.rework_max) == ("T1", 2)
    assert b'landing = "T1"' in engine.read(MethodDraftOf(draft), 4).files["p1.bpmn"]
    assert "à reprendre (Chiffrer)" in words(dara.get(f"/atelier/{draft}/plan"))
    refused = sent(dara, draft, form | {"landing": "B"})
    assert (refused.status_code, "n’est pas une étape de la phase" in words(refused)) == (422, True)
    sent(dara, draft, {"do": "undo", "revision": str(engine.read(MethodDraftOf(draft), 4).line.revision)})
    assert method(engine, draft).gate["G1"].landing == "A"


def test_who_chairs_a_gate_is_picked_among_the_roles_but_who_leads(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    engine.execute(AmendMethodDraft(draft, {"do": "role", "fr": "Expert", "en": "Expert"}), 4)
    page = dara.get(f"/atelier/{draft}/plan/G1").text
    seats = page.partition('id="gate-chair"')[2].partition("</select>")[0]
    assert re.findall(r'<option value="(\w*)"', seats) == ["COM", "E"]
    form = {"do": "gate", "element": "G1", "page": "G1", "form": "gate", "chair": "E", "quorum": "100"}
    assert sent(dara, draft, form).status_code == 303
    found = method(engine, draft)
    assert (found.gate["G1"].chair, found.gate["G1"].voters) == ("E", ("E",))
    assert "Présidée par Expert" in words(dara.get(f"/atelier/{draft}/plan"))
    refused = sent(dara, draft, form | {"chair": "CP"})
    assert (refused.status_code, "ce rôle ne les préside pas" in plain(words(refused))) == (422, True)


def test_an_outcome_is_not_changed_where_somebody_else_changed_the_gate_meanwhile(
    engine: Engine, dara: Browser
) -> None:
    draft = begun(dara)
    mark = marked(dara, draft, "G1")
    engine.execute(AmendMethodDraft(draft, {"do": "add_outcome", "element": "G1", "outcome": "hold"}), 5)
    refused = sent(dara, draft, asked("remove", "stop", mark=mark))
    assert (refused.status_code, "a changé depuis que cette page est ouverte" in words(refused)) == (422, True)
    assert method(engine, draft).gate["G1"].outcomes == ("go", "rework", "hold", "stop")
