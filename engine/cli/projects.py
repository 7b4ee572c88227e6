"""Projects: start one, what is expected of a person, complete it."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine import (
    SYSTEM,
    AttachFile,
    CompleteTask,
    Engine,
    MyTasks,
    NotFound,
    People,
    StartProject,
    TaskPageOf,
    Text,
)
from engine.cli.terminal import Verb, bytes_of, say, value


def start(options: argparse.Namespace) -> None:
    """Start a project."""
    engine = Engine(options.database)
    people: dict[str, tuple[int, ...]] = {}
    for each in options.people:
        role, _, login = each.partition("=")
        people[role] = (*people.get(role, ()), person(engine, login))
    done = engine.execute(
        StartProject(
            options.title, options.method, options.service, tuple(options.objective), options.theme,
            tuple(options.impacted), people,
        ),
        person(engine, options.person),
    )  # fmt: skip
    say(options, "Projet {project} démarré.", "Project {project} started.", project=done.project)


def tasks(options: argparse.Namespace) -> None:
    """What is expected of a person, most urgent first."""
    engine = Engine(options.database)
    page = engine.read(MyTasks(size=100), person(engine, options.person))
    for each in page.tasks:
        due = each.due_at.date().isoformat() if each.due_at else "-"
        late = Text("en retard", "late").read(options.language) if each.late else ""
        name = each.name.read(options.language)
        print(f"{each.id:>6}  {due:<10}  {late:<9}  {each.code:<5} {name}  ({each.project_title})")
    if not page.tasks:
        say(options, "Rien n’est attendu de cette personne.", "Nothing is expected of this person.")


def complete(options: argparse.Namespace) -> None:
    """Complete a task: `--set key=value` (JSON, or plain text), `--file key=path`."""
    engine = Engine(options.database)
    actor = person(engine, options.person)
    page = engine.read(TaskPageOf(options.task), actor)
    for each in options.file:
        key, _, path = each.partition("=")
        engine.execute(AttachFile(options.task, Path(path).name, bytes_of(Path(path)), key), actor)
    said = dict(each.partition("=")[::2] for each in options.set)
    values = {**page.values, **{key: value(text) for key, text in said.items()}}
    engine.execute(CompleteTask(options.task, values, page.revision), actor)
    say(options, "« {name} » est terminée.", "“{name}” is completed.", name=page.task.name)


def person(engine: Engine, login: str) -> int:
    people = engine.read(People(), SYSTEM).people
    found = next((each.actor.id for each in people if each.login == login), None)
    if found is None:
        raise NotFound
    return int(found)


def verbs(verb: Verb) -> None:
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
