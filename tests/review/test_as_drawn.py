"""What is easily taken for something else: the executor does it, and so does the token game."""

from __future__ import annotations

import pytest

from engine.diagram import Diagram
from tests.engine.sketch import sketch
from tests.review.follow import follow

MOST = 12


def played(text: bytes) -> None:
    """Several courses, each beside the game."""
    for turn in range(MOST):
        follow((Diagram(text, "p.bpmn"),), "p", str(turn))


def changed(text: str, *pairs: tuple[str, str]) -> bytes:
    content = sketch(text).decode()
    for before, after in pairs:
        assert before in content
        content = content.replace(before, after)
    return content.encode()


def test_an_error_event_that_names_none_catches_all_and_not_only_the_error_without_an_id() -> None:
    drawn = """
        start s -> p1
        sub p1 -> e
          start b -> u
          user u -> f
          end f (error E)
        on c of=p1 (error) -> after
        user after -> e
        end e
    """
    played(changed(drawn, ('<error id="E"', '<error errorCode="123"/><error id="E"')))


@pytest.mark.parametrize("definition", ["timer", "message", "signal"])
def test_an_event_that_refers_to_a_definition_of_the_file_waits_for_that(definition: str) -> None:
    drawn = """
        start s -> r
        race r -> a, b
        catch a -> u
        catch b (message M) -> e
        user u -> e
        end e
    """
    referred = '<intermediateCatchEvent id="a"><eventDefinitionRef>d</eventDefinitionRef></intermediateCatchEvent>'
    played(
        changed(
            drawn,
            ('<intermediateCatchEvent id="a" />', referred),
            ("<process ", f'<{definition}EventDefinition id="d"/><process '),
        )
    )
