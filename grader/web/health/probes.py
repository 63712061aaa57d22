"""For load balancers and people: `/healthz` says the process lives, `/readyz` that it can serve."""

import time
from typing import Any

from flask import current_app
from flask.sansio.blueprints import BlueprintSetupState
from pydantic import BaseModel

from grader.web import current
from grader.web.health import checks, health

_SINCE = "xgrad_since"


@health.record
def _begin(state: BlueprintSetupState) -> None:
    state.app.extensions[_SINCE] = time.monotonic()


def _since() -> float:
    """When this process began to serve."""
    return float(current_app.extensions[_SINCE])


class Alive(BaseModel):
    """The process answers."""

    ok: bool


class Ready(BaseModel):
    """Every part, and whether submissions can be stored and graded now.

    One healthy grading worker is enough; a sick one beside it is listed with its reason. It is
    `degraded` where any part is not well, also one that keeps nobody from handing in.
    """

    ok: bool
    degraded: bool
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
    found = checks.parts(current.ctx(), _since())
    well, whole = ready(found), all(one.ok for one in found)
    return Ready(ok=well, degraded=not whole, parts=found).model_dump(), 200 if well else 503


def ready(found: list[checks.Part]) -> bool:
    """What storing needs, and at least one worker.

    What waits for housekeeping is late, not lost: no reason for a proxy to send students away.
    """
    workers = [one.ok for one in found if one.name.startswith("worker")]
    needed = [one.ok for one in found if one.name in ("database", "redis")]
    return all(needed) and any(workers)
