"""A remedy says what the page calls what is to be written, and names what has no words by its key."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from engine.review import Finding, review
from engine.rules import RULES, clocks, dialect, exceptions, intent, timers
from tests.review.test_methods import MAIN, STUDY, drawn_otherwise

WORDS = Path(__file__).parents[2] / "web" / "frontend" / "workshop" / "words.fr.js"


def told(rule: str, file: str, before: str, after: str) -> list[Finding]:
    return [each for each in review(drawn_otherwise(file, before, after)).findings if each.rule == rule]


@pytest.mark.parametrize(
    ("file", "without", "remedy", "in_english"),
    [
        (STUDY, 'name="name.en" value="Review"', "« Nom en anglais » (name.en)", "“Name in English” (name.en)"),
        (MAIN, 'name="name.en" value="Trial"', "« Nom en anglais » (name.en)", "“Name in English” (name.en)"),
        (STUDY, 'id="label.en" value="Title"', "« Libellé en anglais » (label.en)", "“Label in English” (label.en)"),
        (
            MAIN, 'name="method.criterion.1.en" value="Need established"',
            "« En anglais » (method.criterion.1.en)", "“In English” (method.criterion.1.en)",
        ),
        (
            MAIN, 'name="method.role.CP.en" value="Project lead"',
            "« En anglais » (method.role.CP.en)", "“In English” (method.role.CP.en)",
        ),
    ],
)  # fmt: skip
def test_what_has_no_english_is_told_with_the_box_in_which_to_write_it(
    file: str, without: str, remedy: str, in_english: str
) -> None:
    [found] = told("untranslated", file, f"<camunda:property {without} />", "")
    assert (found.remedy.fr, found.remedy.en) == (f"Écrivez-le dans {remedy}.", f"Write it in {in_english}.")


def test_a_field_without_any_label_is_one_finding_that_names_it_by_its_key() -> None:
    files = drawn_otherwise(STUDY, 'id="titre" label="Titre"', 'id="titre"')
    english = b'<camunda:property id="label.en" value="Title" />'
    assert english in files[STUDY]
    files[STUDY] = files[STUDY].replace(english, b"")
    findings = review(files).findings
    assert [(each.rule, each.severity, each.place.element) for each in findings] == [
        ("field-without-label", "warning", "A")
    ]
    assert findings[0].message.fr == (
        "Le champ « titre » de « Cadrer » n’a pas de libellé en français : le formulaire ne dirait pas ce "
        "qu’il demande."
    )
    assert findings[0].remedy.fr == "Écrivez-le dans « Libellé en français » (label)."


def test_what_has_no_words_at_all_is_named_by_its_key() -> None:
    """A step and a choice, without a name in any language and with something to say of each."""
    files = drawn_otherwise(STUDY, ' name="Prévenir" camunda:candidateGroups="EXP" camunda:dueDate="P1D"', "")
    for words in ('<camunda:property name="name.en" value="Warn" />', ' name="Favorable"'):
        assert words.encode() in files[STUDY]
        files[STUDY] = files[STUDY].replace(words.encode(), b"")
    files[STUDY] = files[STUDY].replace(b'<camunda:property id="option.oui.en" value="Favourable" />', b"")
    found = {(each.rule, each.message.fr) for each in review(files).findings}
    assert found == {
        ("no-role", "« U » n’a pas de rôle : personne ne la recevrait."),
        ("untranslated", "« U » n’a pas d’anglais : qui lit en anglais le verrait en français."),
        ("untranslated", "« oui » n’a pas d’anglais : qui lit en anglais le verrait en français."),
    }


def test_the_main_process_is_called_what_the_page_calls_it() -> None:
    [found] = told("one-main-process", MAIN, 'name="method.kind" value="method"', 'name="method.kind" value="phase"')
    assert "« La méthode : son processus principal »" in found.remedy.fr
    assert "“The method: its main process”" in found.remedy.en


@pytest.mark.parametrize("topic", [clocks, dialect, exceptions, intent, timers], ids=lambda each: each.__name__[13:])
def test_what_a_remedy_quotes_is_what_the_page_says_in_both_languages(topic: ModuleType) -> None:
    """Or how its words begin: « C’est une porte » of « C’est une porte : une décision qui termine une phase »."""
    page = dict(re.findall(r'^  "((?:[^"\\]|\\.)*)": "((?:[^"\\]|\\.)*)",$', WORDS.read_text(), re.MULTILINE))
    for id, rule in topic.RULES.items():
        assert id in RULES
        for quoted, words in (
            (re.findall(r"« (.*?) »", rule.remedy.fr), page.values()), (re.findall(r"“(.*?)”", rule.remedy.en), page),
        ):  # fmt: skip
            assert [each for each in quoted if not any(said.startswith(each) for said in words)] == [], id
