"""What is taken from the palette, or pasted: one change each, and whole."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.test_workshop import ELEMENTS, Canvas, engine
from tests.browser.test_workshop_canvas import canvas, draft, page, stage

__all__ = ["canvas", "draft", "engine", "page", "stage"]

ENTRIES = (
    "start-event", "intermediate-event", "end-event", "exclusive-gateway", "task", "phase", "gate", "subprocess-expanded",
    "participant-expanded",
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
