"""Where an LMS knocks."""

from apiflask import APIBlueprint

lms = APIBlueprint("lms", __name__, url_prefix="/lms", enable_openapi=False)

from grader.web.lms import hooks  # noqa: E402

__all__ = ["hooks", "lms"]
