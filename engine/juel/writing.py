"""The tree of an expression -> FEEL. What depends on the kind of a value asks for it, or is not certain."""

from __future__ import annotations

import re

from engine.feel.vocabulary import KEYWORDS
from engine.juel.tree import Binary, Call, Choice, Empty, Literal, Minus, Not, Number, Path, Tree, Unsure

NAME = re.compile(r"[^\W\d]\w*")
#: how tightly FEEL binds, from loose to tight
CHOICE, OR, AND, RELATION, SUM, PRODUCT, SIGN, TERM = range(8)
BINDING = {
    **{"or": OR, "and": AND, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT},
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), RELATION),
}
LIST = "instance of list<Any>"
TEXT = "instance of string"
EMPTY = (
    f'({{0}} = null or ({{0}} {TEXT} and {{0}} = "") or ({{0}} {LIST} and count({{0}}) = 0) '
    "or ({0} instance of context<> and get entries({0}) = []))"
)
LENGTH = f"(if {{0}} {TEXT} then string length({{0}}) else if {{0}} {LIST} then count({{0}}) else "
ONE_PLACE = {  # of a path, which may be said several times
    "size": f"(if {{0}} {LIST} then count({{0}}) else count(get entries({{0}})))",
    "len": LENGTH + "count(get entries({0})))",
    "script length": LENGTH + "null)",
    "is empty": f'(if {{0}} {TEXT} then {{0}} = "" else if {{0}} {LIST} then count({{0}}) = 0 '
    "else get entries({0}) = [])",
    "contains": f"(if {{0}} {TEXT} then contains({{0}}, {{1}}) else list contains({{0}}, {{1}}))",
    "holds": f"(if {{0}} {TEXT} then contains({{0}}, {{1}}) else if {{0}} {LIST} then list contains({{0}}, {{1}}) "
    "else list contains(get entries({0}).key, {1}))",
}
PLAIN = {
    "length": "string length({0})",
    "lower case": "lower case({0})",
    "upper case": "upper case({0})",
    "starts with": "starts with({0}, {1})",
    "ends with": "ends with({0}, {1})",
    "get": "get value({0}, {1})",
}


def write(tree: Tree) -> str:
    """FEEL. Raises `Unsure`."""
    return _written(tree)[0]


def _written(tree: Tree) -> tuple[str, int]:
    """The text, and how tightly it binds."""
    match tree:
        case Literal(value):
            return _literal(value), TERM
        case Number(digits):
            return digits, TERM
        case Path(names):
            return _path(names), TERM
        case Not(operand):
            return f"not({write(operand)})", TERM
        case Minus(operand):
            return f"-{_within(operand, TERM)}", SIGN
        case Choice():
            return _choice(tree), CHOICE
        case Empty(operand):
            return EMPTY.format(_place(operand)), TERM
        case Call():
            return _call(tree), TERM
        case Binary():
            return _binary(tree)
    raise Unsure


def _within(tree: Tree, binding: int) -> str:
    text, own = _written(tree)
    return text if own >= binding else f"({text})"


def _literal(value: str | bool | None) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return {True: "true", False: "false", None: "null"}[value]


def _path(names: tuple[str, ...]) -> str:
    for name in names:
        if not NAME.fullmatch(name) or name in KEYWORDS:
            raise Unsure
    return ".".join(names)


def _place(tree: Tree) -> str:
    if not isinstance(tree, Path):
        raise Unsure
    return _path(tree.names)


def _binary(tree: Binary) -> tuple[str, int]:
    left, right = tree.left, tree.right
    if tree.sign in ("=", "!="):
        return _equality(tree), RELATION
    if tree.sign == "modulo":
        return f"modulo({write(left)}, {write(right)})", TERM
    if tree.sign not in BINDING:  # "%" goes by the sign of its left side, FEEL by that of its right
        raise Unsure
    if tree.sign == "+" and tree.adds and not (_is_number(left) or _is_number(right)):
        raise Unsure
    binding = BINDING[tree.sign]
    tighter = binding + (tree.sign in ("-", "/") or binding == RELATION)
    first = _within(left, RELATION + 1 if binding == RELATION else binding)
    return f"{first} {tree.sign} {_within(right, tighter)}", binding


def _equality(tree: Binary) -> str:
    left, right = tree.left, tree.right
    for one, other in ((left, right), (right, left)):
        if _may_be_null(one):
            raise Unsure
        if isinstance(one, Binary) and one.sign == "%" and isinstance(other, Number) and not float(other.digits):
            return f"modulo({write(one.left)}, {write(one.right)}) {tree.sign} 0"
    return f"{_within(left, SUM)} {tree.sign} {_within(right, SUM)}"


def _may_be_null(tree: Tree) -> bool:
    """Over null, FEEL's logic is null, and so equal to nothing, where the other languages are false."""
    if isinstance(tree, Choice):
        return _may_be_null(tree.yes) or _may_be_null(tree.no)
    return isinstance(tree, Not) or (isinstance(tree, Binary) and tree.sign in ("and", "or"))


def _choice(tree: Choice) -> str:
    """Null counts for false as a condition, in FEEL too; but its negation is null there, and true elsewhere."""
    condition, yes, no = tree.condition, tree.yes, tree.no
    while isinstance(condition, Not):
        condition, yes, no = condition.operand, no, yes
    if _negates(condition):
        raise Unsure
    return f"if {write(condition)} then {write(yes)} else {write(no)}"


def _negates(tree: Tree) -> bool:
    """Whether it holds a negation of what may be null."""
    match tree:
        case Not(Empty()):
            return False
        case Not(Binary(sign=sign)):
            return sign in ("and", "or")
        case Not():
            return True
        case Binary("and" | "or", left, right):
            return _negates(left) or _negates(right)
        case Choice(_, yes, no):
            return _negates(yes) or _negates(no)
    return False


def _is_number(tree: Tree) -> bool:
    arithmetic = isinstance(tree, Binary) and tree.sign in ("+", "-", "*", "/")
    return (
        isinstance(tree, (Number, Minus))
        or arithmetic
        or (isinstance(tree, Call) and tree.method in ("size", "length"))
    )


def _call(tree: Call) -> str:
    arguments = [write(each) for each in tree.arguments]
    texts = [isinstance(each, Literal) and isinstance(each.value, str) for each in (tree.target, *tree.arguments)]
    if tree.method == "equals":
        if not any(texts):
            raise Unsure  # in Java a number equals only one of its own class
        return f"({_within(tree.target, SUM)} = {_within(tree.arguments[0], SUM)})"
    if tree.method in ("contains", "get") and not all(texts[1:]):
        raise Unsure
    if tree.method in ONE_PLACE:
        return ONE_PLACE[tree.method].format(_place(tree.target), *arguments)
    return PLAIN[tree.method].format(write(tree.target), *arguments)
