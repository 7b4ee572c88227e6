"""camunda:* and method.* attributes -> the model (docs/reference/dialect.md); zeebe:* in those words (`diagram.zeebe`).

reader      the files of one method -> the method         attributes  what may be said, and how
form        a task's form and its checklist               flows       what comes after what
timers      moments that are drawn                        problem     what cannot be read
apart       what runs only where a tailoring asks for it
"""

from engine.dialect.apart import is_apart
from engine.dialect.flows import Flows, is_landing
from engine.dialect.problem import Problem
from engine.dialect.reader import Reader
from engine.dialect.timers import timer_of

__all__ = ["Flows", "Problem", "Reader", "is_apart", "is_landing", "timer_of"]
