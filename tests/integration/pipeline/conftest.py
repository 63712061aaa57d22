"""A real engine (fork server and judges), and contexts that send to a real broker."""

import dataclasses
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from grader.bootstrap import Context
from grader.live import RedisEvents
from grader.outbound.queue import CeleryQueue
from grader.services import intake
from rubrics.answers import RawAnswer
from rubrics.loader import LIBRARY, load
from rubrics.samples import load_samples
from workers.engine import Engine

PAPER = load(LIBRARY / "autograd" / "paper-1")
TEXTS = {
    "q2a": RawAnswer(kind="expression", text="eta*(t-o)*o*(1-o)*x"),
    "q2b": RawAnswer(kind="text", text="Saturation, and one factor a layer."),
}

Submit = Callable[[RawAnswer], intake.Receipt]


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    running = Engine.start(slots=2)
    yield running
    running.close()


@pytest.fixture(scope="session")
def sample_answers() -> dict[str, RawAnswer]:
    """Answers to question 1 by the name of their sample."""
    return {one.name: one.answers["q1"] for one in load_samples(PAPER) if "q1" in one.answers}


@pytest.fixture
def submit(ctx: Context, classroom: Any) -> Submit:
    """Hands in an answer to question 1, with texts for the others."""

    def send(answer: RawAnswer) -> intake.Receipt:
        wanted = intake.Intake(
            classroom.student_id, classroom.assignment_id, {"q1": answer, **TEXTS}
        )
        return intake.submit(ctx, wanted)

    return send


@pytest.fixture
def live_ctx(ctx: Context, valkey_url: str, clock: Any) -> Context:
    """The same database, with a real queue, real news, and the real time."""
    clock.now = datetime.now(UTC)  # what is handed in by `submit` is not of tomorrow
    settings = ctx.settings.model_copy(update={"broker_url": valkey_url, "redis_url": valkey_url})
    return dataclasses.replace(
        ctx,
        settings=settings,
        queue=CeleryQueue(valkey_url),
        events=RedisEvents(valkey_url),
        clock=lambda: datetime.now(UTC),
    )


@pytest.fixture
def environment(live_ctx: Context) -> dict[str, str]:
    """What a worker process needs to see the same site."""
    settings = live_ctx.settings
    return dict(os.environ) | {
        "XGRAD_MODE": settings.mode,
        "DATABASE_URL": settings.database_url,
        "BROKER_URL": settings.broker_url,
        "XGRAD_REDIS_URL": settings.redis_url,
        "XGRAD_SECRET_KEY": settings.secret_key,
        "XGRAD_ARTEFACTS_URL": settings.artefacts_url,
        "XGRAD_CACHE_DIR": str(settings.cache_dir),
        "XGRAD_WEBHOOK_ALLOW_PRIVATE": "true",
        "PYTHONUNBUFFERED": "1",
    }
