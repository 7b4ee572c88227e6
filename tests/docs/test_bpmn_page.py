"""docs/reference/bpmn.md has a line for every element, event, repair and form, and no other."""

from __future__ import annotations

import re

from engine.diagram import FLOW_NODES
from engine.execution.events import CAUGHT
from engine.rules.repaired import FORMS, REPAIRS
from engine.rules.running import RULES
from tests.docs.test_reference import cells, page, sections

PAGE = sections(page("bpmn.md"), "##")


def named(section: str, column: int = 0) -> list[str]:
    return [name for row in cells(PAGE[section])[1:] for name in re.findall(r"`([\w-]+)`", row[column])]


def test_every_element_has_its_line() -> None:
    assert sorted(named("Elements")) == sorted(FLOW_NODES)


def test_the_table_of_events_is_that_of_the_executor() -> None:
    heading, *rows = cells(PAGE["Events"])
    said = {(place, row[0].strip("`")): cell for row in rows for place, cell in zip(heading[1:], row[1:], strict=True)}
    kinds = set().union(*CAUGHT.values())
    assert said == {
        (place, kind): "yes" if kind in CAUGHT[place] else "refused" for place in CAUGHT for kind in kinds
    }  # fmt: skip


def test_what_is_left_to_someone_is_what_only_a_drawing_may_leave_open() -> None:
    assert sorted(named("By hand")) == sorted(
        rule for rule, each in RULES.items() if (each.severity, each.elsewhere) == ("error", "warning")
    )


def test_every_repair_and_every_form_has_its_line() -> None:
    assert sorted(named("Repairs")) == sorted(REPAIRS)
    assert sorted(named("Compilation")) == sorted(FORMS)
