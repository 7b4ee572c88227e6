"""Methods: publish."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from importlib.resources import files as folder_of
from pathlib import Path

from engine import SCENARIOS, SYSTEM, DateInvalid, Engine, FileMissing, PublishMethod, PublishPack, Text
from engine.cli.projects import person
from engine.cli.terminal import Verb, bytes_of, json_of, say


def publish(options: argparse.Namespace) -> None:
    """Publish the method that a folder draws, or what a theme adds, from its JSON file."""
    engine = Engine(options.database)
    for path in map(Path, options.paths):
        if path.suffix == ".json":
            publish_theme(engine, path, options)
        else:
            publish_one(engine, path, options)


def publish_one(engine: Engine, folder: Path, options: argparse.Namespace) -> None:
    accepted = tuple(getattr(options, "accept", ()))
    same = dict(pair(each) for each in getattr(options, "same", ()))
    kept = scenarios(folder)
    files = diagrams(folder) | kept
    notes, notes_en = (said_or_read(getattr(options, each, "")) for each in ("notes", "notes_en"))
    until = day(getattr(options, "support_until", ""))
    done = engine.execute(PublishMethod(files, accepted, same, notes, notes_en, until), _publisher(engine, options))
    say(options, "{method} {version} est publiée ({digest}).", "{method} {version} is published ({digest}).",
         method=done.method, version=done.version, digest=done.digest[:12])  # fmt: skip
    if done.accepted:
        say(options, "{count} remarque(s) acceptée(s) : l’historique les garde, et la page de la méthode les montre.",
            "{count} warning(s) accepted: history keeps them, and the page of the method shows them.",
            count=done.accepted)  # fmt: skip
    if kept:
        say(options, "Scénarios gardés avec elle, sans être joués : {files}. Pour les jouer : jalon test {folder}",
            "Scenarios kept with it, not played: {files}. To play them: jalon test {folder}",
            files=", ".join(kept), folder=folder)  # fmt: skip
    if done.carried:
        say(options, "Aménagements qui suivent d’eux-mêmes : {services}.",
            "Tailorings that follow by themselves: {services}.", services=", ".join(done.carried))  # fmt: skip
    if done.left:
        say(options, "Aménagements dont l’administrateur est prévenu : {services}.",
            "Tailorings whose administrator is told: {services}.", services=", ".join(done.left))  # fmt: skip


def pair(text: str) -> tuple[str, str]:
    """`OLD=NEW`, of `--same`."""
    was, _, now = text.partition("=")
    if not was or not now:
        why = Text("--same attend ANCIEN=NOUVEAU", "--same expects OLD=NEW")
        raise FileMissing(file=text, why=why)
    return was, now


def said_or_read(text: str) -> str:
    """`--notes`: the words themselves, or `@notes.md`, the file that holds them."""
    if not text.startswith("@"):
        return text
    try:
        return bytes_of(Path(text[1:])).decode()
    except UnicodeDecodeError as error:
        raise FileMissing(file=text[1:], why=Text("ce n’est pas du texte en UTF-8", "it is not UTF-8 text")) from error


def day(text: str) -> date | None:
    """`2027-03-31`, or « 31/03/2027 » as it is typed in the page. Raises `DateInvalid`."""
    said = text.strip()
    try:
        return datetime.strptime(said, "%d/%m/%Y" if "/" in said else "%Y-%m-%d").date() if said else None
    except ValueError:
        raise DateInvalid(value=text) from None


def _publisher(engine: Engine, options: argparse.Namespace) -> int:
    return person(engine, options.person) if getattr(options, "person", "") else SYSTEM


def publish_theme(engine: Engine, path: Path, options: argparse.Namespace) -> None:
    done = engine.execute(PublishPack(json_of(str(path))), _publisher(engine, options))
    say(options, "La thématique {theme} {version} est publiée ({digest}).",
         "The theme {theme} {version} is published ({digest}).",
         theme=done.theme, version=done.version, digest=done.digest[:12])  # fmt: skip


def shipped_themes() -> list[Path]:
    """What the themes that come with Jalon add, a file each."""
    return sorted(Path(str(folder_of("workflows"))).joinpath("themes").glob("*.json"))


def shipped() -> list[Path]:
    """The folders of the methods that come with Jalon."""
    folder = Path(str(folder_of("workflows")))
    return sorted(each for each in folder.iterdir() if any(each.glob("*.bpmn")))


def diagrams(path: Path) -> dict[str, bytes]:
    try:
        ends = ("bpmn", "dmn", "form")
        found = sorted(each for end in ends for each in path.glob(f"*.{end}")) if path.is_dir() else [path]
        if not found:
            raise FileMissing(
                file=path, why=Text("le dossier ne contient aucun fichier .bpmn", "it holds no .bpmn file")
            )
        return {each.name: each.read_bytes() for each in found}
    except OSError as error:
        raise FileMissing(file=path, why=error) from error


def scenarios(path: Path) -> dict[str, bytes]:
    """Those that stand beside the diagrams: a release keeps them."""
    try:
        return {each.name: each.read_bytes() for each in sorted(path.glob(f"*{SCENARIOS}"))} if path.is_dir() else {}
    except OSError as error:
        raise FileMissing(file=path, why=error) from error


def verbs(verb: Verb) -> None:
    one = verb(publish, "publier une méthode, ou ce qu’une thématique ajoute")
    one.add_argument("paths", nargs="+", metavar="DOSSIER", help="dossier d’une méthode, ou fichier .json")
    one.add_argument(
        "--accept", action="append", default=[], metavar="REGLE[:ELEMENT]",
        help="une remarque que l’on accepte, comme jalon review la nomme ; plusieurs fois au besoin",
    )  # fmt: skip
    one.add_argument(
        "--same", action="append", default=[], metavar="ANCIEN=NOUVEAU", help="un identifiant qui a changé de nom"
    )
    one.add_argument(
        "--notes", default="", metavar="TEXTE|@FICHIER",
        help="ce qui change pour les acteurs, en français (Markdown), ou @ suivi du fichier qui le dit",
    )  # fmt: skip
    one.add_argument("--notes-en", default="", metavar="TEXTE|@FICHIER", help="le même en anglais")
    one.add_argument(
        "--support-until", default="", metavar="JOUR",
        help="dernier jour où les services qui attendent partent encore sur leur version : 2027-03-31",
    )  # fmt: skip
    one.add_argument(
        "--as", dest="person", default="", metavar="LOGIN", help="qui publie, et accepte ; sinon Jalon lui-même"
    )
