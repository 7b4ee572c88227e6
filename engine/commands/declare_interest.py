"""Stand back from the vote of a gate: one no longer counts in the quorum."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.cast_vote import put_in
from engine.errors import NotAllowed
from engine.people import VERBS, WHO
from engine.store.act import Act
from engine.store.case import must, must_say


@dataclass(frozen=True, slots=True)
class DeclareInterest:
    """Stand back from the vote of a gate: one no longer counts in the quorum."""

    task: int
    reason: str


def handle(act: Act, command: DeclareInterest) -> None:
    case = act.case(command.task)
    must(act, case, "declare_interest")
    if act.actor.id not in case.voters():
        # an interest is one's own: no deputy declares it
        raise NotAllowed(verb=VERBS["declare_interest"].format(task=case.name), who=WHO["vote"])
    reason = must_say(command.reason, "declare_interest", case.name)
    put_in(act, case, act.actor.id, "interest", reason)
    act.record("interest_declared", case.project, case.task, element=case.task.element)
