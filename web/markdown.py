"""What people write in Markdown, as HTML that is safe to show: parsed by markdown-it, cleaned by nh3."""

from __future__ import annotations

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip

PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def install(app: Flask) -> None:
    app.add_template_filter(markdown, "markdown")


def markdown(source: str) -> Markup:
    """Safe HTML. Headings start at the third level, under the page's own."""
    tokens = PARSER.parse(source or "")
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    return Markup(  # cleaned just here
        nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    )
