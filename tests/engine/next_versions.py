"""Next versions of the method of these tests, one change each."""

from __future__ import annotations

from collections.abc import Callable

from engine import PublishMethod
from engine.overlay import edit
from engine.overlay.loom import Loom, Origin
from engine.words import Text
from tests.engine.play import ESSAI, Play
from tests.overlay import versions
from tests.overlay.samples import released

Edit = Callable[[Loom], object]


def inserted(flow: str, id: str = "N", lock: str = "locked", role: str = "CP") -> Edit:
    """A step more on a flow."""

    def done(loom: Loom) -> None:
        node = loom.put_in(flow, id, "userTask", role, Origin("method"), name=Text(f"Étape {id}", f"Step {id}"))
        node.set_camunda("candidateGroups", role)
        edit.say(node, "method.lock", lock)

    return done


def without(id: str) -> Edit:
    return lambda loom: loom.take_out(id, Origin("method"))


def published(play: Play, *edits: Edit, version: str = "2.0.0", files: dict[str, bytes] = ESSAI) -> None:
    loom = versions.loom_of(released(files))
    for each in edits:
        each(loom)
    play.do("jeanne", PublishMethod(dict(versions.numbered(loom, version).files)))
