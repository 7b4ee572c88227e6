"""The Python that SpiffWorkflow's modelers write in conditions. It is read, never run."""

from __future__ import annotations

import ast
import re

from engine.juel.tree import Binary, Call, Choice, Literal, Minus, Not, Number, Path, Tree, Unsure

SIGNS: dict[type, str] = {
    ast.And: "and",
    ast.Or: "or",
    ast.Eq: "=",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Mod: "modulo",
}
METHODS = {
    "startswith": "starts with",
    "endswith": "ends with",
    "lower": "lower case",
    "upper": "upper case",
    "get": "get",
}
DOUBTFUL = re.compile(r"\\|(?<![\w.])[\d.]*\d(?![eE][+-]?\d)[^\W\d]")
FEEL_VALUES = {"true": True, "false": False, "null": None}  # of a text that was translated before
PATHS = (ast.Name, ast.Attribute, ast.Subscript)


def read_python(text: str) -> Tree:
    """The tree of one Python expression. Raises `Unsure`."""
    try:
        return _tree(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, MemoryError) as error:
        raise Unsure from error


def is_not_python(text: str) -> bool:
    """Whether Python does not read it, or warns of it: a backslash, a number that runs into a word."""
    if DOUBTFUL.search(text):
        return True
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return True
    except (ValueError, MemoryError, RecursionError) as error:
        raise Unsure from error
    return False


def _tree(node: ast.expr) -> Tree:
    if isinstance(node, ast.Name) and node.id in FEEL_VALUES:
        return Literal(FEEL_VALUES[node.id])
    if isinstance(node, PATHS):
        return Path(_path(node))
    if isinstance(node, ast.Constant):
        return _constant(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        return Not(_tree(node.operand)) if isinstance(node.op, ast.Not) else Minus(_tree(node.operand))
    if isinstance(node, ast.BoolOp):
        return _joined(SIGNS[type(node.op)], [_tree(each) for each in node.values])
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        return Binary(SIGNS[type(node.op)], _tree(node.left), _tree(node.right))
    if isinstance(node, ast.IfExp):
        return Choice(_tree(node.test), _tree(node.body), _tree(node.orelse))
    if isinstance(node, ast.Compare):
        return _compared(node)
    if isinstance(node, ast.Call) and not node.keywords:
        return _call(node)
    raise Unsure


def _constant(value: object) -> Tree:
    if isinstance(value, (bool, str)) or value is None:
        return Literal(value)
    if isinstance(value, (int, float)) and abs(value) < 10**15:
        return Number(format(value, "f").rstrip("0").rstrip(".") if isinstance(value, float) else str(value))
    raise Unsure


def _path(node: ast.expr) -> tuple[str, ...]:
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        return (*_path(node.value), node.attr)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        return (*_path(node.value), node.slice.value)
    raise Unsure


def _joined(sign: str, operands: list[Tree]) -> Tree:
    tree = operands[0]
    for operand in operands[1:]:
        tree = Binary(sign, tree, operand)
    return tree


def _compared(node: ast.Compare) -> Tree:
    """A chain compares each pair: `0 < x < 5`."""
    operands = [node.left, *node.comparators]
    if len(node.ops) > 1 and not all(isinstance(each, (*PATHS, ast.Constant)) for each in operands[1:-1]):
        raise Unsure
    pairs = zip(node.ops, operands, operands[1:], strict=False)
    return _joined("and", [_pair(sign, left, right) for sign, left, right in pairs])


def _pair(sign: ast.cmpop, left: ast.expr, right: ast.expr) -> Tree:
    if isinstance(sign, (ast.In, ast.NotIn)):
        found = _membership(left, right)
        return Not(found) if isinstance(sign, ast.NotIn) else found
    if isinstance(sign, (ast.Is, ast.IsNot)):
        if not (isinstance(right, ast.Constant) and right.value is None):
            raise Unsure
        return Binary("=" if isinstance(sign, ast.Is) else "!=", _tree(left), Literal(None))
    return Binary(SIGNS[type(sign)], _tree(left), _tree(right))


def _membership(left: ast.expr, right: ast.expr) -> Tree:
    if isinstance(right, (ast.List, ast.Tuple, ast.Set)) and isinstance(left, PATHS) and right.elts:
        if not all(isinstance(each, ast.Constant) for each in right.elts):
            raise Unsure
        return _joined("or", [Binary("=", _tree(left), _tree(each)) for each in right.elts])
    if isinstance(right, PATHS) and isinstance(left, ast.Constant) and isinstance(left.value, str):
        return Call("holds", _tree(right), (_tree(left),))
    raise Unsure


def _call(node: ast.Call) -> Tree:
    arguments = tuple(_tree(each) for each in node.args)
    if isinstance(node.func, ast.Name) and node.func.id == "len" and len(arguments) == 1:
        return Call("len", arguments[0])
    if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
        wanted = 0 if node.func.attr in ("lower", "upper") else 1
        if len(arguments) == wanted:
            return Call(METHODS[node.func.attr], _tree(node.func.value), arguments)
    raise Unsure
