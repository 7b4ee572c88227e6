"""Projects on a method drawn for Camunda 8: they run, and move to and from the same method drawn for Camunda 7."""

from __future__ import annotations

import pytest

from engine import PublishMethod
from engine.diagram import for_camunda_8
from engine.workshop.numbering import numbered
from tests.engine.play import ESSAI, Play
from tests.engine.test_migrating import done, move, states, timers, to, version_of

EIGHT = for_camunda_8(ESSAI)


@pytest.mark.parametrize("point", ["A", "R+half", "G1", "X+branch"])
def test_a_project_moves_to_the_method_drawn_for_camunda_8_and_goes_on_as_it_was(essai: Play, point: str) -> None:
    project = essai.start()
    to(essai, project, point)
    essai.do("jeanne", PublishMethod(numbered(EIGHT, "2.0.0")))
    before, waited, clocks = done(essai, project), states(essai, project), timers(essai, project)
    move(essai, project)
    assert version_of(essai, project) == "2.0.0"
    assert (done(essai, project), states(essai, project), timers(essai, project)) == (before, waited, clocks)
    started = essai.start()
    for each in (project, started):
        to(essai, each, "G2")
    assert essai.open(project) == essai.open(started)
    essai.do("jeanne", PublishMethod(numbered(ESSAI, "3.0.0")))
    move(essai, started)
    assert (version_of(essai, started), essai.open(started)) == ("3.0.0", essai.open(project))
