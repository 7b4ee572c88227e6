"""Everything that can be read, one page a file: a query, the page it gives, and `read`, which makes it from rows."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

from engine.queries.view import View

Reader = Callable[[View, Any], Any]


def _readers() -> dict[type, Reader]:
    """Each query class to the function that answers it: those whose name starts with `read`."""
    found: dict[type, Reader] = {}
    for module in pkgutil.iter_modules(__path__):
        page = importlib.import_module(f"{__name__}.{module.name}")
        for name, function in vars(page).items():
            if name.startswith("read") and callable(function):
                found[getattr(page, function.__annotations__["query"])] = function
    return found


READERS = _readers()
