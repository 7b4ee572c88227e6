"""`jalon`: the same commands and queries as the pages, for a terminal. Refusals read the same and exit with 1.

Whoever runs it has the database: `--as LOGIN` acts for that person, and history says so. One module a group of verbs;
each offers its own in `verbs`.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Sequence
from typing import Any

from engine import DossierUnreadable, FileMissing, JalonError, ScenariosUnreadable, Unreadable
from engine.cli import dossiers, installation, methods, projects, review, scenarios, server
from engine.cli.terminal import language, say_error

log = logging.getLogger("jalon")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 refused, 2 the command is not understood, or a file cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.act(options) or 0)
    except (Unreadable, FileMissing, ScenariosUnreadable, DossierUnreadable) as refusal:
        say_error(refusal.text(options.language))
        return 2
    except JalonError as refusal:
        say_error(refusal.text(options.language))
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception:
        log.exception("jalon %s", options.verb)
        say_error(JalonError().text(options.language))
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jalon", description="Jalon fait vivre la méthode de projet d’un organisme.")
    parser.add_argument("--language", choices=("fr", "en"), default=language(), help="langue des messages")
    parser.add_argument("--database", metavar="URL", help="sinon JALON_DATABASE_URL, sinon sqlite:///jalon.db")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMANDE")

    def verb(act: Callable[[argparse.Namespace], Any], help: str) -> argparse.ArgumentParser:
        one = verbs.add_parser(act.__name__, help=help, description=help)
        one.set_defaults(act=act)
        return one

    for group in (installation, server, review, methods, scenarios, projects, dossiers):
        group.verbs(verb)
    return parser
