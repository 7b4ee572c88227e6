"""A backup's file: one zip for both databases, that anyone can read without Jalon (docs/explanation/reliability.md).

    tables/jalon_….jsonl   a row a line, a JSON list in the order of the manifest's columns; rows by primary key
    chains.jsonl           [stream, number, digest] of the last event of each stream of history
    manifest.json          the last member: format, schema, when; of each member its columns, rows, bytes, SHA-256

Binary columns are base64, moments ISO 8601 in UTC. The same content gives the same members, whatever the database.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from engine.errors import ArchiveRefused, FileMissing
from engine.words import Text

FORMAT = "jalon-backup"
VERSION = 1
MANIFEST, CHAINS = "manifest.json", "chains.jsonl"
#: bytes: a line holds one row, whose largest is an attached file in base64
LONGEST_ROW = 64_000_000
LARGEST_MANIFEST = 1_000_000
#: what is unpacked is at most so many times the archive: rows pack well, a bomb packs 1,000 times
MOST_PACKED = 200

DAMAGED = Text("il est endommagé ({what}).", "it is damaged ({what}).")
FOREIGN = Text(
    "ce n’est pas une sauvegarde de Jalon. Donnez un fichier écrit par « jalon backup ».",
    "it is not a backup of Jalon. Give a file written by “jalon backup”.",
)
NEWER = Text(
    "une version plus récente de Jalon l’a écrit. Installez cette version, puis recommencez.",
    "a newer version of Jalon wrote it. Install that version, then retry.",
)


@dataclass(frozen=True, slots=True)
class Member:
    """What the manifest says of one file of rows. `columns`: [name, kind], kind one of `plain`, `bytes`, `moment`."""

    columns: tuple[tuple[str, str], ...]
    rows: int
    bytes: int
    sha256: str


def encoded(kind: str, value: Any) -> Any:
    if value is None or kind == "plain":
        return value
    if kind == "bytes":
        return base64.b64encode(value).decode()
    moment: datetime = value
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def decoded(kind: str, value: Any) -> Any:
    if value is None or kind == "plain":
        return value
    return base64.b64decode(value, validate=True) if kind == "bytes" else datetime.fromisoformat(value)


class Writer:
    """Writes an archive, one member after the other; nothing is held but one row."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.members: dict[str, Member] = {}

    def write(self, name: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
        sum, count, size = hashlib.sha256(), 0, 0
        kinds = [kind for _, kind in columns]
        with self.zip.open(name, "w", force_zip64=True) as member:
            for row in rows:
                values = [encoded(kind, value) for kind, value in zip(kinds, row, strict=True)]
                line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                member.write(line)
                sum.update(line)
                count, size = count + 1, size + len(line)
        self.members[name] = Member(tuple(columns), count, size, sum.hexdigest())

    def close(self, schema: str, taken_at: datetime) -> None:
        said = {
            "format": FORMAT, "version": VERSION, "schema": schema, "taken_at": taken_at.isoformat(),
            "members": {
                name: {"columns": each.columns, "rows": each.rows, "bytes": each.bytes, "sha256": each.sha256}
                for name, each in self.members.items()
            },
        }  # fmt: skip
        self.zip.writestr(MANIFEST, json.dumps(said, indent=1))
        self.zip.close()


class Reader:
    """An archive whose manifest holds; `rows` proves each member while it is read. Raises `ArchiveRefused`."""

    def __init__(self, zip: zipfile.ZipFile, name: str, size: int) -> None:
        self.zip, self.name = zip, name
        infos = {each.filename: each for each in zip.infolist()}
        if MANIFEST not in infos:
            raise self.refused(FOREIGN)
        if len(infos) != len(zip.infolist()) or infos[MANIFEST].file_size > LARGEST_MANIFEST:
            raise self.damaged(MANIFEST)
        if sum(each.file_size for each in infos.values()) > MOST_PACKED * size:
            raise self.damaged(f"× {MOST_PACKED}")
        self._read_manifest()
        if set(infos) != {MANIFEST, *self.members} or CHAINS not in self.members:
            raise self.damaged(MANIFEST)

    def refused(self, why: Text, **facts: Any) -> ArchiveRefused:
        return ArchiveRefused(file=self.name, why=why.format(**facts))

    def damaged(self, what: str) -> ArchiveRefused:
        return self.refused(DAMAGED, what=what)

    def _read_manifest(self) -> None:
        try:
            said = json.loads(self.zip.read(MANIFEST))
        except ValueError:
            raise self.damaged(MANIFEST) from None
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise self.refused(FOREIGN)
        if said.get("version") != VERSION:
            raise self.refused(NEWER)
        try:
            self.schema = str(said["schema"])
            self.taken_at = datetime.fromisoformat(said["taken_at"])
            self.members = {
                str(name): Member(
                    tuple((str(column), str(kind)) for column, kind in each["columns"]),
                    int(each["rows"]), int(each["bytes"]), str(each["sha256"]),
                )
                for name, each in said["members"].items()
            }  # fmt: skip
        except (AttributeError, KeyError, TypeError, ValueError):
            raise self.damaged(MANIFEST) from None

    def rows(self, name: str) -> Iterator[list[Any]]:
        """The rows of a member. What differs from the manifest is refused, at the end at the latest."""
        said, sum, count, size = self.members[name], hashlib.sha256(), 0, 0
        kinds = [kind for _, kind in said.columns]
        with self.zip.open(name) as member:
            while line := member.readline(LONGEST_ROW + 1):
                sum.update(line)
                count, size = count + 1, size + len(line)
                if size > said.bytes or len(line) > LONGEST_ROW:
                    raise self.damaged(name)
                try:
                    yield [decoded(kind, value) for kind, value in zip(kinds, json.loads(line), strict=True)]
                except (TypeError, ValueError):
                    raise self.damaged(name) from None
        if (count, size, sum.hexdigest()) != (said.rows, said.bytes, said.sha256):
            raise self.damaged(name)

    def prove(self) -> None:
        """Read everything once. Raises `ArchiveRefused` for what is not as it was written."""
        for name in self.members:
            for _ in self.rows(name):
                pass


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """The archive at `path`. Raises `FileMissing`, or `ArchiveRefused` for what is damaged, foreign or newer."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise FileMissing(file=path, why=error) from error
    with file:
        try:
            with zipfile.ZipFile(file) as zip:
                yield Reader(zip, path.name, path.stat().st_size)
        except zipfile.BadZipFile as error:
            why = FOREIGN if "not a zip" in str(error) else DAMAGED.format(what="zip")
            raise ArchiveRefused(file=path.name, why=why) from error
        except (zlib.error, EOFError, NotImplementedError) as error:
            raise ArchiveRefused(file=path.name, why=DAMAGED.format(what="zip")) from error
