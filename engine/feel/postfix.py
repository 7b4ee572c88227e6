"""What follows a term: ``.name``, ``[filter]``, ``(arguments)``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from . import nodes
from .builtins import BUILTINS
from .comparison import within
from .compiler import FAILURES, Compiler, as_refusal, not_boolean
from .decimal34 import whole
from .errors import FeelEvaluationError, Refusal, refuse
from .paths import follow
from .scope import Evaluator, Scope
from .values import Function, Range, Value, in_english, in_french, kind

Step = Callable[[Value, Scope], Value]


def compile_postfix(compiler: Compiler, node: nodes.Postfix) -> Evaluator:
    rest, following = node.rest, node.rest[0]
    if isinstance(node.base, nodes.Name) and isinstance(following, nodes.Call):
        first = compile_named_call(compiler, node.base, following)
        rest = rest[1:]
    else:
        first = compiler.compile(node.base)
    steps = [(step.at, compile_step(compiler, step)) for step in rest]
    if not steps:
        return first

    def run(scope: Scope) -> Value:
        value = first(scope)
        for at, step in steps:
            try:
                value = step(value, scope)
            except FAILURES as error:
                value = scope.run.fail(as_refusal(error), at)
        return value

    return run


def compile_step(compiler: Compiler, node: nodes.Path | nodes.Filter | nodes.Call) -> Step:
    if isinstance(node, nodes.Path):
        name = node.name
        return lambda value, scope: follow(value, name, scope.run.strict)
    if isinstance(node, nodes.Filter):
        return compile_filter(compiler, node)
    return compile_call(compiler, node)


def compile_named_call(compiler: Compiler, function: nodes.Name, call: nodes.Call) -> Evaluator:
    """``name(…)``: a function of the text first, then a built-in, even where a variable has the same name."""
    builtin, name = BUILTINS.get(function.name), function.name
    apply = compile_call(compiler, call)
    place = function.at

    def run(scope: Scope) -> Value:
        called: Value = builtin
        frame: Scope | None = scope
        while frame is not None:
            found = frame.names.get(name)
            if isinstance(found, (Function, Range)):
                called = found
                break
            frame = frame.parent
        try:
            if called is None:
                raise unknown_function(name)
            return apply(called, scope)
        except FAILURES as error:
            return scope.run.fail(as_refusal(error), place)

    return run


def compile_call(compiler: Compiler, node: nodes.Call) -> Step:
    arguments = [compiler.compile(argument) for argument in node.arguments]
    names = node.names

    def call(value: Value, scope: Scope) -> Value:
        given = [argument(scope) for argument in arguments]
        run = scope.run
        if type(value) is Range and len(given) == 1 and not names:
            return within(given[0], value)
        if not isinstance(value, Function):
            raise refuse(
                f"Attendu : une fonction. Trouvé : {in_french(kind(value))}. Corrigez le nom appelé.",
                f"Expected a function, found {in_english(kind(value))}. Correct the name called.",
            )
        result = value.call_named(run, dict(zip(names, given, strict=True))) if names else value.call(run, given)
        run.built(result)
        return result

    return call


def unknown_function(name: str) -> Refusal:
    return refuse(
        f"Aucune fonction « {name} » n’existe. Corrigez son nom.",
        f"No function '{name}' exists. Correct its name.",
    )


def compile_filter(compiler: Compiler, node: nodes.Filter) -> Step:
    """An index from 1 (from the end when negative), or a condition on each item.

    The condition sees the entries of the item, then ``item``, then what is around.
    """
    condition, weight = compiler.weighed(node.condition)
    constant = isinstance(node.condition, nodes.Literal) and type(node.condition.value) is Decimal

    def select(value: Value, scope: Scope) -> Value:
        items: list[Value] = value if type(value) is list else [] if value is None else [value]
        if constant:
            return indexed(items, condition(scope))
        if not items:
            return None if type(probe(condition, scope)) is Decimal else []
        kept: list[Value] = []
        for position, item in enumerate(items):
            scope.run.spend(weight)
            answer = condition(item_scope(item, scope))
            if answer is True:
                kept.append(item)
            elif type(answer) is Decimal and position == 0:
                return indexed(items, answer)
            elif answer is not False and answer is not None and scope.run.strict:
                scope.run.fail(not_boolean(answer), node.condition.at)
        return kept

    return select


def item_scope(item: Value, scope: Scope) -> Scope:
    inner = Scope({"item": item}, scope, scope.run)
    return Scope(item, inner, scope.run) if type(item) is dict else inner


def indexed(items: list[Value], position: Decimal) -> Value:
    index = whole(position)
    if 1 <= index <= len(items):
        return items[index - 1]
    return items[index] if -len(items) <= index <= -1 else None


def probe(condition: Evaluator, scope: Scope) -> Value:
    """Whether an empty list is asked for a position: there is no item to ask the condition of."""
    strict, scope.run.strict = scope.run.strict, False
    try:
        return condition(item_scope(None, scope))
    except FeelEvaluationError:
        return None
    finally:
        scope.run.strict = strict
