"""Signatures: which arguments a built-in takes, by position or by name, and how they are fitted.

``"string: string, start position: number, length?: number"`` reads: three parameters, the last may be left
out. ``a|b`` accepts both kinds, ``any`` all of them, null included. A list of one item stands for its item
where no list is expected, and a single value for a list of one where a list is (DMN 1.5, 10.3.2.9.4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..budget import Run
from ..errors import Refusal, refuse
from ..values import Function, Value, in_english, in_french, kind

Implementation = Callable[..., Value]
Declared = TypeVar("Declared", bound=Callable[..., Any])
LEFT_OUT: Any = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kinds: frozenset[str]
    optional: bool

    def fit(self, value: Value) -> Value:
        found = kind(value)
        if found in self.kinds or "any" in self.kinds:
            return value
        if type(value) is list and len(value) == 1 and kind(value[0]) in self.kinds:
            return value[0]
        if "list" in self.kinds and value is not None:
            return [value]
        names = sorted(self.kinds)
        raise refuse(
            f"« {self.name} » doit être {' ou '.join(in_french(each) for each in names)} ; "
            f"reçu : {in_french(found)}. Corrigez cet argument.",
            f"'{self.name}' must be {' or '.join(in_english(each) for each in names)}; "
            f"got {in_english(found)}. Correct this argument.",
        )


@dataclass(frozen=True, slots=True)
class Signature:
    parameters: tuple[Parameter, ...]
    implementation: Implementation
    variadic: bool  #: the last parameter takes every argument that is left, as a list

    @property
    def least(self) -> int:
        return sum(not parameter.optional for parameter in self.parameters)

    @property
    def shown(self) -> str:
        """The parameters as a person writes them."""
        return ", ".join(each.name + ("?" if each.optional else "") for each in self.parameters)

    def takes(self, count: int) -> bool:
        return self.least <= count and (self.variadic or count <= len(self.parameters))

    def takes_names(self, names: set[str]) -> bool:
        known = {parameter.name for parameter in self.parameters}
        needed = {parameter.name for parameter in self.parameters if not parameter.optional}
        return needed <= names <= known

    def call(self, run: Run, arguments: list[Value]) -> Value:
        if self.variadic:
            fixed = len(self.parameters) - 1
            arguments = [*arguments[:fixed], arguments[fixed:]]
        fitted = [
            value if value is LEFT_OUT else parameter.fit(value)
            for parameter, value in zip(self.parameters, arguments, strict=False)
        ]
        for value in fitted:
            if isinstance(value, (list, str)):
                run.built(value)  # going through a large argument costs too
        return self.implementation(run, *(None if value is LEFT_OUT else value for value in fitted))


class Builtin(Function):
    """A built-in function: the first signature that fits the arguments is the one that runs."""

    __slots__ = ("name", "signatures")

    def __init__(self, name: str) -> None:
        self.name = name
        self.signatures: list[Signature] = []

    @property
    def arities(self) -> Sequence[int]:
        return [
            count for signature in self.signatures for count in range(signature.least, len(signature.parameters) + 1)
        ]

    def call(self, run: Run, arguments: list[Value]) -> Value:
        chosen = [signature for signature in self.signatures if signature.takes(len(arguments))]
        if not chosen:
            raise self.misused(f"{len(arguments)} argument(s)", f"{len(arguments)} argument(s)")
        return self.first_that_fits(run, [(signature, arguments) for signature in chosen])

    def call_named(self, run: Run, arguments: Mapping[str, Value]) -> Value:
        chosen = [
            (signature, [arguments.get(each.name, LEFT_OUT) for each in signature.parameters])
            for signature in self.signatures
            if signature.takes_names(set(arguments))
        ]
        if not chosen:
            raise self.misused(", ".join(arguments), ", ".join(arguments))
        # before(point, range) and before(range, point) have the same names: the order in which they are written tells
        chosen.sort(key=lambda choice: [each.name for each in choice[0].parameters] != list(arguments))
        if chosen[0][0].variadic:  # a variadic one takes its list by name
            signature, values = chosen[0]
            last = values.pop()
            return self.first_that_fits(run, [(signature, [*values, *(last if type(last) is list else [last])])])
        return self.first_that_fits(run, chosen)

    def first_that_fits(self, run: Run, choices: list[tuple[Signature, list[Value]]]) -> Value:
        run.spend(1)
        run.enter()
        try:
            for signature, arguments in choices[:-1]:
                if all(fits(each, value) for each, value in zip(signature.parameters, arguments, strict=False)):
                    return signature.call(run, arguments)
            signature, arguments = choices[-1]
            return signature.call(run, arguments)
        finally:
            run.leave()

    def misused(self, french: str, english: str) -> Refusal:
        forms = " ; ".join(f"{self.name}({signature.shown})" for signature in self.signatures)
        return refuse(
            f"Forme attendue : {forms}. Reçu : {french or 'rien'}. Corrigez l’appel.",
            f"Expected the form {forms}. Got {english or 'nothing'}. Correct the call.",
        )


def fits(parameter: Parameter, value: Value) -> bool:
    if value is LEFT_OUT:
        return True
    try:
        parameter.fit(value)
    except Refusal:
        return False
    return True


class Library:
    """The functions of one family."""

    def __init__(self) -> None:
        self.functions: dict[str, Builtin] = {}

    def function(self, name: str, signature: str = "", *, variadic: bool = False) -> Callable[[Declared], Declared]:
        """Declare one signature of a built-in. The implementation takes the run, then the arguments."""

        def declare(implementation: Declared) -> Declared:
            builtin = self.functions.setdefault(name, Builtin(name))
            builtin.signatures.append(Signature(parameters(signature), implementation, variadic))
            return implementation

        return declare


def parameters(signature: str) -> tuple[Parameter, ...]:
    found = []
    for part in filter(None, signature.split(", ")):
        name, _, kinds = part.partition(": ")
        found.append(Parameter(name.rstrip("?"), frozenset(kinds.split("|")), name.endswith("?")))
    return tuple(found)
