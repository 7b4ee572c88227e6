"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine import LANGUAGES, Invalid, SetLanguage, SignIn, SignInNeeded
from web.acting import execute, the_engine
from web.language import _, text
from web.session import current, signed_in

pages = Blueprint("session", __name__)


@pages.get("/connexion")
def sign_in_page() -> ResponseReturnValue:
    if signed_in() is not None:
        return redirect(safe(request.args.get("next")), 303)
    return show()


@pages.post("/connexion")
def sign_in() -> ResponseReturnValue:
    login, password = request.form.get("login", "").strip(), request.form.get("password", "")
    try:
        actor = the_engine().execute(SignIn(login, password)).actor
    except (SignInNeeded, Invalid) as refusal:
        return show(text(refusal.said)), refusal.status
    current().become(actor)
    return redirect(safe(request.form.get("next")), 303)


@pages.post("/deconnexion")
def sign_out() -> ResponseReturnValue:
    current().become(None)
    flash(_("Vous êtes déconnecté."))
    return redirect(url_for("session.sign_in_page"), 303)


@pages.post("/langue")
def choose_language() -> ResponseReturnValue:
    wish = request.form.get("language")
    if wish in LANGUAGES:
        session["language"] = wish
        if signed_in() is not None:
            execute(SetLanguage(wish))
    return redirect(safe(request.form.get("next")), 303)


def show(refusal: str = "") -> str:
    back = safe(request.values.get("next"))
    people = current_app.jinja_env.globals["everyone"]() if current_app.config["DEMO"] else ()  # type: ignore[operator]
    return render_template("session/sign_in.html", refusal=refusal, back=back, people=people)


def safe(address: str | None) -> str:
    """A page of this site, or the home page: never another site, nor one spelt so that a browser would go there."""
    home = url_for("tasks.inbox")
    if not address or not address.startswith("/") or address.startswith("//"):
        return home
    if "\\" in address or any(ord(sign) < 32 for sign in address):
        return home
    parts = urlsplit(address)
    return home if parts.scheme or parts.netloc else address
