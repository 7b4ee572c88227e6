"""The database: prepare it, examine it, back it up, fill it again."""

from __future__ import annotations

import argparse
import getpass
import json
import os
from pathlib import Path
from typing import Any

from engine import SYSTEM, Engine, LoadOrganisation, Text, back_up, examine
from engine import restore as restore_from
from engine.cli.methods import publish_one, publish_theme, shipped, shipped_themes
from engine.cli.terminal import Verb, json_of, say, say_error


def init(options: argparse.Namespace) -> None:
    """Create the tables, load an organisation, name an administrator."""
    engine = Engine(options.database)
    engine.prepare()
    if options.organisation:
        loaded = engine.execute(LoadOrganisation(json_of(options.organisation)), SYSTEM)
        say(options, "{services} services, {actors} personnes.", "{services} departments, {actors} people.",
             services=loaded.services, actors=loaded.actors)  # fmt: skip
    if options.admin:
        engine.execute(LoadOrganisation(_administrator(options)), SYSTEM)
    for folder in shipped() if options.methods else ():
        publish_one(engine, folder, options)
    for path in shipped_themes() if options.methods else ():
        publish_theme(engine, path, options)
    say(options, "La base est prête. Suite : jalon serve", "The database is ready. Next: jalon serve")


def _administrator(options: argparse.Namespace) -> dict[str, Any]:
    """The organisation's root and one person who may do everything on it."""
    password = os.environ.get("JALON_PASSWORD") or getpass.getpass(
        Text("Mot de passe : ", "Password: ").read(options.language)
    )
    root = {"code": options.root, "fr": options.root, "en": options.root}
    roles = [{"role": role, "service": options.root} for role in ("RM", "ADM")]
    person = {
        "login": options.admin,
        "name": options.admin,
        "password": password,
        "service": options.root,
        "roles": roles,
    }
    return {"services": [] if options.organisation else [root], "people": [person]}


def doctor(options: argparse.Namespace) -> int:
    """What is wrong, and what to do; 0 when nothing is."""
    found = examine(Engine(options.database))
    if options.format == "json":
        print(json.dumps(
            [
                {"check": each.check, "well": each.well, "found": each.found.read(options.language),
                 "remedy": each.remedy.read(options.language)}
                for each in found
            ],
            ensure_ascii=False, indent=1,
        ))  # fmt: skip
    else:
        for each in found:
            print("✓" if each.well else "✗", each.found.read(options.language))
            if not each.well:
                print("  →", each.remedy.read(options.language))
    return 0 if all(each.well for each in found) else 1


def backup(options: argparse.Namespace) -> int:
    """Write the whole database to a file, while others work."""
    done = back_up(Engine(options.database), Path(options.file))
    say(options, "{file} : {rows} lignes, {bytes} octets.", "{file}: {rows} rows, {bytes} bytes.",
         file=options.file, rows=done.rows, bytes=done.bytes)  # fmt: skip
    if not done.broken:
        return 0
    streams = ", ".join(str(each.stream) for each in done.broken)
    broken = Text(
        "La chaîne de l’historique est rompue (flux {streams}) : cette sauvegarde ne pourra pas être restaurée. "
        "Lancez « jalon doctor ».",
        "History’s chain is broken (stream {streams}): this backup cannot be restored. Run “jalon doctor”.",
    )
    say_error(broken.format(streams=streams).read(options.language))
    return 1


def restore(options: argparse.Namespace) -> None:
    """Fill an empty database from a backup."""
    done = restore_from(Engine(options.database), Path(options.file))
    say(options, "{rows} lignes restaurées, telles qu’elles étaient le {at} ; comptes et chaînes vérifiés.",
         "{rows} rows restored, as they were on {at}; counts and chains are proved.",
         rows=done.rows, at=done.taken_at)  # fmt: skip


def verbs(verb: Verb) -> None:
    one = verb(init, "préparer la base de données")
    one.add_argument("--organisation", metavar="FICHIER", help="services, personnes, rôles, objectifs (JSON)")
    one.add_argument("--admin", metavar="IDENTIFIANT", help="créer un administrateur ; mot de passe demandé")
    one.add_argument("--root", metavar="CODE", default="ORG", help="code du service racine")
    one.add_argument("--methods", action="store_true", help="publier les méthodes et thématiques livrées avec Jalon")
    one = verb(doctor, "chercher ce qui ne va pas, et comment y remédier")
    one.add_argument("--format", choices=("text", "json"), default="text", help="texte, ou JSON pour une machine")
    one = verb(backup, "sauvegarder la base dans un fichier, pendant que d’autres travaillent")
    one.add_argument("file", metavar="FICHIER")
    one = verb(restore, "remplir une base vide d’après une sauvegarde")
    one.add_argument("file", metavar="FICHIER")
