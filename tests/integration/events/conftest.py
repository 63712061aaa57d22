"""The events process as it is: uvicorn in a thread of its own, a real database, a real Valkey."""

import dataclasses
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn

from grader.bootstrap import Context
from grader.events.app import create_app
from grader.live import RedisEvents
from grader.services import intake
from grader.tickets import sign_ticket
from rubrics.answers import RawAnswer


@dataclass(frozen=True)
class Site:
    """A running events process over a context whose news goes to the same Valkey."""

    ctx: Context
    url: str

    def address(self, submission_id: str) -> str:
        ticket = sign_ticket(self.ctx.settings.secret_key, submission_id)
        return f"{self.url}/submissions/{submission_id}?ticket={ticket}"


@pytest.fixture
def site(ctx: Context, valkey_url: str) -> Iterator[Site]:
    settings = ctx.settings.model_copy(
        update={"redis_url": valkey_url, "base_url": "https://grade.example.org/portal"}
    )
    live = dataclasses.replace(ctx, settings=settings, events=RedisEvents(valkey_url))
    config = uvicorn.Config(create_app(live), log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Site(live, f"http://127.0.0.1:{listening.getsockname()[1]}")
        server.should_exit = True
        thread.join()


@pytest.fixture
def receipt(ctx: Context, classroom: Any) -> intake.Receipt:
    """A submission that waits to be graded."""
    answers = {
        "q1": RawAnswer(kind="tensor", text="[0.9673, 1.6824, 2.0190, 579.9380]"),
        "q2a": RawAnswer(kind="expression", text="eta*(t-o)*o*(1-o)*x"),
        "q2b": RawAnswer(kind="text", text="Saturation."),
    }
    wanted = intake.Intake(classroom.student_id, classroom.assignment_id, answers)
    return intake.submit(ctx, wanted)
