"""`jalon`: the same commands and queries as the pages, for a terminal. Refusals read the same and exit with 1.

Whoever runs it has the database: `--as LOGIN` acts for that person, and history says so.
"""

from __future__ import annotations

import argparse
import getpass
import json
import locale
import logging
import os
import signal
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import closing
from importlib.resources import files as folder_of
from pathlib import Path
from typing import Any

from engine import (
    SYSTEM,
    AttachFile,
    CompleteTask,
    Engine,
    FileMissing,
    JalonError,
    Jobs,
    LoadOrganisation,
    MyTasks,
    NotFound,
    People,
    PublishMethod,
    RestartJob,
    Runner,
    StartProject,
    TaskPageOf,
    Text,
    Unreadable,
    back_up,
    examine,
    in_words,
    review_method,
)  # fmt: skip
from engine import (
    restore as restore_from,
)

log = logging.getLogger("jalon")

PORT = 8020


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 refused, 2 the command is not understood, or a file cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.act(options) or 0)
    except (Unreadable, FileMissing) as refusal:
        _say_error(refusal.text(options.language))
        return 2
    except JalonError as refusal:
        _say_error(refusal.text(options.language))
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception:
        log.exception("jalon %s", options.verb)
        _say_error(JalonError().text(options.language))
        return 1


# --- the database and its server ---------------------------------------------------------------------------


def init(options: argparse.Namespace) -> None:
    """Create the tables, load an organisation, name an administrator."""
    engine = Engine(options.database)
    engine.prepare()
    if options.organisation:
        loaded = engine.execute(LoadOrganisation(_json(options.organisation)), SYSTEM)
        _say(options, "{services} services, {actors} personnes.", "{services} departments, {actors} people.",
             services=loaded.services, actors=loaded.actors)  # fmt: skip
    if options.admin:
        engine.execute(LoadOrganisation(_administrator(options)), SYSTEM)
    for folder in _methods() if options.methods else ():
        _publish(engine, folder, options)
    _say(options, "La base est prête. Suite : jalon serve", "The database is ready. Next: jalon serve")


def serve(options: argparse.Namespace) -> None:
    """Serve the pages; work the jobs too on SQLite, where nobody else can, and on request."""
    engine = Engine(options.database)
    _serve(engine, options, demo=False, jobs=engine.one_file or options.jobs)


def worker(options: argparse.Namespace) -> None:
    """Work the jobs, with no pages."""
    engine = Engine(options.database)
    engine.read(People(), SYSTEM)  # says at once when the database is not ready
    runner = Runner(engine, options.name)
    signal.signal(signal.SIGTERM, lambda *_: runner.stop())
    _say(options, "Les travaux sont exécutés ici sous le nom « {name} » (Ctrl+C pour arrêter).",
         "Jobs are worked here under the name “{name}” (Ctrl+C to stop).", name=runner.worker.name)  # fmt: skip
    try:
        runner.run()
    finally:
        engine.close()


def demo(options: argparse.Namespace) -> None:
    """A whole organisation with projects under way, in a database that disappears afterwards."""
    from engine.demo import furnish

    with tempfile.TemporaryDirectory(prefix="jalon-demo-", ignore_cleanup_errors=True) as folder:
        engine = Engine(options.database or f"sqlite:///{folder}/jalon.db")
        engine.prepare()
        _say(options, "Préparation de la démonstration…", "Preparing the demonstration…")
        furnish(engine)
        try:
            _serve(engine, options, demo=True, jobs=True)
        finally:
            engine.close()


def jobs(options: argparse.Namespace) -> None:
    """Who works the jobs, what waits, what failed; start a dead one again."""
    with closing(Engine(options.database)) as engine:
        if options.restart:
            engine.execute(RestartJob(options.restart), SYSTEM)
            _say(options, "Le travail {job} est relancé.", "The job {job} is restarted.", job=options.restart)
        page, read = engine.read(Jobs(), SYSTEM), options.language
    for each in page.workers:
        state = Text("actif", "alive") if each.alive else Text("arrêté", "stopped")
        print(f"{each.name:<24}  {state.read(read):<8}  {each.seen_at:%Y-%m-%d %H:%M:%S} UTC")
    if not any(each.alive for each in page.workers):
        _say(options, "Aucun processus n’exécute les travaux : lancez jalon serve, ou jalon worker.",
             "No process works the jobs: run jalon serve, or jalon worker.")  # fmt: skip
    for what, count in page.waiting:
        _say(options, "En attente, {what} : {count}", "Waiting, {what}: {count}", what=what, count=count)
    for each in (*page.dead, *page.retried):
        state = Text("abandonné", "dead") if each.dead else Text("réessayé", "retried")
        print(f"{each.job}  {state.read(read)} ({each.tries})  {each.what.read(read)}: {each.why.read(read)}")


def _serve(engine: Engine, options: argparse.Namespace, *, demo: bool, jobs: bool) -> None:
    import waitress

    from web import create_app

    engine.read(People(), SYSTEM)  # says at once when the database is not ready
    app = create_app(engine, demo=demo, secure=options.https)
    port = options.port if not demo else _free_port(options.host, options.port)
    server = waitress.create_server(app, host=options.host, port=port, threads=8, ident=None)
    address = f"http://{options.host}:{port or server.effective_port}/"
    runner = Runner(engine)
    if jobs:
        runner.start()
    _say(options, "Jalon est à l’adresse {address} (Ctrl+C pour arrêter).", "Jalon is at {address} (Ctrl+C to stop).",
         address=address)  # fmt: skip
    if demo and not options.no_browser:
        webbrowser.open(address)
    try:
        server.run()
    finally:
        runner.stop()
        server.close()


def _free_port(host: str, first: int) -> int:
    for port in range(first, first + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return 0


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


# --- backups -----------------------------------------------------------------------------------------------


def backup(options: argparse.Namespace) -> int:
    """Write the whole database to a file, while others work."""
    done = back_up(Engine(options.database), Path(options.file))
    _say(options, "{file} : {rows} lignes, {bytes} octets.", "{file}: {rows} rows, {bytes} bytes.",
         file=options.file, rows=done.rows, bytes=done.bytes)  # fmt: skip
    if not done.broken:
        return 0
    streams = ", ".join(str(each.stream) for each in done.broken)
    broken = Text(
        "La chaîne de l’historique est rompue (flux {streams}) : cette sauvegarde ne pourra pas être restaurée. "
        "Lancez « jalon doctor ».",
        "History’s chain is broken (stream {streams}): this backup cannot be restored. Run “jalon doctor”.",
    )
    _say_error(broken.format(streams=streams).read(options.language))
    return 1


def restore(options: argparse.Namespace) -> None:
    """Fill an empty database from a backup."""
    done = restore_from(Engine(options.database), Path(options.file))
    _say(options, "{rows} lignes restaurées, telles qu’elles étaient le {at} ; comptes et chaînes vérifiés.",
         "{rows} rows restored, as they were on {at}; counts and chains are proved.",
         rows=done.rows, at=done.taken_at)  # fmt: skip


# --- methods -----------------------------------------------------------------------------------------------


def review(options: argparse.Namespace) -> int:
    """Findings on each method; 0 publishable, 1 refused, 2 unreadable."""
    status = 0
    for path in options.paths:
        _, findings = review_method(_diagrams(Path(path)))
        errors = sum(each.severity == "error" for each in findings)
        if findings:
            print(in_words(findings, options.language))
        _say(options, "{path} : {errors} erreur(s), {others} remarque(s).",
             "{path}: {errors} error(s), {others} remark(s).",
             path=path, errors=errors, others=len(findings) - errors)  # fmt: skip
        status = max(status, 1 if errors else 0)
    return status


def publish(options: argparse.Namespace) -> None:
    """Publish the method that a folder draws."""
    engine = Engine(options.database)
    for path in options.paths:
        _publish(engine, Path(path), options)


def _publish(engine: Engine, folder: Path, options: argparse.Namespace) -> None:
    done = engine.execute(PublishMethod(_diagrams(folder)), SYSTEM)
    _say(options, "{method} {version} est publiée ({digest}).", "{method} {version} is published ({digest}).",
         method=done.method, version=done.version, digest=done.digest[:12])  # fmt: skip


def _methods() -> list[Path]:
    """The folders of the methods that come with Jalon."""
    shipped = Path(str(folder_of("workflows")))
    return sorted(each for each in shipped.iterdir() if any(each.glob("*.bpmn")))


def _diagrams(path: Path) -> dict[str, bytes]:
    try:
        found = sorted(path.glob("*.bpmn")) if path.is_dir() else [path]
        if not found:
            raise FileMissing(
                file=path, why=Text("le dossier ne contient aucun fichier .bpmn", "it holds no .bpmn file")
            )
        return {each.name: each.read_bytes() for each in found}
    except OSError as error:
        raise FileMissing(file=path, why=Text(error.strerror or str(error))) from error


# --- projects ----------------------------------------------------------------------------------------------


def start(options: argparse.Namespace) -> None:
    """Start a project."""
    engine = Engine(options.database)
    people: dict[str, tuple[int, ...]] = {}
    for each in options.people:
        role, _, login = each.partition("=")
        people[role] = (*people.get(role, ()), _actor(engine, login))
    done = engine.execute(
        StartProject(
            options.title, options.method, options.service, tuple(options.objective), options.theme,
            tuple(options.impacted), people,
        ),
        _actor(engine, options.person),
    )  # fmt: skip
    _say(options, "Projet {project} démarré.", "Project {project} started.", project=done.project)


def tasks(options: argparse.Namespace) -> None:
    """What is expected of a person, most urgent first."""
    engine = Engine(options.database)
    page = engine.read(MyTasks(size=100), _actor(engine, options.person))
    for each in page.tasks:
        due = each.due_at.date().isoformat() if each.due_at else "-"
        late = Text("en retard", "late").read(options.language) if each.late else ""
        name = each.name.read(options.language)
        print(f"{each.id:>6}  {due:<10}  {late:<9}  {each.code:<5} {name}  ({each.project_title})")
    if not page.tasks:
        _say(options, "Rien n’est attendu de cette personne.", "Nothing is expected of this person.")


def complete(options: argparse.Namespace) -> None:
    """Complete a task: `--set key=value` (JSON, or plain text), `--file key=path`."""
    engine = Engine(options.database)
    actor = _actor(engine, options.person)
    page = engine.read(TaskPageOf(options.task), actor)
    for each in options.file:
        key, _, path = each.partition("=")
        engine.execute(AttachFile(options.task, Path(path).name, _bytes(Path(path)), key), actor)
    said = dict(each.partition("=")[::2] for each in options.set)
    values = {**page.values, **{key: _value(text) for key, text in said.items()}}
    engine.execute(CompleteTask(options.task, values, page.revision), actor)
    _say(options, "« {name} » est terminée.", "“{name}” is completed.", name=page.task.name)


def _actor(engine: Engine, login: str) -> int:
    people = engine.read(People(), SYSTEM).people
    found = next((each.actor.id for each in people if each.login == login), None)
    if found is None:
        raise NotFound
    return int(found)


# --- reading and saying ------------------------------------------------------------------------------------


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileMissing(file=path, why=Text(error.strerror or str(error))) from error


def _json(path: str) -> Any:
    try:
        return json.loads(_bytes(Path(path)))
    except ValueError as error:
        why = Text(f"ce n’est pas du JSON ({error})", f"it is not JSON ({error})")
        raise FileMissing(file=path, why=why) from error


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


def _say(options: argparse.Namespace, fr: str, en: str, **facts: Any) -> None:
    print(Text(fr, en).format(**facts).read(options.language), flush=True)


def _say_error(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _language() -> str:
    said = os.environ.get("LC_ALL") or os.environ.get("LANG") or (locale.getlocale()[0] or "")
    return "en" if said.lower().startswith("en") else "fr"


# --- what one types ----------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jalon", description="Jalon fait vivre la méthode de projet d’un organisme.")
    parser.add_argument("--language", choices=("fr", "en"), default=_language(), help="langue des messages")
    parser.add_argument("--database", metavar="URL", help="sinon JALON_DATABASE_URL, sinon sqlite:///jalon.db")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMANDE")

    def verb(act: Callable[[argparse.Namespace], Any], help: str) -> argparse.ArgumentParser:
        one = verbs.add_parser(act.__name__, help=help, description=help)
        one.set_defaults(act=act)
        return one

    one = verb(init, "préparer la base de données")
    one.add_argument("--organisation", metavar="FICHIER", help="services, personnes, rôles, objectifs (JSON)")
    one.add_argument("--admin", metavar="IDENTIFIANT", help="créer un administrateur ; mot de passe demandé")
    one.add_argument("--root", metavar="CODE", default="ORG", help="code du service racine")
    one.add_argument("--methods", action="store_true", help="publier les méthodes livrées avec Jalon")
    one = verb(serve, "servir les pages")
    _where(one)
    one.add_argument("--jobs", action="store_true", help="exécuter aussi les travaux (toujours le cas avec SQLite)")
    one = verb(worker, "exécuter les travaux : échéances, messages, lots")
    one.add_argument("--name", metavar="NOM", default="", help="nom de ce processus ; sinon celui de la machine")
    one = verb(jobs, "les travaux : qui les exécute, ce qui attend, ce qui a échoué")
    one.add_argument("--restart", metavar="TRAVAIL", default="", help="relancer un travail abandonné")
    one = verb(demo, "ouvrir une démonstration complète")
    _where(one)
    one.add_argument("--no-browser", action="store_true", help="ne pas ouvrir le navigateur")
    one = verb(review, "relire une méthode : ce qui est mal dessiné, et comment y remédier")
    one.add_argument("paths", nargs="+", metavar="CHEMIN", help="dossier d’une méthode, ou fichier .bpmn")
    one = verb(publish, "publier une méthode")
    one.add_argument("paths", nargs="+", metavar="DOSSIER")
    one = verb(doctor, "chercher ce qui ne va pas, et comment y remédier")
    one.add_argument("--format", choices=("text", "json"), default="text", help="texte, ou JSON pour une machine")
    one = verb(backup, "sauvegarder la base dans un fichier, pendant que d’autres travaillent")
    one.add_argument("file", metavar="FICHIER")
    one = verb(restore, "remplir une base vide d’après une sauvegarde")
    one.add_argument("file", metavar="FICHIER")
    _about_projects(verb)
    return parser


def _where(one: argparse.ArgumentParser) -> None:
    one.add_argument("--host", default="127.0.0.1", help="adresse d’écoute")
    one.add_argument("--port", type=int, default=PORT, help="port d’écoute")
    one.add_argument("--https", action="store_true", help="derrière un relais HTTPS : cookies sûrs")


def _about_projects(verb: Callable[..., argparse.ArgumentParser]) -> None:
    one = verb(start, "démarrer un projet")
    one.add_argument("title", metavar="TITRE")
    one.add_argument("--method", required=True, metavar="ID")
    one.add_argument("--service", required=True, metavar="CODE")
    one.add_argument("--objective", action="append", default=[], metavar="CODE", help="plusieurs fois au besoin")
    one.add_argument("--theme", default="", metavar="CODE")
    one.add_argument("--impacted", action="append", default=[], metavar="CODE", help="service impacté")
    one.add_argument("--people", action="append", default=[], metavar="ROLE=IDENTIFIANT")
    _as(one)
    one = verb(tasks, "ce qui est attendu d’une personne")
    _as(one)
    one = verb(complete, "terminer une tâche")
    one.add_argument("task", type=int, metavar="TACHE")
    one.add_argument("--set", action="append", default=[], metavar="CLE=VALEUR", help="une réponse")
    one.add_argument("--file", action="append", default=[], metavar="CLE=CHEMIN", help="un fichier")
    _as(one)


def _as(one: argparse.ArgumentParser) -> None:
    one.add_argument("--as", dest="person", required=True, metavar="IDENTIFIANT", help="la personne qui agit")


if __name__ == "__main__":
    sys.exit(main())
