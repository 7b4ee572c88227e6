"""What a form declares confidential: for lead, sponsor and who fills it in; nowhere else, in nothing that leaves."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from engine import CompleteTask, CorrectAnswer, GateDossier, History, PublishMethod, SaveDraft, TaskPaper
from engine.people import load_actor
from engine.queries.task_paper import _Writer
from engine.queries.view import View
from engine.store.tables import EventRow
from tests.engine.play import ESSAI, Play

SECRET = "le chef du service y est hostile"
#: B's opinion beside a confidential remark, and a table of which one column is
FIELDS = """<camunda:formField id="reserve" label="Réserve" type="textarea"><camunda:properties>
<camunda:property id="label.en" value="Reservation" /><camunda:property id="confidential" value="true" />
</camunda:properties></camunda:formField>
<camunda:formField id="acteurs" label="Acteurs" type="table"><camunda:properties>
<camunda:property id="label.en" value="Stakeholders" /><camunda:property id="columns" value="nom,position" />
<camunda:property id="column.nom" value="Nom" /><camunda:property id="column.nom.en" value="Name" />
<camunda:property id="column.position" value="Position" /><camunda:property id="column.position.en" value="Position" />
<camunda:property id="column.position.confidential" value="true" />
</camunda:properties></camunda:formField>
<camunda:formField id="porteur\""""
METHOD = ESSAI | {
    "etude.bpmn": ESSAI["etude.bpmn"].replace(b'<camunda:formField id="porteur"', FIELDS.encode()),
    "essai.bpmn": ESSAI["essai.bpmn"].replace(b'versionTag="1.0.0"', b'versionTag="2.0.0"'),
}
SAID: dict[str, Any] = {"avis": "oui", "reserve": SECRET, "acteurs": [{"nom": "Mairie", "position": SECRET}]}


@pytest.fixture
def given(play: Play) -> tuple[Play, int, int]:
    """Émile has given his opinion; Fatou is an expert too."""
    play.do("jalon", PublishMethod(METHOD))
    project = play.start()
    play.complete(project, "A", urgent=False)
    task = play.task(project, "B")
    play.do("emile", SaveDraft(task, SAID))
    play.do("emile", CompleteTask(task, SAID))
    return play, project, task


def test_lead_sponsor_and_who_filled_it_in_read_it_and_nobody_else(given: tuple[Play, int, int]) -> None:
    play, _, task = given
    for login in ("claire", "denis", "emile"):
        assert play.page(task, login).values["reserve"] == SECRET
    for login in ("fatou", "alice", "jeanne", "gael"):
        page = play.page(task, login)
        assert SECRET not in repr(page)
        assert "reserve" not in {each.key for each in page.form}
        assert page.values["acteurs"] == [{"nom": "Mairie"}]
        assert [each.key for field in page.form for each in field.columns] == ["nom"]


def test_it_is_in_no_gate_room_but_for_who_steers(given: tuple[Play, int, int]) -> None:
    play, project, _ = given
    gate = play.until(project, "G1")
    assert SECRET in repr(play.gate(gate, "claire").evidence)
    assert SECRET not in repr(play.gate(gate, "alice"))
    assert "Mairie" in repr(play.gate(gate, "alice").evidence)


def test_it_is_in_no_paper_and_no_dossier_whoever_asks(given: tuple[Play, int, int]) -> None:
    play, project, task = given
    assert play.see("claire", TaskPaper(task)).content
    with play.engine.store.read() as session:
        view = View(session, load_actor(session, play.people["claire"]), play.clock.at, play.engine.release)
        sheet = repr(_Writer(view, view.case(task), "fr").sheet())
    assert ("Mairie" in sheet, SECRET in sheet) == (True, False)
    play.until(project, "G1")
    decision = play.decide(project, "G1").decision
    with zipfile.ZipFile(io.BytesIO(play.see("claire", GateDossier(decision)).content)) as dossier:
        said = repr([json.loads(dossier.read(name)) for name in dossier.namelist() if name.endswith(".json")])
    assert ("Mairie" in said, SECRET in said) == (True, False)


def test_a_correction_keeps_what_it_replaces_apart(given: tuple[Play, int, int]) -> None:
    play, project, task = given
    other = SAID | {"reserve": "rien", "acteurs": [{"nom": "Ville", "position": "neutre"}]}
    play.do("claire", CorrectAnswer(task, other, "coquille"))
    common, apart = (
        "".join(row.facts for row in play.rows(EventRow, EventRow.stream == stream)) for stream in (project, -project)
    )
    assert (SECRET in common, "Mairie" in common) == (False, True)
    assert SECRET in apart
    assert SECRET not in repr(play.see("claire", History(project)))


def test_whoever_takes_it_up_in_a_new_round_does_not_read_the_one_before(given: tuple[Play, int, int]) -> None:
    play, project, _ = given
    play.until(project, "G1")
    play.decide(project, "G1", "rework")
    task = play.task(project, "B")
    assert play.page(task, "fatou").values["avis"] == "oui"
    assert SECRET not in repr(play.page(task, "fatou"))
    assert play.page(task, "emile").values["reserve"] == SECRET


def test_the_methods_that_we_ship_declare_positions_and_resistances(essai: Play) -> None:
    declared = {
        (method, task.id, field.key, tuple(each.key for each in field.columns if each.confidential))
        for method, tasks in _tasks(essai).items()
        for task in tasks
        for field in task.form
        if field.confidential or any(each.confidential for each in field.columns)
    }
    assert declared == {
        ("projet_transversal", "A2", "acteurs", ("pouvoir", "synergie", "antagonisme", "attentes", "strategie")),
        ("projet_transversal", "C4", "resistances", ()),
        ("pm2", "L4", "pp", ("interet", "influence", "attentes", "strategie")),
    }


def _tasks(play: Play) -> dict[str, list[Any]]:
    with play.engine.store.read() as session:
        methods = [play.engine.release(session, id).method for id in (2, 3, 4)]
    return {each.id: list(each.tasks.values()) for each in methods}
