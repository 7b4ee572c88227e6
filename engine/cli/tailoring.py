"""Tailoring, on files: weave a method with its themes and an overlay; carry overlays over to a new version."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from engine import (
    SYSTEM,
    Engine,
    Entry,
    FileMissing,
    JalonError,
    NotWritten,
    Question,
    Rebased,
    RebaseReport,
    Text,
    Woven,
    certify,
    check_version,
    read_overlay,
    read_pack,
    rebase_overlay,
    release_of,
    weave_method,
    write_overlay,
)
from engine.cli.methods import diagrams, pair
from engine.cli.terminal import Verb, bytes_of, json_of, say, say_error


def weave(options: argparse.Namespace) -> int:
    """The method of a folder with what themes add and a service tailors; 0 woven, 1 refused, 2 unreadable."""
    release = release_of(diagrams(Path(options.folder)))
    if options.certificate:
        proven = certify(release)
        print(proven.sentence.read(options.language), flush=True)
        if not proven.holds:
            return 1
    path = Path(options.overlay) if options.overlay else None
    overlay = read_overlay(bytes_of(path), path.name) if path is not None else None
    woven = weave_method(release, [read_pack(json_of(each)) for each in options.theme], overlay)
    say(options, "{method} {version} est tissée ({digest}) : {changed} fichier(s) changé(s).",
        "{method} {version} is woven ({digest}): {changed} file(s) changed.",
        method=woven.method.id, version=woven.method.version, digest=woven.digest[:12],
        changed=sum(release.files.get(name) != content for name, content in woven.release.files.items()),
    )  # fmt: skip
    for refusal in woven.overruled:
        said = Text("Une thématique l’emporte : {why}", "A theme prevails: {why}").format(why=refusal.sentence)
        print(said.read(options.language), flush=True)
    for each in woven.departures:
        say(options, "Dérogation : {name} ({element}) {text} – {reason}",
            "Deviation: {name} ({element}) {text} – {reason}", text=each.text, reason=each.operation.reason or "–",
            name=release.method.name_of(each.operation.target), element=each.operation.target,
        )  # fmt: skip
    if options.out:
        _written(woven, Path(options.out))
    return 0


def _written(woven: Woven, folder: Path) -> None:
    """The diagrams, and where each of their elements comes from."""
    origins = {
        "digest": woven.digest, "base": woven.base,
        "elements": {id: [asdict(each) for each in origins] for id, origins in woven.origins.items()},
        "hidden": {id: asdict(each) for id, each in woven.hidden.items()},
    }  # fmt: skip
    said = json.dumps(origins, ensure_ascii=False, indent=1).encode() + b"\n"
    _write(folder, {**woven.release.files, "origins.json": said})


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise NotWritten(file=folder, why=Text(error.strerror or str(error))) from error


def rebase(options: argparse.Namespace) -> int:
    """Overlays carried over from a version to the next; 0 none is blocked, 1 refused or blocked, 2 unreadable."""
    if not options.overlays:
        return _in_force(options)
    if not options.old:
        why = Text(
            "--from attend le dossier de la version dont ils partent", "--from expects the folder of their version"
        )
        raise FileMissing(file="--from", why=why)
    old, new = (release_of(diagrams(Path(each))) for each in (options.old, options.new))
    worst = 0
    try:
        check_version(old, new)
    except JalonError as refusal:
        say_error(refusal.text(options.language))
        worst = 1
    same = dict(pair(each) for each in options.same)
    for path in map(Path, options.overlays):
        found = rebase_overlay(read_overlay(bytes_of(path), path.name), old, new, same)
        _told(path.name, found, options)
        worst = max(worst, int(found.blocked))
        if not options.dry_run and not found.blocked:
            _write(Path(options.out or path.parent), {path.name: write_overlay(found.overlay).encode()})
    return worst


def _in_force(options: argparse.Namespace) -> int:
    """Every service at once, before the new version is published; nothing is written."""
    engine = Engine(options.database)
    page = engine.read(RebaseReport(diagrams(Path(options.new)), dict(pair(each) for each in options.same)), SYSTEM)
    if page.number:
        say_error(page.number.read(options.language))
    for line in page.lines:
        _said(line.name.read(options.language), line.entries, line.questions, line.refused, options)
    looked = sum(bool(each.looked) and not each.blocks for each in page.lines)
    say(options, "{clean} service(s) sans conflit, {looked} à reconnaître, {blocked} bloqué(s).",
        "{clean} department(s) clean, {looked} to acknowledge, {blocked} blocked.",
        clean=page.clean, looked=looked, blocked=page.blocked)  # fmt: skip
    return int(bool(page.number) or page.blocked > 0)


def _told(name: str, found: Rebased, options: argparse.Namespace) -> None:
    _said(name, found.entries, found.questions, found.refused, options)


def _said(
    name: str, entries: Sequence[Entry], questions: Sequence[Question], refused: Text, options: argparse.Namespace
) -> None:
    blocks = sum(each.blocks for each in entries)
    say(options, "{name} : {blocks} à résoudre, {looked} à reconnaître.",
        "{name}: {blocks} to resolve, {looked} to acknowledge.",
        name=name, blocks=blocks, looked=len(entries) - blocks)  # fmt: skip
    for entry in entries:
        print(f"  {entry.sentence.read(options.language)}", flush=True)
        if (entry.before, entry.after) != ("", ""):
            say(options, "    avant : {before}\n    après : {after}", "    before: {before}\n    after: {after}",
                before=entry.before or "–", after=entry.after or "–")  # fmt: skip
    for question in questions:
        say(options, "  « {name} » : {old} est-il le même pas que {new} ? Si oui : --same {old}={new}",
            "  “{name}”: is {old} the same step as {new}? If so: --same {old}={new}",
            name=question.name, old=question.old, new=question.new)  # fmt: skip
    if refused:
        print(f"  {refused.read(options.language)}", flush=True)


def verbs(verb: Verb) -> None:
    one = verb(weave, "tisser une méthode avec ses thématiques et un aménagement")
    one.add_argument("folder", metavar="DOSSIER", help="dossier de la méthode")
    one.add_argument("--overlay", metavar="FICHIER", help="l’aménagement d’un service (.overlay.yaml)")
    one.add_argument(
        "--theme", action="append", default=[], metavar="FICHIER", help="ce qu’une thématique ajoute (.json)"
    )
    one.add_argument("--out", metavar="DOSSIER", help="où écrire les diagrammes, et la provenance de chaque élément")
    one.add_argument(
        "--certificate", action="store_true", help="prouver d’abord tout ce que la méthode accorde aux services"
    )
    one = verb(rebase, "transposer des aménagements sur une nouvelle version de leur méthode")
    one.add_argument("overlays", nargs="*", metavar="FICHIER", help="aménagements ; sinon ceux qui sont en vigueur")
    one.add_argument("--from", dest="old", metavar="DOSSIER", help="la version dont ils partent")
    one.add_argument("--to", dest="new", required=True, metavar="DOSSIER", help="la nouvelle version")
    one.add_argument("--dry-run", action="store_true", help="dire ce qui arriverait, sans rien écrire")
    one.add_argument("--out", metavar="DOSSIER", help="où écrire les aménagements transposés ; sinon à leur place")
    one.add_argument(
        "--same", action="append", default=[], metavar="ANCIEN=NOUVEAU", help="un identifiant qui a changé de nom"
    )
