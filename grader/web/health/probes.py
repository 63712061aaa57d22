"""For load balancers and people: `/healthz` says the process lives, `/readyz` that it can serve."""

from typing import Any

from pydantic import BaseModel

from grader.web import current
from grader.web.health import checks, health


class Alive(BaseModel):
    """The process answers."""

    ok: bool


class Ready(BaseModel):
    """Every part, and whether submissions can be stored and graded now.

    One healthy grading worker is enough; a sick one beside it is listed with its reason.
    """

    ok: bool
    parts: list[checks.Part]


@health.get("/healthz")
@health.output(Alive)
def healthz() -> dict[str, bool]:
    """Whether this process answers at all."""
    return {"ok": True}


@health.get("/readyz")
@health.output(Ready)
@health.doc(responses={503: "Something is missing; `parts` says what and why."})
def readyz() -> tuple[dict[str, Any], int]:
    """Whether submissions can be stored and graded now, and if not, why."""
    found = checks.parts(current.ctx())
    well = ready(found)
    return Ready(ok=well, parts=found).model_dump(), 200 if well else 503


def ready(found: list[checks.Part]) -> bool:
    """All of the service's own parts, and at least one worker."""
    workers = [one.ok for one in found if one.name.startswith("worker")]
    return all(one.ok for one in found if not one.name.startswith("worker")) and any(workers)
