"""Keep a play of a draft as one of its scenarios: a file beside its diagrams, which `jalon test` plays too."""

from __future__ import annotations

from dataclasses import dataclass

from engine.beside import SCENARIOS
from engine.errors import ScenarioNamed, ScenarioNameless, TooMuchTried
from engine.release import unpack
from engine.scenarios.editing import without
from engine.scenarios.kept import Kept, books, kept
from engine.scenarios.reading import read_book
from engine.scenarios.trying import FILE, LONGEST_PLAY
from engine.scenarios.writing import alone
from engine.store.act import Act
from engine.store.drafts import change, draft_row
from engine.workshop import MOST_FILES, must_fit
from engine.workshop.starting import id_of

#: characters of the name of a scenario
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class KeepScenario:
    """Keep a play of a draft as one of its scenarios."""

    draft: int
    name: str
    play: str  #: the file of a play; its first scenario is kept
    instead: bool = False  #: of the one that has this name


@dataclass(frozen=True, slots=True)
class ScenarioKept:
    file: str
    name: str


def handle(act: Act, command: KeepScenario) -> ScenarioKept:
    row, name = draft_row(act, command.draft), scenario_name(command.name)
    if len(command.play) > LONGEST_PLAY:
        raise TooMuchTried(limit=LONGEST_PLAY)
    content = command.play.encode()
    written = alone(content, FILE, read_book(content, FILE).scenarios[0].name, called=name).encode()
    files = unpack(row.files)
    same = scenario_called(files, name)
    if same is not None and not command.instead:
        raise ScenarioNamed(name=name)
    files = files if same is None else taken_out(files, same)
    file = same.file if same is not None and same.file not in files else free_name(files, name)
    files = {**files, file: written}
    must_fit(files)
    change(act, row, files, row.revision)
    return ScenarioKept(file, name)


def scenario_name(said: str) -> str:
    """Raises `ScenarioNameless`."""
    name = " ".join(said.split())[:LONGEST_NAME]
    if not name:
        raise ScenarioNameless
    return name


def scenario_called(files: dict[str, bytes], name: str) -> Kept | None:
    return next((each for each in kept(books(files)[0]) if each.name == name), None)


def taken_out(files: dict[str, bytes], scenario: Kept) -> dict[str, bytes]:
    """The files without that scenario. Raises `ScenarioNotEdited`."""
    left = without(files[scenario.file], scenario.file, scenario.name)
    others = {name: content for name, content in files.items() if name != scenario.file}
    return others if left is None else {**others, scenario.file: left}


def free_name(files: dict[str, bytes], name: str) -> str:
    """« Arrêt à la porte 1 » -> `arret-a-la-porte-1.scenarios.yaml`, or with a number."""
    base = id_of(name).replace("_", "-") or "essai"
    names = (f"{base}{SCENARIOS}", *(f"{base}-{number}{SCENARIOS}" for number in range(2, MOST_FILES + 3)))
    return next(each for each in names if each not in files)
