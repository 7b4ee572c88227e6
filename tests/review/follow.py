"""The executor beside the token game: the same acts, the same decisions; what waits must be the same."""

from __future__ import annotations

import random

from engine import Incident, execution
from engine.diagram import Diagram
from engine.normalise import compiled, repair
from tests.review.token_game import Beyond, Game

MOST_ACTS = 20


class Differs(AssertionError):
    """The executor is elsewhere than the drawing says."""


def repaired(content: bytes, name: str, dialect: str = "") -> tuple[Diagram, ...]:
    return repair([Diagram(content, name)], dialect).diagrams


def follow(diagrams: tuple[Diagram, ...], process: str, seed: str) -> int:
    """Play `process` once; the number of acts. Raises `Differs`, and `Beyond` for what the game does not know."""
    lot = random.Random(seed)
    [diagram] = diagrams
    game = Game(diagram.write(), process, lot)
    program = execution.compile(compiled(diagrams).files)
    run = _follow(game, lambda: execution.start(program, process, {}, choose=game.taken))
    for count in range(MOST_ACTS):
        if run is None or _compared(game, program, process, run):
            return count
        acts = game.acts()
        how, element, token = lot.choice(acts)
        # which of two that wait for it hears a message, BPMN leaves open
        if len({(id(each.scope), id(each.node), len(each.alarms)) for _, other, each in acts if other == element}) > 1:
            raise Beyond("the same twice, and not alike")
        if how == "signal" and sum(other == element for _, other, _ in acts) > 1:
            raise Beyond("a signal for several")
        game.act(element, token)
        state = run.state
        run = _follow(game, lambda: _act(program, process, state, how, element, game.taken))  # noqa: B023
    return MOST_ACTS


def _follow(game: Game, act: object) -> execution.Run | None:
    """What an act comes to; None where both say that nothing can happen any more."""
    assert callable(act)
    stuck = not game.over and not game.acts()
    try:
        run: execution.Run | None = act()
    except Incident as incident:
        if stuck and "plus rien n’y attend" in incident.text("fr"):
            return None
        raise Differs(f"incident: {incident.text('en')}; the game has {_waits(game)}") from incident
    if run is None:
        raise Differs(f"nothing waited; the game has {_waits(game)}")
    if stuck:
        raise Differs("the game is stuck, the executor is not")
    return run


def _act(
    program: execution.Program, process: str, state: bytes, how: str, element: str, taken: list[str]
) -> execution.Run | None:
    waits = execution.waiting(program, process, state)
    if how == "fire":
        timer = next((each.token for each in waits.timers if each.element == element), "")
        return execution.fire(program, process, state, timer, choose=taken)
    if how == "complete":
        work = next((each.token for each in waits.works if each.element == element), "")
        return execution.complete(program, process, state, work, {}, choose=taken)
    return execution.send(program, process, state, how, element, {}, choose=taken)


def _compared(game: Game, program: execution.Program, process: str, run: execution.Run) -> bool:
    """Is it over? Raises `Differs` where the two are not in the same place."""
    waits = execution.waiting(program, process, run.state)
    works = [each.element for each in waits.works]
    told = [each.element for each in waits.awaited if each.element not in works]  # a receive task is in both
    found = sorted([*works, *told, *(each.element for each in waits.timers)])
    over = bool(run.step.end) or run.step.error is not None
    if over != game.over or found != _waits(game):
        raise Differs(f"executor: {'over' if over else found}; game: {'over' if game.over else _waits(game)}")
    return over


def _waits(game: Game) -> list[str]:
    return sorted(element for _, element, _ in game.acts())


__all__ = ["Beyond", "Differs", "follow", "repaired"]
