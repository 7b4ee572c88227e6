"""What protects every page: headers, the origin of what is posted, CSRF tokens, limits (OWASP ASVS 5, level 2)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

from web.errors import ForeignOrigin

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: tries of one address, and of one account from anywhere
TRIES_BY_ADDRESS = "30 per minute"
TRIES_BY_ACCOUNT = "10 per minute"
#: openings of links of guests, by address
LINKS_BY_ADDRESS = "60 per minute"


#: what a guest's link opens
LINK_PAGES = tuple(f"guests.{name}" for name in ("request_page", "answer", "refuse", "request_information", "file"))


def install(app: Flask, *, secure: bool) -> None:
    app.before_request(refuse_foreign_origin)
    protect_forms(app)
    limit_sign_in(app)
    app.after_request(add_headers)
    if secure:
        app.after_request(demand_https)


def protect_forms(app: Flask) -> None:
    """CSRF tokens. The secret half of a token is random and stays in the server-side session; the signature of
    Flask-WTF adds nothing to it, so its key may be constant and pages outlive a restart of the server."""
    app.config.update(WTF_CSRF_SECRET_KEY="jalon", WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    CSRFProtect(app)


def refuse_foreign_origin() -> None:
    """A form is accepted only from a page of this site, whatever its token says."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    # a page that tells nobody its address (a guest's) posts with the origin "null": the browser's word is then needed
    if origin == "null" and site == "same-origin":
        return
    if site not in (None, "same-origin", "none") or (origin and urlsplit(origin).netloc != request.host):
        raise ForeignOrigin


def limit_sign_in(app: Flask) -> None:
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    view: Any = app.view_functions["session.sign_in"]
    view = limiter.limit(TRIES_BY_ADDRESS, methods=["POST"])(view)
    view = limiter.limit(TRIES_BY_ACCOUNT, key_func=account_tried, methods=["POST"])(view)
    app.view_functions["session.sign_in"] = view
    links = limiter.shared_limit(LINKS_BY_ADDRESS, scope="links")
    for name in LINK_PAGES:
        page: Any = app.view_functions[name]
        app.view_functions[name] = links(page)


def account_tried() -> str:
    return request.form.get("login", "").strip().casefold()[:200]


def allow_fonts(response: Response) -> Response:
    """For the page of the modeler, whose signs are letters of a font that this site serves."""
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; font-src 'self'"
    return response


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def demand_https(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
