"""What the modeler does beside drawing: play it, show the way to what is wrong, undo over files, lose nothing."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engine import Engine, MethodDraftFiles, OpenMethodDraft, SaveMethodDraft
from engine.release import read_method
from tests.browser.conftest import PATIENCE
from tests.browser.stage import Stage, served
from tests.browser.test_workshop import CLEAN, ELEMENTS, Canvas, axe_but_canvas, engine, looked_at
from tests.jobs.processes import processes
from tests.tooling.test_workshop_words import french as french_words

__all__ = ["engine"]


@pytest.fixture
def stage(engine: Engine, person: Callable[..., Page]) -> Iterator[Stage]:
    with served(engine) as address:
        yield Stage(engine, address, person)


@pytest.fixture
def draft(engine: Engine, stage: Stage) -> int:
    return engine.execute(OpenMethodDraft(name="Projet d’été"), stage.ids["jeanne"]).draft


@pytest.fixture
def page(stage: Stage) -> Page:
    return stage.at("jeanne")


@pytest.fixture
def canvas(page: Page, draft: int) -> Canvas:
    return Canvas(page, draft)


def sheet(page: Page, name: str) -> None:
    """Opens the process of that name."""
    page.locator("[data-part=sheets]").get_by_role("button", name=name, exact=True).click()
    expect(page.locator("[data-part=sheets] [aria-current]")).to_have_text(name)


def rename(canvas: Canvas, element: str, name: str) -> None:
    canvas.select(element)
    canvas.page.get_by_label("Nom en français", exact=True).fill(name)
    expect(named(canvas.page, element)).to_contain_text(name)


def named(page: Page, element: str) -> Any:
    return page.locator(f'.djs-element[data-element-id="{element}"]').first


def numbered(page: Page, many: int) -> None:
    """On the diagram, in whatever order it holds them."""
    expect(page.locator(".way-number")).to_have_count(many)
    assert sorted(page.locator(".way-number").all_inner_texts()) == [str(each + 1) for each in range(many)]


def draw(page: Page, script: str) -> None:
    """`modeler`, `at(id)` and `modeling` are at hand."""
    page.evaluate(f"() => {{ {ELEMENTS} const at = (id) => modeler.get('elementRegistry').get(id);"
                  f" const modeling = modeler.get('modeling'); {script} }}")  # fmt: skip


DEADLOCK = """
    modeling.removeElements([at('A_to_P1_end')]);
    modeling.moveElements([at('P1_end')], { x: 500, y: 0 });
    const step = (id, name) => {
      const said = { id, name, 'camunda:candidateGroups': 'CP', 'camunda:dueDate': 'P10D' };
      const made = modeler.get('bpmnFactory').create('bpmn:UserTask', said);
      return { type: 'bpmn:UserTask', businessObject: made };
    };
    const gateway = (type, id) => ({ type, businessObject: modeler.get('bpmnFactory').create(type, { id, name: id }) });
    const lane = at('Lane_P1_CP');
    const parts = modeling.appendShape(at('A'), gateway('bpmn:ExclusiveGateway', 'Parts'), { x: 570, y: 145 }, lane);
    const one = modeling.appendShape(parts, step('X', 'Avis'), { x: 720, y: 145 }, lane);
    const joins = modeling.appendShape(one, gateway('bpmn:ParallelGateway', 'Joins'), { x: 880, y: 145 }, lane);
    modeling.connect(parts, joins);
    modeling.connect(joins, at('P1_end'));
"""


# --- simulation --------------------------------------------------------------------------------------------


def test_a_drawing_is_played_with_tokens_and_not_changed_meanwhile(
    canvas: Canvas, page: Page, axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    assert (
        page.evaluate("performance.getEntriesByType('resource').filter((e) => e.name.includes('simulation')).length")
        == 0
    )
    loaded = "performance.getEntriesByType('resource').some((each) => each.name.includes('simulation'))"
    assert page.evaluate(loaded) is False
    rename(canvas, "G3", "Porte d’hiver")
    canvas.saved()
    switch = page.get_by_role("button", name="Simuler")
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.locator(".djs-container > svg").focus()
    page.keyboard.press("t")
    side = page.get_by_role("complementary", name="Simulation")
    expect(side.get_by_role("heading", name="Simulation")).to_be_focused()
    assert page.evaluate(loaded) is True
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(side).to_contain_text("Le dessin ne se change pas pendant qu’il est simulé.")
    expect(page.get_by_label("Réglages de l’élément")).to_be_hidden()
    expect(page.get_by_role("button", name="Ajouter une phase")).to_be_disabled()
    side.get_by_role("button", name="Commencer : Demande").click()
    for step in ("Phase 1", "Porte 1", "Phase 2"):
        side.get_by_role("button", name=f"Faire : {step}", exact=True).click()
    side.get_by_role("button", name="À « G2 ? »").click()
    expect(side.get_by_role("button", name="À « G2 ? », la voie est : À reprendre (B)")).to_be_visible()
    side.get_by_role("button", name="Faire : Porte 2").click()
    expect(side.get_by_role("button", name="Faire : Phase 2")).to_be_visible()  # reworked
    expect(side.get_by_role("log")).to_contain_text("Passé : Porte 2")
    on_diagram = page.locator(".workshop-simulation .bts-context-pad:visible")
    expect(on_diagram.and_(page.get_by_label("Continuer : Phase 2"))).to_have_count(1)
    expect(page.locator(".workshop-simulation .bts-token-count")).to_have_text("1")
    assert page.locator(".workshop-simulation .bjs-powered-by").is_visible()
    page.keyboard.press("Control+z")  # what was drawn before is not undone meanwhile
    assert axe_but_canvas(page, axe) == []
    looked_at(page, screenshot, "workshop-simulation")
    page.keyboard.press("Escape")
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(side).to_have_count(0)
    expect(page.locator(".workshop-simulation")).to_have_count(0)
    expect(page.locator("[data-part=said]")).to_have_text("Le dessin se change de nouveau")
    expect(page.locator("[data-part=status]")).to_contain_text("Enregistré à")  # nothing more to save
    expect(named(page, "G3")).to_contain_text("Porte d’hiver")
    assert page.locator(".bjs-powered-by").is_visible()
    # to another file and back: it is over, and one draws on
    switch.click()
    expect(side).to_be_visible()
    sheet(page, "Phase 1")
    expect(side).to_have_count(0)
    sheet(page, "Projet d’été")
    rename(canvas, "G3", "Porte d’automne")


def test_what_stood_beside_a_selected_element_is_not_left_over_the_simulation(canvas: Canvas, page: Page) -> None:
    canvas.select("G2")
    expect(page.locator(".djs-context-pad.open")).to_be_visible()
    page.locator(".djs-context-pad.open [data-action=replace]").click()
    expect(page.locator(".djs-popup")).to_be_visible()
    page.locator(".workshop-bar [data-part=simulate]").click()
    expect(page.get_by_role("complementary", name="Simulation")).to_be_visible()
    expect(page.locator(".djs-context-pad.open, .djs-popup")).to_have_count(0)
    assert page.evaluate(f"() => {{ {ELEMENTS} return modeler.get('selection').get().length; }}") == 0
    # a remark of the review leads to an element beneath: its pad stays there
    draw(page, "modeler.get('selection').select(at('P1'))")
    pad = page.locator(".djs-context-pad.open").bounding_box()
    assert pad is not None
    above = "({ x, y }) => Boolean(document.elementFromPoint(x + 5, y + 5).closest('.workshop-simulation'))"
    assert page.evaluate(above, pad)


def test_a_start_without_a_name_is_called_after_the_phase_that_it_begins(canvas: Canvas, page: Page) -> None:
    sheet(page, "Phase 1")
    draw(page, "modeling.updateProperties(at('P1_start'), { name: undefined });")
    canvas.saved()
    page.locator(".workshop-bar [data-part=simulate]").click()
    side = page.get_by_role("complementary", name="Simulation")
    side.get_by_role("button", name="Commencer : Phase 1", exact=True).click()
    expect(side.get_by_role("log")).to_contain_text("Passé : Début")


# --- the way to what is not sound --------------------------------------------------------------------------


def test_the_way_to_a_deadlock_lights_up_step_by_step_beside_its_list(
    canvas: Canvas, page: Page, axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    sheet(page, "Phase 1")
    draw(page, DEADLOCK)
    page.get_by_role("button", name="Voir le chemin").click()
    side = page.get_by_role("complementary", name="Le chemin jusqu’au problème")
    expect(side.get_by_role("heading")).to_be_focused()
    said = side.get_by_role("status")
    expect(said).to_have_text("Étape 5 sur 5 : Joins (Joins)")  # it has played to the end
    steps = ["Début (P1_start)", "Étape A (A)", "Parts (Parts)", "Avis (X)", "Joins (Joins)"]
    expect(side.locator("ol li")).to_have_text(steps)
    numbered(page, 5)
    expect(page.locator(".djs-connection.way-passed")).to_have_count(4)
    assert axe_but_canvas(page, axe) == []
    looked_at(page, screenshot, "workshop-way")
    side.get_by_role("button", name="Étape A (A)").press("Enter")
    expect(said).to_have_text("Étape 2 sur 5 : Étape A (A)")
    expect(side.locator("[aria-current=step]")).to_have_text("Étape A (A)")
    numbered(page, 2)
    side.get_by_role("button", name="Suivant").click()
    expect(page.locator(".djs-shape.way-here")).to_have_attribute("data-element-id", "Parts")
    side.get_by_role("button", name="Lire").click()
    expect(said).to_have_text("Étape 5 sur 5 : Joins (Joins)")
    side.get_by_role("button", name="Fermer").click()
    expect(page.locator(".way-passed")).to_have_count(0)
    expect(page.locator(".way-number")).to_have_count(0)
    expect(page.get_by_role("button", name="Voir le chemin")).to_be_focused()


def test_who_asked_for_less_movement_sees_the_whole_way_at_once(canvas: Canvas, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    sheet(page, "Phase 1")
    draw(page, DEADLOCK)
    page.get_by_role("button", name="Voir le chemin").click()
    numbered(page, 5)
    page.get_by_role("button", name="Précédent").click()
    expect(page.get_by_role("complementary").get_by_role("status")).to_have_text("Étape 4 sur 5 : Avis (X)")
    numbered(page, 5)
    draw(page, "modeling.updateProperties(at('X'), { name: 'Autre avis' })")
    expect(page.locator(".way-number")).to_have_count(0)  # it was of another drawing


# --- undo, copy and paste over the files of a draft --------------------------------------------------------


def test_undo_goes_back_over_all_files_and_says_where(canvas: Canvas, page: Page) -> None:
    rename(canvas, "G1", "Porte du besoin")
    sheet(page, "Phase 1")
    rename(canvas, "A", "Recueillir le besoin")
    sheet(page, "Phase 2")
    page.locator("[data-part=sheets] button[aria-current]").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-part=said]")).to_have_text("Défait dans p1.bpmn")
    expect(page.locator("[data-part=sheets] [aria-current]")).to_have_text("Phase 1")
    expect(named(page, "A")).to_contain_text("Étape A")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-part=said]")).to_have_text("Défait dans projet-d-ete.bpmn")
    expect(named(page, "G1")).to_contain_text("Porte 1")
    page.keyboard.press("Control+z")  # nothing is left to undo
    page.keyboard.press("Control+y")
    expect(named(page, "G1")).to_contain_text("Porte du besoin")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("[data-part=said]")).to_have_text("Refait dans p1.bpmn")
    expect(named(page, "A")).to_contain_text("Recueillir le besoin")
    canvas.saved()


def test_a_step_pasted_in_another_file_keeps_all_that_it_says_under_an_id_of_its_own(
    engine: Engine, stage: Stage, draft: int, canvas: Canvas, page: Page
) -> None:
    sheet(page, "Phase 1")
    canvas.select("A")
    page.locator(".djs-container > svg").focus()
    page.keyboard.press("Control+c")
    sheet(page, "Phase 2")
    lane = page.locator('.djs-element[data-element-id="Lane_P2_CP"]').first.bounding_box()
    assert lane is not None
    x, y = lane["x"] + lane["width"] * 0.06, lane["y"] + lane["height"] * 0.5
    page.locator(".djs-container > svg").focus()
    page.mouse.move(x - 20, y)
    page.keyboard.press("Control+v")
    page.mouse.move(x, y, steps=4)
    page.mouse.click(x, y)
    expect(page.locator("[data-part=findings]")).to_contain_text("Étape A")
    canvas.saved()
    file = engine.read(MethodDraftFiles(draft), stage.ids["jeanne"]).files["p2.bpmn"].decode()
    [kept] = re.findall(r'<bpmn:userTask id="(?!B")([^"]+)"[^>]*name="Étape A".*?</bpmn:userTask>', file, re.DOTALL)
    text = file[file.index(f'<bpmn:userTask id="{kept}"') :].partition("</bpmn:userTask>")[0]
    assert kept == "T1"
    for each in (
        'camunda:candidateGroups="CP"', 'camunda:dueDate="P10D"', 'name="name.en" value="Step A"',
        'name="method.lock" value="locked"', 'id="resultat" label="Résultat" type="textarea"',
        'name="label.en" value="Result"', 'name="required" config="true"',
    ):  # fmt: skip
        assert each in text, each


# --- nothing is lost ---------------------------------------------------------------------------------------


def test_what_the_network_refuses_stays_in_the_page_and_is_saved_once_the_server_is_back(
    engine: Engine, person: Callable[..., Page]
) -> None:
    with processes() as started:
        node = started.jalon(engine.store.url, "serve", "--port", "0")
        address = address_of(node)
        stage = Stage(engine, address, person)
        draft = engine.execute(OpenMethodDraft(name="Projet d’été"), stage.ids["jeanne"]).draft
        page = stage.at("jeanne")
        canvas = Canvas(page, draft)
        node.kill()
        node.wait()
        rename(canvas, "G1", "Porte d’été")
        expect(page.locator("[data-part=status]")).to_have_text("Non enregistré")
        expect(page.locator("[data-part=conflict]")).to_contain_text("Le serveur ne répond pas")
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.evaluate("location.assign('/atelier')")
        rename(canvas, "G2", "Porte d’hiver")  # one stayed, and draws on
        assert asked == ["beforeunload"]
        started.jalon(engine.store.url, "serve", "--port", address.rpartition(":")[2])
        expect(page.locator("[data-part=status]")).to_contain_text("Enregistré à", timeout=60_000)
        expect(page.locator("[data-part=conflict]")).to_be_hidden()
        main = engine.read(MethodDraftFiles(draft), stage.ids["jeanne"]).files["projet-d-ete.bpmn"].decode()
        assert ('name="Porte d’été"' in main, 'name="Porte d’hiver"' in main) == (True, True)
        page.goto("/atelier")  # all is saved: nothing asks
        expect(page.get_by_role("heading", name="Atelier des méthodes")).to_be_visible()
        assert asked == ["beforeunload"]


def address_of(node: subprocess.Popen[str]) -> str:
    assert node.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", node.stdout.readline())
    assert found is not None
    return found[0]


def test_two_windows_of_one_person_on_one_draft_overwrite_nothing(
    engine: Engine, stage: Stage, draft: int, canvas: Canvas, page: Page
) -> None:
    other = Canvas(page.context.new_page(), draft)
    rename(other, "G2", "Ici d’abord")
    other.saved()
    rename(canvas, "G2", "Puis là")
    conflict = page.locator("[data-part=conflict]")
    expect(conflict).to_contain_text("vous avez modifié, dans une autre fenêtre, projet-d-ete.bpmn")
    main = engine.read(MethodDraftFiles(draft), stage.ids["jeanne"]).files["projet-d-ete.bpmn"].decode()
    assert ("Ici d’abord" in main, "Puis là" in main) == (True, False)
    with page.expect_download() as kept:
        conflict.get_by_role("button", name="Garder mes fichiers").click()
    assert 'name="Puis là"' in kept.value.path().read_text(encoding="utf-8")
    conflict.get_by_role("button", name="Reprendre l’autre version").click()
    expect(named(page, "G2")).to_contain_text("Ici d’abord")
    # files that only one of them changed go together
    sheet(other.page, "Phase 1")
    rename(other, "A", "Besoin")
    other.saved()
    sheet(page, "Phase 2")
    rename(canvas, "B", "Étude")
    canvas.saved()
    files = engine.read(MethodDraftFiles(draft), stage.ids["jeanne"]).files
    assert ("Besoin" in files["p1.bpmn"].decode(), "Étude" in files["p2.bpmn"].decode()) == (True, True)
    sheet(page, "Phase 1")
    expect(named(page, "A")).to_contain_text("Besoin")


def test_what_is_drawn_here_is_given_up_for_another_version_only_by_who_says_so(
    engine: Engine, stage: Stage, draft: int, canvas: Canvas, page: Page
) -> None:
    theirs = engine.read(MethodDraftFiles(draft), stage.ids["karim"]).files
    theirs["projet-d-ete.bpmn"] = theirs["projet-d-ete.bpmn"].replace(b'name="Porte 2"', b'name="Porte de Karim"')
    engine.execute(SaveMethodDraft(draft, theirs, 1), stage.ids["karim"])
    rename(canvas, "G2", "Porte de Jeanne")
    conflict, asked = page.locator("[data-part=conflict]"), page.get_by_role("dialog")
    load = conflict.get_by_role("button", name="Reprendre l’autre version")
    load.click()
    expect(asked).to_contain_text("Ce que vous avez dessiné ici sans le télécharger sera perdu")
    expect(asked.get_by_role("button", name="Garder ce que j’ai dessiné")).to_be_focused()
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(named(page, "G2")).to_contain_text("Porte de Jeanne")
    with page.expect_download():
        conflict.get_by_role("button", name="Garder mes fichiers").click()
    rename(canvas, "G2", "Porte de Jeanne Petit")  # this is in no file that was downloaded
    load.click()
    asked.get_by_role("button", name="Garder ce que j’ai dessiné").click()
    expect(asked).to_have_count(0)
    expect(named(page, "G2")).to_contain_text("Porte de Jeanne Petit")
    load.click()
    asked.get_by_role("button", name="Oui, abandonner ce que j’ai dessiné ici").click()
    expect(conflict).to_be_hidden()
    expect(named(page, "G2")).to_contain_text("Porte de Karim")


# --- the review follows, and asks no more than it must -----------------------------------------------------


def test_the_review_says_that_it_is_checking_and_shows_only_the_last_answer(canvas: Canvas, page: Page) -> None:
    count = page.locator("[data-part=count]")
    held: list[Any] = []
    page.route("**/relire", lambda route: held.append(route) if len(held) < 1 else route.continue_())
    rename(canvas, "G1", "Porte du besoin")
    expect(count).to_have_text("Vérification…")
    expect(page.locator("[data-part=findings]")).to_have_attribute("aria-busy", "true")
    page.wait_for_function("() => document.querySelector('[data-part=findings]').ariaBusy === 'true'")
    canvas.delete("G3_decision")  # the first question is asked no more
    expect(count).to_contain_text("à corriger")
    expect(page.locator("[data-part=findings]")).to_have_attribute("aria-busy", "false")
    page.unroute("**/relire")
    for _ in range(2):
        page.locator("body").press("Control+z")
    expect(count).to_have_text(CLEAN)


# --- the keys, and the words -------------------------------------------------------------------------------


def test_the_keys_are_listed_in_both_languages(
    canvas: Canvas, page: Page, axe: Callable[..., list[str]], screenshot: Callable[..., Path]
) -> None:
    page.locator("body").press("?")
    sheet = page.get_by_role("dialog", name="Raccourcis clavier")
    expect(sheet.get_by_role("heading", name="Raccourcis clavier")).to_be_focused()
    expect(sheet.get_by_role("row", name="Ctrl+Maj+Z")).to_contain_text("Refaire")
    expect(sheet.get_by_role("row", name="Suppr")).to_contain_text("Supprimer")
    assert axe_but_canvas(page, axe) == []
    looked_at(page, screenshot, "workshop-keys")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.get_by_role("link", name="English").or_(page.get_by_role("button", name="English")).click()
    expect(page.locator("#workshop[data-ready=true]")).to_be_attached()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    english = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(english.get_by_role("row", name="Ctrl+Shift+Z")).to_contain_text("Redo")


SAID = """() => {
    const said = [];
    for (const each of document.querySelectorAll('#workshop *, #workshop')) {
        if (each.closest('dialog:not([open]), svg') || !each.checkVisibility()) continue; // drawings are the method’s
        for (const name of ['title', 'placeholder', 'aria-label']) said.push(each.getAttribute(name) ?? '');
        for (const text of each.childNodes) if (text.nodeType === Node.TEXT_NODE) said.push(text.textContent.trim());
    }
    return said;
}"""


def chosen(page: Page, element: str) -> None:
    """Selects it until the panel, which is deaf while it draws itself anew, has heard."""
    for patience in (2_000, 4_000, PATIENCE):
        draw(page, f"const chosen = modeler.get('selection'); chosen.select(null); chosen.select(at('{element}'))")
        try:
            expect(page.locator("#bio-properties-panel-id")).to_have_value(element, timeout=patience)
            return
        except AssertionError:
            if patience == PATIENCE:
                raise


def away(page: Page, menu: str) -> None:
    """Closes it with the keyboard, which it hears only some time after it is seen."""
    for _ in range(20):
        page.keyboard.press("Escape")
        try:
            expect(page.locator(menu)).to_have_count(0, timeout=500)
            return
        except AssertionError:
            continue
    expect(page.locator(menu)).to_have_count(0)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_reader_finds_the_words_of_their_language_only(
    engine: Engine, stage: Stage, draft: int, page: Page, language: str
) -> None:
    words = {key: french for key, french in french_words().items() if key != french}
    others = set(words) if language == "fr" else set(words.values()) - set(words)
    said: list[str] = []
    if language == "en":
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"/atelier/{draft}/dessiner")
    expect(page.locator("#workshop[data-ready=true]")).to_be_attached()
    root = page.locator(".djs-container > svg")
    for element in ("G1", "P1", "G1_decision", "G1_go"):
        chosen(page, element)
        expect(page.locator(".djs-context-pad.open")).to_be_visible()
        said += page.evaluate(SAID)
        root.focus()
        page.keyboard.press("r")
        expect(page.locator(".djs-popup")).to_be_visible()
        said += page.evaluate(SAID)
        away(page, ".djs-popup")
    root.focus()
    page.keyboard.press("Control+f")
    expect(page.locator(".djs-search-container")).to_be_visible()
    said += page.evaluate(SAID)
    page.keyboard.press("Escape")
    root.focus()
    page.keyboard.press("Control+a")
    expect(page.locator("#bio-properties-panel-id")).to_have_count(0)
    said += page.evaluate(SAID)
    page.locator("[data-part=sheets] button").nth(1).click()
    expect(page.locator('.djs-element[data-element-id="A"]').first).to_be_visible()
    for element in ("A", "P1_start", "P1_end", "Lane_P1_CP", "Participant_P1"):
        draw(page, f"modeler.get('selection').select(at('{element}'))")
        for fold in page.locator(".bio-properties-panel-group-header-title").all():
            fold.click()
        said += page.evaluate(SAID)
    draw(page, DEADLOCK)
    page.locator("[data-part=findings] li button").last.wait_for()
    said += page.evaluate(SAID)
    page.locator(".workshop-bar [data-part=simulate]").click()
    expect(page.locator(".simulation-offers li")).to_have_count(2)
    said += page.evaluate(SAID)
    page.locator(".simulation-offers button").first.click()
    expect(page.locator(".simulation-told li")).to_have_count(1)
    said += page.evaluate(SAID)
    assert len(set(said)) > 100
    assert set(said) & others == set()


# --- phases --------------------------------------------------------------------------------------------------


def called(engine: Engine, stage: Stage, draft: int) -> list[tuple[str, str]]:
    """The phases of the draft in order, each with the name of its process."""
    method, problems, _ = read_method(engine.read(MethodDraftFiles(draft), stage.ids["jeanne"]).files)
    assert method is not None, problems
    return [(phase.name.fr, phase.process) for phase in method.phases]


def test_a_phase_that_is_added_ends_the_method_bears_its_name_and_has_a_process_to_draw(
    engine: Engine, stage: Stage, canvas: Canvas, draft: int, screenshot: Callable[..., Path]
) -> None:
    page = canvas.page
    page.get_by_role("button", name="Ajouter une phase").click()
    expect(named(page, "P4")).to_contain_text("Nouvelle phase")
    page.keyboard.type("Contrôler & évaluer")  # over the name that it had
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=said]")).to_contain_text("La phase « Contrôler & évaluer » a son processus")
    screenshot(page, "workshop-phase-added")
    page.locator('.djs-context-pad .entry[title="Ouvrir le processus de cette phase"]').click()
    expect(page.locator("[data-part=sheets] [aria-current]")).to_have_text("Contrôler & évaluer")
    expect(named(page, "P4_start")).to_be_visible()
    canvas.saved()
    assert called(engine, stage, draft)[-1] == ("Contrôler & évaluer", "Process_P4")


def test_a_phase_that_follows_another_stands_after_the_gate_that_ends_it(
    engine: Engine, stage: Stage, canvas: Canvas, draft: int
) -> None:
    page = canvas.page
    before = called(engine, stage, draft)
    canvas.select("P1")
    page.locator('.djs-context-pad .entry[title="Ajouter une phase à la suite"]').click()
    page.keyboard.type("Essayer")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=said]")).to_contain_text("La phase « Essayer » a son processus")
    canvas.saved()
    assert called(engine, stage, draft) == [before[0], ("Essayer", "Process_P4"), *before[1:]]


def test_a_phase_whose_process_no_file_draws_has_one_as_soon_as_it_is_opened(
    engine: Engine, stage: Stage, canvas: Canvas, draft: int
) -> None:
    page = canvas.page
    canvas.select("P1")
    draw(page, "modeling.updateProperties(at('P1'), { calledElement: 'Process_Z9' });")
    canvas.select("P2")
    canvas.select("P1")
    page.locator('.djs-context-pad .entry[title="Ouvrir le processus de cette phase"]').click()
    expect(named(page, "P1_2_start")).to_be_visible()
    canvas.saved()
    assert called(engine, stage, draft)[0][1] == "Process_Z9"
