"""For a WSGI server: `gunicorn grader.web.wsgi:app`."""

from grader import logs
from grader.bootstrap import build
from grader.settings import Settings
from grader.web import create_app, patience

settings = Settings.load()
logs.configure(settings)
app = create_app(build(settings))
app.wsgi_app = patience.within(app.wsgi_app)  # type: ignore[method-assign, assignment]
