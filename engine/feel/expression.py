"""A text, compiled: what it reads, and how to evaluate it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import localcontext
from functools import lru_cache
from typing import Any

from .budget import MAX_DEPTH, Account, Run, too_much
from .builtins import BUILTINS
from .conversion import Exit, from_python
from .decimal34 import CONTEXT
from .errors import FeelEvaluationError, FeelSyntaxError, OverBudget, Refusal
from .evaluate import evaluator
from .names import names_read
from .nodes import Node
from .parser import Parser
from .scope import Evaluator, Scope
from .vocabulary import index

BUILTIN_INDEX = index(BUILTINS)


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression, ready to be evaluated many times, from several threads at once."""

    text: str
    unary: bool  #: a cell of a decision table: tests of ``?``
    names: frozenset[str]  #: variables that it may read from the context, ``?`` included
    item_names: frozenset[str]  #: of `names`, those read only in filters: perhaps entries of the items
    functions: frozenset[str]  #: functions that it calls and does not define, built-ins included
    _taken: frozenset[str] = field(repr=False, compare=False)  #: what is looked up in the context
    _run: Evaluator = field(repr=False, compare=False)

    def evaluate(
        self,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        strict: bool = True,
        account: Account | None = None,
    ) -> Any:
        """The value, as plain Python (`values.py` says how each kind comes in and goes out).

        `now` is what ``now()`` and ``today()`` answer; without it they are errors. Only the names that the
        text reads, and the functions that it calls, are taken from `context`. An error raises
        FeelEvaluationError; with ``strict=False`` it is null where it happens, as the standard says. A budget
        that is used up raises in both cases; evaluations given the same `account` share one budget.
        """
        run = Run(self.text, now=now, strict=strict)
        if account is not None:
            run.steps, run.pattern_steps = account.steps, account.pattern_steps
        with localcontext(CONTEXT):
            try:
                taken = {name: from_python(context[name]) for name in self._taken if name in context}
                return Exit().to_python(self._run(Scope(taken, None, run)))
            except Refusal as refusal:
                over = isinstance(refusal, OverBudget)
                raise FeelEvaluationError(refusal.message, self.text, 0, over) from None
            except RecursionError:
                raise FeelEvaluationError(too_nested().message, self.text, 0, True) from None
            finally:
                if account is not None:
                    account.steps, account.pattern_steps = run.steps, run.pattern_steps


def compile(text: str, *, unary: bool = False, names: Iterable[str] = ()) -> Expression:
    """Read a text. Raises FeelSyntaxError, and nothing else.

    `names` are those the text may use that hold a keyword or a sign ("profit and loss", "a-b"), which
    nothing else tells from an operation. Names of plain words, with spaces or not, need no telling.
    """
    return compiled(text, unary, frozenset(names))


@lru_cache(1024)
def compiled(text: str, unary: bool, names: frozenset[str]) -> Expression:
    try:
        with localcontext(CONTEXT):
            node = parsed(text, unary, names)
            reading = names_read(node)
            run = evaluator(node)
    except RecursionError:
        raise FeelSyntaxError(too_nested().message, text, 0, True) from None
    read = {*reading.names, "?"} if unary else reading.names
    return Expression(
        text=text,
        unary=unary,
        names=frozenset(read),
        item_names=frozenset(reading.names.keys() - reading.outside.keys()),
        functions=frozenset(reading.functions),
        _taken=frozenset(read) | (reading.functions.keys() - BUILTINS.keys()),
        _run=run,
    )


def parsed(text: str, unary: bool, names: Iterable[str]) -> Node:
    parser = Parser(text, BUILTIN_INDEX, names)
    return parser.unary_tests() if unary else parser.whole()


def too_nested() -> OverBudget:
    return too_much(f"plus de {MAX_DEPTH} niveaux d’imbrication", f"nested deeper than {MAX_DEPTH} levels")
