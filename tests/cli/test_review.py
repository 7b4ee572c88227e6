"""`jalon review`: verdicts for a person and for a machine."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from engine.cli import GROUPS, main

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tests" / "review" / "rules"
CORPUS = ROOT.parent / "shared" / "corpus" / "files"


def lines(capsys: pytest.CaptureFixture[str], *paths: Path, status: int) -> list[dict[str, Any]]:
    assert main(["review", "--format", "json", *map(str, paths)]) == status
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_file_of_a_method_has_a_line_and_each_process_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    folder = ROOT / "workflows" / "petit-projet"
    assert lines(capsys, folder, status=0) == [
        {"file": str(folder / f"{file}.bpmn"), "processes": [process]}
        for file, process in [
            (name, {"id": id, "executable": True, "verdict": "runs", "findings": []})
            for name, id in (
                ("petit-projet", "petit_projet"),
                ("s1-cadrer", "Process_S1"),
                ("s2-realiser-et-clore", "Process_S2"),
            )
        ]
    ]


def test_a_finding_says_rule_gravity_element_place_what_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    file = RULES / "no-way-in" / "wrong.bpmn"
    [line] = lines(capsys, file, status=1)
    assert line == {
        "file": str(file),
        "processes": [
            {
                "id": "demande",
                "executable": True,
                "verdict": "refused",
                "findings": [
                    {
                        "rule": "no-way-in",
                        "severity": "error",
                        "element": "accord_to_debut",
                        "name": "non",
                        "name_en": "",
                        "file": "wrong.bpmn",
                        "line": 11,
                        "column": 5,
                        "message": {
                            "fr": "Ce flux mène à « Demande reçue », où aucun flux ne mène : un début, ou un événement "
                            "posé sur un bord.",
                            "en": "This flow leads to “Demande reçue”, where no flow leads: a start, or an event on a "
                            "border.",
                        },
                        "remedy": {
                            "fr": "Menez-le à ce qui vient juste après, par une passerelle exclusive au besoin.",
                            "en": "Lead it to what comes right after, through an exclusive gateway if need be.",
                        },
                        "way": [],
                    }
                ],
            }
        ],
    }


def test_a_folder_is_walked_and_the_worst_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = (RULES / "no-start" / "right.bpmn").read_bytes()
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "right.bpmn").write_bytes(right)
    assert [each["file"] for each in lines(capsys, tmp_path, status=0)] == [str(tmp_path / "a" / "right.bpmn")]
    (tmp_path / "wrong.bpmn").write_bytes((RULES / "never-ends" / "wrong.bpmn").read_bytes())
    found = lines(capsys, tmp_path, status=1)
    assert [each["processes"][0]["verdict"] for each in found] == ["refused", "runs"]
    (tmp_path / "unreadable.bpmn").write_bytes(b"<definitions")
    unreadable = next(each for each in lines(capsys, tmp_path, status=2) if each["file"].endswith("unreadable.bpmn"))
    assert unreadable["processes"] == []
    assert unreadable["error"]["fr"].startswith("« unreadable.bpmn » n’est pas un diagramme BPMN lisible")


def test_a_process_that_only_tells_who_takes_part_refuses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = (RULES / "never-ends" / "wrong.bpmn").read_text(encoding="utf-8")
    file = tmp_path / "drawing.bpmn"
    file.write_text(wrong.replace('isExecutable="true"', 'isExecutable="false"'), encoding="utf-8")
    [line] = lines(capsys, file, status=0)
    assert [(each["executable"], each["verdict"]) for each in line["processes"]] == [(False, "refused")]


def test_what_the_executor_reads_otherwise_is_told_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    folder = ROOT / "workflows" / "petit-projet"
    assert main(["--language", "fr", "review", str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder} : 0 erreur(s), 0 remarque(s), 0 note(s).\n"
    assert main(["--language", "fr", "review", "--explain", str(ROOT / "workflows" / "pm2")]) == 0
    assert "Il y a un exemplaire pour chaque élément de « lots »" in capsys.readouterr().out


def test_every_diagram_of_others_has_a_verdict_and_no_traceback() -> None:
    if not CORPUS.is_dir():
        assert "CI" not in os.environ
        pytest.skip("../shared/corpus is not here")
    command = [sys.executable, "-m", "engine.cli", "review", "--format", "json", str(CORPUS)]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 1  # all are read, and some refused
    assert done.stderr == ""
    found = [json.loads(line) for line in done.stdout.splitlines()]
    executable = [each for line in found for each in line["processes"] if each["executable"]]
    runs = [each for each in executable if each["verdict"] == "runs"]
    assert len(runs) >= 0.93 * len(executable)


def test_a_diagram_from_elsewhere_is_repaired_into_a_file_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = (RULES / "no-end" / "right.bpmn").read_text(encoding="utf-8")
    file, out = tmp_path / "p.bpmn", tmp_path / "repaired.bpmn"
    file.write_text(re.sub(r'<bpmn:sequenceFlow id="[^"]*"', "<bpmn:sequenceFlow", drawn, count=1), encoding="utf-8")
    assert main(["--language", "fr", "repair", str(file), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "note (id-given) : <sequenceFlow> n’avait pas d’identifiant" in said
    assert f"1 réparation(s) ; {out} est écrit" in said
    assert main(["review", str(out)]) == 0
    assert "id-given" not in capsys.readouterr().out
    assert main(["--language", "en", "repair", str(out), "--out", str(tmp_path / "again.bpmn")]) == 0
    assert capsys.readouterr().out.startswith("0 repair(s);")
    assert (tmp_path / "again.bpmn").read_bytes() == out.read_bytes()
    assert main(["--language", "en", "repair", str(out), "--out", str(tmp_path / "nowhere" / "x.bpmn")]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "missing", "folder"),
    [
        ("fr", "peut pas être lu : il n’existe pas. Vérifiez", "ne peut pas être écrit : c’est un dossier. Choisissez"),
        ("en", "cannot be read: it does not exist. Check", "cannot be written: it is a folder. Choose"),
    ],
)
def test_why_a_file_is_not_read_or_written_is_said_in_the_readers_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, missing: str, folder: str
) -> None:
    assert main(["--language", language, "review", str(tmp_path / "nowhere.bpmn")]) == 2
    assert missing in capsys.readouterr().err
    drawn = RULES / "no-end" / "right.bpmn"
    assert main(["--language", language, "repair", str(drawn), "--out", str(tmp_path)]) == 1
    assert folder in capsys.readouterr().err


def test_a_review_loads_nothing_of_what_a_project_needs() -> None:
    """What is loaded is waited for: a verdict is there within two seconds, from nothing."""
    asked = (
        "import sys; from engine.cli import main; main(['review', sys.argv[1]]); "
        "print(sorted({'sqlalchemy', 'lxml', 'SpiffWorkflow', 'engine.engine', 'engine.feel'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", asked, str(RULES / "no-end" / "right.bpmn")]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_of_verbs_offers_those_that_it_is_loaded_for(group: str) -> None:
    offered: list[str] = []

    def verb(act: Callable[..., int], help: str) -> argparse.ArgumentParser:
        offered.append(act.__name__)
        return argparse.ArgumentParser()

    import_module(f"engine.cli.{group}").verbs(verb)
    assert tuple(offered) == GROUPS[group]


@pytest.mark.parametrize("before", [[], ["--language", "en"], ["--database", "sqlite:///review.db"]])
def test_a_verb_is_found_after_the_options_of_all(before: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*before, "verify", "--help"])
    assert "jalon verify" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main([*before, "vérifier"])
    assert "'verify'" in capsys.readouterr().err


def test_who_reads_no_further_ends_it_without_a_word() -> None:
    command = [sys.executable, "-m", "engine.cli", "review", "--format", "json", *[str(RULES)] * 3]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert (child.stderr.read(), child.wait()) == (b"", 141)
