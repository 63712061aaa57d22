"""The REST API under /api/v1: bearer tokens, one grade shape, one error shape."""

from apiflask import APIBlueprint

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Grading")

from grader.web.api import assignments, docs, events, submissions  # noqa: E402

__all__ = ["api", "assignments", "docs", "events", "submissions"]
