"""What one act may set off: beyond it is a mistake of the drawing, and the act is refused whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.errors import TooMuchWork
from engine.words import Text

#: steps that one act may set off
MOST_STEPS = 10_000
#: tasks alive at once in one execution
MOST_TASKS = 5_000
#: processes within processes
MOST_LEVELS = 50
#: seconds of the processor that the executor may take for one act
MOST_SECONDS = 5
#: steps between two looks at the tree
LOOK = 128


@dataclass
class Budget:
    """Counts the steps of one act. Raises `TooMuchWork`, which names the limit."""

    steps: int = MOST_STEPS
    tasks: int = MOST_TASKS
    seconds: float = MOST_SECONDS
    clock: Callable[[], float] = time.thread_time  #: of the processor: a busy machine refuses nobody
    taken: int = 0
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.until = self.clock() + self.seconds

    def step(self, workflow: Any) -> None:
        self.taken += 1
        if self.taken > self.steps:
            raise TooMuchWork(limit=self.steps, what=Text("étapes", "steps"))
        if self.clock() > self.until:
            raise TooMuchWork(limit=self.seconds, what=Text("secondes de calcul", "seconds of computing"))
        if self.taken % LOOK == 0:
            workflow.tidy()
            self.hold(workflow)

    def hold(self, workflow: Any) -> None:
        if sum(len(each.tasks) for each in workflow.trees()) > self.tasks:
            workflow.tidy()
            if sum(each.live() for each in workflow.trees()) > self.tasks:
                raise TooMuchWork(limit=self.tasks, what=Text("tâches ouvertes", "open tasks"))
