"""How a process is set up that serves for days."""

from __future__ import annotations

import gc

#: net new objects between two looks of Python's collector at the young ones; its default is 700
YOUNG = 20_000


def settle() -> None:
    """Once everything is loaded: the collector leaves what is there alone, and looks less often at what comes.

    What an act makes goes away without it; its walks through modules and specs, a dozen an act, find nothing
    (docs/explanation/speed.md).
    """
    gc.set_threshold(YOUNG, 20, 20)
    keep()


def keep() -> None:
    """What was loaded by now stays as long as the process, if that is settled: the collector walks none of it again.

    A release's specs are hundreds of thousands of objects, built when its first project moves.
    """
    if gc.get_threshold()[0] == YOUNG:
        gc.collect()
        gc.freeze()
