"""What the panel of the modeler changes of a method, and what it leaves as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine import Engine, MethodDraftFiles, OpenMethodDraft
from tests.browser.stage import Stage, served
from tests.browser.test_workshop import CLEAN, Canvas, axe_but_canvas, engine

__all__ = ["engine"]

METHOD = Path(__file__).parents[2] / "workflows/pm2"
#: longer than the panel waits before it commits what is typed
A_PAUSE = 350


class Room:
    """A draft of PM², in the modeler."""

    def __init__(self, engine: Engine, stage: Stage) -> None:
        self.engine, self.owner = engine, stage.ids["jeanne"]
        files = {each.name: each.read_bytes() for each in METHOD.iterdir() if each.suffix == ".bpmn"}
        self.draft = engine.execute(OpenMethodDraft(files=files), self.owner).draft
        self.before = self.drawn()
        self.page = stage.at("jeanne")
        self.canvas = Canvas(self.page, self.draft)
        self.criteria = self.page.locator("[data-entry-id=criteria]")

    def drawn(self, file: str = "pm2.bpmn") -> str:
        return self.engine.read(MethodDraftFiles(self.draft), self.owner).files[file].decode()

    def steps_between(self, file: str) -> set[tuple[str, str]]:
        """The flows from a step to a step."""
        flows = re.findall(r'sourceRef="(\w+)" targetRef="(\w+)"', self.drawn(file))
        return {(source, target) for source, target in flows if not {source, target} & {"ZC_start", "ZC_end"}}


@pytest.fixture
def room(engine: Engine, person: Callable[..., Page]) -> Iterator[Room]:
    with served(engine) as address:
        yield Room(engine, Stage(engine, address, person))


def test_who_pauses_while_typing_goes_on_typing_in_the_same_field(room: Room) -> None:
    room.canvas.select("RfP")
    for label in ("Nom en anglais", "Consigne, en anglais"):
        field = room.page.get_by_label(label, exact=True)
        field.fill("")
        field.press_sequentially("Is it so?", delay=A_PAUSE)
        expect(field).to_be_focused()
        expect(field).to_have_value("Is it so?")
    room.canvas.saved()
    said = room.drawn()
    assert 'name="name.en" value="Is it so?"' in said
    assert '<bpmn:documentation textFormat="text/x-en">Is it so?</bpmn:documentation>' in said


def test_criteria_are_added_moved_and_removed_and_the_rest_of_the_file_stays_as_it_was(
    room: Room, axe: Callable[..., list[str]]
) -> None:
    room.canvas.select("RfP")
    room.criteria.get_by_role("button", name="Ajouter un critère").click()
    room.page.keyboard.type("Deux maires ont dit oui")  # it is entered at once
    added = room.criteria.locator("[data-thing='4']")
    added.get_by_label("Demande une preuve").check()
    added.get_by_role("button", name="Monter").click()
    expect(room.criteria.locator("summary")).to_have_text(
        ["1 Opportunité justifiée", "2 Périmètre arrêté", "4 Deux maires ont dit oui", "3 Budget demandé"]
    )
    second = room.criteria.locator("[data-thing='2']")
    second.locator("summary").click()
    assert axe_but_canvas(room.page, axe) == []
    second.get_by_role("button", name="Retirer").click()
    expect(room.criteria.locator("summary")).to_have_count(3)
    room.canvas.saved()
    before, after = room.before.splitlines(), room.drawn().splitlines()
    assert [each.strip() for each in after if each not in before] == [
        '<camunda:property name="method.criterion.4" value="Deux maires ont dit oui" />',
        '<camunda:property name="method.criterion.4.evidence" value="required" />',
    ]
    assert [each.strip() for each in before if each not in after] == [
        '<camunda:property name="method.criterion.2" value="Périmètre arrêté" />',
        '<camunda:property name="method.criterion.2.en" value="Scope agreed" />',
        '<camunda:property name="method.criterion.2.computed" value="answered(I3.perimetre)" />',
    ]


def test_a_key_that_another_has_is_refused_in_its_place(room: Room) -> None:
    room.canvas.select("RfP")
    first = room.criteria.locator("details").first
    first.locator("summary").click()
    first.get_by_label("Clé").fill("2")
    expect(first.get_by_text("Cette clé est déjà prise")).to_be_visible()
    first.get_by_label("Clé").fill("besoin")
    expect(room.criteria.locator("summary").first).to_have_text("besoin Opportunité justifiée")


def test_a_step_that_is_added_after_another_stands_between_it_and_what_came_next(room: Room) -> None:
    room.page.get_by_role("button", name="Clôture courte").click()
    room.canvas.select("ZC2")
    room.page.locator('.djs-context-pad .entry[title="Ajouter une étape à la suite"]').click()
    room.page.keyboard.type("Remercier l’équipe")  # over the name that it had
    room.page.keyboard.press("Enter")
    expect(room.page.get_by_label("Nom en français", exact=True)).to_have_value("Remercier l’équipe")
    expect(room.page.locator("[data-part=count]")).to_have_text("0 à corriger, 1 à regarder")
    room.page.get_by_label("Nom en anglais", exact=True).fill("Thank the team")
    expect(room.page.locator("[data-part=count]")).to_have_text(CLEAN)
    room.canvas.saved()
    assert room.steps_between("cloture-courte.bpmn") == {("ZC2", "T1"), ("T1", "ZC3")}
    room.page.locator(".workshop-canvas svg").first.focus()
    room.page.keyboard.press("Control+z")  # its name in English
    room.page.keyboard.press("Control+z")  # its name
    room.page.keyboard.press("Control+z")  # the step, its flows and the room that was made, at once
    room.canvas.saved()
    assert room.steps_between("cloture-courte.bpmn") == {("ZC2", "ZC3")}


def test_a_deadline_is_said_in_words_under_its_code(room: Room) -> None:
    room.canvas.select("RfP")
    field = room.page.get_by_label("Échéance", exact=True)
    for written, said in (
        ("P15D", "Soit 15 jours ouvrés"),
        ("P1D", "Soit un jour ouvré"),
        ("P2M", "Soit 2 mois du calendrier"),
    ):
        field.fill(written)
        expect(room.page.locator("[data-entry-id=method-camunda-dueDate]")).to_contain_text(said)
    field.fill("")
    expect(room.page.locator("[data-entry-id=method-camunda-dueDate]")).to_contain_text("P10D : dix jours ouvrés")


def test_a_quorum_is_said_in_words_under_its_share(room: Room) -> None:
    room.canvas.select("RfP")
    field = room.page.get_by_label("Quorum : part des votants", exact=True)
    entry = room.page.locator("[data-entry-id=method-method-gate-quorum]")
    for written, said in (("0.5", "Soit 50 % des votants"), ("0.125", "Soit 12,5 %"), ("1", "Soit tous les votants")):
        field.fill(written)
        expect(entry).to_contain_text(said)
    field.fill("2")
    expect(entry).to_contain_text("0.5 : la moitié")
