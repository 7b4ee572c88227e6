"""Decisions at work: a value for each, from what the process knows and from the decisions that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from engine.dmn.evaluation import Evaluation, incident
from engine.dmn.model import MANY, Decision, Model, Problem, Table
from engine.dmn.needs import reads, with_needs
from engine.errors import Incident
from engine.words import Text


class Decisions:
    """The decisions of one file. Safe to share: nothing is kept from one evaluation to the next."""

    def __init__(self, model: Model, problems: Sequence[Problem]) -> None:
        self.model = model
        self.problems = tuple(problems)  #: in the order of the file; an error refuses its decision

    @property
    def file(self) -> str:
        return self.model.file

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.model.decisions)

    def has(self, id: str) -> bool:
        """Is there a decision of that id or name?"""
        return id in self.model.decisions or any(each.name == id for each in self.model.decisions.values())

    def serves(self, id: str) -> bool:
        """Is there a decision service of that id or name? None is run."""
        return id in self.model.services or id in self.model.services.values()

    def reads(self, id: str) -> frozenset[str]:
        """The variables that a decision, and those it needs, may read from the process."""
        return frozenset(reads(self.model, self._decision(id), frozenset()))

    def outputs(self, id: str) -> tuple[str, ...]:
        """The names of what it answers: the columns of its table, or its own name."""
        decision = self._decision(id)
        names = [output.name for output in decision.logic.outputs] if isinstance(decision.logic, Table) else []
        return tuple(names) if names and all(names) else (decision.variable,)

    def answers_many(self, id: str) -> bool:
        """Whether it is a table that gives a list, of every rule that holds."""
        logic = self._decision(id).logic
        return isinstance(logic, Table) and logic.hit in MANY and not logic.aggregation

    def refused(self, id: str) -> tuple[Problem, ...]:
        """The errors of a decision and of those that it needs: while there are any, it is not made."""
        concerned = with_needs(self.model, self._decision(id), frozenset())
        return tuple(each for each in self.problems if each.severity == "error" and each.decision in concerned)

    def decide(self, id: str, context: Mapping[str, Any], *, now: datetime | None = None) -> Any:
        """The value of a decision, as plain Python; a context (dict) where its table has several output columns.

        None when no rule holds and the table has no default. Raises `Incident` for a decision that is not there or is
        refused, a value that is missing or of another kind, several rules where one is wanted, a budget used up.
        """
        decision = self._decision(id)
        for problem in self.refused(id):
            raise incident(decision, problem.message, problem.place.line)
        return Evaluation(self.model, context, now).decided(decision)

    def _decision(self, id: str) -> Decision:
        found = self.model.decisions.get(id) or next((d for d in self.model.decisions.values() if d.name == id), None)
        if found is None:
            near = ", ".join(get_close_matches(id, self.ids, 3) or self.ids[:3])
            raise Incident(
                why=Text(
                    f"aucune décision « {id} » dans {self.file} (il y a : {near}).",
                    f"no decision “{id}” in {self.file} (there are: {near}).",
                )
            )
        return found
