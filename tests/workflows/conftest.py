"""The shipped methods, as drawn: what the tests of this folder read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

ROOT = Path(__file__).parents[2]
METHODS = {"projet-transversal": "projet_transversal", "pm2": "pm2_like", "petit-projet": "leger"}
SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
}
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
NODES = {"userTask", "callActivity", "startEvent", "endEvent", "exclusiveGateway", "parallelGateway"}


@dataclass(frozen=True)
class Box:
    """A rectangle of the diagram, in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlaps(self, other: Box) -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: Box) -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


class Drawn:
    """One .bpmn file and its layout."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = etree.parse(str(path), etree.XMLParser(resolve_entities=False)).getroot()

    def __repr__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    def all(self, query: str) -> list[Any]:
        return self.root.xpath(query, namespaces=SPACES)  # type: ignore[no-any-return]

    @cached_property
    def nodes(self) -> dict[str, Any]:
        return {e.get("id"): e for e in self.all("//bpmn:process/*") if etree.QName(e).localname in NODES}

    @cached_property
    def flows(self) -> dict[str, Any]:
        return {e.get("id"): e for e in self.all("//bpmn:sequenceFlow")}

    @cached_property
    def lanes(self) -> dict[str, Any]:
        return {e.get("id"): e for e in self.all("//bpmn:lane")}

    @cached_property
    def boxes(self) -> dict[str, Box]:
        return {e.get("bpmnElement"): _box(e.find("dc:Bounds", SPACES)) for e in self.all("//bpmndi:BPMNShape")}

    @cached_property
    def ways(self) -> dict[str, list[tuple[float, float]]]:
        return {
            e.get("bpmnElement"): [(float(p.get("x")), float(p.get("y"))) for p in e.findall("di:waypoint", SPACES)]
            for e in self.all("//bpmndi:BPMNEdge")
        }

    @cached_property
    def labels(self) -> dict[str, Box]:
        return {
            e.getparent().get("bpmnElement"): _box(e.find("dc:Bounds", SPACES)) for e in self.all("//bpmndi:BPMNLabel")
        }


def _box(bounds: Any) -> Box:
    return Box(*(float(bounds.get(each)) for each in ("x", "y", "width", "height")))


def properties(element: Any) -> dict[str, str]:
    """The camunda:properties of one element (not those of its children)."""
    found = element.findall("bpmn:extensionElements/camunda:properties/camunda:property", SPACES)
    found += element.findall("camunda:properties/camunda:property", SPACES)
    return {each.get("name"): each.get("value") for each in found}


def plain(text: str) -> str:
    """French text with ordinary spaces: the data has no typography."""
    return text.replace("\u00a0", " ")


FILES = sorted((ROOT / "workflows").glob("*/*.bpmn"))


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def drawn(request: pytest.FixtureRequest) -> Drawn:
    return Drawn(request.param)


@pytest.fixture(scope="session")
def all_drawn() -> list[Drawn]:
    return [Drawn(path) for path in FILES]


@pytest.fixture
def of_element() -> Any:
    return properties


@pytest.fixture
def without_typography() -> Any:
    return plain


@dataclass
class Pair:
    """A method twice: as data (`methodologies.json`) and as drawn."""

    data: dict[str, Any]
    folder: Path
    files: list[Drawn]

    @cached_property
    def main(self) -> Drawn:
        return next(each for each in self.files if each.path.stem == self.folder.name)

    @cached_property
    def process(self) -> Any:
        return self.main.all("//bpmn:process")[0]

    @cached_property
    def tasks(self) -> dict[str, Any]:
        """Every task of the phases and of the recurring activities, by id."""
        return {
            id: node
            for file in self.files
            if file is not self.main
            for id, node in file.nodes.items()
            if etree.QName(node).localname == "userTask"
        }

    @cached_property
    def data_tasks(self) -> list[dict[str, Any]]:
        steps = [step for phase in self.data["phases"] for step in phase["tasks"]]
        return [task for step in steps for task in step.get("tasks", [step])]

    @cached_property
    def data_gates(self) -> list[dict[str, Any]]:
        return [phase["gate"] for phase in self.data["phases"]]


@pytest.fixture(params=METHODS, ids=str)
def pair(request: pytest.FixtureRequest) -> Pair:
    shared = Path(os.environ.get("JALON_SHARED", ROOT.parent / "shared"))
    data = shared / "knowledge" / "methodologies.json"
    if not data.exists():
        pytest.skip(f"{data} is absent: set JALON_SHARED to the folder that holds knowledge/methodologies.json")
    by_id = {each["id"]: each for each in json.loads(data.read_text(encoding="utf-8"))}
    folder = ROOT / "workflows" / request.param
    return Pair(by_id[METHODS[request.param]], folder, [Drawn(path) for path in sorted(folder.glob("*.bpmn"))])
