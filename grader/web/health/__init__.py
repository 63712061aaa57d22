"""Whether the service lives, and whether it can grade."""

from apiflask import APIBlueprint

health = APIBlueprint("health", __name__, tag="Health")

from grader.web.health import probes  # noqa: E402

__all__ = ["health", "probes"]
