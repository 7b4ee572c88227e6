"""How much one request may play: beyond it the play stops where it is, and says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.scenarios.verdict import Failed
from engine.words import Text

#: steps of scenarios and acts of their courses that one request plays
MOST_ACTS = 10_000
#: seconds of the processor
MOST_SECONDS = 10
FITS = Text("des parcours que la page peut jouer d’un coup", "courses that the page can play at once")
LONGER = Text(
    "plus de {acts} actes ou de {seconds} s de calcul : jouez les scénarios un par un, ou coupez le plus long",
    "more than {acts} acts or {seconds} s of computing: play the scenarios one by one, or cut the longest",
)


@dataclass
class Allowance:
    """Of one request, for all that it plays."""

    acts: int = MOST_ACTS
    seconds: float = MOST_SECONDS
    clock: Callable[[], float] = time.thread_time  #: of the processor: a busy machine refuses nobody
    taken: int = 0
    spent: bool = False
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.until = self.clock() + self.seconds

    def take(self) -> None:
        """One more act. Raises `Failed`."""
        self.taken += 1
        if self.taken > self.acts or self.clock() > self.until:
            self.spent = True
            raise Failed(FITS, LONGER.format(acts=self.acts, seconds=f"{self.seconds:g}"))
