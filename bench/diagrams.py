"""The diagrams of `../shared/bench`, dressed on the fly as methods without gates: none of them is kept here.

Each embedded sub-process, or else the whole process, becomes a called phase; each task gets a role (its lane's, else
the lead's) and a form of five texts; a variable that a condition reads becomes a number of the form. The layout is
left out. The release is inserted as `PublishMethod` would: the review rightly refuses a method without gates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from bench.organisation import LANE
from engine import Engine
from engine.release import digest_of, pack, read_method
from engine.store.tables import ReleaseRow

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
#: where the diagrams lie, beside the repository
SHARED = Path(__file__).parents[2] / "shared" / "bench"
LEAD, SPONSOR = "CP", "RESP"
#: what the closest peer was measured with: five keys of 48 characters a task
FIELDS, LENGTH = 5, 48
#: read by the condition of `loop.bpmn`
STOP = "stop"

HEAD = (
    f'<bpmn:definitions xmlns:bpmn="{BPMN}" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'id="definitions" targetNamespace="http://jalon">'
)


@dataclass(frozen=True)
class Drawn:
    """A diagram, as it was drawn and as a method."""

    name: str
    original: bytes
    files: dict[str, bytes]

    @property
    def method(self) -> str:
        return f"Method_{self.name}"


def found(folder: Path) -> list[Drawn]:
    """Every diagram in `folder`, by name; none where it is absent."""
    return [Drawn(path.stem, content := path.read_bytes(), dressed(path.stem, content))
            for path in sorted(folder.glob("*.bpmn"))]  # fmt: skip


def published(engine: Engine, drawn: Drawn) -> None:
    method, problems, _ = read_method(drawn.files)
    assert method is not None, drawn.name
    assert not problems, (drawn.name, problems)
    with engine.store.write() as session:
        session.add(
            ReleaseRow(
                method=method.id, version="1", digest=digest_of(drawn.files), name_fr=drawn.name, name_en=drawn.name,
                published_at=datetime.now(UTC), published_by=None, files=pack(drawn.files),
            )
        )  # fmt: skip


def answers(stop: bool = False) -> dict[str, str]:
    """What each task is completed with."""
    return {f"text{number}": "x" * LENGTH for number in range(FIELDS)} | {STOP: "1" if stop else "0"}


def dressed(name: str, content: bytes) -> dict[str, bytes]:
    """The files of a method that runs as the diagram `content` does."""
    root = ElementTree.fromstring(content)
    process = root.find(f"{{{BPMN}}}process")
    assert process is not None, name
    parts = process.findall(f"{{{BPMN}}}subProcess") or [process]
    phases = {f"{name}_{number}": part for number, part in enumerate(parts, 1)}
    role = LANE if process.find(f"{{{BPMN}}}laneSet") is not None else LEAD
    reads = STOP in "".join(each.text or "" for each in process.iter(f"{{{BPMN}}}conditionExpression"))
    files = {f"{id}.bpmn": _phase(id, part, role, reads) for id, part in phases.items()}
    return files | {f"{name}.bpmn": _main(name, list(phases))}


def _main(name: str, phases: list[str]) -> bytes:
    """One call a phase, one after the other."""
    nodes = ["start", *(f"call_{each}" for each in phases), "end"]
    calls = [
        f'<bpmn:callActivity id="call_{each}" name="{each}" calledElement="{each}"/>' for each in phases
    ]  # fmt: skip
    flows = [
        f'<bpmn:sequenceFlow id="to_{after}" sourceRef="{before}" targetRef="{after}"/>'
        for before, after in pairwise(nodes)
    ]
    said = {"method.kind": "method", "method.lead": LEAD, "method.sponsor": SPONSOR}
    said |= {f"method.role.{role}": role for role in (LEAD, SPONSOR, LANE)}
    return _file(
        f'<bpmn:process id="Method_{name}" name="{name}" isExecutable="true" camunda:versionTag="1">',
        f"<bpmn:extensionElements>{_properties(said)}</bpmn:extensionElements>",
        '<bpmn:startEvent id="start"/>',
        *calls,
        '<bpmn:endEvent id="end"/>',
        *flows,
        "</bpmn:process>",
    )


def _phase(id: str, part: ElementTree.Element, role: str, reads: bool) -> bytes:
    body = []
    for each in part:
        tag = each.tag.removeprefix(f"{{{BPMN}}}")
        said = "".join(f' {key}="{escape(value)}"' for key, value in each.attrib.items())
        if tag == "userTask":
            form = f"<bpmn:extensionElements>{_form(reads)}</bpmn:extensionElements>"
            body.append(f'<bpmn:userTask{said} camunda:candidateGroups="{role}">{form}</bpmn:userTask>')
        elif tag == "sequenceFlow":
            condition = each.findtext(f"{{{BPMN}}}conditionExpression")
            inner = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>" if condition else ""
            body.append(f"<bpmn:sequenceFlow{said}>{inner}</bpmn:sequenceFlow>")
        elif tag != "laneSet":
            body.append(f"<bpmn:{tag}{said}/>")
    return _file(f'<bpmn:process id="{id}" name="{id}" isExecutable="true">', *body, "</bpmn:process>")


def _form(reads: bool) -> str:
    fields = [f'<camunda:formField id="text{n}" label="Texte {n}" type="string"/>' for n in range(FIELDS)]
    if reads:
        fields.append(f'<camunda:formField id="{STOP}" label="Arrêt" type="number"/>')
    return f"<camunda:formData>{''.join(fields)}</camunda:formData>"


def _properties(said: dict[str, str]) -> str:
    each = "".join(f'<camunda:property name="{name}" value="{value}"/>' for name, value in said.items())
    return f"<camunda:properties>{each}</camunda:properties>"


def _file(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines, "</bpmn:definitions>"]).encode()
