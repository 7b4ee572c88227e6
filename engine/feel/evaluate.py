"""Nodes to closures: each node becomes a Python function of a scope, made once and called often.

No generated code, no `eval`. An operation that fails says so through `Run.fail`, which knows whether the
evaluation is strict.
"""

from __future__ import annotations

from . import nodes
from .arithmetic import arithmetic, negate
from .builtins import BUILTINS
from .comparison import make_range
from .compiler import FAILURES, Compiler, Handler, as_refusal, not_boolean
from .errors import Refusal, refuse
from .iterate import compile_for, compile_quantified
from .postfix import compile_postfix
from .relations import compile_relation, compile_unary_tests
from .scope import Closure, Evaluator, Scope
from .slips import slip_in
from .values import Value


def evaluator(node: nodes.Node) -> Evaluator:
    """The closure of a whole expression."""
    return Compiler(HANDLERS).compile(node)


def compile_literal(compiler: Compiler, node: nodes.Literal) -> Evaluator:
    value = node.value
    return lambda scope: value


def compile_name(compiler: Compiler, node: nodes.Name) -> Evaluator:
    name, at = node.name, node.at
    builtin = BUILTINS.get(name)

    def read(scope: Scope) -> Value:
        frame: Scope | None = scope
        while frame is not None:
            if name in frame.names:
                return frame.names[name]
            frame = frame.parent
        return builtin if builtin is not None else scope.run.fail(unknown(name), at)

    return read


def unknown(name: str) -> Refusal:
    slip = slip_in(name)
    if slip is not None:
        return refuse(*slip)
    return refuse(
        f"Aucune variable « {name} » n’est connue ici. Corrigez le nom, ou donnez-lui une valeur.",
        f"No variable '{name}' is known here. Correct the name, or give it a value.",
    )


def compile_list(compiler: Compiler, node: nodes.ListLiteral) -> Evaluator:
    items = [compiler.compile(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


def compile_context(compiler: Compiler, node: nodes.ContextLiteral) -> Evaluator:
    entries = [(key, compiler.compile(value)) for key, value in node.entries]

    def build(scope: Scope) -> Value:
        built: dict[str, Value] = {}
        inner = Scope(built, scope, scope.run)
        for key, value in entries:
            built[key] = value(inner)
        return built

    return build


def compile_range(compiler: Compiler, node: nodes.RangeLiteral) -> Evaluator:
    start, end = compiler.compile(node.start), compiler.compile(node.end)

    def build(scope: Scope) -> Value:
        low, high = start(scope), end(scope)
        try:
            return make_range(low, high, node.start_included, node.end_included)
        except FAILURES as error:
            return scope.run.fail(as_refusal(error), node.at)

    return build


def compile_comparator(compiler: Compiler, node: nodes.Comparator) -> Evaluator:
    """``(< 5)`` as a value: a range open on one side."""
    operand, operator = compiler.compile(node.operand), node.operator

    def build(scope: Scope) -> Value:
        value = operand(scope)
        try:
            if operator == "=":
                return make_range(value, value, True, True)
            if operator in ("<", "<="):
                return make_range(None, value, False, operator == "<=", unbounded=True)
            if operator in (">", ">="):
                return make_range(value, None, operator == ">=", False, unbounded=True)
            raise refuse(
                "« != » ne décrit pas un intervalle. Écrivez-le comme un test, après « in ».",
                "'!=' does not make a range. Write it as a test, after 'in'.",
            )
        except FAILURES as error:
            return scope.run.fail(as_refusal(error), node.at)

    return build


def compile_negation(compiler: Compiler, node: nodes.Negation) -> Evaluator:
    operand = compiler.compile(node.operand)

    def run(scope: Scope) -> Value:
        value = operand(scope)
        try:
            return negate(value)
        except FAILURES as error:
            return scope.run.fail(as_refusal(error), node.at)

    return run


def compile_arithmetic(compiler: Compiler, node: nodes.Arithmetic) -> Evaluator:
    first = compiler.compile(node.first)
    rest = [(symbol, at, compiler.compile(operand)) for symbol, at, operand in node.rest]

    def run(scope: Scope) -> Value:
        value = first(scope)
        for symbol, at, operand in rest:
            other = operand(scope)
            try:
                value = arithmetic(symbol, value, other)
                if type(value) is str:
                    scope.run.built(value)
            except FAILURES as error:
                value = scope.run.fail(as_refusal(error), at)
        return value

    return run


def compile_logic(compiler: Compiler, node: nodes.Logic) -> Evaluator:
    """Three values: the operand that decides decides; else null as soon as one is not a boolean."""
    operands = [(operand.at, compiler.compile(operand)) for operand in node.operands]
    decisive = node.operator == "or"

    def run(scope: Scope) -> Value:
        answer: bool | None = not decisive
        for at, operand in operands:
            value = operand(scope)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                answer = None
                if value is not None and scope.run.strict:
                    scope.run.fail(not_boolean(value), at)
        return answer

    return run


def compile_if(compiler: Compiler, node: nodes.If) -> Evaluator:
    condition, yes, no = (compiler.compile(part) for part in (node.condition, node.yes, node.no))

    def run(scope: Scope) -> Value:
        value = condition(scope)
        if value is True:
            return yes(scope)
        if value is not False and value is not None and scope.run.strict:
            scope.run.fail(not_boolean(value), node.condition.at)
        return no(scope)

    return run


def compile_function(compiler: Compiler, node: nodes.FunctionDefinition) -> Evaluator:
    body, weight = compiler.weighed(node.body)
    return lambda scope: Closure(node.parameters, body, scope, weight)


HANDLERS: dict[type, Handler] = {
    nodes.Literal: compile_literal,
    nodes.Name: compile_name,
    nodes.ListLiteral: compile_list,
    nodes.ContextLiteral: compile_context,
    nodes.RangeLiteral: compile_range,
    nodes.Comparator: compile_comparator,
    nodes.Negation: compile_negation,
    nodes.Arithmetic: compile_arithmetic,
    nodes.Relation: compile_relation,
    nodes.UnaryTests: compile_unary_tests,
    nodes.Logic: compile_logic,
    nodes.If: compile_if,
    nodes.For: compile_for,
    nodes.Quantified: compile_quantified,
    nodes.FunctionDefinition: compile_function,
    nodes.Postfix: compile_postfix,
}
