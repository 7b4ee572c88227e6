"""Take a scenario out of a draft, and its file with the last one that it holds."""

from __future__ import annotations

from dataclasses import dataclass

from engine.beside import is_scenarios
from engine.commands.keep_scenario import taken_out
from engine.errors import NotFound
from engine.release import unpack
from engine.scenarios.kept import books, kept
from engine.store.act import Act
from engine.store.drafts import change, draft_row


@dataclass(frozen=True, slots=True)
class RemoveScenario:
    """Take a scenario out of a draft, and its file with the last one that it holds."""

    draft: int
    file: str
    name: str = ""  #: empty: the whole file, which cannot be read


def handle(act: Act, command: RemoveScenario) -> None:
    row = draft_row(act, command.draft)
    files = unpack(row.files)
    if command.file not in files or not is_scenarios(command.file):
        raise NotFound
    if command.name:
        found = [each for each in kept(books(files)[0]) if (each.file, each.name) == (command.file, command.name)]
        if not found:
            raise NotFound
        files = taken_out(files, found[0])
    else:
        del files[command.file]
    change(act, row, files, row.revision)
