"""What is easily taken for something else: the executor does it, and so does the token game."""

from __future__ import annotations

import contextlib

import pytest

from tests.engine.sketch import sketch
from tests.review.follow import Beyond, follow, repaired

MOST = 12


def played(text: bytes) -> None:
    """Several courses, each beside the game, which knows most of them to the end."""
    known = 0
    for turn in range(MOST):
        with contextlib.suppress(Beyond):
            known += follow(repaired(text, "p.bpmn"), "p", str(turn)) > 0
    assert known > MOST // 3


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


BESIDE = """
    start s -> p1
    sub p1 -> e
      start b -> u
      user u -> t
      throw t (escalation X) -> v
      user v -> f
      end f
      sub! h {interrupts}
        start hs ({event}) -> hu
        user hu -> he
        end he
    on c of=p1 (escalation X) -> e
    end e
"""


@pytest.mark.parametrize("event", ["message M", "signal S", "timer P5D", "escalation X", "escalation", "escalation Y"])
@pytest.mark.parametrize("interrupts", ["", "interrupts=false"])
def test_an_event_sub_process_runs_beside_or_instead_and_hears_before_the_border(event: str, interrupts: str) -> None:
    text = BESIDE.replace("({event})", f"{interrupts} ({event})" if interrupts else f"({event})")
    played(sketch(text.replace(" {interrupts}", "")))


@pytest.mark.parametrize("on", ["on", "on!"])
@pytest.mark.parametrize("said", ["X", "Y"])
def test_an_escalation_goes_to_the_border_that_names_it_else_to_the_one_that_catches_all(on: str, said: str) -> None:
    played(
        sketch(f"""
            start s -> p1
            sub p1 -> e
              start b -> u
              user u -> t
              throw t (escalation {said}) -> v
              user v -> f
              end f (escalation {said})
            {on} c of=p1 (escalation X) -> cu
            {on} d of=p1 (escalation) -> du
            user cu -> e
            user du -> e
            end e
        """)
    )


@pytest.mark.parametrize("default", ["", " [default]"])
def test_conditions_off_a_task_take_those_that_hold_and_what_has_none(default: str) -> None:
    played(
        sketch(
            f"start s -> a\nuser a -> b [x > 1], c [y > 1], d{default}\nuser b -> e\nuser c -> e\nuser d -> e\nend e"
        )
    )


@pytest.mark.parametrize("event", ["error", "error X", "error Y"])
@pytest.mark.parametrize("said", ["", "interrupts=false "])
def test_an_error_ends_all_else_where_an_event_sub_process_catches_it(event: str, said: str) -> None:
    played(
        sketch(f"""
            start s -> p1
            sub p1 -> e
              start b -> u
              user u -> t
              and t -> v, f
              user v -> g
              end g
              end f (error X)
              sub! h
                start hs {said}({event}) -> hu
                user hu -> he
                end he
            on c of=p1 (error X) -> e
            end e
        """)
    )
