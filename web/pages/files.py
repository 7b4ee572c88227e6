"""Attached files and dossiers: always as a download, never shown inside a page."""

from __future__ import annotations

import io

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from engine import Download, GateDossier, TaskPaper
from web.acting import read
from web.language import language

pages = Blueprint("files", __name__)


@pages.get("/fichiers/<int:file>")
def download(file: int) -> ResponseReturnValue:
    found = read(Download(file))
    return attached(found.name, found.content, "application/octet-stream")


@pages.get("/decisions/<int:decision>/dossier.zip")
def dossier(decision: int) -> ResponseReturnValue:
    """The dossier of a decided gate; its paper is in the reader's language."""
    found = read(GateDossier(decision, language()))
    return attached(found.name, found.content, "application/zip")


@pages.get("/taches/<int:task>/papier.pdf")
def paper(task: int) -> ResponseReturnValue:
    """The answers of a completed task, to hand on."""
    found = read(TaskPaper(task, language()))
    return attached(found.name, found.content, "application/pdf")


def attached(name: str, content: bytes, media: str) -> ResponseReturnValue:
    answer = send_file(
        io.BytesIO(content), mimetype=media, as_attachment=True, download_name=name, max_age=0, etag=False
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
