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


#: what a gate that foresees a second session says beside its quorum
SECOND = (
    '<camunda:property name="method.gate.quorum" value="0.6" />'
    '<camunda:property name="method.gate.second_session" value="P5D" />'
    '<camunda:property name="method.gate.second_without_quorum" value="true" />'
)


def under_vote(
    engine: Engine, title: str = "Réponses aux courriers", second_session: bool = False, alone: bool = False
) -> tuple[int, int]:
    """The ids of the project and of the task of its gate; `second_session`: it foresees one, without quorum; `alone`:
    its chair decides without a vote.
    """
    files = {file.name: file.read_bytes() for file in METHOD.glob("*.bpmn")}
    if second_session:
        main = files["porte-votee.bpmn"].decode().replace(SECOND.partition("/>")[0] + "/>", SECOND, 1)
        files["porte-votee.bpmn"] = main.encode()
    if alone:
        files["porte-votee.bpmn"] = files["porte-votee.bpmn"].replace(b"majority_chair_casting", b"chair")
    engine.execute(PublishMethod(files), 0)
    people = {"CP": (AMINA,), "RESP": (BRUNO,), "VOT": (BRUNO, CHLOE)}
    project = engine.execute(StartProject(title, "porte_votee", "DSI", ("O1",), people=people), AMINA).project
    (task,) = engine.read(ProjectPageOf(project), AMINA).open
    engine.execute(CompleteTask(task.id, {**SHEET, "fin": in_days(60).isoformat()}), AMINA)
    (gate,) = engine.read(ProjectPageOf(project), AMINA).open
    return project, gate.id


def in_days(days: int) -> date:
    return date.today() + timedelta(days=days)
