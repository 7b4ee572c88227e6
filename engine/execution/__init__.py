"""SpiffWorkflow, behind bytes and a `Step`: the only place that imports it.

    program = compile(files, "projet_transversal")        once a release, shared by every project and thread
    run = start(program, "projet_transversal", {...})      a state (bytes) and the Step that led there
    run = complete(program, "projet_transversal", run.state, token, {"decision": "go"})
    run = fire(program, "projet_transversal", run.state, token)          a drawn timer is due
    run = send(program, "projet_transversal", run.state, "message", "Avis rendu", {...})      said from outside

"Process", "instance" and "token" are SpiffWorkflow's words and stay in here; what comes out speaks of elements.
"""

from engine.execution.budget import Budget
from engine.execution.program import Program, compile
from engine.execution.rebinding import Rebound, Stuck, elements, rebind
from engine.execution.run import complete, fire, know, send, start, waiting
from engine.execution.step import Armed, Awaited, Run, Step, Waiting, Work

__all__ = [
    "Armed",
    "Awaited",
    "Budget",
    "Program",
    "Rebound",
    "Run",
    "Step",
    "Stuck",
    "Waiting",
    "Work",
    "compile",
    "complete",
    "elements",
    "fire",
    "know",
    "rebind",
    "send",
    "start",
    "waiting",
]
