"""The courses that a method must take, written beside its diagrams, run on the executor alone: no database, no clock.

document (YAML, words with line and column) -> reading (keywords) -> scenario -> play (steps on a course) -> verdict

    course      what a project's rows would hold      desk, form, answers, simplest      forms filled in by label
    cases       the same from a list in JSON          coverage                           flows that nobody takes
"""

from engine.scenarios.cases import run_cases
from engine.scenarios.coverage import Coverage, Missed
from engine.scenarios.testing import Tested, run_scenarios, scenario_of
from engine.scenarios.verdict import Verdict

__all__ = ["Coverage", "Missed", "Tested", "Verdict", "run_cases", "run_scenarios", "scenario_of"]
