"""Calls of built-in functions, by the kinds of their arguments alone: which signatures fit, what kind comes back."""

from __future__ import annotations

from . import nodes
from .builtins.signature import Signature

RESULTS = {
    name: kind
    for kind, names in {
        "string": "string, substring, upper case, lower case, substring before, substring after, replace, string join, "
        "day of week, month of year",
        "number": "number, string length, count, mean, median, product, stddev, decimal, floor, ceiling, round up, "
        "round down, round half up, round half down, modulo, sqrt, log, exp, day of year, week of year",
        "boolean": "not, is, contains, starts with, ends with, matches, list contains, all, any, odd, even, before, "
        "after, meets, met by, overlaps, overlaps before, overlaps after, finishes, finished by, includes, during, "
        "starts, started by, coincides",
        "list": "append, concatenate, insert before, remove, reverse, index of, union, distinct values, flatten, "
        "sublist, sort, list replace, split, mode, get entries",
        "date": "date, today",
        "time": "time",
        "date and time": "date and time, now",
        "years and months duration": "years and months duration",
        "context": "context, context put, context merge",
        "range": "range",
    }.items()
    for name in names.split(", ")
}


def takes(signature: Signature, call: nodes.Call) -> bool:
    return signature.takes_names(set(call.names)) if call.names else signature.takes(len(call.arguments))


def accepts(signature: Signature, call: nodes.Call, given: list[str]) -> bool:
    """Whether no argument is certainly of another kind. A list may hold the one value, a value makes a list of one."""
    parameters = {each.name: each for each in signature.parameters}
    places = [parameters[name] for name in call.names] if call.names else list(signature.parameters)
    for found, parameter in zip(given, places, strict=False):
        unsure = found in ("", "null", "list") or "any" in parameter.kinds or "list" in parameter.kinds
        if not unsure and found not in parameter.kinds:
            return False
    return True
