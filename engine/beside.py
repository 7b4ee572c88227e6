"""What stands beside the diagrams of a method: its scenarios, which are no part of what runs; its
decisions; forms of Camunda 8.
"""

from __future__ import annotations

from collections.abc import Mapping

#: of the name of a file that holds scenarios (docs/reference/scenarios.md)
SCENARIOS = ".scenarios.yaml"
#: of one that holds a form of Camunda 8, which diagrams name
FORM = ".form"
#: and of one that holds decisions, which diagrams ask for
DECISION = ".dmn"


def is_scenarios(name: str) -> bool:
    return name.lower().endswith(SCENARIOS)


def scenarios_among(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if is_scenarios(name)}


def running(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files without their scenarios: what a release runs on, and what its digest is of."""
    return {name: content for name, content in files.items() if not is_scenarios(name)}


def is_form(name: str) -> bool:
    return name.lower().endswith(FORM)


def is_decision(name: str) -> bool:
    return name.lower().endswith(DECISION)
