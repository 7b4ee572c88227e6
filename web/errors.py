"""A refusal becomes a page: its status, its sentence in the reader's language, and a link that helps.

The only place that knows both the engine's errors and HTTP's.
"""

from __future__ import annotations

import logging
import uuid
from urllib.parse import urlsplit

from flask import Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException

from engine import (
    FormRefused,
    JalonError,
    NotFound,
    Pointer,
    SessionExpired,
    SignInNeeded,
    Text,
    TooLarge,
    TooManyRequests,
)
from web.language import _, formats, text
from web.session import signed_in

LOG = logging.getLogger("jalon.web")


class PageExpired(BadRequest):
    """A form without the token of this session."""


class ForeignOrigin(Forbidden):
    """A form posted from another site."""


SENTENCES: dict[type[HTTPException], Text] = {
    PageExpired: Text(
        "Cette page a expiré : elle a été ouverte avant votre dernière connexion. Revenez à la page précédente "
        "(votre saisie y est encore), copiez ce que vous voulez garder, rechargez-la, puis recommencez.",
        "This page has expired: it was opened before you last signed in. Go back to the previous page "
        "(what you typed is still there), copy what you want to keep, reload it, then try again.",
    ),
    ForeignOrigin: Text(
        "Cet envoi vient d’un autre site : il est refusé. Ouvrez la page dans Jalon, puis recommencez.",
        "This was sent from another site: it is refused. Open the page in Jalon, then try again.",
    ),
}
BY_STATUS: dict[int, Text] = {
    400: Text(
        "La demande est incomplète ou mal formée. Revenez à la page précédente, rechargez-la, puis recommencez.",
        "The request is incomplete or malformed. Go back to the previous page, reload it, then try again.",
    ),
    405: Text(
        "Cette adresse ne s’ouvre pas ainsi : elle sert à un bouton d’une page. Revenez à l’accueil.",
        "This address does not open this way: it belongs to a button of a page. Go back to the home page.",
    ),
}


def install(app: Flask) -> None:
    app.register_error_handler(JalonError, refused)
    app.register_error_handler(HTTPException, not_served)
    app.register_error_handler(Exception, unexpected)


def refused(error: JalonError) -> ResponseReturnValue:
    """What the engine refused and the page did not show beside its form."""
    if isinstance(error, SignInNeeded):
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("session.sign_in", next=request.full_path.rstrip("?")), 303)
        return page(error.status, text(error.said), sign_in_link())
    return page(error.status, text(error.said), pointers=error.pointers)


def not_served(error: HTTPException) -> ResponseReturnValue:
    """What Flask or Werkzeug refused, in our words."""
    if error.response is not None or (error.code or 500) < 400:
        return error
    if isinstance(error, CSRFError):
        error = PageExpired()
        if signed_in() is None:
            return refused(SessionExpired())
    said = {404: NotFound(), 429: TooManyRequests()}.get(error.code or 500)
    if error.code == 413:
        size, limit = request.content_length or 0, request.max_content_length or 0
        said = TooLarge(name=Text("Cet envoi", "This upload"), size=in_megabytes(size), limit=in_megabytes(limit))
    if said is not None:
        return refused(said)
    sentence = SENTENCES.get(type(error)) or BY_STATUS.get(error.code or 500) or JalonError.sentence
    return page(error.code or 500, text(sentence))


def in_megabytes(count: int) -> Text:
    return Text(formats.size(count, "fr"), formats.size(count, "en"))


def unexpected(error: Exception) -> ResponseReturnValue:
    """A defect of ours: the person gets a sentence and a number, the log gets the rest under that number."""
    number = uuid.uuid4().hex[:8]
    LOG.error("unexpected error %s on %s %s", number, request.method, request.path, exc_info=error)
    return page(500, text(JalonError.sentence), number=number)


def page(
    status: int, sentence: str, link: tuple[str, str] | None = None, number: str = "",
    pointers: tuple[Pointer, ...] = (),
) -> ResponseReturnValue:  # fmt: skip
    """`link`: where to go on; of empty words: nowhere. `pointers`: what stands in the way, each with its link."""
    remedy = link or usual_remedy()
    shown = render_template(
        "error.html", status=status, sentence=sentence, remedy=remedy, number=number, pointers=pointers
    )
    return shown, status


def usual_remedy() -> tuple[str, str]:
    if g.get("link"):
        return url_for("guests.request_page", secret=g.link), _("Revenir à la demande")
    return (url_for("tasks.inbox"), _("Revenir à mes tâches")) if signed_in() else sign_in_link()


def sign_in_link() -> tuple[str, str]:
    """Back to the page where the form was, once signed in."""
    before = urlsplit(request.referrer or "")
    back = before.path if before.netloc == request.host else "/"
    return url_for("session.sign_in", next=back), _("Se connecter")


def said_beside(error: JalonError) -> dict[str, str]:
    """The sentences of a refusal by form key, for a page that shows its form again; the empty key is no field's."""
    if not isinstance(error, FormRefused):
        return {"": text(error.said)}
    return {key: text(sentence) for key, sentence in error.fields.items()}
