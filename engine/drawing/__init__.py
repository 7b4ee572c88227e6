"""A .bpmn file's layout drawn as SVG, on the server: BPMN DI in, one `<svg>` element out.

The picture works without JavaScript and in print, holds to a strict content security policy (classes and
plain attributes only), and takes its colours, light and dark, from `web/static/diagram.css`; without it, as
in a PDF, it has the light ones. Colours that a modeler wrote into the layout are not used.

plane (read) -> activities, events, gateways, pools, artifacts, flows (draw) -> canvas (put together)
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.drawing.canvas import draw_plane
from engine.drawing.mark import Mark, State
from engine.drawing.placing import place
from engine.drawing.plane import has_layout, read_plane
from engine.drawing.sheets import lay_out
from engine.errors import DiagramNotDrawn

__all__ = ["DiagramNotDrawn", "Mark", "State", "draw", "has_layout", "lay_out", "place"]

_NO_MARKS: Mapping[str, Mark] = MappingProxyType({})


def draw(
    diagram: bytes,
    *,
    process: str | None = None,
    marks: Mapping[str, Mark] = _NO_MARKS,
    language: str = "fr",
    title: str = "",
    id_prefix: str = "",
    near: str = "",
) -> str:
    """The diagram as an `<svg>` element for an HTML page, as wide as its content. A page makes it no wider than
    its place, unless its names could not be read then (class `wide`).

    `process` is the id of a process, a collaboration or a sub-process with a plane of its own; without it the
    first plane that shows anything is drawn. `marks` are kept by element id (a flow may be marked too); those
    of elements that this plane does not show are ignored, so that one mapping serves all the planes of a
    project. Each group carries its element's id in `data-element`. Two drawings on one page need different
    `id_prefix`es, made of letters, digits, hyphens and underscores. `near`: an element; only the picture around it
    is shown.
    Raises `DiagramNotDrawn` where the file is not readable, has no layout, or does not show `process`.
    """
    return draw_plane(read_plane(diagram, process, language), marks, language, title, id_prefix, near)
