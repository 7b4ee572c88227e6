"""A method drawn for Camunda 8, in the modeler: what is changed there is written in its own dialect, forms included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from engine import Engine, MethodDraftFiles, OpenMethodDraft, Text
from engine.diagram import drawn_in, for_camunda_8
from engine.release import read_method
from engine.workshop import starting
from tests.browser.stage import Stage, served
from tests.browser.test_workshop import Canvas, engine

__all__ = ["engine"]


def test_a_step_its_form_and_a_new_phase_are_written_for_camunda_8(
    engine: Engine, person: Callable[..., Page], axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    with served(engine) as address:
        stage = Stage(engine, address, person)
        files = for_camunda_8(starting(Text("Projet d’été", "Summer project"), 2))
        draft = engine.execute(OpenMethodDraft(files=files), stage.ids["jeanne"]).draft
        page = stage.at("jeanne")
        page.goto(f"/atelier/{draft}")
        expect(page.get_by_text("Formulaires de Camunda 8")).to_be_visible()
        assert axe(page) == []
        screenshot(page, "workshop-draft-camunda-8")
        canvas = Canvas(page, draft)
        expect(page.get_by_text("Cette méthode est dessinée pour Camunda 8")).to_be_visible()
        screenshot(page, "workshop-camunda-8")
        canvas.select("G1")
        page.get_by_label("Échéance").fill("P15D")
        page.get_by_label("Nom en anglais", exact=True).fill("First gate")
        canvas.saved()
        kept = engine.read(MethodDraftFiles(draft), stage.ids["jeanne"]).files
        assert {name for name in kept if kept[name] != files.get(name)} == {"projet-d-ete.bpmn"}
        method, problems, _ = read_method(kept)
        assert method is not None
        assert (problems, method.gate["G1"].due, method.gate["G1"].name.en) == ([], "P15D", "First gate")
        page.get_by_role("button", name="Ajouter une phase").click()
        page.keyboard.press("Enter")
        page.locator('.djs-context-pad .entry[title="Ouvrir le processus de cette phase"]').click()
        expect(page.locator('.djs-element[data-element-id="P3_start"]')).to_have_count(1)
        canvas.select("T1")
        page.locator("[data-group-id=group-method-form] .bio-properties-panel-add-entry").click()
        canvas.saved()
        kept = engine.read(MethodDraftFiles(draft), stage.ids["jeanne"]).files
        assert all(each.zeebe and each.stranger is None for each in drawn_in(kept))
        assert b"urn:jalon" not in b"".join(kept.values())
        method, problems, _ = read_method(kept)
        assert method is not None
        assert any(each.id == "Process_P3" for found in drawn_in(kept) for each in found.processes)
        assert b"champ_1" in b"".join(kept.values())
