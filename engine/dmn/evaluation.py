"""One decision being made: its logic, and that of the decisions and knowledge that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine import feel
from engine.dmn.model import Boxed, Cell, Context, Decision, Invocation, Items, Lambda, Model, Table
from engine.dmn.tables import apply
from engine.dmn.texts import checked_kind
from engine.errors import Incident
from engine.feel.conversion import from_python
from engine.words import Text

DEEPEST = 20  #: knowledge models that call one another


class Evaluation:
    """One decision being made: every expression of it shares one budget."""

    def __init__(self, model: Model, context: Mapping[str, Any], now: datetime | None) -> None:
        self.model = model
        self.context = context
        self.now = now
        self.account = feel.Account()
        self.made: dict[str, Any] = {}
        self.depth = 0

    def decided(self, decision: Decision) -> Any:
        """Each decision is made once, however many need it. Circles were refused when the file was read."""
        if decision.id not in self.made:
            scope = {**self.context, **self._needed(decision)}
            value = self.value(decision, decision.logic, scope)
            self.made[decision.id] = self._as_declared(decision, value)
        return self.made[decision.id]

    def _needed(self, decision: Decision) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for id in decision.needs:
            knowledge = self.model.knowledge.get(id)
            if knowledge is not None:
                found[knowledge.variable] = self.value(knowledge, knowledge.logic, self._needed(knowledge))
                continue
            needed = self.model.decisions[id]
            value = self.decided(needed)
            found |= _columns(needed, value) | {needed.variable: value}
        return found

    def value(self, decision: Decision, logic: Boxed | None, scope: Mapping[str, Any]) -> Any:
        if isinstance(logic, Cell):
            return self.computed(decision, logic, scope)
        if isinstance(logic, Table):
            return apply(self, decision, logic, scope)
        if isinstance(logic, Context):
            return self._context(decision, logic, scope)
        if isinstance(logic, Items):
            return [self.value(decision, each, scope) for each in logic.items]
        if isinstance(logic, Invocation):
            return self._invoked(decision, logic, scope)
        return None if logic is None else Knowledge(self, decision, logic, scope)

    def computed(self, decision: Decision, cell: Cell, scope: Mapping[str, Any], where: Text | None = None) -> Any:
        """The value of a text; its error becomes an incident that says where in the file it stands."""
        if cell.feel is None:
            return None
        try:
            return cell.feel.evaluate(scope, now=self.now, account=self.account)
        except feel.FeelError as error:
            why = Text(error.text("fr"), error.text("en"))
            raise incident(decision, why, cell.place.line, where) from error

    def _context(self, decision: Decision, logic: Context, scope: Mapping[str, Any]) -> Any:
        built: dict[str, Any] = {}
        for name, entry in logic.entries:
            value = self.value(decision, entry, {**scope, **built})
            if not name:
                return value
            built[name] = value
        return built

    def _invoked(self, decision: Decision, logic: Invocation, scope: Mapping[str, Any]) -> Any:
        values = [self.value(decision, each, scope) for _, each in logic.bindings]
        given = {f"argument_{place}": value for place, value in enumerate(values)}
        named = ", ".join(f"{name}: {each}" for (name, _), each in zip(logic.bindings, given, strict=True))
        text = f"{logic.function.text}({named})"
        call = Cell(text, logic.function.place, feel.compile(text, names=scope.keys()))
        return self.computed(decision, call, {**scope, **given})

    def _as_declared(self, decision: Decision, value: Any) -> Any:
        """A list of one is its item where one value is declared (DMN 1.5, 10.3.2.9.4); another kind is an incident."""
        kind = checked_kind(decision.type, self.model.types)
        if not kind or value is None:
            return value
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if feel.kind_of(value) != kind:
            why = Text("son résultat n’est pas du type {type}.", "its result is not of the type {type}.")
            raise incident(decision, why.format(type=decision.type))
        return value


class Knowledge(feel.Function):
    """A business knowledge model, or a boxed function, as FEEL calls it."""

    __slots__ = ("decision", "evaluation", "logic", "name", "scope")

    def __init__(self, evaluation: Evaluation, decision: Decision, logic: Lambda, scope: Mapping[str, Any]) -> None:
        self.name = decision.name
        self.evaluation = evaluation
        self.decision = decision
        self.logic = logic
        self.scope = scope

    @property
    def arities(self) -> Sequence[int]:
        return (len(self.logic.parameters),)

    def call(self, run: Any, arguments: list[Any]) -> Any:
        if len(arguments) != len(self.logic.parameters):
            return self._misused()
        return self.call_named(run, dict(zip(self.logic.parameters, arguments, strict=True)))

    def call_named(self, run: Any, arguments: Mapping[str, Any]) -> Any:
        if set(arguments) != set(self.logic.parameters) or self.evaluation.depth >= DEEPEST:
            return self._misused()
        self.evaluation.depth += 1
        try:
            found = self.evaluation.value(self.decision, self.logic.body, {**self.scope, **arguments})
        finally:
            self.evaluation.depth -= 1
        return from_python(found)

    def _misused(self) -> Any:
        names = ", ".join(self.logic.parameters)
        why = Text(f"s’appelle avec : {names}.", f"is called with: {names}.")
        raise incident(self.decision, why, self.logic.place.line)


def _columns(decision: Decision, value: Any) -> dict[str, Any]:
    """The outputs of a table by column, as Camunda gives them to the decisions that need it."""
    if not isinstance(decision.logic, Table) or isinstance(value, list):
        return {}
    if len(decision.logic.outputs) > 1:
        return dict(value or {})
    return {decision.logic.outputs[0].name: value} if decision.logic.outputs[0].name else {}


def incident(decision: Decision, why: Text, line: int = 0, where: Text | None = None) -> Incident:
    place = decision.place
    at_fr = f"{place.file}, ligne {line or place.line}, décision « {decision.name} »"
    at_en = f"{place.file}, line {line or place.line}, decision “{decision.name}”"
    if where is not None:
        at_fr, at_en = f"{at_fr}, {where.fr}", f"{at_en}, {where.en}"
    return Incident(why=Text(f"{at_fr} : {why.fr}", f"{at_en}: {why.en}"))
