"""Scenarios: play them, say what they leave out; draw a diagram as it stands in one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from engine import (
    DIALECTS,
    FileMissing,
    Mark,
    NotWritten,
    Tested,
    Text,
    Verdict,
    has_layout,
    lay_out,
    marks_after,
    run_cases,
    run_scenarios,
)
from engine import (
    draw as picture_of,
)
from engine.cli.terminal import Verb, bytes_of, json_of, say, say_error

STATES = ("done", "current", "late", "waiting", "skipped", "held", "refused", "added", "removed", "changed")
UNPLACED = Text(
    "« {file} » ne porte pas de mise en page : en voici une simple, de gauche à droite ; un modeleur BPMN fera mieux.",
    "“{file}” carries no layout: here is a simple one, left to right; a BPMN modeler will do better.",
)


def test(options: argparse.Namespace) -> int:
    """Play scenarios; 0 when all pass, 1 when one does not, 2 when one cannot be read."""
    if options.cases:
        return _show(run_cases(Path(options.cases), Path(options.root), options.dialect), options)
    status = 0
    for each in run_scenarios(map(Path, options.paths or ["."]), options.dialect):
        status |= _show(each.verdicts, options)
        if options.coverage:
            _cover(each, options)
        elif options.format == "text" and (missed := len(each.coverage.missed)):
            say(options, "{missed} flux ne sont jamais pris ; jalon test --coverage les nomme.",
                "{missed} flow(s) are never taken; jalon test --coverage names them.", missed=missed)  # fmt: skip
    return status


def _show(verdicts: Iterable[Verdict], options: argparse.Namespace) -> int:
    """One line a scenario as it is played, then how many passed."""
    passed = total = 0
    for each in verdicts:
        total, passed = total + 1, passed + each.passed
        row = each.as_row(options.language)
        print(json.dumps(row, ensure_ascii=False) if options.format == "json" else each.in_words(options.language))
    if options.format == "text":
        say(options, "{passed} scénario(s) sur {total} passent.", "{passed} of {total} scenario(s) pass.",
            passed=passed, total=total)  # fmt: skip
    return 0 if passed == total else 1


def _cover(tested: Tested, options: argparse.Namespace) -> None:
    found = tested.coverage
    taken = found.flows - len(found.missed)
    if options.format == "json":
        rows = [each.as_row(options.language) for each in found.missed]
        print(json.dumps({"flows": found.flows, "taken": taken, "missed": rows}, ensure_ascii=False))
        return
    say(options, "Flux parcourus : {taken} sur {flows}.", "Flows taken: {taken} of {flows}.",
        taken=taken, flows=found.flows)  # fmt: skip
    for each in found.missed:
        print("   ", Text("jamais pris :", "never taken:").read(options.language), each.in_words(options.language))


def draw(options: argparse.Namespace) -> None:
    """Draw a diagram as SVG, as it stands where `--states` says so."""
    content = bytes_of(Path(options.file))
    if not has_layout(content):
        say_error(UNPLACED.format(file=options.file).read(options.language))
        content = lay_out(content, options.process or None)
    marks = _marks(options.states) if options.states else {}
    picture = picture_of(content, process=options.process or None, marks=marks, language=options.language)
    if not options.out:
        print(picture)
        return
    try:
        Path(options.out).write_text(picture, encoding="utf-8")
    except OSError as error:
        raise NotWritten(file=options.out, why=error) from error
    say(options, "{file} est dessiné.", "{file} is drawn.", file=options.out)


def _marks(said: str) -> dict[str, Mark]:
    """`{"G1": "done", …}` from a JSON file, or where a scenario ends: `file.scenarios.yaml#its name`."""
    path, _, name = said.partition("#")
    if path.endswith((".yaml", ".yml")):
        return marks_after(Path(path), name)
    found = json_of(path)
    if not isinstance(found, dict) or not all(state in STATES for state in found.values()):
        why = Text(
            f"il associe un identifiant à l’un de ces états : {', '.join(STATES)}",
            f"it gives an id one of these states: {', '.join(STATES)}",
        )
        raise FileMissing(file=path, why=why)
    return {str(element): Mark(state) for element, state in found.items()}


def verbs(verb: Verb) -> None:
    one = verb(test, "jouer les scénarios d’une méthode : les parcours qu’elle doit prendre")
    one.add_argument("paths", nargs="*", metavar="CHEMIN", help="dossiers, ou fichiers .scenarios.yaml ; sinon ici")
    one.add_argument("--format", choices=("text", "json"), default="text", help="texte, ou JSON pour une machine")
    one.add_argument("--coverage", action="store_true", help="dire aussi les flux qu’aucun scénario ne prend")
    one.add_argument("--cases", metavar="FICHIER", default="", help="une liste de cas en JSON, au lieu de scénarios")
    one.add_argument("--root", metavar="DOSSIER", default=".", help="d’où partent les chemins des cas")
    one.add_argument(
        "--dialect", choices=sorted(DIALECTS), default="", help="modeleur d’origine ; sinon d’après les espaces de noms"
    )
    one = verb(draw, "dessiner un diagramme en SVG")
    one.add_argument("file", metavar="FICHIER", help="un fichier .bpmn")
    one.add_argument("--out", metavar="FICHIER", default="", help="où l’écrire ; sinon à l’écran")
    one.add_argument("--process", metavar="ID", default="", help="le processus à dessiner ; sinon le premier")
    one.add_argument("--states", metavar="ETATS", default="", help="états en JSON, ou scénario : fichier.yaml#nom")
