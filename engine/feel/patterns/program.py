"""A pattern, read and made into a program: a list of small instructions for the machine."""

from __future__ import annotations

from dataclasses import dataclass

from ..budget import MAX_PATTERN_SIZE
from .reader import MATCH, Code, Instruction, Reader, broken, too_large


@dataclass(frozen=True, slots=True)
class Program:
    code: tuple[Instruction, ...]
    groups: int
    back_references: bool
    any_case: bool


def compile_pattern(text: str, flags: frozenset[str]) -> Program:
    if "q" in flags:
        reader = Reader("", flags)
        code: Code = [reader.literal(character) for character in text]
    else:
        reader = Reader(without_space(text) if "x" in flags else text, flags)
        code = reader.alternatives(0)
        if reader.place < len(reader.text):
            raise broken(text)
    if len(code) > MAX_PATTERN_SIZE:
        raise too_large()
    return Program((*code, (MATCH, None, None)), reader.groups, reader.back_references, "i" in flags)


def without_space(text: str) -> str:
    """Flag x: white space does not count, except in a class ``[…]``."""
    kept, inside, escaped = [], 0, False
    for character in text:
        if character.isspace() and not inside:
            continue
        if not escaped:
            inside += (character == "[") - (character == "]")
        kept.append(character)
        escaped = character == "\\" and not escaped
    return "".join(kept)
