"""A diagram from elsewhere, as an import takes it in."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine import NotWritten, in_words, mended
from engine.cli.terminal import DIALECTS, WHOSE, Verb, bytes_of, say


def repair(options: argparse.Namespace) -> int:
    """Write a diagram as an import would take it in, and say what was repaired."""
    path = Path(options.file)
    done = mended(bytes_of(path), path.name, options.dialect)
    if done.repairs:
        print(in_words(done.repairs, options.language))
    out = Path(options.out)
    try:
        out.write_bytes(done.content)
    except OSError as error:
        raise NotWritten(file=out, why=error) from error
    if done.placed:
        say(options, "Le fichier n’avait pas de mise en page : chaque processus et chaque sous-processus a la sienne.",
            "The file had no layout: each process and each sub-process has one.")  # fmt: skip
    say(options, "{count} réparation(s) ; {file} est écrit : ouvrez-le dans un modeleur, relisez-le, il est à vous.",
        "{count} repair(s); {file} is written: open it in a modeler, look at it, it is yours.",
        count=len(done.repairs), file=out)  # fmt: skip
    return 0


def verbs(verb: Verb) -> None:
    one = verb(repair, "réparer un diagramme venu d’ailleurs : ce qui est changé est dit, le fichier est à relire")
    one.add_argument("file", metavar="FICHIER", help="un fichier .bpmn")
    one.add_argument("--out", metavar="FICHIER", required=True, help="où l’écrire")
    one.add_argument("--dialect", choices=DIALECTS, default="", help=WHOSE)
