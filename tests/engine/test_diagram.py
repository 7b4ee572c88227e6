"""A file that comes from anyone: what is refused, and the sentence that says so."""

from __future__ import annotations

import pytest

from engine import JalonError, TooLarge, Unreadable
from engine.diagram import BPMN, Diagram

SPACE = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
PLAIN = f'<definitions {SPACE}><process id="p"><startEvent id="s"/></process></definitions>'.encode()
REDO = "Ouvrez-le dans un modeleur et enregistrez-le à nouveau."
LIGHTER = "Allégez-le ou scindez-le."


def unreadable(why: str, line: int = 1) -> tuple[type[JalonError], str]:
    return Unreadable, f"« a.bpmn » n’est pas un diagramme BPMN lisible (ligne {line}) : {why}. {REDO}"


READ = "n’est pas lu ; UTF-8, UTF-16, ISO-8859 et Windows-125x le sont"
REFUSED = {
    "an empty file": (b"", unreadable("le fichier est vide")),
    "blanks": (b" \n\t", unreadable("le fichier est vide")),
    "nothing, in UTF-16": ("".encode("utf-16"), unreadable("le fichier est vide")),
    "UTF-32": (PLAIN.decode().encode("utf-32"), unreadable(f"l’encodage UTF-32 {READ}")),
    "another encoding": (
        b'<?xml version="1.0" encoding="utf-7"?>' + PLAIN,
        unreadable(f"l’encodage utf-7 {READ}"),
    ),
    "an encoding that nobody knows": (
        b'<?xml version="1.0" encoding="moonlight"?>' + PLAIN,
        unreadable(f"l’encodage moonlight {READ}"),
    ),
    "no text": (
        b"\x00\x01\x02\x81",
        unreadable("ce n’est pas du texte en UTF-8"),
    ),
    "no text that Windows could have written": (
        b"<a>\x81</a>",
        unreadable("ce n’est pas du texte en UTF-8, et le fichier n’annonce pas d’autre encodage"),
    ),
    "half a character of UTF-16": (
        "<a/>".encode("utf-16") + b"\x00\xd8",
        unreadable("ce n’est pas du texte en UTF-16"),
    ),
    "a DTD, in UTF-16": (
        "<!DOCTYPE x><x/>".encode("utf-16"),
        unreadable("les DTD et les entités ne sont pas acceptées"),
    ),
    "gzip": (b"\x1f\x8b\x08" + PLAIN, unreadable("c’est une archive, pas un diagramme")),
    "a zip": (b"PK\x03\x04" + PLAIN, unreadable("c’est une archive, pas un diagramme")),
    "a DTD": (b"<!DOCTYPE x>" + PLAIN, unreadable("les DTD et les entités ne sont pas acceptées")),
    "an entity that reads a file": (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        unreadable("les DTD et les entités ne sont pas acceptées"),
    ),
    "another root": (
        b"<table/>",
        unreadable("l’élément racine est <table>, et non les <definitions> de BPMN 2.0"),
    ),
    "a drawing that is no BPMN": (
        b"<mxfile/>",
        unreadable(
            "c’est un dessin de draw.io, et non un diagramme BPMN 2.0 (dans beaucoup de modeleurs, « Exporter » en "
            "donne un)"
        ),
    ),
    "definitions of another language": (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
        unreadable("ce sont les <definitions> de DMN, et non de BPMN 2.0"),
    ),
    "definitions of no language": (
        b"<definitions/>",
        unreadable(
            "ses <definitions> ne disent pas de quelle langue elles sont ; BPMN 2.0 s’annonce par "
            'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ),
    ),
    "definitions of a language of one's own": (
        b'<definitions xmlns="http://example.org"/>',
        unreadable("ses <definitions> sont de « http://example.org », et non de BPMN 2.0"),
    ),
    "more than 2 MB": (
        PLAIN + b" " * 2_000_000,
        (TooLarge, f"« a.bpmn » est trop volumineux : 2,0 Mo, pour 2 Mo au plus. {LIGHTER}"),
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


@pytest.mark.parametrize(
    ("content", "fr", "en"),
    [
        (b"bonjour", "ce n’est pas du XML, ou il est coupé", "it is no XML, or is cut off"),
        (b"<a>\n<b>\n</a>", "<b>, ouvert ligne 2, est fermé par </a>", "<b>, opened in line 2, is closed by </a>"),
        (b"<a>\n<b>", "<b>, ouvert ligne 2, n’est pas fermé : le fichier est coupé",
         "<b>, opened in line 2, is not closed: the file is cut off"),
        (b"<a x='1' x='2'/>", "l’attribut x est écrit deux fois", "the attribute x is written twice"),
        (b"<a x=1/>", 'un attribut n’est pas écrit nom="valeur"', 'an attribute is not written name="value"'),
        (b"<a>R & D</a>", "un « & » y est seul : il s’écrit &amp;", "an “&” stands alone: it is written &amp;"),
        (b"<p:a/>", "le préfixe « p : » n’est pas déclaré (xmlns:p)", "the prefix “p:” is not declared (xmlns:p)"),
        (b"<a><!-- -- --></a>", "Double hyphen within comment: <!-- ", "Double hyphen within comment: <!-- "),
    ],
)  # fmt: skip
def test_what_is_wrong_with_broken_xml_is_said_in_words(content: bytes, fr: str, en: str) -> None:
    with pytest.raises(Unreadable) as refused:
        Diagram(content, "a.bpmn")
    assert f"le XML n’est pas bien formé ({fr})" in refused.value.text("fr")
    assert f"the XML is not well-formed ({en})" in refused.value.text("en")


@pytest.mark.parametrize("content", [PLAIN, b"\xef\xbb\xbf" + PLAIN, b'<?xml version="1.0" encoding="UTF-8"?>' + PLAIN])
def test_utf_8_is_read_with_or_without_its_mark(content: bytes) -> None:
    assert [process.id for process in Diagram(content, "a.bpmn").processes] == ["p"]


ACCENTS = PLAIN.replace(b'id="s"', 'id="s" name="Décidé"'.encode())


def in_(encoding: str, declared: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    return (head + ACCENTS.decode()).encode(encoding)


@pytest.mark.parametrize(
    ("content", "renewed"),
    [
        (in_("utf-8"), ""),
        (in_("utf-8", "UTF-16"), ""),  # as what writes a text into a file of another encoding says
        (in_("utf-16"), "UTF-16"),
        (in_("utf-16", "UTF-16"), "UTF-16"),
        (in_("utf-16-be", "utf-16"), "UTF-16"),
        (in_("utf-16-le"), "UTF-16"),
        (in_("latin-1", "ISO-8859-1"), "ISO-8859-1"),
        (in_("cp1252", "windows-1252"), "windows-1252"),
        (in_("latin-1", "UTF-8"), "Windows-1252"),
        (in_("latin-1"), "Windows-1252"),
    ],
)
def test_a_file_in_another_encoding_is_read_as_it_declares_and_so_is_one_that_is_not_what_it_declares(
    content: bytes, renewed: str
) -> None:
    diagram = Diagram(content, "a.bpmn")
    assert diagram.processes[0].nodes[0].name.fr == "Décidé"
    assert [(each.old, each.new) for each in diagram.renewed] == ([(renewed, "UTF-8")] if renewed else [])
    assert Diagram(diagram.content, "a.bpmn").renewed == ()


NAMESPACES = [
    "http://schema.omg.org/spec/BPMN/2.0",
    "http://www.omg.org/bpmn20",
    "https://www.omg.org/spec/BPMN/20100524/MODEL",
    "http://www.omg.org/spec/BPMN/20100524/MODEL/",
]


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_the_namespace_of_a_draft_of_bpmn_is_read_as_that_of_today(namespace: str) -> None:
    diagram = Diagram(PLAIN.replace(BPMN.encode(), namespace.encode()), "a.bpmn")
    assert [process.id for process in diagram.processes] == ["p"]
    assert [(each.what, each.old, each.new) for each in diagram.renewed] == [("namespace", namespace, BPMN)]


def test_a_namespace_with_a_space_in_it_is_read() -> None:
    wide = PLAIN.replace(b"<definitions ", b"<definitions xmlns:o='http://here/Initial Import' ")
    assert [(each.old, each.new) for each in Diagram(wide, "a.bpmn").renewed] == [
        ("http://here/Initial Import", "http://here/Initial%20Import")
    ]


def test_one_and_zero_are_true_and_false() -> None:
    told = PLAIN.replace(b'id="s"', b'id="s" isInterrupting="0" parallelMultiple=\'1\'')
    start = Diagram(told, "a.bpmn").processes[0].nodes[0]
    assert (start.get("isInterrupting"), start.get("parallelMultiple")) == ("false", "true")


def test_an_element_says_its_file_line_and_id() -> None:
    diagram = Diagram(PLAIN.replace(b"<startEvent", b"\n\n<startEvent"), "dossier/a.bpmn")
    place = diagram.processes[0].nodes[0].place
    assert (place.file, place.line, place.element) == ("a.bpmn", 3, "s")
