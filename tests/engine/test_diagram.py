"""A file that comes from anyone: what is refused, and the sentence that says so."""

from __future__ import annotations

import pytest

from engine import JalonError, TooLarge, Unreadable
from engine.diagram import Diagram

SPACE = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
PLAIN = f'<definitions {SPACE}><process id="p"><startEvent id="s"/></process></definitions>'.encode()
REDO = "Ouvrez-le dans un modeleur et enregistrez-le à nouveau."
LIGHTER = "Allégez-le ou scindez-le."


def unreadable(why: str, line: int = 1) -> tuple[type[JalonError], str]:
    return Unreadable, f"« a.bpmn » n’est pas un diagramme BPMN lisible (ligne {line}) : {why}. {REDO}"


REFUSED = {
    "an empty file": (b"", unreadable("le fichier est vide")),
    "blanks": (b" \n\t", unreadable("le fichier est vide")),
    "UTF-16": (PLAIN.decode().encode("utf-16"), unreadable("seul l’encodage UTF-8 est accepté")),
    "UTF-32": (PLAIN.decode().encode("utf-32-le"), unreadable("seul l’encodage UTF-8 est accepté")),
    "Latin-1": ("<definitions name='é'/>".encode("latin-1"), unreadable("seul l’encodage UTF-8 est accepté")),
    "gzip": (b"\x1f\x8b\x08" + PLAIN, unreadable("c’est une archive, pas un diagramme")),
    "a zip": (b"PK\x03\x04" + PLAIN, unreadable("c’est une archive, pas un diagramme")),
    "a DTD": (b"<!DOCTYPE x>" + PLAIN, unreadable("les DTD et les entités ne sont pas acceptées")),
    "an entity that reads a file": (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        unreadable("les DTD et les entités ne sont pas acceptées"),
    ),
    "another root": (
        b"<html/>",
        unreadable("l’élément racine est <html>, et non les <definitions> de BPMN 2.0"),
    ),
    "definitions of another language": (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
        unreadable("l’élément racine est <definitions>, et non les <definitions> de BPMN 2.0"),
    ),
    "more than 2 MB": (
        PLAIN + b" " * 2_000_000,
        (TooLarge, f"« a.bpmn » est trop volumineux : 2.0 Mo, pour 2 Mo au plus. {LIGHTER}"),
    ),
    "more than 20,000 elements": (
        f"<definitions {SPACE}>{'<task/>' * 20_001}</definitions>".encode(),
        (TooLarge, f"« a.bpmn » est trop volumineux : > 20000 éléments, pour 20000 éléments au plus. {LIGHTER}"),
    ),
    "more than 64 levels": (
        f"<definitions {SPACE}>{'<task>' * 65}{'</task>' * 65}</definitions>".encode(),
        (TooLarge, f"« a.bpmn » est trop volumineux : > 64 niveaux, pour 64 niveaux au plus. {LIGHTER}"),
    ),
}


@pytest.mark.parametrize(("content", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_words(content: bytes, expected: tuple[type[JalonError], str]) -> None:
    with pytest.raises(JalonError) as refused:
        Diagram(content, "dossier/a.bpmn")
    assert (type(refused.value), refused.value.text("fr")) == expected


@pytest.mark.parametrize(
    ("content", "line"), [(b"<a>\n<b>\n</a>", 3), (b"<a", 1), (b"bonjour", 1), (b"<a>&nbsp;</a>", 1), (PLAIN[:-3], 1)]
)
def test_broken_xml_is_refused_with_its_line(content: bytes, line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        Diagram(content, "a.bpmn")
    assert refused.value.text("fr").startswith(
        f"« a.bpmn » n’est pas un diagramme BPMN lisible (ligne {line}) : le XML n’est pas bien formé ("
    )


@pytest.mark.parametrize("content", [PLAIN, b"\xef\xbb\xbf" + PLAIN, b'<?xml version="1.0" encoding="UTF-8"?>' + PLAIN])
def test_utf_8_is_read_with_or_without_its_mark(content: bytes) -> None:
    assert [process.id for process in Diagram(content, "a.bpmn").processes] == ["p"]


def test_an_element_says_its_file_line_and_id() -> None:
    diagram = Diagram(PLAIN.replace(b"<startEvent", b"\n\n<startEvent"), "dossier/a.bpmn")
    place = diagram.processes[0].nodes[0].place
    assert (place.file, place.line, place.element) == ("a.bpmn", 3, "s")
