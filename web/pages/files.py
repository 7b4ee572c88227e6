"""Attached files: always as a download, never shown inside a page."""

from __future__ import annotations

import io

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from engine import Download
from web.acting import read

pages = Blueprint("files", __name__)


@pages.get("/fichiers/<int:file>")
def download(file: int) -> ResponseReturnValue:
    found = read(Download(file))
    answer = send_file(
        io.BytesIO(found.content), mimetype="application/octet-stream", as_attachment=True, download_name=found.name,
        max_age=0, etag=False,
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
