"""Prove a dossier offline: that every part is the one that was written, and that the history in it holds together.

Three proofs: each file against the manifest; each event against the one before, up to the head that the manifest
names; the decision and the fingerprints of the files against the events that told of them. Whoever rewrites a part with
its fingerprint is betrayed by the chain; whoever rewrites the whole chain, by its head, which Jalon still has.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from engine.dossier import DECISION, FORMAT, HISTORY, MANIFEST
from engine.errors import DossierUnreadable, FileMissing
from engine.history import GENESIS, digest
from engine.words import Text

#: bytes of a dossier, unpacked
LARGEST_READ = 400_000_000
#: bytes read at once
CHUNK = 1_000_000

What = Literal["altered", "missing", "added", "chain"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """`part`: the path in the dossier, or the event, that is not as it was written."""

    what: What
    part: str
    text: Text


@dataclass(frozen=True, slots=True)
class Proof:
    decision: str  #: its number, as the manifest says
    parts: int  #: files that the manifest names
    events: int  #: in the chain
    head: str  #: digest of the last one
    seal: str  #: SHA-256 of the manifest: two dossiers with the same seal hold the same
    flaws: tuple[Flaw, ...]

    @property
    def whole(self) -> bool:
        return not self.flaws


SAID: dict[str, Text] = {
    "altered": Text("{part} : contenu altéré depuis l’export", "{part}: altered since the export"),
    "missing": Text("{part} : manquant", "{part}: missing"),
    "added": Text("{part} : ajouté, le manifeste ne le connaît pas", "{part}: added, the manifest does not know it"),
    "twice": Text("{part} : présent deux fois", "{part}: present twice"),
    "event": Text(
        "{part} : l’événement ne suit pas du précédent (date, auteur, faits ou empreinte changés)",
        "{part}: the event does not follow from the one before (date, author, facts or digest changed)",
    ),
    "order": Text(
        "{part} : un événement manque ou n’est pas à sa place", "{part}: an event is missing or out of place"
    ),
    "head": Text(
        "{part} : la chaîne ne s’achève pas sur l’empreinte que le manifeste donne",
        "{part}: the chain does not end on the digest that the manifest gives",
    ),
    "decision": Text(
        "{part} : la décision n’est pas celle que l’historique a enregistrée",
        "{part}: the decision is not the one that history recorded",
    ),
    "file": Text(
        "{part} : son empreinte n’est pas celle que l’historique a enregistrée",
        "{part}: its fingerprint is not the one that history recorded",
    ),
}


def prove(path: Path) -> Proof:
    """Read the dossier at `path` and say what in it is not as it was written.

    Raises `FileMissing` where it cannot be read, `DossierUnreadable` where it is no dossier.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _prove(archive, path)
    except zipfile.BadZipFile as error:
        why = Text("ce n’est pas un fichier zip entier.", "it is not a whole zip file.")
        raise DossierUnreadable(file=path, why=why) from error
    except OSError as error:
        raise FileMissing(file=path, why=error) from error


def _prove(archive: zipfile.ZipFile, path: Path) -> Proof:
    names = Counter(each.filename for each in archive.infolist())
    if sum(each.file_size for each in archive.infolist()) > LARGEST_READ:
        why = Text("il est trop volumineux pour être un dossier.", "it is too large to be a dossier.")
        raise DossierUnreadable(file=path, why=why)
    if MANIFEST not in names:
        why = Text("il n’a pas de manifeste.", "it has no manifest.")
        raise DossierUnreadable(file=path, why=why)
    manifest = _manifest(archive, path)
    listed = {each["path"]: each["sha256"] for each in manifest["files"]}
    flaws = [*_parts(archive, names, listed)]
    damaged = {flaw.part for flaw in flaws}
    events: list[Any] = []
    if HISTORY in names:
        events, told = _history(archive, manifest["chain"])
        flaws += told
        if DECISION in names and not damaged & {HISTORY}:
            flaws += [each for each in _told(archive, events, names, listed) if each.part not in damaged]
    return Proof(
        decision=str(manifest["decision"]), parts=len(listed), events=len(events),
        head=str(manifest["chain"]["digest"]), seal=_sha256(archive, MANIFEST), flaws=tuple(flaws),
    )  # fmt: skip


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(archive.read(MANIFEST))
        if found["format"] != FORMAT:
            why = Text(
                "il est d’un format que cette version ne lit pas ({format}). Lisez-le avec un Jalon plus récent.",
                "it is of a form that this version does not read ({format}). Read it with a newer Jalon.",
            )
            raise DossierUnreadable(file=path, why=why.format(format=str(found["format"])[:40]))
        _ = found["decision"], found["chain"]["number"], found["chain"]["digest"]
        _ = [(each["path"], each["sha256"], each["bytes"]) for each in found["files"]]
    except (ValueError, LookupError, TypeError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        why = Text("son manifeste est illisible.", "its manifest cannot be read.")
        raise DossierUnreadable(file=path, why=why) from error
    return dict(found)


# --- each part against the manifest ------------------------------------------------------------------------


def _parts(archive: zipfile.ZipFile, names: Counter[str], listed: dict[str, str]) -> Iterator[Flaw]:
    for part, expected in sorted(listed.items()):
        if part not in names:
            yield _flaw("missing", part)
        elif _sha256(archive, part) != expected:
            yield _flaw("altered", part)
    for part, count in sorted(names.items()):
        if part not in listed and part != MANIFEST:
            yield _flaw("added", part)
        if count > 1:
            yield _flaw("added", part, "twice")


def _sha256(archive: zipfile.ZipFile, part: str) -> str:
    """Of a part, as it is unpacked; empty where it cannot be."""
    found = hashlib.sha256()
    try:
        with archive.open(part) as content:
            while block := content.read(CHUNK):
                found.update(block)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):  # a wrong sum, encrypted, cut
        return ""
    return found.hexdigest()


# --- the chain ---------------------------------------------------------------------------------------------


def _history(archive: zipfile.ZipFile, head: dict[str, Any]) -> tuple[list[Any], list[Flaw]]:
    """The events, and the first place where they do not follow one from the other."""
    try:
        said = json.loads(archive.read(HISTORY))
        events, stream = list(said["events"]), int(said["project"])
        flaws = list(_broken(events, stream))
        last = (events[-1]["number"], events[-1]["digest"]) if events else (0, GENESIS)
        if not flaws and last != (head["number"], head["digest"]):
            flaws.append(_flaw("chain", HISTORY, "head"))
    except (ValueError, LookupError, TypeError, AttributeError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return [], [_flaw("chain", HISTORY, "order")]
    return events, flaws


def _broken(events: list[Any], stream: int) -> Iterator[Flaw]:
    previous = GENESIS
    for number, event in enumerate(events, 1):
        name = f"{HISTORY}, {number}"
        if event["number"] != number:
            yield _flaw("chain", name, "order")
            return
        if event["digest"] != _link(previous, stream, event):
            yield _flaw("chain", name, "event")
            return
        previous = event["digest"]


def _link(previous: str, stream: int, event: dict[str, Any]) -> str:
    return digest(
        previous, stream, event["number"], datetime.fromisoformat(event["at"]), event["actor"], event["kind"],
        event["task"], event["facts"],
    )  # fmt: skip


# --- what the events tell ----------------------------------------------------------------------------------


def _told(
    archive: zipfile.ZipFile, events: list[Any], names: Counter[str], listed: dict[str, str]
) -> Iterator[Flaw]:  # fmt: skip
    """The decision and the files, against the events that told of them."""
    try:
        record = json.loads(archive.read(DECISION))
        told = [(each["kind"], each["task"], json.loads(each["facts"])) for each in events]
        decision, by_event = record["decision"], [facts for kind, _, facts in told if kind == "gate_decided"]
        expected = {key: decision[key] for key in ("number", "outcome", "reason")}
        if expected not in [{key: facts.get(key) for key in expected} for facts in by_event]:
            yield _flaw("altered", DECISION, "decision")
        attached = {
            (task, facts.get("file"), facts.get("sha256")) for kind, task, facts in told if kind == "file_attached"
        }
        for each in record["files"]:
            known = (each["task"]["task"], each["name"], each["sha256"]) in attached
            if each["path"] in names and not (known and listed.get(each["path"]) == each["sha256"]):
                yield _flaw("altered", each["path"], "file")
    except (ValueError, LookupError, TypeError, AttributeError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        yield _flaw("altered", DECISION)


def _flaw(what: What, part: str, said: str = "") -> Flaw:
    return Flaw(what, part, SAID[said or what].format(part=part))
