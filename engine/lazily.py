"""A package's face, each name of which is loaded when it is first asked for.

What the package imports under `TYPE_CHECKING` is its face, to a type checker and to this module, which reads it there:
one list, and a command that needs three names of two hundred waits for these only.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def lazily(package: str, file: str, names: dict[str, Any]) -> Callable[[str], Any]:
    """The `__getattr__` of `package`, whose source is `file` and whose globals are `names`."""
    where = {
        each.asname or each.name: (node.module, each.name)
        for node in ast.walk(ast.parse(Path(file).read_bytes()))
        if isinstance(node, ast.ImportFrom) and node.module
        for each in node.names
    }

    def load(name: str) -> Any:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, own = where[name]
        names[name] = getattr(import_module(module), own)
        return names[name]

    return load
