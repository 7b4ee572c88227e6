"""``for … return``, ``some`` and ``every … satisfies``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from decimal import Decimal

from . import nodes
from .budget import MAX_ITEMS, check_items, too_much
from .compiler import FAILURES, Compiler, as_refusal, not_boolean
from .decimal34 import whole
from .errors import refuse
from .scope import Evaluator, Scope
from .temporal import Date
from .values import Range, Value, in_english, in_french, kind

Rows = Callable[[Scope], Iterator[Scope]]


def compile_for(compiler: Compiler, node: nodes.For) -> Evaluator:
    rows = compile_iterators(compiler, node.iterators)
    body, weight = compiler.weighed(node.body)
    kept = keeps_partial(node.body)

    def run(scope: Scope) -> Value:
        results: list[Value] = []
        names: dict[str, Value] = {"partial": results}
        try:
            for row in rows(Scope(names, scope, scope.run)):
                scope.run.spend(weight)
                if kept:
                    names["partial"] = list(results)
                    scope.run.built(results)
                results.append(body(row))
                check_items(len(results))
        except FAILURES as error:
            return scope.run.fail(as_refusal(error), node.at)
        return list(results)

    return run


def keeps_partial(node: object) -> bool:
    """Whether a body may keep the list of results so far, which goes on growing; ``partial[-1]`` only looks into it."""
    if isinstance(node, nodes.Name):
        return node.name == "partial"
    if isinstance(node, nodes.Postfix) and isinstance(node.rest[0], nodes.Filter):
        looked_into = isinstance(node.base, nodes.Name)
        return keeps_partial(node.rest) or (not looked_into and keeps_partial(node.base))
    if isinstance(node, tuple):
        return any(map(keeps_partial, node))
    return isinstance(node, nodes.Node) and any(keeps_partial(getattr(node, each.name)) for each in fields(node))


def compile_quantified(compiler: Compiler, node: nodes.Quantified) -> Evaluator:
    rows = compile_iterators(compiler, node.iterators)
    body, weight = compiler.weighed(node.body)
    decisive, at = node.some, node.body.at

    def run(scope: Scope) -> Value:
        unsure = False
        try:
            for row in rows(scope):
                scope.run.spend(weight)
                answer = body(row)
                if answer is decisive:
                    return decisive
                if type(answer) is not bool:
                    unsure = True
                    if answer is not None and scope.run.strict:
                        scope.run.fail(not_boolean(answer), at)
        except FAILURES as error:
            return scope.run.fail(as_refusal(error), node.at)
        return None if unsure else not decisive

    return run


def compile_iterators(compiler: Compiler, iterators: tuple[nodes.Iterator, ...]) -> Rows:
    """The scopes of the cartesian product, the last iterator turning fastest."""
    sources = [
        (each.name, compiler.compile(each.source), compiler.compile(each.end) if each.end else None)
        for each in iterators
    ]

    def rows(scope: Scope, depth: int = 0) -> Iterator[Scope]:
        if depth == len(sources):
            yield scope
            return
        name, source, end = sources[depth]
        start = source(scope)
        items = walk(start) if end is None else between(start, end(scope))
        inner = depth + 1 < len(sources)  # the last iterator is charged with the body
        for item in items:
            if inner:
                scope.run.spend(1)
            yield from rows(Scope({name: item}, scope, scope.run), depth + 1)

    return rows


def walk(source: Value) -> list[Value]:
    """The items of a list, the whole numbers or days of a range; any other value is a list of one."""
    if type(source) is list:
        return source
    if type(source) is Range and type(source.start) is type(source.end) and type(source.start) in (Decimal, Date):
        items = between(source.start, source.end)
        first = 0 if source.start_included else 1
        return items[first : len(items) if source.end_included or not items else -1]
    if source is not None and type(source) is not Range:
        return [source]
    raise refuse(
        f"Attendu : une liste, ou un intervalle de nombres ou de dates. Reçu : {in_french(kind(source))}. "
        "Corrigez ce qui suit « in ».",
        f"Expected a list, or a range of numbers or dates; got {in_english(kind(source))}. Correct what follows 'in'.",
    )


def between(start: Value, end: Value) -> list[Value]:
    """From start to end, both included, up or down."""
    if type(start) is Decimal and type(end) is Decimal:
        if start != start.to_integral_value() or end != end.to_integral_value():
            raise refuse(
                "Un intervalle que l’on parcourt va d’un nombre entier à un autre. Arrondissez les bornes.",
                "A range that is gone through goes from one whole number to another. Round its ends.",
            )
        return [Decimal(count) for count in steps(whole(start), whole(end))]
    if type(start) is Date and type(end) is Date:
        return [Date.from_ordinal(day) for day in steps(start.ordinal, end.ordinal)]
    raise refuse(
        f"Attendu : deux nombres ou deux dates. Reçu : {in_french(kind(start))} et {in_french(kind(end))}. "
        "Corrigez les bornes.",
        f"Expected two numbers or two dates, got {in_english(kind(start))} and {in_english(kind(end))}. "
        "Correct the ends.",
    )


def steps(start: int, end: int) -> range:
    if abs(end - start) >= MAX_ITEMS:
        raise too_much(f"un intervalle de plus de {MAX_ITEMS} éléments", f"a range of more than {MAX_ITEMS} items")
    return range(start, end + 1) if end >= start else range(start, end - 1, -1)
