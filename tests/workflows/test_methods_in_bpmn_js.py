"""bpmn-js, the editor of Camunda Modeler, opens each shipped diagram and saves it without loss."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

pytestmark = pytest.mark.browser

MODULES = Path(__file__).parents[2] / "web" / "frontend" / "node_modules"
PAGE = '<!doctype html><html><body><div id="canvas" style="width: 1600px; height: 900px"></div></body></html>'
OPEN_AND_SAVE = """async ([xml, camunda]) => {
  document.getElementById("canvas").innerHTML = "";
  const modeler = new BpmnJS({ container: "#canvas", moddleExtensions: { camunda } });
  const { warnings } = await modeler.importXML(xml);
  const { xml: saved } = await modeler.saveXML({ format: true });
  modeler.destroy();
  return [warnings.map((each) => each.message), saved];
}"""


@pytest.fixture(scope="module")
def modeler(chromium):
    """A function: XML -> (warnings, the XML that the modeler saves)."""
    bundle = MODULES / "bpmn-js" / "dist" / "bpmn-modeler.production.min.js"
    moddle = MODULES / "camunda-bpmn-moddle" / "resources" / "camunda.json"
    if not (bundle.exists() and moddle.exists()):
        pytest.fail(f"Expected bpmn-js in {MODULES}, found none: run `make js`, which installs it with npm.")
    camunda = json.loads(moddle.read_text(encoding="utf-8"))
    page = chromium.new_page()
    page.set_content(PAGE)
    page.add_script_tag(path=bundle)
    yield lambda xml: page.evaluate(OPEN_AND_SAVE, [xml, camunda])
    page.close()


def contents(xml: str) -> Counter[tuple[object, ...]]:
    """Every element with its parents, attributes and text: what must not be lost, whatever the order."""

    def path(element: etree._Element) -> tuple[str, ...]:
        return tuple(f"{each.tag}#{each.get('id', '')}" for each in (element, *element.iterancestors()))

    root = etree.fromstring(xml.encode())
    return Counter(
        (path(each), tuple(sorted(each.attrib.items())), (each.text or "").strip()) for each in root.iter("*")
    )


def test_bpmn_js_opens_each_without_a_warning_and_saves_without_loss(drawn, modeler):
    ours = drawn.path.read_text(encoding="utf-8")
    warnings, saved = modeler(ours)
    assert warnings == []
    assert contents(saved) == contents(ours)
    again_warnings, again = modeler(saved)
    assert again_warnings == []
    assert contents(again) == contents(ours)


def test_the_shipped_file_is_the_one_that_the_modeler_writes(drawn, modeler):
    """So that the first save by a method owner shows in a comparison only what they changed."""
    ours = drawn.path.read_text(encoding="utf-8")
    assert modeler(ours)[1] == ours
