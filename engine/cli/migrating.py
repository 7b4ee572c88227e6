"""Projects under way move to another version of their method: what that does to each, then the move."""

from __future__ import annotations

import argparse
from contextlib import closing

from engine import SYSTEM, Engine, MigrateProjects, MigrationsOf, Text, run_due
from engine.cli.projects import person
from engine.cli.terminal import Verb, say

WHERE = {
    "missed": Text("à rattraper", "to be caught up with"),
    "current": Text("en cours", "under way"),
    "ahead": Text("à venir", "to come"),
    "gone": Text("ne viendra plus", "does not come any more"),
    "passed": Text("dépassé, facultatif", "passed, optional"),
    "done": Text("déjà fait", "done already"),
}


def migrate(options: argparse.Namespace) -> int:
    """Move the projects of a method to a version of it; `--dry-run` only says what that does to each.

    1 where some cannot move.
    """
    with closing(Engine(options.database)) as engine:
        actor = person(engine, options.person) if options.person else SYSTEM
        return (_told if options.dry_run else _moved)(engine, actor, options)


def _moved(engine: Engine, actor: int, options: argparse.Namespace) -> int:
    asked = MigrateProjects(options.method, options.reason, options.to, tuple(options.project))
    done = engine.execute(asked, actor)
    run_due(engine)
    page = engine.read(MigrationsOf(options.method, options.to), actor)
    batch = next(each for each in page.batches if each.batch == done.batch)
    for id, title, why in batch.refusals:
        print(f"{id:>6}  {title} : {why.read(options.language)}", flush=True)
    say(options, "{moved} projet(s) sur {total} passés à la version {version}.",
        "{moved} of {total} project(s) moved to version {version}.",
        moved=batch.done - len(batch.refusals), total=batch.total, version=batch.version)  # fmt: skip
    return 1 if batch.refusals else 0


def _told(engine: Engine, actor: int, options: argparse.Namespace) -> int:
    refused, after = 0, 0
    while True:
        page = engine.read(MigrationsOf(options.method, options.to, after=after, size=100), actor)
        for line in page.lines:
            print(f"{line.project:>6}  {line.title}  ({line.phase.read(options.language)}, {line.version})", flush=True)
            if line.refused:
                refused += 1
                print(f"        {line.refused.read(options.language)}", flush=True)
            for turn in line.turns:
                where = WHERE[turn.where].read(options.language)
                print(f"        {where} : {turn.element} {turn.name.read(options.language)}", flush=True)
        after = page.after
        if not after:
            break
    say(options, "{total} projet(s) à passer à la version {version}, dont {refused} ne le peuvent pas encore.",
        "{total} project(s) to move to version {version}, {refused} of which cannot yet.",
        total=page.total, version=page.version, refused=refused)  # fmt: skip
    return 1 if refused else 0


def verbs(verb: Verb) -> None:
    one = verb(migrate, "passer des projets en cours à une autre version de leur méthode")
    one.add_argument("method", metavar="METHODE", help="identifiant de la méthode")
    one.add_argument("--to", default="", metavar="VERSION", help="sinon la dernière publiée")
    one.add_argument("--project", type=int, action="append", default=[], metavar="N", help="ceux-là seulement")
    one.add_argument("--reason", default="", metavar="TEXTE", help="pourquoi ; l’historique de chaque projet le garde")
    one.add_argument("--dry-run", action="store_true", help="dire ce qui arriverait, sans rien changer")
    one.add_argument("--as", dest="person", default="", metavar="IDENTIFIANT", help="la personne qui agit")
