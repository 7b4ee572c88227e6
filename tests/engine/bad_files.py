"""What somebody may bring to the workshop that is no method: each is refused in a sentence, at every door.

BAD: name -> (files, kind of the refusal, how its sentence begins).
"""

from __future__ import annotations

import io
import zipfile

from engine import lay_out
from engine.workshop import LARGEST_ARCHIVE
from tests.engine.play import ESSAI as WITHOUT_LAYOUT
from tests.engine.play import ROOT

ESSAI = {name: lay_out(content) for name, content in WITHOUT_LAYOUT.items()}


def zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return held.getvalue()


LARGE = b"<definitions>" + b" " * 3_000_000
SCRIPT = ESSAI["essai.bpmn"].replace(
    b"<bpmn:startEvent", b'<bpmn:scriptTask id="s"><bpmn:script>x</bpmn:script></bpmn:scriptTask><bpmn:startEvent', 1
)
LISTENS = ESSAI["essai.bpmn"].replace(
    b"<camunda:properties>",
    b'<camunda:executionListener event="start"><camunda:script scriptFormat="groovy">x</camunda:script>'
    b"</camunda:executionListener><camunda:properties>", 1,
)  # fmt: skip
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + ESSAI["essai.bpmn"].partition(b"?>")[2].replace(
    b'name="Essai', b'name="&e;Essai', 1
)
BAD: dict[str, tuple[dict[str, bytes], str, str]] = {
    "three megabytes": ({"a.bpmn": LARGE}, "TooLarge", "« a.bpmn » est trop volumineux : 3,0 Mo, pour 2 Mo au plus."),
    "no BPMN": ({"a.bpmn": b"bonjour"}, "Unreadable", "« a.bpmn » n’est pas un diagramme BPMN lisible"),
    "a web page": ({"a.bpmn": b"<html/>"}, "Unreadable", "« a.bpmn » n’est pas un diagramme BPMN lisible"),
    "a script": ({"essai.bpmn": SCRIPT}, "ScriptInside", "« essai.bpmn », ligne "),
    "no diagram": ({"a.docx": b"bonjour"}, "NoDiagram", "Aucun diagramme n’a été reçu"),
    "a broken zip": ({"a.zip": b"PK\x03\x04" + b"?" * 40}, "ArchiveUnreadable", "« a.zip » n’est pas une archive"),
    "a zip that swells": (
        {"a.zip": zipped({"a.bpmn": b" " * (LARGEST_ARCHIVE + 1)})}, "TooLarge",
        "« a.zip » est trop volumineux : > 20 Mo",
    ),
    "the same name twice": (
        {"a.zip": zipped({"x/a.bpmn": ESSAI["essai.bpmn"], "y/a.bpmn": ESSAI["essai.bpmn"]})}, "FileNamedTwice",
        "Deux fichiers s’appellent « a.bpmn »",
    ),
    "too many files": (
        {f"{n}.bpmn": ESSAI["suivi.bpmn"] for n in range(101)}, "TooLarge",
        "« L’envoi » est trop volumineux : 101 fichiers",
    ),
    "no process": (
        {"a.bpmn": b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'}, "NoProcess",
        "« a.bpmn » ne dessine aucun processus",
    ),
    "a picture": (
        {"a.bpmn": (ROOT / "docs" / "images" / "projet.png").read_bytes()}, "Unreadable",
        "« a.bpmn » n’est pas un diagramme BPMN lisible",
    ),
    "a page of the web": (
        {"a.bpmn": b"<!DOCTYPE html>\n<html><body>Bonjour</body></html>"}, "Unreadable",
        "« a.bpmn » n’est pas un diagramme BPMN lisible (ligne 1) : les DTD et les entités ne sont pas acceptées",
    ),
    "an empty file": (
        {"a.bpmn": b""}, "Unreadable", "« a.bpmn » n’est pas un diagramme BPMN lisible (ligne 1) : le fichier est vide",
    ),
    "an office document named otherwise": (
        {"a.bpmn": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})}, "Unreadable",
        "« a.bpmn » n’est pas un diagramme BPMN lisible (ligne 1) : c’est une archive, pas un diagramme",
    ),
    "an office document": (
        {"note.docx": zipped({"word/document.xml": b"<document/>"})}, "NoDiagram",
        "Aucun diagramme n’a été reçu : un fichier .bpmn, ou un .zip qui en contient, était attendu ; reçu : ",
    ),
    "a script that listens": ({"essai.bpmn": LISTENS}, "ScriptInside", "« essai.bpmn », ligne "),
    "a file of the server, through an entity": (
        {"essai.bpmn": ENTITY}, "Unreadable", "« essai.bpmn » n’est pas un diagramme BPMN lisible (ligne 1)",
    ),
}  # fmt: skip
