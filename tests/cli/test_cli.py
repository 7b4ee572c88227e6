"""`jalon` in a terminal: the same commands as the pages, the same sentences, and an exit status to rely on."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

from engine import SYSTEM, Engine, MethodPageOf, MyTasks, People, ProjectPageOf, Themes
from engine.cli import main

WORKFLOWS = Path(__file__).parents[2] / "workflows"
SMALL = WORKFLOWS / "petit-projet"
ORGANISATION = {
    "services": [{"code": "ORG", "fr": "Organisme", "en": "Organisation"}],
    "objectives": [{"code": "O1", "fr": "Mieux accueillir", "en": "Welcome better"}],
    "people": [
        {"login": "claire", "name": "Claire", "service": "ORG"},
        {"login": "denis", "name": "Denis", "service": "ORG", "roles": [{"role": "RESP", "service": "ORG"}]},
    ],
}
SHEET = ["objectif=Répondre en cinq jours", "livrable=Une affiche", "fin=2030-06-03", "charge=12"]


@pytest.fixture
def base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The first words of every command: French, on a database with an organisation and one method."""
    organisation = tmp_path / "organisation.json"
    organisation.write_text(json.dumps(ORGANISATION), encoding="utf-8")
    words = ["--language", "fr", "--database", f"sqlite:///{tmp_path}/jalon.db"]
    assert main([*words, "init", "--organisation", str(organisation)]) == 0
    assert main([*words, "publish", str(SMALL)]) == 0
    capsys.readouterr()
    return words


@pytest.fixture
def started(base: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    start = ["start", "Afficher les délais", "--method", "petit_projet", "--service", "ORG", "--objective", "O1"]
    assert main([*base, *start, "--people", "CP=claire", "--as", "claire"]) == 0
    assert capsys.readouterr().out == "Projet 1 démarré.\n"
    return base


def test_a_base_is_prepared_and_says_what_it_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    organisation = tmp_path / "organisation.json"
    organisation.write_text(json.dumps(ORGANISATION), encoding="utf-8")
    url = f"sqlite:///{tmp_path}/jalon.db"
    assert main(["--language", "en", "--database", url, "init", "--organisation", str(organisation)]) == 0
    assert capsys.readouterr().out == "1 departments, 2 people.\nThe database is ready. Next: jalon serve\n"


def test_what_a_theme_adds_is_published_from_its_file(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*base, "publish", str(WORKFLOWS / "themes" / "innovation.json")]) == 0
    assert capsys.readouterr().out.startswith("La thématique innovation 1.0.0 est publiée (")
    (theme,) = Engine(base[3]).read(Themes(), SYSTEM).themes
    assert (theme.code, theme.version) == ("innovation", "1.0.0")
    wrong = tmp_path / "eau.json"
    wrong.write_text('{"theme": "eau"}', encoding="utf-8")
    assert main([*base, "publish", str(wrong)]) == 1
    assert "(3 à corriger)" in capsys.readouterr().err


def test_who_publishes_a_folder_is_told_that_its_scenarios_were_not_played(
    base: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = WORKFLOWS / "pm2"
    assert main([*base, "publish", str(folder)]) == 0
    said = f"Scénarios gardés avec elle, sans être joués : pm2.scenarios.yaml. Pour les jouer : jalon test {folder}"
    assert capsys.readouterr().out.splitlines()[-1] == said


def test_the_administrator_of_a_new_base_can_sign_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_PASSWORD", "quatre mots sans lien")
    url = f"sqlite:///{tmp_path}/jalon.db"
    assert main(["--database", url, "init", "--admin", "alice"]) == 0
    (alice,) = Engine(url).read(People(), SYSTEM).people
    assert (alice.login, [role for role, _ in alice.roles]) == ("alice", ["ADM", "RM"])


def test_a_task_is_listed_and_completed_for_a_person(started: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*started, "tasks", "--as", "claire"]) == 0
    listed = capsys.readouterr().out
    assert listed.split()[0] == "1"
    assert "Fiche projet  (Afficher les délais)" in listed
    answers = [word for each in SHEET for word in ("--set", each)]
    assert main([*started, "complete", "1", *answers, "--as", "claire"]) == 0
    assert capsys.readouterr().out == "« Fiche projet » est terminée.\n"
    engine = Engine(started[3])
    denis = next(each.actor.id for each in engine.read(People(), SYSTEM).people if each.login == "denis")
    assert [task.code for task in engine.read(MyTasks(), denis).tasks] == ["SG1"]
    assert engine.read(ProjectPageOf(1), SYSTEM).done[0].assignee.name == "Claire"


def test_nothing_to_do_is_said(started: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*started, "tasks", "--as", "denis"]) == 0
    assert capsys.readouterr().out == "Rien n’est attendu de cette personne.\n"


def test_a_refusal_is_the_sentence_of_the_page_and_exits_with_1(
    started: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*started, "complete", "1", "--set", "objectif=x", "--as", "claire"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(
        "3 réponse(s) à revoir avant de terminer « Fiche projet » : Livrable, Date de fin, Charge"
    )
    assert main([*started, "complete", "1", "--as", "denis"]) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("verb", [["tasks", "--as", "x"], ["publish", str(SMALL)], ["serve"]])
def test_a_base_that_is_not_prepared_is_said(
    verb: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--language", "fr", "--database", f"sqlite:///{tmp_path}/vide.db", *verb]) == 1
    said = "Cette base n’est pas prête pour Jalon. Lancez « jalon init », puis recommencez.\n"
    assert capsys.readouterr().err == said


def test_a_server_that_does_not_answer_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    gone = "postgresql+psycopg://jalon@127.0.0.1:1/jalon"
    assert main(["--language", "fr", "--database", gone, "tasks", "--as", "x"]) == 1
    assert capsys.readouterr().err.startswith("La base de données ne répond pas.")


def test_each_shipped_method_is_publishable(capsys: pytest.CaptureFixture[str]) -> None:
    methods = sorted(str(each.parent) for each in WORKFLOWS.glob("*/*.bpmn"))
    assert main(["--language", "fr", "review", *dict.fromkeys(methods)]) == 0
    assert capsys.readouterr().out.count("0 erreur(s), 0 remarque(s), ") == 3


def test_a_method_drawn_wrong_exits_with_1_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for each in SMALL.glob("*.bpmn"):
        text = each.read_text(encoding="utf-8").replace('camunda:candidateGroups="CP"', 'camunda:candidateGroups="XX"')
        (tmp_path / each.name).write_text(text, encoding="utf-8")
    assert main(["--language", "fr", "review", str(tmp_path)]) == 1
    said = capsys.readouterr().out.splitlines()
    remedy = "Ajoutez-le aux « Rôles » du processus principal (method.role.XX), ou choisissez un rôle qui y est."
    wrong = "s1-cadrer.bpmn:38:5 S11 — erreur (unknown-role) : Le rôle « XX » de « Fiche projet » n’est pas déclaré."
    assert f"{wrong} {remedy}" in said


def test_warnings_are_accepted_as_one_publishes_by_someone_and_stay_on_the_method(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jeanne = {"login": "jeanne", "name": "Jeanne", "service": "ORG", "roles": [{"role": "RM", "service": "ORG"}]}
    (tmp_path / "jeanne.json").write_text(json.dumps({"people": [jeanne]}), encoding="utf-8")
    assert main([*base, "init", "--organisation", str(tmp_path / "jeanne.json")]) == 0
    folder = tmp_path / "petit-projet"
    folder.mkdir()
    for each in SMALL.glob("*.bpmn"):
        text = each.read_text(encoding="utf-8").replace('versionTag="1.0.0"', 'versionTag="1.0.1"')
        text = text.replace('<camunda:property name="name.en" value="One-page project sheet" />', "")
        (folder / each.name).write_text(text, encoding="utf-8")
    publish = ["publish", str(folder), "--as", "jeanne"]
    assert main([*base, *publish]) == 1
    said = capsys.readouterr().err
    assert " S11 — remarque (untranslated) : « Fiche projet » n’a pas d’anglais : " in said
    assert said.endswith("Corrigez-les, ou publiez en les acceptant : --accept untranslated:S11.\n")
    assert main([*base, *publish, "--accept", "untranslated:S11"]) == 0
    assert "1 remarque(s) acceptée(s)" in capsys.readouterr().out
    page = Engine(base[-1]).read(MethodPageOf("petit_projet"), SYSTEM)
    assert (page.method.version, page.published_by) == ("1.0.1", "Jeanne")
    assert [(each.rule, each.element) for each in page.accepted] == [("untranslated", "S11")]
    assert main([*base, "publish", str(folder), "--as", "denis"]) == 1
    assert "Qui le peut : le responsable de méthode." in capsys.readouterr().err


def test_a_file_that_is_not_a_diagram_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.bpmn").write_text("<bpmn:definitions", encoding="utf-8")
    assert main(["--language", "fr", "review", str(tmp_path)]) == 2
    assert "n’est pas un diagramme BPMN lisible (ligne 1)" in capsys.readouterr().err


def test_a_folder_without_diagrams_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "fr", "review", str(tmp_path)]) == 2
    assert "le dossier ne contient aucun fichier .bpmn" in capsys.readouterr().err


# --- backup, restore, doctor -------------------------------------------------------------------------------


def test_a_base_is_backed_up_restored_elsewhere_and_examined(
    started: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "lundi.zip"
    assert main([*started, "backup", str(archive)]) == 0
    assert capsys.readouterr().out == f"{archive} : 16 lignes, {archive.stat().st_size} octets.\n"
    elsewhere = ["--language", "fr", "--database", f"sqlite:///{tmp_path}/autre.db"]
    assert main([*elsewhere, "restore", str(archive)]) == 0
    assert capsys.readouterr().out.startswith("16 lignes restaurées, telles qu’elles étaient le 20")
    assert main([*elsewhere, "tasks", "--as", "claire"]) == 0
    assert "Fiche projet  (Afficher les délais)" in capsys.readouterr().out
    assert main([*elsewhere, "doctor"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert {line[0] for line in said} == {"✓"}
    assert "✓ Chaque événement de l’historique suit du précédent." in said


def test_a_restore_over_what_is_there_or_from_what_is_no_backup_is_refused(
    started: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "lundi.zip"
    assert main([*started, "backup", str(archive)]) == 0
    assert main([*started, "backup", str(archive)]) == 1
    assert main([*started, "restore", str(archive)]) == 1
    archive.write_bytes(b"autre chose")
    assert main([*started, "restore", str(archive)]) == 1
    assert main([*started, "restore", str(tmp_path / "rien.zip")]) == 2
    written, full, foreign, missing = capsys.readouterr().err.splitlines()
    assert written.startswith(f"« {archive} » ne peut pas être écrit : il existe déjà.")
    assert full.startswith("Cette base contient déjà des données (")
    assert foreign.startswith("« lundi.zip » ne peut pas être restauré : ce n’est pas une sauvegarde de Jalon.")
    assert missing.startswith(f"« {tmp_path}/rien.zip » ne peut pas être lu : ")


def test_what_is_wrong_exits_with_1_and_a_machine_can_read_it(
    started: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "jalon.db")) as connection:
        connection.execute("UPDATE jalon_projects SET digest = 'x'")
        connection.commit()
    assert main([*started, "doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    place = lines.index("✗ La chaîne de l’historique est rompue : projet 1, événement 4.")
    assert lines[place + 1].startswith("  → Un événement a été changé ou retiré hors de Jalon.")
    assert main([*started, "doctor", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [each["check"] for each in found if not each["well"]] == ["history"]
    assert main([*started, "backup", str(tmp_path / "rompue.zip")]) == 1
    assert capsys.readouterr().err.startswith("La chaîne de l’historique est rompue (flux 1)")
