"""The courses that a method must take, written beside its diagrams, run on the executor alone: no database, no clock.

document (YAML, words with line and column) -> reading (keywords) -> scenario -> play (steps on a course) -> verdict

    course      what a project's rows would hold      desk, form, answers, simplest      forms filled in by label
    cases       the same from a list in JSON          coverage, marks                    where it all went
"""

from engine.scenarios.cases import run_cases
from engine.scenarios.coverage import Coverage, Missed
from engine.scenarios.testing import Tested, marks_after, run_scenarios
from engine.scenarios.verdict import Verdict

__all__ = ["Coverage", "Missed", "Tested", "Verdict", "marks_after", "run_cases", "run_scenarios"]
