"""Woven diagram + model + compiled specs, frozen under a content hash, built once a process and shared.

The hash is SHA-256 over the files by name, their scenarios apart; a release is `id@version` and never changes (a
database constraint and the publication refuse it).
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from engine import dmn, execution
from engine.beside import running
from engine.diagram import Diagram, drawn_in
from engine.dialect import Problem, Reader, is_apart
from engine.expressions import readers, variables_read
from engine.method import Method
from engine.normalise import compiled
from engine.process import keep

#: the dates of a zip's members: the same content must give the same bytes
EPOCH = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Release:
    """What a project runs on."""

    id: int  #: of its row; 0 before publication
    digest: str
    method: Method
    files: Mapping[str, bytes]

    @cached_property
    def program(self) -> execution.Program:
        """The specs, compiled at first use."""
        decisions = dmn.apart(self.files)[1]
        drawn = [each for each in drawn_in(self.files) if not is_apart(each)]
        program = execution.compile({**compiled(drawn).files, **decisions}, self.method.reads)
        keep()
        return program


def read_method(files: Mapping[str, bytes]) -> tuple[Method | None, list[Problem], list[Diagram]]:
    """What the files of one method mean, and what of them could not be read. Raises `DiagramRefused`.

    Of what runs: variants, fragments and gates that are switched off wait in the release for a tailoring.
    """
    return meaning(drawn_in(files), dmn.apart(files)[1])


def meaning(
    diagrams: Iterable[Diagram], decided: Mapping[str, bytes]
) -> tuple[Method | None, list[Problem], list[Diagram]]:
    """The same of files that were read; `decided`: the decision files."""
    every = list(diagrams)
    drawn = [each for each in every if not is_apart(each)] or every
    reader = Reader(drawn)
    method = reader.read()
    if method is not None:
        decisions = [dmn.read(content, name) for name, content in decided.items()]
        asked = (each.reads(id) for each in decisions for id in each.ids)
        decided_on = frozenset[str]().union(*asked)
        places = readers(drawn, method)
        if decided_on:  # a decision may be asked anywhere
            places = (*places, *((name, frozenset({""})) for name in sorted(decided_on)))
        method = replace(method, reads=variables_read(drawn, method) | decided_on, readers=places)
    return method, reader.problems, drawn


def digest_of(files: Mapping[str, bytes]) -> str:
    sum = hashlib.sha256()
    for name, content in sorted(running(files).items()):
        sum.update(name.encode() + b"\x00" + str(len(content)).encode() + b"\x00" + content)
    return sum.hexdigest()


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip; the same files give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
