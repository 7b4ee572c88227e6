"""A table of a form feeds a register: each row an entry, once, whatever is corrected or done again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from engine import CloseEntry, CompleteTask, CorrectAnswer, FormRefused, PublishMethod
from engine.store.entries import day_of, facts_of
from engine.store.tables import EntryRow, EventRow
from tests.engine.play import ESSAI, Play


def table(key: str, register: str, columns: dict[str, tuple[str, str]]) -> str:
    """A table that feeds a register: for each column its type, and the field of the register that it is."""
    said = [f'<camunda:property id="register" value="{register}" />',
            f'<camunda:property id="label.en" value="{key}" />',
            f'<camunda:property id="columns" value="{",".join(columns)}" />']  # fmt: skip
    for name, (kind, feeds) in columns.items():
        more = {"": name, ".en": name, ".type": kind, ".feeds": feeds}
        said += [f'<camunda:property id="column.{name}{what}" value="{each}" />' for what, each in more.items() if each]
    properties = "".join(said)
    return (
        f'<camunda:formField id="{key}" label="{key}" type="table"><camunda:properties>{properties}'
        "</camunda:properties></camunda:formField>"
    )


OF_B = table("actions", "action", {
    "action": ("text", "title"), "qui": ("user", "owner"), "quand": ("date", "due"), "charge": ("number", ""),
}) + table("choix", "decision", {"decision": ("textarea", "title"), "motif": ("textarea", "body")})  # fmt: skip
OF_R = table("oppositions", "resistance", {
    "population": ("text", "title"), "dit": ("textarea", "body"), "pour": ("number", "synergy"),
    "contre": ("number", "antagonism"),
})  # fmt: skip
METHOD = ESSAI | {
    "etude.bpmn": ESSAI["etude.bpmn"]
    .replace(b'<camunda:formField id="porteur"', OF_B.encode() + b'<camunda:formField id="porteur"')
    .replace(b'<camunda:formField id="reponse"', OF_R.encode() + b'<camunda:formField id="reponse"'),
    "essai.bpmn": ESSAI["essai.bpmn"].replace(b'versionTag="1.0.0"', b'versionTag="2.0.0"'),
}


@pytest.fixture
def started(play: Play) -> tuple[Play, int, int]:
    play.do("jalon", PublishMethod(METHOD))
    project = play.start()
    play.complete(project, "A", urgent=False)
    return play, project, play.task(project, "B")


def said(play: Play, *actions: tuple[str, str, str], **more: Any) -> dict[str, Any]:
    rows = [{"action": title, "qui": play.people[who], "quand": day, "charge": "2"} for title, who, day in actions]
    return {"avis": "oui", "actions": rows} | more


def entries(play: Play, project: int, register: str = "action") -> list[tuple[str, int | None, str]]:
    rows = play.rows(EntryRow, EntryRow.project_id == project, EntryRow.register == register)
    return [(row.title, row.owner_id, day_of(row.due_at)) for row in rows]


FIRST, SECOND = ("Réserver la salle", "emile", "2026-12-01"), ("Inviter", "fatou", "2026-12-02")


def test_each_row_is_an_entry_once_the_task_is_completed(started: tuple[Play, int, int]) -> None:
    play, project, task = started
    choice = [{"decision": "Retenir la variante B", "motif": "moins chère"}]
    play.do("emile", CompleteTask(task, said(play, FIRST, SECOND, choix=choice)))
    assert entries(play, project) == [
        ("Réserver la salle", play.people["emile"], "2026-12-01"), ("Inviter", play.people["fatou"], "2026-12-02"),
    ]  # fmt: skip
    (decision,) = play.rows(EntryRow, EntryRow.register == "decision")
    assert (decision.title, decision.body, decision.origin, decision.origin_id, decision.author_id) == (
        "Retenir la variante B", "moins chère", "task", task, play.people["emile"],
    )  # fmt: skip
    assert facts_of(decision) == {"body_of": "Expertiser", "on": "2026-11-23"}
    history = [each.text.fr for each in play.project(project).history]
    assert "Émile a ouvert dans Actions le n° 1" in history


def test_a_resistance_is_confidential_from_the_form_to_the_register(started: tuple[Play, int, int]) -> None:
    play, project, task = started
    play.do("emile", CompleteTask(task, said(play)))
    answer = play.task(project, "R DRH")
    row = {"population": "Gardiens", "dit": "trop loin", "pour": "2", "contre": "3"}
    play.do("hana", CompleteTask(answer, {"reponse": "oui", "oppositions": [row]}))
    (entry,) = play.rows(EntryRow, EntryRow.register == "resistance")
    assert (entry.title, entry.body, entry.level, entry.service_id) == ("Gardiens", "trop loin", 3, 3)
    assert "Gardiens" not in repr(play.page(answer, "alice"))
    common = play.rows(EventRow, EventRow.stream == project, EventRow.kind == "entry_opened")
    assert [each for each in common if "resistance" in each.facts] == []


def test_a_correction_duplicates_nothing_and_changes_what_it_changes(started: tuple[Play, int, int]) -> None:
    play, project, task = started
    play.do("emile", CompleteTask(task, said(play, FIRST, SECOND)))
    play.do("emile", CorrectAnswer(task, said(play, FIRST, SECOND), "rien"))
    assert len(entries(play, project)) == 2
    renamed, moved = ("Réserver le théâtre", *FIRST[1:]), ("Inviter", "fatou", "2026-12-09")
    third = ("Imprimer", "emile", "2026-12-05")
    play.do("emile", CorrectAnswer(task, said(play, renamed, moved, third), "précisé"))
    assert [(title, day) for title, _, day in entries(play, project)] == [
        ("Réserver le théâtre", "2026-12-01"), ("Inviter", "2026-12-09"), ("Imprimer", "2026-12-05"),
    ]  # fmt: skip
    play.do("emile", CorrectAnswer(task, said(play, renamed), "les autres vivent au registre"))
    assert len(entries(play, project)) == 3


def test_what_is_closed_is_left_and_a_decision_is_corrected_by_a_new_one(started: tuple[Play, int, int]) -> None:
    play, project, task = started
    play.do("emile", CompleteTask(task, said(play, FIRST, choix=[{"decision": "Retenir B", "motif": "coût"}])))
    (action,) = play.rows(EntryRow, EntryRow.register == "action")
    play.do("emile", CloseEntry(action.id, "done", "réservée"))
    other = said(play, (FIRST[0], "fatou", "2026-12-20"), choix=[{"decision": "Retenir C", "motif": "délai"}])
    play.do("emile", CorrectAnswer(task, other, "erreur"))
    assert entries(play, project) == [("Réserver la salle", play.people["emile"], "2026-12-01")]
    decisions = play.rows(EntryRow, EntryRow.register == "decision")
    assert [(each.title, each.corrects_id) for each in decisions] == [
        ("Retenir B", None), ("Retenir C", decisions[0].id),
    ]  # fmt: skip


def test_another_round_opens_only_what_is_new(started: tuple[Play, int, int]) -> None:
    play, project, task = started
    play.do("emile", CompleteTask(task, said(play, FIRST)))
    play.until(project, "G1")
    play.decide(project, "G1", "rework")
    again = play.task(project, "B")
    play.do("emile", CompleteTask(again, said(play, FIRST, SECOND)))
    assert [title for title, _, _ in entries(play, project)] == ["Réserver la salle", "Inviter"]


def test_what_the_register_refuses_is_told_beside_its_cell_and_nothing_is_done(started: tuple[Play, int, int]) -> None:
    play, project, task = started
    row = {"action": "Inviter", "qui": None, "quand": "2026-12-02"}
    refusal = play.refused("emile", CompleteTask(task, {"avis": "oui", "actions": [row]}))
    assert isinstance(refusal, FormRefused)
    assert list(refusal.fields) == ["actions.0.qui"]
    play.do("emile", CompleteTask(task, said(play)))
    answer = play.task(project, "R DRH")
    row = {"population": "Gardiens", "dit": "", "pour": "2", "contre": "7"}
    refusal = play.refused("hana", CompleteTask(answer, {"reponse": "oui", "oppositions": [row]}))
    assert isinstance(refusal, FormRefused)
    assert list(refusal.fields) == ["oppositions.0.contre"]


def test_a_task_that_feeds_nothing_asks_the_database_nothing_more(play: Play) -> None:
    asked: list[str] = []
    project = play.start()
    task = play.task(project, "A")

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(play.engine.store.engine, "before_cursor_execute", note)
    try:
        play.do("claire", CompleteTask(task, {"titre": "Un titre", "urgent": True, "services_impactes": ["DAF"]}))
    finally:
        event.remove(play.engine.store.engine, "before_cursor_execute", note)
    assert [each for each in asked if "jalon_entries" in each] == []
