"""Start a project from an idea, whose author stays the project's author."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from engine.commands.change_entry import entry_of, must_entry
from engine.commands.start_project import LONGEST_TITLE, Started, StartProject, last_release
from engine.commands.start_project import handle as start
from engine.errors import NotFound
from engine.registers import IDEAS
from engine.store.act import Act
from engine.store.entries import change, close_entry, facts_of
from engine.store.ideas import settle, tell_author
from engine.store.tables import ActorRow, ProjectRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class StartFromIdea:
    """Start a project from an idea, whose author stays the project's author."""

    entry: int
    method: str  #: id; its last release
    service: str  #: code
    objectives: tuple[str, ...]
    title: str = ""  #: else the idea's
    lead: int | None = None  #: actor; else whoever holds the role in the service


def handle(act: Act, command: StartFromIdea) -> Started:
    idea, who = entry_of(act, command.entry)
    if idea.register != "idea":
        raise NotFound
    must_entry(who, "answer", idea)
    services = [str(each) for each in facts_of(idea).get("services", [])]
    release = act.release(last_release(act, command.method).id)
    people: dict[str, tuple[int, ...]] = {release.method.lead: (command.lead,)} if command.lead is not None else {}
    started = start(act, StartProject(
        title=(command.title.strip() or idea.title)[:LONGEST_TITLE], method=command.method, service=command.service,
        objectives=command.objectives, theme=idea.theme, impacted=tuple(services), people=people,
    ))  # fmt: skip
    project = act.session.get_one(ProjectRow, started.project)
    if _is_here(act, idea.author_id):
        project.author_id = idea.author_id
    act.record("idea_taken_up", project, entry=idea.id, number=idea.number)
    close_entry(act, idea, "project", "")
    change(idea, project=project.id)
    settle(act, idea, project.title)
    tell_author(act, idea, TAKEN_UP, IDEAS.states["project"].text, project.title)
    return started


def _is_here(act: Act, author: int | None) -> bool:
    if author is None:
        return False
    here = select(ActorRow.id).where(ActorRow.id == author, ActorRow.active, ActorRow.kind == "internal")
    return act.session.execute(here).first() is not None


TAKEN_UP = (
    Text("Votre idée « {title} » devient un projet", "Your idea “{title}” becomes a project"),
    Text(
        "Bonjour {name},\n\nVotre idée « {title} » devient le projet « {answer} ». Vous en restez l’auteur.\n\n"
        "{address}\n",
        "Hello {name},\n\nYour idea “{title}” becomes the project “{answer}”. You remain its author.\n\n{address}\n",
    ),
)
