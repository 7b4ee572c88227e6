"""Scenarios: play them, say what they leave out; draw a diagram as it stands in one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from engine import Tested, Text, Verdict, run_cases, run_scenarios
from engine.cli.terminal import Verb, say


def test(options: argparse.Namespace) -> int:
    """Play scenarios; 0 when all pass, 1 when one does not, 2 when one cannot be read."""
    if options.cases:
        return _show(run_cases(Path(options.cases), Path(options.root), options.dialect), options)
    status = 0
    for each in run_scenarios(map(Path, options.paths or ["."]), options.dialect):
        status |= _show(each.verdicts, options)
        if options.coverage:
            _cover(each, options)
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


def verbs(verb: Verb) -> None:
    one = verb(test, "jouer les scénarios d’une méthode : les parcours qu’elle doit prendre")
    one.add_argument("paths", nargs="*", metavar="CHEMIN", help="dossiers, ou fichiers .scenarios.yaml ; sinon ici")
    one.add_argument("--format", choices=("text", "json"), default="text", help="texte, ou JSON pour une machine")
    one.add_argument("--coverage", action="store_true", help="dire aussi les flux qu’aucun scénario ne prend")
    one.add_argument("--cases", metavar="FICHIER", default="", help="une liste de cas en JSON, au lieu de scénarios")
    one.add_argument("--root", metavar="DOSSIER", default=".", help="d’où partent les chemins des cas")
    one.add_argument("--dialect", metavar="DIALECTE", default="", help="sinon d’après les espaces de noms du fichier")
