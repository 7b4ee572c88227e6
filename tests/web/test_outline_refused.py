"""What the outline refuses: said at the top with where it is, kept as typed; what somebody else wrote is seen first."""

from __future__ import annotations

import re

import pytest

from engine import AmendMethodDraft, Engine
from tests.web.conftest import Browser, words
from tests.web.test_outline import dara as dara  # a fixture
from tests.web.test_outline import marked, method, plain, sent
from tests.web.test_workshop import begun


def summary(page: str) -> str:
    return page.partition('id="problems"')[2].partition("</ul>")[0]


@pytest.mark.parametrize(
    ("asked", "anchor"),
    [
        ({"do": "add_step", "phase": "P1", "element": "P1", "form": "new-P1", "role": "CP"}, "new-P1"),
        ({"do": "rename", "element": "P1", "form": "rename-P1"}, "rename-P1"),
        ({"do": "add_phase", "element": "", "form": "new-phase"}, "new-phase"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_form_of_the_list_that_is_refused_stays_open_as_it_was_typed(
    dara: Browser, asked: dict[str, str], anchor: str
) -> None:
    draft = begun(dara)
    refused = sent(dara, draft, asked | {"fr": "", "en": "Estimate"})
    assert refused.status_code == 422
    assert f'<a href="#{anchor}-fr">Nom en français — Un nom en français est attendu.' in summary(refused.text)
    before, _, form = refused.text.partition(f'id="{anchor}"')
    field = form.partition("</form>")[0]
    assert ('data-guard="typed"' in field, 'value="Estimate"' in field, 'aria-invalid="true"' in field) == (True,) * 3
    folds = re.findall(r"<details[^>]*>|</details>", before)
    assert folds[-1] == "</details>" or folds[-1].endswith(" open>")


def test_a_button_of_the_list_that_is_refused_leads_to_what_it_was_of(dara: Browser) -> None:
    draft = begun(dara)
    refused = sent(dara, draft, {"do": "up", "element": "A"})
    assert (refused.status_code, '<a href="#at-A">' in summary(refused.text)) == (422, True)


def test_all_that_cannot_be_read_in_a_form_is_said_at_once_by_field(dara: Browser) -> None:
    draft = begun(dara)
    gate = {
        "do": "gate", "element": "G1", "page": "G1", "form": "gate", "voter.COM": ["", "yes"], "rule": "majority",
        "quorum": "133,3", "due.n": "abc", "due.unit": "D", "second.n": "x", "second.unit": "D",
    }  # fmt: skip
    refused = sent(dara, draft, gate)
    said = plain(summary(refused.text))
    assert re.findall(r'<a href="#(\S+)">(.*?) — ', said) == [
        ("gate-due", "Échéance, après son ouverture"),
        ("gate-second", "Sans quorum, seconde séance après"),
        ("gate-quorum", "Quorum : part des votants (en pourcentage)"),
    ]
    assert ('value="133,3"' in refused.text, 'value="abc"' in refused.text) == (True, True)


def test_a_quorum_is_shown_as_it_is_typed_in_the_language_of_the_reader(dara: Browser) -> None:
    draft = begun(dara)
    gate = {"do": "gate", "element": "G1", "page": "G1", "form": "gate", "quorum": "33,3"}
    assert sent(dara, draft, gate).status_code == 303
    assert 'name="quorum" type="text" value="33,3"' in dara.get(f"/atelier/{draft}/plan/G1").text


def test_what_somebody_else_wrote_is_shown_beside_what_was_typed_and_replaced_knowingly(
    engine: Engine, dara: Browser
) -> None:
    draft = begun(dara)
    mine = {
        "do": "words",
        "element": "A",
        "page": "A",
        "form": "words",
        "fr": "Par Dara",
        "en": "Step A",
        "help_fr": "",
    }
    opened = marked(dara, draft, "A")
    engine.execute(AmendMethodDraft(draft, {"do": "words", "element": "A", "fr": "Par Eva", "en": "Step A"}), 5)
    refused = sent(dara, draft, mine | {"mark": opened})
    said = plain(words(refused))
    assert (refused.status_code, "Dans le brouillon, maintenant : Par Eva" in said) == (422, True)
    assert said.count("Dans le brouillon, maintenant : ") == 1  # nowhere else do they differ
    assert ('value="Par Dara"' in refused.text, "Remplacer par ce que j’ai écrit : Nom et consigne" in said) == (
        True, True,
    )  # fmt: skip
    assert re.search(rf'<a href="/atelier/{draft}/plan/A" data-afresh>', refused.text)
    seen = re.search(r'name="mark" value="([0-9a-f]{16})"', refused.text)
    assert seen is not None
    engine.execute(AmendMethodDraft(draft, {"do": "words", "element": "A", "fr": "Encore Eva", "en": "Step A"}), 5)
    again = sent(dara, draft, mine | {"mark": seen[1]})  # what she has not seen is not replaced
    assert "Dans le brouillon, maintenant : Encore Eva" in plain(words(again))
    assert sent(dara, draft, mine | {"mark": marked(dara, draft, "A")}).status_code == 303
    assert method(engine, draft).tasks["A"].name.fr == "Par Dara"


def test_a_box_a_choice_and_a_deadline_that_somebody_else_changed_are_shown_too(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    opened = marked(dara, draft, "A")
    theirs = {"do": "step", "element": "A", "due": "P3W", "role": "COM", "extensible": "yes", "lock": "optional"}
    engine.execute(AmendMethodDraft(draft, theirs), 5)
    mine = {
        "do": "step", "element": "A", "page": "A", "form": "step", "mark": opened, "role": "CP", "due.n": "10",
        "due.unit": "D", "lock": "locked", "extensible": "",
    }  # fmt: skip
    said = plain(words(sent(dara, draft, mine)))
    for value in ("Commanditaire", "coché", "3 semaines", "facultati"):
        assert f"Dans le brouillon, maintenant : {value}" in said


def test_what_was_typed_of_what_is_gone_is_given_back(engine: Engine, dara: Browser) -> None:
    draft = begun(dara)
    asked = {"do": "field", "element": "A", "fr": "Coût", "en": "Cost", "type": "money"}
    engine.execute(AmendMethodDraft(draft, asked), 4)
    opened = marked(dara, draft, "A")
    engine.execute(AmendMethodDraft(draft, {"do": "remove_field", "element": "A", "field": "cout"}), 5)
    mine = asked | {"page": "A", "form": "field-cout", "field": "cout", "fr": "Coût prévu", "mark": opened}
    refused = sent(dara, draft, mine)
    assert "Libellé en français Coût prévu" in plain(words(refused))
    assert "Remplacer par ce que" not in refused.text


def test_what_was_done_is_said_and_the_reader_lands_on_what_was_added(dara: Browser) -> None:
    draft = begun(dara)
    dara.get(f"/atelier/{draft}/plan")  # that it was begun is said once

    def after(**asked: str) -> tuple[str, str]:
        page = asked.pop("page", "")
        answer = sent(dara, draft, asked | ({"page": page} if page else {}))
        bar = dara.get(f"/atelier/{draft}/plan").text.partition('class="notice done" role="status">')[2]
        return answer.location.removeprefix(f"/atelier/{draft}"), plain(bar.partition("<")[0])

    assert after(do="add_phase", fr="Écouter", en="Listen", form="new-phase") == (
        "/plan#at-P3", "La phase « Écouter » est ajoutée.",
    )  # fmt: skip
    assert after(do="add_step", element="P3", phase="P3", fr="Noter", en="Note", role="CP", form="new-P3") == (
        "/plan#at-T2", "L’étape « Noter » est ajoutée.",
    )  # fmt: skip
    assert after(do="remove_step", element="T2", page="T2", form="remove-step") == (
        "/plan", "L’étape « Noter » est retirée.",
    )  # fmt: skip
    assert after(do="remove_gate", element="G1", page="G1", form="remove-gate") == (
        "/plan", "La porte « Porte 1 » est retirée.",
    )  # fmt: skip
    location, said = after(do="add_gate", element="P1")
    assert (re.fullmatch(r"/plan#at-G\d", location) is not None, said) == (
        True, "Une porte est ajoutée au bout de « Phase 1 ».",
    )  # fmt: skip
    assert after(do="remove_phase", element="P3", page="P3", form="remove-phase") == (
        "/plan", "La phase « Écouter » est retirée.",
    )  # fmt: skip
    assert after(do="add_outcome", element="G2", outcome="hold", page="G2", form="outcome-hold") == (
        "/plan/G2#outcome-hold", "L’issue « suspendu » est proposée.",
    )  # fmt: skip
