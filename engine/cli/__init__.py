"""`jalon`: the same commands and queries as the pages, for a terminal. Refusals read the same and exit with 1.

Whoever runs it has the database: `--as LOGIN` acts for that person, and history says so. One module a group of verbs;
each offers its own in `verbs`, and is loaded when one of them is asked for.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from engine import (
    DossierUnreadable,
    FileMissing,
    JalonError,
    OverlayUnreadable,
    ScenariosUnreadable,
    Unreadable,
)
from engine.cli.terminal import language, say_error

#: module -> its verbs, in the order of the help
GROUPS = {
    "installation": ("init", "doctor", "backup", "restore"),
    "server": ("serve", "worker", "jobs", "demo"),
    "review": ("review",),
    "repair": ("repair",),
    "methods": ("publish",),
    "tailoring": ("weave", "rebase"),
    "workshop": ("drafts", "export"),
    "scenarios": ("test", "draw"),
    "projects": ("start", "tasks", "complete"),
    "migrating": ("migrate",),
    "dossiers": ("verify",),
}
log = logging.getLogger("jalon")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 refused, 2 the command is not understood, or a file cannot be read."""
    options = _parser(_asked(arguments)).parse_args(arguments)
    try:
        return int(options.act(options) or 0)
    except (Unreadable, FileMissing, ScenariosUnreadable, OverlayUnreadable, DossierUnreadable) as refusal:
        say_error(refusal.text(options.language))
        return 2
    except JalonError as refusal:
        say_error(refusal.text(options.language))
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception:
        log.exception("jalon %s", options.verb)
        say_error(JalonError().text(options.language))
        return 1


def _common(**said: Any) -> argparse.ArgumentParser:
    """What every verb understands."""
    parser = argparse.ArgumentParser(prog="jalon", **said)
    parser.add_argument("--language", choices=("fr", "en"), default=language(), help="langue des messages")
    parser.add_argument("--database", metavar="URL", help="sinon JALON_DATABASE_URL, sinon sqlite:///jalon.db")
    return parser


def _asked(arguments: Sequence[str] | None) -> list[str]:
    """The group of the verb that is asked for; all of them where it is not one."""
    others = _common(add_help=False, exit_on_error=False)
    others.add_argument("verb", nargs="?")
    try:
        verb = others.parse_known_args(arguments)[0].verb
    except argparse.ArgumentError:
        verb = ""
    return [group for group, verbs in GROUPS.items() if verb in verbs] or list(GROUPS)


def _parser(groups: Sequence[str]) -> argparse.ArgumentParser:
    parser = _common(description="Jalon fait vivre la méthode de projet d’un organisme.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMANDE")

    def verb(act: Callable[[argparse.Namespace], Any], help: str) -> argparse.ArgumentParser:
        one = verbs.add_parser(act.__name__, help=help, description=help)
        one.set_defaults(act=act)
        return one

    for group in groups:
        import_module(f"engine.cli.{group}").verbs(verb)
    return parser
