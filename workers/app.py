"""The Celery app: `celery --app workers.app worker --queues grading` and its siblings.

Tasks are named `workers.<verb>` and take one id; the web sends them by name.
"""

import sys

from celery import Celery, signals

from grader import logs
from grader.settings import Settings, SettingsError
from workers import broker_loss, lifecycle
from workers.config import celery_settings


def make_app(settings: Settings) -> Celery:
    """A Celery app with our settings and our tasks."""
    app = Celery("xgrad", include=["workers.tasks"])
    app.conf.update(celery_settings(settings))
    lifecycle.install(app)
    broker_loss.outlive()
    # Connecting to this signal keeps Celery from setting up logging of its own.
    signals.setup_logging.connect(lambda **_: logs.configure(settings), weak=False)
    return app


def _settings() -> Settings:
    try:
        return Settings.load()
    except SettingsError as refused:
        # Celery would wrap this in a traceback; what helps is the list of variables.
        print(refused, file=sys.stderr)
        raise SystemExit(lifecycle.EXIT_SETUP) from None


app = make_app(_settings())
