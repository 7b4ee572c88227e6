"""A diagram on a page: the SVG that the engine draws, never without the list that says the same."""

from __future__ import annotations

from flask import Flask, g
from markupsafe import Markup

from engine import DiagramNotDrawn, Drawing, draw
from web.language import language


def install(app: Flask) -> None:
    app.jinja_env.globals["drawing"] = drawing


def drawing(seen: Drawing) -> Markup:
    """The SVG of a diagram in the reader's language; empty where the diagram has no layout (the list remains)."""
    reader = language()
    g.drawings = g.get("drawings", 0) + 1
    try:
        svg = draw(
            seen.diagram, process=seen.process or None, marks=seen.marks, language=reader,
            title=seen.title.read(reader), id_prefix=f"d{g.drawings}-", near=seen.near,
        )  # fmt: skip
    except DiagramNotDrawn:
        return Markup("")
    return Markup(svg)  # drawn by the engine, every text escaped there
