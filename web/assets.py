"""Static files: an address that changes with the content, so that a browser may keep them for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.after_request(keep)


def asset(name: str) -> str:
    """The address of `static/<name>`, with the fingerprint of its content."""
    return url_for("static", filename=name, v=fingerprint(name))


@cache
def fingerprint(name: str) -> str:
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def keep(response: Response) -> Response:
    """Fingerprinted files for a year; pages never, for they are one person's."""
    if request.endpoint == "static" and "v" in request.args and response.status_code in (200, 304):
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    elif request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
