"""The pages and the jobs: what runs on."""

from __future__ import annotations

import argparse
import signal
import socket
import tempfile
import webbrowser
from contextlib import closing

from engine import SYSTEM, Engine, Jobs, People, RestartJob, Runner, Text, settle
from engine.cli.terminal import Verb, say

PORT = 8020


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
    say(options, "Les travaux sont exécutés ici sous le nom « {name} » (Ctrl+C pour arrêter).",
         "Jobs are worked here under the name “{name}” (Ctrl+C to stop).", name=runner.worker.name)  # fmt: skip
    try:
        settle()
        runner.run()
    finally:
        engine.close()


def demo(options: argparse.Namespace) -> None:
    """A whole organisation with projects under way, in a database that disappears afterwards."""
    from engine.demo import furnish

    with tempfile.TemporaryDirectory(prefix="jalon-demo-", ignore_cleanup_errors=True) as folder:
        engine = Engine(options.database or f"sqlite:///{folder}/jalon.db")
        engine.prepare()
        say(options, "Préparation de la démonstration…", "Preparing the demonstration…")
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
            say(options, "Le travail {job} est relancé.", "The job {job} is restarted.", job=options.restart)
        page, read = engine.read(Jobs(), SYSTEM), options.language
    for each in page.workers:
        state = Text("actif", "alive") if each.alive else Text("arrêté", "stopped")
        print(f"{each.name:<24}  {state.read(read):<8}  {each.seen_at:%Y-%m-%d %H:%M:%S} UTC")
    if not any(each.alive for each in page.workers):
        say(options, "Aucun processus n’exécute les travaux : lancez jalon serve, ou jalon worker.",
             "No process works the jobs: run jalon serve, or jalon worker.")  # fmt: skip
    for what, count in page.waiting:
        say(options, "En attente, {what} : {count}", "Waiting, {what}: {count}", what=what, count=count)
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
    say(options, "Jalon est à l’adresse {address} (Ctrl+C pour arrêter).", "Jalon is at {address} (Ctrl+C to stop).",
         address=address)  # fmt: skip
    if demo and not options.no_browser:
        webbrowser.open(address)
    settle()
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


def verbs(verb: Verb) -> None:
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


def _where(one: argparse.ArgumentParser) -> None:
    one.add_argument("--host", default="127.0.0.1", help="adresse d’écoute")
    one.add_argument("--port", type=int, default=PORT, help="port d’écoute")
    one.add_argument("--https", action="store_true", help="derrière un relais HTTPS : cookies sûrs")
