"""Say how a project goes: its lead does."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import ChoiceUnknown, NotAllowed, ReasonMissing, TooLarge
from engine.store.act import Act
from engine.store.case import must_move
from engine.store.tables import WeatherRow
from engine.weather import WEATHERS
from engine.words import Text

LONGEST_NOTE = 500  #: characters


@dataclass(frozen=True, slots=True)
class ReportWeather:
    """Say how a project goes: its lead does. What is not fine says why."""

    project: int
    weather: str  #: sunny, cloudy, rainy, stormy
    note: str = ""


def handle(act: Act, command: ReportWeather) -> None:
    project = act.project(command.project)
    must_move(project)
    _, held = act.held(project)
    lead = act.release(project.release_id).method.lead
    if all(each.actor != act.actor.id for each in held[lead].holders):
        raise NotAllowed(verb=Text("dire la météo du projet", "report the project’s weather"), who=LEAD)
    if command.weather not in WEATHERS:
        raise ChoiceUnknown(value=command.weather, label=Text("Météo du projet", "Project weather"))
    note = command.note.strip()
    if not note and command.weather in ("rainy", "stormy"):
        raise ReasonMissing(verb=Text("annoncer du mauvais temps", "report bad weather"))
    if len(note) > LONGEST_NOTE:
        limit = Text(f"{LONGEST_NOTE} caractères", f"{LONGEST_NOTE} characters")
        raise TooLarge(name=Text("La note", "The note"), size=str(len(note)), limit=limit)
    row = WeatherRow(project_id=project.id, weather=command.weather, note=note, actor_id=act.actor.id, at=act.now)
    act.session.add(row)
    act.record("weather_reported", project, weather=command.weather, note=note)


LEAD = Text("le chef de projet", "the project lead")
