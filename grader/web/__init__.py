"""The web: pages for students and staff, the API, and the doors an LMS knocks at."""

from importlib.metadata import version

from apiflask import APIFlask
from flask import url_for
from flask_wtf import CSRFProtect

from grader.bootstrap import Context
from grader.web import converters, current, errors, limits, security, session, words
from grader.web.api import api
from grader.web.api.openapi import describe
from grader.web.dashboard import dashboard
from grader.web.health import health
from grader.web.lms import lms
from grader.web.portal import portal

__all__ = ["create_app"]


def create_app(ctx: Context) -> APIFlask:
    """The WSGI application over one service context."""
    app = APIFlask(
        __name__,
        title="xgrad",
        version=version("xgrad"),
        docs_path=None,
        spec_path=None,
        json_errors=False,
    )
    current.attach(app, ctx)
    converters.register(app)
    security.configure(app, ctx.settings)
    security.guard(app, ctx.settings)
    session.register(app, ctx)
    limits.register(app, ctx.settings)
    errors.register(app)
    csrf = CSRFProtect(app)  # type: ignore[no-untyped-call]
    for blueprint in (portal, dashboard, api, lms, health):
        app.register_blueprint(blueprint)
    for by_token in (api, lms, health):
        csrf.exempt(by_token)  # type: ignore[no-untyped-call]
    words.register(app.jinja_env.filters)
    app.jinja_env.globals["static"] = _static
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    describe(app)
    return app


def _static(name: str) -> str:
    """An address that changes with the release, so browsers may keep the file."""
    return url_for("static", filename=name, v=version("xgrad"))
