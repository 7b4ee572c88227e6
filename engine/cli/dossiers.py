"""Dossiers: prove one, without a database."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

from engine import Proof, verify_dossier
from engine.cli.terminal import Verb, say


def verify(options: argparse.Namespace) -> int:
    """What in a dossier is not as it was written; 0 when nothing is."""
    proof = verify_dossier(Path(options.file))
    if options.format == "json":
        print(json.dumps(_plain(proof, options.language), ensure_ascii=False, indent=1))
        return 0 if proof.whole else 1
    for flaw in proof.flaws:
        print("✗", flaw.text.read(options.language))
    if proof.whole:
        say(options, "✓ Dossier {number} intact : {parts} fichiers, {events} événements enchaînés.",
            "✓ Dossier {number} is whole: {parts} files, {events} chained events.",
            number=proof.decision, parts=proof.parts, events=proof.events)  # fmt: skip
    say(options, "  dernière empreinte de l’historique : {digest}", "  last digest of the history: {digest}",
        digest=proof.head)  # fmt: skip
    say(options, "  empreinte du manifeste : {digest}", "  fingerprint of the manifest: {digest}", digest=proof.seal)
    return 0 if proof.whole else 1


def _plain(proof: Proof, language: str) -> dict[str, object]:
    return dataclasses.asdict(proof) | {
        "whole": proof.whole,
        "flaws": [{"what": each.what, "part": each.part, "text": each.text.read(language)} for each in proof.flaws],
    }


def verbs(verb: Verb) -> None:
    one = verb(verify, "vérifier un dossier de porte, sans base de données")
    one.add_argument("file", metavar="DOSSIER")
    one.add_argument("--format", choices=("text", "json"), default="text", help="texte, ou JSON pour une machine")
