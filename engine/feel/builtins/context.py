"""Context functions (DMN 1.5, 10.3.4.12)."""

from __future__ import annotations

from ..budget import Run
from ..errors import Refusal, refuse
from ..values import Value, in_english, in_french, kind
from .signature import Library

LIBRARY = Library()
Context = dict[str, Value]


@LIBRARY.function("get value", "m: context, key: string")
def get_value(run: Run, context: Context, key: str) -> Value:
    """The entry, or null when it is not there, which is no error: how to read an optional entry."""
    return context.get(key)


@LIBRARY.function("get value", "m: context, keys: list")
def get_nested_value(run: Run, context: Context, keys: list[Value]) -> Value:
    if not keys:
        raise not_an_entry(keys)
    found: Value = context
    for key in texts(keys):
        found = found.get(key) if isinstance(found, dict) else None
    return found


@LIBRARY.function("get entries", "m: context")
def get_entries(run: Run, context: Context) -> list[Context]:
    return [{"key": key, "value": value} for key, value in context.items()]


@LIBRARY.function("context", "entries: list")
def from_entries(run: Run, entries: list[Value]) -> Context:
    built: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys() or not isinstance(entry["key"], str):
            raise not_an_entry(entry)
        if entry["key"] in built:
            raise refuse(
                f"L’entrée « {entry['key'][:40]} » est donnée deux fois. Retirez-en une.",
                f"The entry '{entry['key'][:40]}' is given twice. Remove one.",
            )
        built[entry["key"]] = entry["value"]
    return built


@LIBRARY.function("context put", "context: context, key: string, value: any")
def put(run: Run, context: Context, key: str, value: Value) -> Context:
    return {**context, key: value}


@LIBRARY.function("context put", "context: context, keys: list, value: any")
def put_nested(run: Run, context: Context, keys: list[Value], value: Value) -> Context:
    """In the contexts that the keys lead to, which must be there."""
    names = texts(keys)
    if not names:
        raise not_an_entry(keys)
    built = dict(context)
    inner = built
    for name in names[:-1]:
        below = inner.get(name)
        if not isinstance(below, dict):
            raise not_an_entry(below)
        inner[name] = dict(below)
        inner = inner[name]
    inner[names[-1]] = value
    return built


@LIBRARY.function("context merge", "contexts: list")
def merge(run: Run, contexts: list[Value]) -> Context:
    built: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise not_an_entry(context)
        built.update(context)
        run.built(built)
    return built


def texts(keys: list[Value]) -> list[str]:
    for key in keys:
        if not isinstance(key, str):
            raise not_an_entry(key)
    return keys


def not_an_entry(value: Value) -> Refusal:
    return refuse(
        f'Attendu : des contextes et des clés en texte ({{key: "a", value: 1}}). Trouvé : '
        f"{in_french(kind(value))}. "
        "Corrigez l’argument.",
        f'Expected contexts and keys that are strings ({{key: "a", value: 1}}), found '
        f"{in_english(kind(value))}. "
        "Correct the argument.",
    )
