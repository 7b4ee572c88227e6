"""A project of a small method whose first gate is voted: Amina leads, Bruno chairs, Bruno and Chloé vote.

project, gate = under_vote(engine)      the gate is open, nobody has voted, no criterion is examined
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from engine import CompleteTask, Engine, ProjectPageOf, PublishMethod, StartProject

METHOD = Path(__file__).parent / "porte-votee"
AMINA, BRUNO, CHLOE = 1, 2, 3
#: of the method's first task
SHEET = {"objectif": "Répondre en cinq jours.", "livrable": "Un modèle de réponse", "charge": 8}


def under_vote(engine: Engine, title: str = "Réponses aux courriers") -> tuple[int, int]:
    """The ids of the project and of the task of its gate."""
    engine.execute(PublishMethod({file.name: file.read_bytes() for file in METHOD.glob("*.bpmn")}), 0)
    people = {"CP": (AMINA,), "RESP": (BRUNO,), "VOT": (BRUNO, CHLOE)}
    project = engine.execute(StartProject(title, "porte_votee", "DSI", ("O1",), people=people), AMINA).project
    (task,) = engine.read(ProjectPageOf(project), AMINA).open
    engine.execute(CompleteTask(task.id, {**SHEET, "fin": in_days(60).isoformat()}), AMINA)
    (gate,) = engine.read(ProjectPageOf(project), AMINA).open
    return project, gate.id


def in_days(days: int) -> date:
    return date.today() + timedelta(days=days)
