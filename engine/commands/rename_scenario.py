"""Give a scenario of a draft another name. The rest of its file stays as it was written."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.keep_scenario import scenario_called, scenario_name
from engine.errors import NotFound, ScenarioNamed
from engine.release import unpack
from engine.scenarios.editing import renamed
from engine.store.act import Act
from engine.store.drafts import change, draft_row


@dataclass(frozen=True, slots=True)
class RenameScenario:
    """Give a scenario of a draft another name."""

    draft: int
    file: str
    name: str
    called: str  #: from now on


def handle(act: Act, command: RenameScenario) -> None:
    row, called = draft_row(act, command.draft), scenario_name(command.called)
    files = unpack(row.files)
    if command.file not in files:
        raise NotFound
    if called == command.name:
        return
    if scenario_called(files, called) is not None:
        raise ScenarioNamed(name=called)
    content = renamed(files[command.file], command.file, command.name, called)
    change(act, row, {**files, command.file: content}, row.revision)
