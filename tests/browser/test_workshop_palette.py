"""What is taken from the palette, or pasted: one change each, and whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from engine import Engine, MethodDraftFiles, OpenMethodDraft
from engine.release import read_method
from tests.browser.drawing_board import ELSEWHERE, amended
from tests.browser.stage import Stage
from tests.browser.test_workshop import CLEAN, ELEMENTS, Canvas, engine
from tests.browser.test_workshop_canvas import canvas, draft, page, sheet, stage

__all__ = ["canvas", "draft", "engine", "page", "stage"]

ENTRIES = (
    "start-event", "intermediate-event", "end-event", "exclusive-gateway", "task", "phase", "gate",
    "subprocess-expanded", "participant-expanded",
)  # fmt: skip


def drawn(page: Page) -> list[str]:
    found: list[str] = page.evaluate(f"() => {{ {ELEMENTS} return elements().map((each) => each.id).sort(); }}")
    return found


def held(page: Page, ids: list[str]) -> None:
    """Waits until the canvas holds these elements, and no others."""
    script = f"(ids) => {{ {ELEMENTS} return elements().map((each) => each.id).sort().join() === ids.join(); }}"
    page.wait_for_function(script, arg=ids)


def test_whatever_is_placed_from_the_palette_is_undone_at_once(canvas: Canvas, page: Page) -> None:
    page.get_by_role("button", name="Tout voir").click()
    gate, before = canvas.box("G1"), drawn(page)
    pool = canvas.box("Participant_projet_d_ete")
    for number, entry in enumerate(ENTRIES):
        # above, between two gates; a pool stands in no other
        y = pool["y"] + pool["height"] + 60 if entry == "participant-expanded" else gate["y"] - 25
        canvas.drop(f"create.{entry}", (gate["x"] + gate["width"] * 2.2, y))
        page.wait_for_function(f"(many) => {{ {ELEMENTS} return elements().length > many; }}", arg=len(before))
        # its name is being asked for meanwhile
        if number % 2:
            page.keyboard.press("Control+z")
        else:
            page.get_by_role("button", name="Défaire").click()
        held(page, before)


def gates(engine: Engine, draft: int, by: int) -> list[tuple[str, str, tuple[str, ...], str]]:
    """The gates of the draft in order: id, French name, what it offers, where a rework returns."""
    method, problems, _ = read_method(engine.read(MethodDraftFiles(draft), by).files)
    assert method is not None, problems
    return [(each.id, each.name.fr, each.outcomes, each.landing) for each in method.gates]


def test_the_gate_that_ends_a_phase_is_drawn_whole_in_one_click_or_dropped_on_the_way_out(
    engine: Engine, stage: Stage, draft: int, page: Page, screenshot: Callable[..., Path]
) -> None:
    jeanne = stage.ids["jeanne"]
    amended(engine, draft, jeanne, {"do": "remove_gate", "element": "G1"})
    canvas = Canvas(page, draft)
    before = drawn(page)
    canvas.select("P2")
    expect(page.locator('.djs-context-pad .entry[title="Ajouter la porte qui la termine"]')).to_have_count(0)
    canvas.select("P1")
    page.locator('.djs-context-pad .entry[title="Ajouter la porte qui la termine"]').click()
    expect(page.locator(".djs-direct-editing-content")).to_have_text("Porte : Phase 1")
    page.keyboard.type("Porte du besoin")  # over the name that it had
    page.keyboard.press("Enter")
    canvas.saved()
    expect(page.locator("[data-part=count]")).to_have_text(CLEAN)
    assert gates(engine, draft, jeanne)[0] == ("G1", "Porte du besoin", ("go", "rework"), "A")
    screenshot(page, "workshop-gate-added")
    page.get_by_role("button", name="Défaire").click()
    page.get_by_role("button", name="Défaire").click()
    held(page, before)
    way = f"""() => {{ {ELEMENTS} const [from, to] = elements().find((e) => e.source?.id === 'P1').waypoints;
        const seen = modeler.get('canvas').viewbox(); const paper = document.querySelector('[data-part=canvas]');
        const at = paper.getBoundingClientRect();
        return [at.x + ((from.x + to.x) / 2 - seen.x) * seen.scale, at.y + (from.y - seen.y) * seen.scale]; }}"""
    x, y = page.evaluate(way)
    canvas.drop("create.gate", (x, y))
    expect(page.locator(".djs-direct-editing-content")).to_have_text("Porte : Phase 1")
    page.keyboard.press("Enter")
    canvas.saved()
    expect(page.locator("[data-part=count]")).to_have_text(CLEAN)
    assert gates(engine, draft, jeanne)[0] == ("G4", "Porte : Phase 1", ("go", "rework"), "A")


def test_of_a_gate_that_is_placed_elsewhere_the_settings_are_shown(canvas: Canvas, page: Page) -> None:
    page.get_by_role("button", name="Tout voir").click()
    gate = canvas.box("G1")
    canvas.drop("create.gate", (gate["x"] + gate["width"] * 2.2, gate["y"] - 25))
    expect(page.get_by_label("Identifiant", exact=True)).to_have_value("G4")


def test_what_is_pasted_in_another_file_has_a_number_of_its_own_from_the_list_of_files(
    canvas: Canvas, page: Page
) -> None:
    sheet(page, "Phase 1")
    canvas.select("A")
    page.locator(".djs-container > svg").focus()
    page.keyboard.press("Control+c")
    page.locator("[data-part=sheets]").get_by_role("button", name="Phase 2", exact=True).click()
    expect(page.locator("[data-part=sheets] [aria-current]")).to_have_text("Phase 2")
    expect(page.locator("[data-part=sheets] [aria-current]")).to_be_focused()
    lane = page.locator('.djs-element[data-element-id="Lane_P2_CP"]').first
    expect(lane).to_be_visible()
    box = lane.bounding_box()
    assert box is not None
    page.keyboard.press("Control+v")
    x, y = box["x"] + box["width"] * 0.06, box["y"] + box["height"] * 0.5
    page.mouse.move(x - 20, y)
    page.mouse.move(x, y, steps=4)
    page.mouse.click(x, y)
    expect(page.locator('.djs-element[data-element-id="T1"]')).to_have_count(1)


def test_why_a_step_cannot_stand_outside_the_pool_is_told_in_words(canvas: Canvas, page: Page) -> None:
    page.get_by_role("button", name="Tout voir").click()
    pool = canvas.box("Participant_projet_d_ete")
    canvas.drop("create.task", (pool["x"] + 200, pool["y"] + pool["height"] + 60))
    expect(page.locator("[data-part=said]")).to_have_text(
        "Posez-le dans le cadre du processus : hors de lui, il n’en ferait pas partie."
    )


def test_of_files_that_are_no_method_yet_the_process_that_calls_the_others_is_opened_first(
    engine: Engine, stage: Stage, page: Page
) -> None:
    draft = engine.execute(OpenMethodDraft(files=ELSEWHERE), stage.ids["jeanne"]).draft
    page.goto(f"/atelier/{draft}/dessiner")
    expect(page.locator("#workshop[data-ready=true]")).to_be_attached()
    names = ["Jardin partagé", "Concevoir", "Écouter", "Faire"]
    expect(page.locator("[data-part=sheets] button")).to_have_text(names)
    expect(page.locator("[data-part=sheets] [aria-current]")).to_have_text("Jardin partagé")


def test_in_a_small_window_all_is_in_view_and_nothing_is_cut(canvas: Canvas, page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(color_scheme="dark")
    page.reload()
    expect(page.locator("#workshop[data-ready=true]")).to_be_attached()
    paper = page.locator("[data-part=canvas]").bounding_box()
    undo, save = page.get_by_role("button", name="Défaire"), page.get_by_role("button", name="Enregistrer")
    boxes = [each.bounding_box() for each in (undo, save)]
    assert paper is not None
    assert len({each and each["y"] for each in boxes}) == 1
    for element in ("P1", "P3", "end_closed"):
        shown = page.locator(f'.djs-element[data-element-id="{element}"]').first.bounding_box()
        assert shown is not None
        assert paper["x"] < shown["x"] < shown["x"] + shown["width"] < paper["x"] + paper["width"]
    expect(page.locator('[data-element-id="start_label"] tspan')).to_have_text("Demande")
    canvas.select("end_closed")
    pad = page.locator(".djs-context-pad.open")
    expect(pad).to_be_visible()
    beside = pad.bounding_box()
    assert beside is not None
    assert beside["x"] + beside["width"] <= paper["x"] + paper["width"]
    sheet = page.locator(".workshop-panel").evaluate("(panel) => getComputedStyle(panel).backgroundColor")
    assert sheet != "rgb(255, 255, 255)"


def test_whoever_follows_a_finding_has_the_whole_canvas_in_view(canvas: Canvas, page: Page) -> None:
    canvas.delete("G1_decision")
    page.locator("[data-part=findings] li button").first.wait_for()
    page.set_viewport_size({"width": 1366, "height": 620})
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator("[data-part=findings] li button").first.click()
    page.wait_for_function("() => document.querySelector('[data-part=canvas]').getBoundingClientRect().top >= 0")
