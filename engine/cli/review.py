"""Diagrams: what is drawn wrong in them, for a person or a machine."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine import (
    DiagramRefused,
    FileMissing,
    JalonError,
    Reviewed,
    ReviewStopped,
    Text,
    TooLarge,
    finding_as_json,
    in_words,
    review_apart,
)
from engine.cli.terminal import DIALECTS, WHOSE, Verb, bytes_of, say, say_error

#: how the names of diagrams and decisions end
DIAGRAMS = (".bpmn", ".bpmn20.xml", ".bpmn.xml", ".bpmn2", ".dmn")
#: and those of the forms of Camunda 8 that stand beside them
FORMS = ".form"
#: what a file of a method says of itself, and no other diagram does
METHOD = b"method.kind"


def review(options: argparse.Namespace) -> int:
    """Findings on each diagram; 0 publishable, 1 refused, 2 unreadable."""
    return max((_one(path, files, options) for each in options.paths for path, files in _units(Path(each))), default=0)


def _units(path: Path) -> Iterator[tuple[Path, list[Path]]]:
    """What is reviewed together: a folder that draws a method, or one file."""
    if not path.is_dir():
        yield path, [path, *_forms(path.parent)]
        return
    if not any(each.name.endswith(DIAGRAMS) for each in path.rglob("*")):
        why = Text("le dossier ne contient aucun fichier .bpmn", "it holds no .bpmn file")
        raise FileMissing(file=path, why=why)
    yield from _below(path)


def _below(path: Path) -> Iterator[tuple[Path, list[Path]]]:
    here = sorted(each for each in path.iterdir() if each.is_file() and each.name.endswith(DIAGRAMS))
    if any(METHOD in bytes_of(each) for each in here):
        yield path, [*here, *_forms(path)]
    else:
        yield from ((each, [each]) for each in here)
    for folder in sorted(each for each in path.iterdir() if each.is_dir() and not each.name.startswith(".")):
        yield from _below(folder)


def _forms(folder: Path) -> list[Path]:
    return sorted(each for each in folder.glob(f"*{FORMS}") if each.is_file())


def _one(path: Path, files: list[Path], options: argparse.Namespace) -> int:
    try:
        contents = {each.name: bytes_of(each) for each in files}
        reviewed = review_apart(contents, options.dialect, explain=options.explain)
    except (DiagramRefused, TooLarge) as refusal:
        return _unread(path, refusal, options)
    if options.format == "json":
        for each in [each for each in files if each.suffix != FORMS]:
            print(json.dumps(_of_file(each, reviewed), ensure_ascii=False), flush=True)
    else:
        _tell(path, reviewed, options)
    return 1 if reviewed.refused else 0


def _tell(path: Path, reviewed: Reviewed, options: argparse.Namespace) -> None:
    if reviewed.findings:
        print(in_words(reviewed.findings, options.language))
    errors, warnings = len(reviewed.errors), len(reviewed.warnings)
    say(options, "{path} : {errors} erreur(s), {warnings} remarque(s), {notes} note(s).",
        "{path}: {errors} error(s), {warnings} warning(s), {notes} note(s).",
        path=path, errors=errors, warnings=warnings, notes=len(reviewed.findings) - errors - warnings)  # fmt: skip


def _of_file(file: Path, reviewed: Reviewed) -> dict[str, Any]:
    processes = [
        {
            "id": each.id,
            "executable": each.executable,
            "verdict": each.verdict,
            "findings": [finding_as_json(finding) for finding in each.findings],
        }
        for each in reviewed.processes
        if each.file == file.name
    ]
    told = {finding for process in reviewed.processes for finding in process.findings}
    others = [each for each in reviewed.findings if each.place.file == file.name and each not in told]
    found = {"findings": [finding_as_json(each) for each in others]} if others else {}
    return {"file": str(file), "processes": processes} | found


def _unread(path: Path, refusal: JalonError, options: argparse.Namespace) -> int:
    if options.format == "json":
        error = {"fr": refusal.text("fr"), "en": refusal.text("en")}
        print(json.dumps({"file": str(path), "processes": [], "error": error}, ensure_ascii=False), flush=True)
    else:
        say_error(refusal.text(options.language))
    return 1 if isinstance(refusal, ReviewStopped) else 2


def verbs(verb: Verb) -> None:
    one = verb(review, "relire des diagrammes : ce qui est mal dessiné, et comment y remédier")
    one.add_argument(
        "paths", nargs="+", metavar="CHEMIN", help="fichier, dossier d’une méthode, ou dossier à parcourir"
    )
    one.add_argument(
        "--format", choices=("text", "json"), default="text", help="texte, ou JSON : une ligne par fichier"
    )
    one.add_argument("--explain", action="store_true", help="dire aussi ce que l’exécuteur lit autrement")
    one.add_argument("--dialect", choices=DIALECTS, default="", help=WHOSE)
