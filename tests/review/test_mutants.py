"""Real diagrams, broken by accident: a verdict for each, no error but our own, and courses as they are drawn.

The whole of it: `python -m bench.mutants`.
"""

from __future__ import annotations

import os
import random

import pytest

from bench.mutants import CORPUS, Mutants, sources
from engine.diagram import Diagram
from engine.review.reading import READER
from tests.engine.blocks import STOPS, WARNS, written
from tests.review.follow import follow
from tests.review.mutation import mutated

SEED = 20_261


def test_our_own_methods_broken_get_a_verdict_and_run_as_drawn() -> None:
    mutants = Mutants([each for each in sources() if CORPUS not in each.parents], SEED, READER)
    for number in range(120):
        mutants.one(number)
    assert mutants.failures == []
    assert mutants.counts["refused"] > mutants.counts["unreadable"]


def test_diagrams_of_others_broken_get_a_verdict_and_run_as_drawn() -> None:
    if not CORPUS.is_dir():
        assert "CI" not in os.environ
        pytest.skip("../shared/corpus is not here")
    mutants = Mutants([each for each in sources() if CORPUS in each.parents], SEED, READER)
    for number in range(0, 400):
        mutants.one(number)
    assert mutants.failures == []
    assert mutants.counts["played as drawn"] > 50


def test_a_mutant_is_the_same_again_from_its_seed() -> None:
    content = sources()[0].read_bytes()
    assert mutated(content, "1-7") == mutated(content, "1-7")
    assert mutated(content, "1-7") != mutated(content, "1-8")


def blocks(lot: random.Random, depth: int) -> object:
    """A block of tests.engine.blocks, without what the token game does not know."""
    kinds = ["task", "seq", "xor", "and", "loop", "embedded", "called", "wait", STOPS, WARNS]
    kind = lot.choice(kinds) if depth else "task"
    if kind in ("task", "wait"):
        return (kind,)
    if kind in (STOPS, WARNS):
        return (kind, [])
    many = 1 if kind in ("loop", "embedded", "called") else lot.randint(2, 3)
    return (kind, [blocks(lot, depth - 1) for _ in range(many)])


@pytest.mark.parametrize("seed", range(60))
def test_what_is_compiled_from_blocks_goes_as_they_are_drawn(seed: int) -> None:
    lot = random.Random(seed)
    file, _ = written(blocks(lot, 3))
    written_out = file.replace(b'"P5D"', b"P5D")
    for turn in range(3):
        follow((Diagram(written_out, "p.bpmn"),), "p", f"{seed}-{turn}")
