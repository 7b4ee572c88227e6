"""Everything that can be done, one verb a file: a dataclass says what is asked, `handle` does it in one act."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

from engine.store.act import Act

Handler = Callable[[Act, Any], Any]


def _handlers() -> dict[type, Handler]:
    """Each command class to the `handle` of its file; the class is the one that `handle` takes."""
    found: dict[type, Handler] = {}
    for module in pkgutil.iter_modules(__path__):
        verb = importlib.import_module(f"{__name__}.{module.name}")
        name = verb.handle.__annotations__["command"]
        found[getattr(verb, name)] = verb.handle
    return found


HANDLERS = _handlers()

#: acts that need nobody signed in, or that only Jalon itself carries out
FOR_NOBODY = frozenset({"SignIn", "OpenLink"})
FOR_JALON = frozenset(
    {
        "FireTimer", "GatherReminders", "GatherDigest", "FindDormant", "CallReviews", "SendReminders", "CarryOutItem",
        "EscalateIdeas", "CheckTolerances",
    }
)  # fmt: skip
