"""The bytes of a file -> the same text in UTF-8, and in the namespaces that BPMN 2.0 has today.

A modeler may write another encoding, which the file declares, or the namespace of a draft of the standard. Lines stay
what they are. A DTD, entities and archives are refused, since a diagram comes from anyone.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from engine.words import Text

MODEL = b"http://www.omg.org/spec/BPMN/20100524/MODEL"
#: those of drafts, and slips of the pen, in quotes -> those of BPMN 2.0
_NAMESPACES = (
    (
        re.compile(rb"https?://(?:www|schema)\.omg\.org/(?:spec/)?bpmn/?(?:2\.0|20|\d{8}/model)(?:\.xsd)?/?", re.I),
        MODEL,
    ),
    (re.compile(rb"https?://www\.omg\.org/spec/bpmn/\d{8}/di/?", re.I), b"http://www.omg.org/spec/BPMN/20100524/DI"),
    (re.compile(rb"https?://www\.omg\.org/spec/dd/\d{8}/dc/?", re.I), b"http://www.omg.org/spec/DD/20100524/DC"),
    (re.compile(rb"https?://www\.omg\.org/spec/dd/\d{8}/di/?", re.I), b"http://www.omg.org/spec/DD/20100524/DI"),
)
_DECLARED = re.compile(rb"""(xmlns(?::[^\s=<>"']+)?\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)')""")
#: 0 and 1 are as good as false and true in XML
_BOOLEAN = re.compile(
    rb"""(\s(?:isExecutable|isClosed|cancelActivity|isInterrupting|parallelMultiple|triggeredByEvent|isSequential|testBefore|"""
    rb"""isForCompensation|instantiate|isMarkerVisible|isExpanded|isHorizontal)\s*=\s*["'])\s*([01]|true|false)\s*(["'])"""
)
_DECLARATION = re.compile(r"""<\?xml\b[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["'][^>]*?\?>""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, ""), (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
#: names that Python gives to what is read beside UTF-8
_READ = re.compile(r"utf-16(?:-[lb]e)?|ascii|iso8859-\d+|cp12\d\d|mac-roman|koi8-r|cp437|cp850")
UTF8, WINDOWS = "UTF-8", "Windows-1252"
#: how much of a file is looked at for its declaration
_HEAD = 400


class NotPlain(ValueError):
    """It is no text that is read here; `why` ends a sentence."""

    def __init__(self, fr: str, en: str) -> None:
        self.why = Text(fr, en)
        super().__init__(fr)


@dataclass(frozen=True, slots=True)
class Renewed:
    """What was written otherwise: an encoding, a namespace."""

    what: Literal["encoding", "namespace"]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Plain:
    content: bytes  #: UTF-8
    renewed: tuple[Renewed, ...] = ()


def plain(content: bytes) -> Plain:
    """Raises `NotPlain`."""
    if content[:2] in (b"\x1f\x8b", b"PK"):
        raise NotPlain("c’est une archive, pas un diagramme", "it is an archive, not a diagram")
    written, told = _in_utf8(content)
    if not written.strip(b"\x00 \t\r\n"):
        raise NotPlain("le fichier est vide", "the file is empty")
    if b"<!DOCTYPE" in written or b"<!ENTITY" in written:
        raise NotPlain("les DTD et les entités ne sont pas acceptées", "DTDs and entities are not accepted")
    written = _BOOLEAN.sub(_in_words, written)
    renewed = list(told)
    written = _DECLARED.sub(lambda found: _declared(found, renewed), written)
    return Plain(written, tuple(renewed))


# --- encodings -------------------------------------------------------------------------------------------------


def _in_utf8(content: bytes) -> tuple[bytes, tuple[Renewed, ...]]:
    encoding, said = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if said == UTF8 and b"\x00" not in content:
            return _as_windows(content)
        raise NotPlain(f"ce n’est pas du texte en {said}", f"it is no text in {said}") from None
    told = () if said == UTF8 else (Renewed("encoding", said, UTF8),)
    return _said_utf8(text.removeprefix("\ufeff")).encode(), told


def _as_windows(content: bytes) -> tuple[bytes, tuple[Renewed, ...]]:
    """It says UTF-8 and is not: modelers on Windows have done so."""
    try:
        return _said_utf8(content.decode("cp1252")).encode(), (Renewed("encoding", WINDOWS, UTF8),)
    except UnicodeDecodeError:
        raise NotPlain(
            "ce n’est pas du texte en UTF-8, et le fichier n’annonce pas d’autre encodage",
            "it is no text in UTF-8, and the file declares no other encoding",
        ) from None


def _said_utf8(text: str) -> str:
    """With the declaration of what it is from now on."""
    found = _DECLARATION.match(text)
    return text if found is None else f"{text[: found.start(1)]}{UTF8}{text[found.end(1) :]}"


def _encoding(content: bytes) -> tuple[str, str]:
    """What to decode with, and its name for a person: by the mark at the beginning, else as declared."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            if not encoding:
                raise _unread("UTF-32")
            return ("utf-8-sig", UTF8) if encoding == "utf-8" else (encoding, "UTF-16")
    if content[:2] in (b"<\x00", b"\x00<"):
        return ("utf-16-le" if content[0] else "utf-16-be"), "UTF-16"
    declared = _DECLARATION.match(content[:_HEAD].decode("ascii", "replace").lstrip())
    said = declared[1] if declared is not None else UTF8
    try:
        name = codecs.lookup(said).name
    except LookupError:
        raise _unread(said) from None
    if name == "utf-8" or name.startswith("utf-16"):  # a declaration that can be read so far is not in UTF-16
        return "utf-8", UTF8
    if not _READ.fullmatch(name):
        raise _unread(said)
    return name, said


def _unread(said: str) -> NotPlain:
    return NotPlain(
        f"l’encodage {said} n’est pas lu ; UTF-8, UTF-16, ISO-8859 et Windows-125x le sont",
        f"the encoding {said} is not read; UTF-8, UTF-16, ISO-8859 and Windows-125x are",
    )


# --- namespaces ------------------------------------------------------------------------------------------------


def _in_words(found: re.Match[bytes]) -> bytes:
    return found[1] + {b"0": b"false", b"1": b"true"}.get(found[2], found[2]) + found[3]


def _declared(found: re.Match[bytes], renewed: list[Renewed]) -> bytes:
    """A declaration as it is today; a space in a name, which XML does not allow there, is written %20."""
    old = found[2] if found[2] is not None else found[3]
    new = next((today for draft, today in _NAMESPACES if draft.fullmatch(old)), old)
    new = b"%20".join(new.split(b" "))
    if new == old:
        return found[0]
    renewed.append(Renewed("namespace", old.decode("utf-8", "replace"), new.decode("utf-8", "replace")))
    return found[1] + b'"' + new + b'"'
