"""Drafts of methods: list them, write one to a folder for a desktop modeler, bring it back; files for Camunda 8."""

from __future__ import annotations

import argparse
import io
import zipfile
from pathlib import Path

from engine import (
    SYSTEM,
    Engine,
    MethodDraftFiles,
    MethodDrafts,
    NotWritten,
    OpenMethodDraft,
    SaveMethodDraft,
    export_for_camunda_8,
    method_of,
)
from engine.cli.methods import diagrams
from engine.cli.projects import person
from engine.cli.terminal import Verb, bytes_of, say


def drafts(options: argparse.Namespace) -> None:
    """The drafts; or one written to a folder; or a folder brought in."""
    engine = Engine(options.database)
    who = person(engine, options.person) if options.person else SYSTEM
    if options.path:
        bring(engine, Path(options.path), who, options)
    elif options.out:
        write(engine, options.draft, Path(options.out), who, options)
    else:
        listed(engine, who, options)


def listed(engine: Engine, who: int, options: argparse.Namespace) -> None:
    for each in engine.read(MethodDrafts(), who).drafts:
        by = each.edited_by.name if each.edited_by else "Jalon"
        say(options, "{id}  {method} {version}  {state}  {by}, {at}", "{id}  {method} {version}  {state}  {by}, {at}",
            id=each.id, method=each.method, version=each.version or "–", state=each.state, by=by,
            at=f"{each.edited_at:%Y-%m-%d %H:%M}")  # fmt: skip


def write(engine: Engine, draft: int, folder: Path, who: int, options: argparse.Namespace) -> None:
    found = engine.read(MethodDraftFiles(draft), who)
    try:
        with zipfile.ZipFile(io.BytesIO(found.content)) as packed:
            packed.extractall(folder)
    except OSError as error:
        raise NotWritten(file=folder, why=error) from error
    say(options, "{count} fichier(s) dans {folder}. Modifiez-les, puis : jalon drafts {folder}",
        "{count} file(s) in {folder}. Change them, then: jalon drafts {folder}",
        count=len(found.files), folder=folder)  # fmt: skip


def bring(engine: Engine, path: Path, who: int, options: argparse.Namespace) -> None:
    found = [each for each in sorted(path.iterdir()) if each.is_file()] if path.is_dir() else [path]
    files = {each.name: bytes_of(each) for each in found}
    method = method_of(files)
    mine = next((each for each in engine.read(MethodDrafts(), who).drafts if each.live and each.method == method), None)
    if mine is None:
        done = engine.execute(OpenMethodDraft(files=files), who)
        say(options, "Le brouillon {draft} de « {method} » est ouvert.", "Draft {draft} of “{method}” is open.",
            draft=done.draft, method=done.method)  # fmt: skip
        return
    saved = engine.execute(SaveMethodDraft(mine.id, files, mine.revision, beside=True), who)
    say(options, "Le brouillon {draft} est enregistré (révision {revision}).",
        "Draft {draft} is saved (revision {revision}).", draft=mine.id, revision=saved.revision)  # fmt: skip
    if saved.merged:
        say(options, "Changés depuis ce téléchargement, et laissés ainsi : {files}",
            "Changed since that download, and left so: {files}", files=", ".join(saved.merged))  # fmt: skip
    if saved.stayed:
        say(options, "Absents de {folder}, et toujours dans le brouillon : {files}",
            "Not in {folder}, and still in the draft: {files}", folder=path, files=", ".join(saved.stayed))  # fmt: skip


def export(options: argparse.Namespace) -> None:
    """The method of a folder drawn for Camunda 8, in another folder."""
    files = export_for_camunda_8(diagrams(Path(options.folder)))
    out = Path(options.out)
    try:
        for name, content in files.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
    except OSError as error:
        raise NotWritten(file=out, why=error) from error
    say(options, "{count} fichier(s) pour Camunda 8 dans {folder}.", "{count} file(s) for Camunda 8 in {folder}.",
        count=len(files), folder=out)  # fmt: skip


def verbs(verb: Verb) -> None:
    one = verb(drafts, "l’atelier : les brouillons de méthodes, vers un dossier et retour")
    one.add_argument("path", nargs="?", default="", metavar="DOSSIER", help="ce qui est apporté à l’atelier")
    one.add_argument("--out", default="", metavar="DOSSIER", help="où écrire les fichiers d’un brouillon")
    one.add_argument("--draft", type=int, default=0, metavar="N", help="son numéro")
    one.add_argument("--as", dest="person", default="", metavar="LOGIN", help="qui le fait ; sinon Jalon lui-même")
    two = verb(export, "une méthode dessinée pour Camunda 7, en fichiers pour Camunda 8")
    two.add_argument("folder", metavar="DOSSIER", help="dossier de la méthode")
    two.add_argument("--out", required=True, metavar="DOSSIER", help="où écrire les fichiers")
