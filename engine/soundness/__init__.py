"""Can every case end, does it end once, and does everything that is drawn happen in some case?

    for each in judged(process):        nothing when it is sound (docs/explanation/soundness.md)
        each.rule, each.place, each.facts               (engine.rules.soundness)

A drawing becomes a graph of a few kinds of node (`graph`), which is made smaller (`reduction`) and then followed
through every course that it can take (`exploration`); what is found is told in the names of the drawing (`words`).
"""

from engine.soundness.exploration import MOST_MARKINGS, MOST_SECONDS
from engine.soundness.judgement import judged

__all__ = ["MOST_MARKINGS", "MOST_SECONDS", "judged"]
