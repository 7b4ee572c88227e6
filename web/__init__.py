"""Jalon's pages: a Flask application over the face of the engine, and nothing behind it.

security   headers, origin, limits          session    server-side sessions over `engine.sessions`
acting     who acts, with which key         language   French first, English complete
forms      a posted form -> values          markdown   what people wrote -> safe HTML
errors     a refusal -> a page              pointers   what stands in the way -> its address
pages      one blueprint an area
"""

from __future__ import annotations

from flask import Flask

from engine import Engine
from web import acting, assets, drawings, errors, forms, language, markdown, pointers, security, session
from web.pages import (
    carrying_over,
    choices,
    compliance,
    deviations,
    entries,
    entrust,
    files,
    gates,
    guests,
    history,
    holders,
    in_use,
    jobs,
    meetings,
    methods,
    migrations,
    outline,
    people,
    projects,
    publication,
    registers,
    scenarios,
    services,
    strategy,
    tailoring,
    tailorings,
    task,
    tasks,
    themes,
    trying,
    workshop,
)
from web.pages import demo as demo_pages
from web.pages import session as session_pages

__all__ = ["create_app"]

#: bytes of one request, files included
LARGEST_REQUEST = 25 * 1024 * 1024


def create_app(engine: Engine, *, demo: bool = False, secure: bool = True) -> Flask:
    """The web application.

    `demo`: anyone may act as anyone; never in a served installation. `secure`: cookies travel over HTTPS only; False
    is for a demonstration or a test on the local machine.
    """
    app = Flask(__name__)
    app.config.update(
        DEMO=demo, MAX_CONTENT_LENGTH=LARGEST_REQUEST, MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024, MAX_FORM_PARTS=10_000
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    acting.install(app, engine)
    session.install(app, engine.sessions, secure=secure)
    for station in (language, forms, markdown, assets, drawings, pointers, errors):
        station.install(app)
    areas = [
        session_pages, tasks, task, files, projects, meetings, gates, strategy, methods, history, people, entrust,
        jobs, registers, entries, themes, guests, services, holders, tailoring, carrying_over, deviations, compliance,
        choices, tailorings, in_use, migrations, workshop, outline, trying, scenarios, publication,
    ]  # fmt: skip
    for area in [*areas, demo_pages] if demo else areas:
        app.register_blueprint(area.pages)
    security.install(app, secure=secure)
    return app
