"""A file of scenarios is read safely, and refused with the line and the column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import ScenariosUnreadable
from engine.cli import main
from engine.document import DEEPEST, LARGEST, Named, read
from engine.scenarios.reading import read_book
from tests.scenarios.telling import HERE

STEP = "scénarios:\n  - scénario: A\n    fin: terminé\n    étapes:\n      - "


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("", (1, 1), "le fichier est vide"),
        ("a: b: c", (1, 5), "un « : » de trop, ou un retrait qui ne convient pas : "
         "mettez le texte entre guillemets s’il contient « : »"),
        ("a:\n\t- b", (2, 1), "une tabulation ne peut pas servir de retrait : mettez des espaces"),
        ("a: 'b", (1, 6), "un guillemet n’est pas refermé"),
        ("a: 1\n---\nb: 2", (2, 1), "un seul document par fichier : retirez « --- »"),
        ("a: &x b\nc: *x", (2, 4), "les renvois (*nom) ne sont pas acceptés"),
        ("a: !!python/object:os.system b", (1, 4), "les types (!nom) ne sont pas acceptés"),
        ("a: 1\nA: 2\na: 3", (3, 1), "« a » y est dit deux fois"),
        ("? [a]\n: b", (1, 3), "un nom est attendu avant « : »"),
        ("bonjour", (1, 1), "ce fichier se décrit par « nom : valeur »"),
        ("processus: a", (1, 1), "« scénarios : » est attendu"),
        ("scenarios: a", (1, 12), "une liste de scénarios est attendue"),
        ("scénarios:\n  - fin: terminé", (2, 5), "il manque « scénario : » à ce scénario"),
        ("scénarios:\n  - scénario: A", (2, 5), "il manque « fin : » à ce scénario"),
        ("scénarios:\n  - {scénario: A, fin: terminé}\n  - {scénario: A, fin: terminé}", (3, 5),
         "deux scénarios s’appellent « A »"),
        ("scénarios:\n  - {scénario: A, fin: terminé, commence le: demain}", (2, 46),
         "une date est attendue : 2026-01-05"),
        ("dialecte: visio\nscénarios:\n  - {scénario: A, fin: terminé}", (1, 11),
         "le dialecte est l’un de activiti, bpmn-engine, camunda, flowable, plain, spiffworkflow, zeebe"),
        (STEP + "terminé: B", (5, 9), "« terminé » n’est pas attendu ici, ou l’est une seule fois ; une étape comprend "
         "« attendre », « activités récurrentes », « terminer », « jusqu’à », « décider », « message », « signal », "
         "« minuteur », « externe », « recevoir », « choisir », « avec », « refusé pour », « issue », « portes »"),
        (STEP + "avec: {a: b}", (5, 9), "une étape dit une seule de ces choses : « attendre », "
         "« activités récurrentes », « terminer », « jusqu’à », « décider », « message », « signal », « minuteur », "
         "« externe », « recevoir », « choisir »"),
        (STEP + "{attendre: B, choisir: C}", (5, 9), "« choisir » ne va pas avec « attendre »"),
        (STEP + "décider: B", (5, 9), "l’issue de la porte est attendue"),
        (STEP + "{terminer: B, avec: non}", (5, 29), "des « nom : valeur » sont attendus"),
        (STEP + "{jusqu’à: B, avec: {C: non}}", (5, 32), "des « nom : valeur » sont attendus"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_line_and_column(text: str, where: tuple[int, int], why: str) -> None:
    with pytest.raises(ScenariosUnreadable) as refused:
        read_book(text.encode(), "a.scenarios.yaml")
    assert refused.value.text("fr") == (
        f"« a.scenarios.yaml », ligne {where[0]}, colonne {where[1]} : {why}. "
        "Corrigez d’après docs/reference/scenarios.md."
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a: " + b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), f"plus de {DEEPEST} niveaux"),
        (b"a: x" + b" " * LARGEST, f"plus de {LARGEST} octets"),
        ("é".encode("latin-1"), "seul l’encodage UTF-8 est accepté"),
        (b"- a\n" * 50_001, "plus de 50000 mots"),
    ],
)
def test_a_file_beyond_the_limits_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ScenariosUnreadable, match=why):
        read(content, "a.scenarios.yaml")


def test_words_keep_their_line_and_their_column() -> None:
    said = read(b"a:\n  - b\n  - 'oui'", "a")
    assert isinstance(said, Named)
    listed = said.items["a"]
    assert [(each.text, each.line, each.column, each.quoted) for each in listed.items] == [  # type: ignore[union-attr]
        ("b", 2, 5, False), ("oui", 3, 5, True),
    ]  # fmt: skip


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_in_a_file_it_is_read_or_refused_in_a_sentence(content: bytes) -> None:
    try:
        read_book(content, "a.scenarios.yaml")
    except ScenariosUnreadable:
        pass


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([str(HERE)], 0),
        ([str(HERE / "missing.scenarios.yaml")], 2),
        (["--cases", str(HERE / "missing.json")], 2),
        (["--cases", str(HERE / "commande.bpmn")], 2),
    ],
)
def test_the_exit_status_says_passed_failed_or_unreadable(arguments: list[str], status: int) -> None:
    assert main(["test", *arguments]) == status


def test_a_scenario_that_does_not_pass_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "commande.bpmn").write_bytes((HERE / "commande.bpmn").read_bytes())
    (tmp_path / "a.scenarios.yaml").write_text(STEP + "attendre: Payer", encoding="utf-8")
    assert main(["--language", "fr", "test", str(tmp_path), "--coverage"]) == 1
    assert capsys.readouterr().out.splitlines()[:4] == [
        "✗ a.scenarios.yaml: A",
        "    étape 1, ligne 5 : attendu : « Payer » ; trouvé : « Saisir la commande »",
        "0 scénario(s) sur 1 passent.",
        "Flux parcourus : 1 sur 14.",
    ]
    assert main(["--language", "fr", "test", str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines()[2:] == [
        "0 scénario(s) sur 1 passent.",
        "13 flux ne sont jamais pris ; jalon test --coverage les nomme.",
    ]
