"""A release from the files of a method, without a database: for who weaves or compares folders."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import MethodRefused
from engine.release import Release, digest_of, read_method
from engine.review import in_words, review
from engine.words import Text


def release_of(files: Mapping[str, bytes]) -> Release:
    """Raises `MethodRefused` as the publication would, and what no diagram can be read from."""
    reviewed = review(files, as_method=True)
    method = read_method(files)[0] if not reviewed.errors else None
    if method is None:
        said = Text(*(in_words(reviewed.errors, each) for each in ("fr", "en")))
        raise MethodRefused(file="", count=len(reviewed.errors), findings=said)
    return Release(0, digest_of(files), method, files)
