"""What course staff see: submissions, scores, what went wrong, reviews, webhooks."""

from apiflask import APIBlueprint

dashboard = APIBlueprint("dashboard", __name__, url_prefix="/teaching", enable_openapi=False)

from grader.web.dashboard import (  # noqa: E402
    assignments,
    courses,
    export,
    listing,
    lms_events,
    questions,
    review,
    submissions,
    webhooks,
)

__all__ = [
    "assignments",
    "courses",
    "dashboard",
    "export",
    "listing",
    "lms_events",
    "questions",
    "review",
    "submissions",
    "webhooks",
]
