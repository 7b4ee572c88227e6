"""Comparison, between, in, instance of, and the unary tests of decision tables (DMN 1.5, 10.3.2.7 and "
"tables 42, 55)."""

from __future__ import annotations

from collections.abc import Callable

from . import nodes
from .comparison import compare, equal, within
from .compiler import FAILURES, Compiler, as_refusal
from .errors import OverBudget
from .names import names_read
from .scope import Evaluator, Scope
from .types import instance
from .values import Function, Range, Value

Question = Callable[[Value, Scope], Value]  # what is asked of a value that was computed already


def compile_relation(compiler: Compiler, node: nodes.Relation) -> Evaluator:
    first = compiler.compile(node.first)
    questions = [(question.at, compile_question(compiler, question)) for question in node.rest]

    def run(scope: Scope) -> Value:
        value = first(scope)
        for at, question in questions:
            try:
                value = question(value, scope)
            except FAILURES as error:
                value = scope.run.fail(as_refusal(error), at)
        return value

    return run


def compile_question(compiler: Compiler, node: nodes.Node) -> Question:
    if isinstance(node, nodes.Comparator):
        return comparison(node.operator, compiler.compile(node.operand))
    if isinstance(node, nodes.Between):
        low, high = compiler.compile(node.low), compiler.compile(node.high)

        def between(value: Value, scope: Scope) -> Value:
            bottom, top = low(scope), high(scope)
            return compare(value, bottom) >= 0 and compare(value, top) <= 0

        return between
    if isinstance(node, nodes.In):
        tests = [compile_test(compiler, test) for test in node.tests]
        return lambda value, scope: any_test(value, tests, scope)
    assert isinstance(node, nodes.InstanceOf)
    wanted = node.type
    return lambda value, scope: instance(value, wanted)


def comparison(operator: str, operand: Evaluator) -> Question:
    if operator == "=":
        return lambda value, scope: equal(value, operand(scope), scope.run)
    if operator == "!=":
        return lambda value, scope: not equal(value, operand(scope), scope.run)
    if operator == "<":
        return lambda value, scope: compare(value, operand(scope)) < 0
    if operator == "<=":
        return lambda value, scope: compare(value, operand(scope)) <= 0
    if operator == ">":
        return lambda value, scope: compare(value, operand(scope)) > 0
    return lambda value, scope: compare(value, operand(scope)) >= 0


def compile_test(compiler: Compiler, node: nodes.Node) -> Question:
    """A test that speaks of ``?`` is its own answer; any other value is compared with the one tested."""
    if isinstance(node, nodes.Comparator):
        return comparison(node.operator, compiler.compile(node.operand))
    test = compiler.compile(node)
    own_answer = "?" in names_read(node).names

    def run(value: Value, scope: Scope) -> Value:
        answer = test(Scope({"?": value}, scope, scope.run))
        return answer if own_answer and type(answer) is bool else fits(value, answer, scope)

    return run


def fits(value: Value, wanted: Value, scope: Scope) -> Value:
    """``value in wanted``: in a range, in a list (of values, lists or ranges), accepted by a function, "
    "or equal."""
    if type(wanted) is Range:
        return equal(value, wanted, scope.run) if type(value) is Range else within(value, wanted)
    if type(wanted) is list:
        if type(value) is list and equal(value, wanted, scope.run):
            return True
        scope.run.spend(1 + len(wanted) // 20)
        return any(fits_item(value, item, scope) for item in wanted)
    if isinstance(wanted, Function):
        return wanted.call(scope.run, [value])
    return equal(value, wanted, scope.run)


def fits_item(value: Value, item: Value, scope: Scope) -> bool:
    if type(item) is Range and type(value) is not Range:
        known = item.unbounded or (item.start is not None and item.end is not None)
        return known and type(value) in (type(item.start), type(item.end)) and within(value, item)
    return type(value) is type(item) and equal(value, item, scope.run)


def any_test(value: Value, tests: list[Question], scope: Scope) -> Value:
    """True when one test holds; else the first error, as a test that failed says nothing; else null or "
    "false."""
    failed: Exception | None = None
    unsure = False
    for test in tests:
        try:
            answer = test(value, scope)
        except OverBudget:
            raise
        except FAILURES as error:
            failed = failed or error
            continue
        if answer is True:
            return True
        unsure = unsure or answer is not False
    if failed is not None:
        raise failed
    return None if unsure else False


def compile_unary_tests(compiler: Compiler, node: nodes.UnaryTests) -> Evaluator:
    tests = [compile_test(compiler, test) for test in node.tests]
    read = compiler.compile(nodes.Name(node.at, "?"))

    def run(scope: Scope) -> Value:
        value = read(scope)
        try:
            answer = any_test(value, tests, scope)
        except FAILURES as error:
            answer = scope.run.fail(as_refusal(error), node.at)
        return (not answer) if node.negated and type(answer) is bool else answer

    return run
