"""Releases to tailor: those that come with Jalon, read once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from engine.overlay.operations import Local, Operation, Overlay
from engine.pack_file import read_pack
from engine.packs import Pack
from engine.release import Release, digest_of, read_method
from engine.words import Text
from tests.engine.play import ROOT, files_of

HERE = Path(__file__).parent


@lru_cache
def release(folder: str = "projet-transversal") -> Release:
    return released(files_of(folder))


def released(files: Mapping[str, bytes]) -> Release:
    method, problems, _ = read_method(files)
    assert method is not None
    assert not problems, [each.rule for each in problems]
    return Release(0, digest_of(files), method, files)


@lru_cache
def pack(theme: str) -> Pack:
    return read_pack(json.loads((ROOT / "workflows" / "themes" / f"{theme}.json").read_text(encoding="utf-8")))


def overlay(*operations: Operation, **said: str) -> Overlay:
    given = {"method": "projet_transversal", "version": "1.0.0", "service": "DPAT", "reason": "essai"} | said
    return Overlay(operations=operations, **given)  # type: ignore[arg-type]


def text(words: str) -> Text:
    return Text(words, f"{words} (en)")


def step(id: str, role: str = "CP", **said: str) -> Local:
    return Local(id, text(f"Étape {id}"), role, **said)  # type: ignore[arg-type]


def changed(folder: str, *edits: tuple[str, str, str]) -> Release:
    """A shipped method with words replaced: (file, old, new), each old there once."""
    files = dict(files_of(folder))
    for file, old, new in edits:
        content = files[file].decode()
        assert content.count(old) == 1, (file, old, content.count(old))
        files[file] = content.replace(old, new).encode()
    return released(files)
