"""A woven release run to its end in the executor: what was done, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine import execution
from engine.release import Release

#: variables under which every path of the default method goes on
GIVEN: Mapping[str, Any] = {
    "services_impactes": ["DAF", "DRH"], "externes": True, "conditions_travail": True, "partenaires": ["Ville"],
    "lots": ["L1"], "budget": 80_000,
}  # fmt: skip


def played(
    release: Release, said: Mapping[str, Any] = GIVEN, gates: Mapping[str, list[str]] | None = None
) -> list[str]:
    """The elements completed until the project ended. `gates`: outcomes by gate, the first ones; then go."""
    method, left = release.method, {gate: list(asked) for gate, asked in (gates or {}).items()}
    run = execution.start(release.program, method.process, dict(said))
    waiting = list(run.step.opened)
    done: list[str] = []
    while waiting:
        work = waiting.pop(0)
        answers = {key: value for key, value in said.items() if key in method.reads}
        if work.element in method.gate:
            outcome = (left.get(work.element) or ["go"]).pop(0)
            answers |= {"decision": outcome}
            if outcome == "rework":
                answers |= {"landing": method.gate[work.element].landing}
        after = execution.complete(release.program, method.process, run.state, work.token, answers)
        assert after is not None, work
        run = after
        waiting += run.step.opened
        done.append(work.element)
        assert len(done) < 500, "it never ends"
    assert run.step.end, done
    return done


def locked_steps(release: Release) -> Iterator[str]:
    """Of the main course, the short closure aside."""
    for phase in release.method.phases:
        if not phase.short:
            yield from (task.id for task in phase.tasks if task.lock == "locked")
    yield from (gate.id for gate in release.method.gates)
