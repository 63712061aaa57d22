"""What students see: their assignments, the answer form, progress and feedback."""

from apiflask import APIBlueprint

portal = APIBlueprint("portal", __name__, enable_openapi=False)

from grader.web.portal import assignments, files, listing, sign_in, submissions  # noqa: E402

__all__ = ["assignments", "files", "listing", "portal", "sign_in", "submissions"]
