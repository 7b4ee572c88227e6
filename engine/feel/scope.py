"""Where names are looked up, and functions that a text defines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from .budget import Run
from .errors import refuse
from .types import Type, coerce
from .values import Function, Value


class Scope:
    """A frame of names inside another."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, names: Mapping[str, Value], parent: Scope | None, run: Run) -> None:
        self.names = names
        self.parent = parent
        self.run = run


Evaluator = Callable[[Scope], Value]


class Closure(Function):
    """A function of the text, with the scope in which it was written."""

    __slots__ = ("body", "name", "parameters", "scope", "weight")

    def __init__(
        self, parameters: tuple[tuple[str, Type | None], ...], body: Evaluator, scope: Scope, weight: int
    ) -> None:
        self.name = f"({', '.join(name for name, _ in parameters)})"
        self.parameters = parameters
        self.body = body
        self.scope = scope
        self.weight = weight

    @property
    def arities(self) -> Sequence[int]:
        return (len(self.parameters),)

    @property
    def types(self) -> tuple[Type | None, ...]:
        """The declared types of its parameters."""
        return tuple(wanted for _, wanted in self.parameters)

    def call(self, run: Run, arguments: list[Value]) -> Value:
        if len(arguments) != len(self.parameters):
            raise refuse(
                f"La fonction attend {len(self.parameters)} argument(s), {len(arguments)} reçu(s). Corrigez l’appel.",
                f"The function takes {len(self.parameters)} argument(s), got {len(arguments)}. Correct the call.",
            )
        run.spend(self.weight)
        taken = {name: coerce(value, wanted) for (name, wanted), value in zip(self.parameters, arguments, strict=True)}
        run.enter()
        try:
            return self.body(Scope(taken, self.scope, run))
        finally:
            run.leave()

    def call_named(self, run: Run, arguments: Mapping[str, Value]) -> Value:
        names = [name for name, _ in self.parameters]
        if set(names) != set(arguments):
            raise refuse(
                f"La fonction attend : {', '.join(names)}. Reçu : {', '.join(arguments)}. Corrigez l’appel.",
                f"The function takes: {', '.join(names)}. Got: {', '.join(arguments)}. Correct the call.",
            )
        return self.call(run, [arguments[name] for name in names])
