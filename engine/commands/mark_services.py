"""Say of each department that is not impacted whether it is informed or not concerned."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from engine.commands.hold_project import must_steer
from engine.errors import ChoiceUnknown
from engine.store.act import Act
from engine.store.case import must_move
from engine.store.tables import ServiceRow
from engine.words import Text

Mark = Literal["informed", "unconcerned", ""]
PLACES: tuple[Mark, ...] = ("informed", "unconcerned", "")


@dataclass(frozen=True, slots=True)
class MarkServices:
    """Say of each department that is not impacted whether it is informed or not concerned.

    What is said of one holds for those below it. Which are impacted is said by the method's own forms.
    """

    project: int
    marks: dict[str, Mark]  #: by code; empty: nothing is said of it any more


def handle(act: Act, command: MarkServices) -> None:
    project = act.project(command.project)
    must_steer(act, project)
    must_move(project)
    known = set(act.session.execute(select(ServiceRow.code)).scalars())
    for code, mark in command.marks.items():
        if code not in known or mark not in PLACES:
            raise ChoiceUnknown(
                value=code if code not in known else mark, label=Text("Place des services", "Departments’ places")
            )
    impacted = set(json.loads(project.impacted))
    said = json.loads(project.marks) | command.marks
    project.marks = json.dumps({code: mark for code, mark in sorted(said.items()) if mark and code not in impacted})
    act.record("services_marked", project, count=len(json.loads(project.marks)))
