"""Real worker processes over a real broker: what is lost with one is found by the next."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import redis
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook

from grader.bootstrap import Context
from grader.outbound import due
from grader.services import endpoints, lms_inbox, lms_sources, outbox, sweep
from grader.store.models import DeliveryAttemptRow, InboundEventRow, OutboxRow
from grader.store.queries import submissions
from grader.store.queries.submissions import SubmissionView
from grader.web import create_app
from grader.web.health import checks
from rubrics.answers import RawAnswer
from workers.heartbeat import PREFIX
from xgrad import services
from xgrad.processes import Processes
from xgrad.services import Service

# At work until its wall, so that no test is too late to meet it there.
SLOW = RawAnswer(kind="code", files={"slow.py": b"import time\ntime.sleep(60)\n"})


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One kind of database will do here: the whole way on both is the demo's test."""
    path = tmp_path / "xgrad.db"
    shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def processes(tmp_path: Path, environment: dict[str, str]) -> Iterator[Processes]:
    with Processes(tmp_path / "log", environment) as running:
        yield running


def start(processes: Processes, service: Service, ctx: Context, name: str = "") -> int:
    """Start a worker; a grading worker is awaited until it has given a sign of life."""
    pid = processes.start(name or service.name, service.command)
    if service is services.WORKER:
        client = redis.Redis.from_url(ctx.settings.redis_url)
        processes.wait_for(lambda: bool(client.keys(PREFIX + "*")), "The worker", 120)
        client.close()
    return pid


def view(ctx: Context, submission_id: str) -> SubmissionView:
    with ctx.store.read() as session:
        return submissions.view(session, submission_id)


def wait(until: Callable[[], bool], seconds: float = 90) -> bool:
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.1)
    return until()


def test_a_worker_killed_in_the_middle_loses_nothing_and_grades_once(
    live_ctx: Context, processes: Processes, submit: Any, tmp_path: Path
) -> None:
    ctx = live_ctx
    first = start(processes, services.WORKER, ctx)
    receipt = submit(SLOW)
    ctx.queue.enqueue_grading(receipt.grading_id)
    assert wait(lambda: view(ctx, receipt.submission_id).state == "running")
    subprocess.run(["kill", "-KILL", str(first)], check=True)
    processes._running.pop("worker").wait()
    assert view(ctx, receipt.submission_id).state == "running"
    with redis.Redis.from_url(ctx.settings.redis_url) as client:
        for sign in client.keys(PREFIX + "*"):
            client.delete(sign)
    start(processes, services.WORKER, ctx, "second")
    assert sweep.sweep(ctx, timedelta(0)) == 1
    assert wait(lambda: view(ctx, receipt.submission_id).grade is not None)
    seen = view(ctx, receipt.submission_id)
    assert (seen.revision, seen.gradings[0].tries) == (1, 2)


def test_the_same_task_sent_ten_times_is_one_grade(
    live_ctx: Context, processes: Processes, submit: Any, sample_answers: dict[str, RawAnswer]
) -> None:
    ctx = live_ctx
    receipt = submit(sample_answers["right-script"])
    for _ in range(10):
        ctx.queue.enqueue_grading(receipt.grading_id)
    start(processes, services.WORKER, ctx)
    assert wait(lambda: view(ctx, receipt.submission_id).grade is not None)
    with redis.Redis.from_url(ctx.settings.redis_url) as client:
        assert wait(lambda: client.llen("grading") == 0 and client.hlen("unacked") == 0)
    assert view(ctx, receipt.submission_id).revision == 1


def test_messages_that_are_not_ours_harm_nothing(
    live_ctx: Context, processes: Processes, submit: Any, sample_answers: dict[str, RawAnswer]
) -> None:
    ctx = live_ctx
    start(processes, services.WORKER, ctx)
    app = ctx.queue._app
    app.send_task("workers.grade", args=("no-such-id",), queue="grading")
    app.send_task("workers.grade", args=({"a": [1]},), queue="grading")
    app.send_task("os.system", args=("touch /tmp/owned",), queue="grading")
    app.conf.update(task_serializer="pickle", accept_content=["pickle"])
    app.send_task("workers.grade", args=(b"x",), queue="grading", serializer="pickle")
    app.conf.update(task_serializer="json")
    receipt = submit(sample_answers["right-numbers"])
    ctx.queue.enqueue_grading(receipt.grading_id)
    assert wait(lambda: view(ctx, receipt.submission_id).grade is not None)
    processes.check()


def test_a_recorded_grade_reaches_the_endpoint_by_the_delivery_worker(
    live_ctx: Context,
    processes: Processes,
    submit: Any,
    classroom: Any,
    sample_answers: dict[str, RawAnswer],
) -> None:
    from xgrad.demo.receiver import Receiver

    ctx = live_ctx
    with Receiver() as receiver:
        receiver.secret = endpoints.add(ctx, None, classroom.course_id, receiver.url).secret
        for service in (services.WORKER, services.DELIVERY, services.HOUSEKEEPING):
            start(processes, service, ctx)
        receipt = submit(sample_answers["students-paper"])
        ctx.queue.enqueue_grading(receipt.grading_id)
        assert receiver.wait_for(1, 90)
        (event,) = receiver.events.values()
    assert event["data"]["submission_id"] == receipt.submission_id
    assert event["data"]["grade"]["questions"][0]["score"] == 0.0


def news(ctx: Context, course_id: str) -> OutboxRow:
    return OutboxRow(
        event="grade.recorded",
        course_id=course_id,
        payload={},
        created_at=ctx.clock(),
        dispatched_at=None,
    )


def hand_in_by_lms(ctx: Context, classroom: Any) -> str:
    """The id of an event that arrived as an LMS sends it."""
    source = lms_sources.add(ctx, classroom.course_id, "moodle")
    lms_sources.identify(ctx, None, source.id, "u1", classroom.student_id)
    answers = {"q1": {"kind": "tensor", "text": "[1, 2, 3, 4]"}}
    data = {"user": {"id": "u1"}, "assignment": "autograd/paper-1", "answers": answers}
    body = json.dumps({"type": "submission.created", "data": data})
    signature = Webhook(source.secret).sign("msg_1", ctx.clock(), body)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(ctx.clock().timestamp())),
        "webhook-signature": signature,
    }
    assert lms_inbox.receive(ctx, "moodle", headers, body.encode())
    with ctx.store.read() as session:
        return session.scalars(select(InboundEventRow.id)).one()


def test_a_receiver_that_never_answers_keeps_no_lms_waiting(
    live_ctx: Context, processes: Processes, classroom: Any
) -> None:
    ctx = live_ctx
    for service in (services.DELIVERY, services.HOUSEKEEPING):
        start(processes, service, ctx)
    # It takes connections, since the kernel does, and is silent ever after.
    with socket.create_server(("127.0.0.1", 0), backlog=50) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        for path in ("a", "b", "c", "d"):
            endpoints.add(ctx, None, classroom.course_id, url + path)
        with ctx.store.begin() as session:
            session.add_all([news(ctx, classroom.course_id) for _ in range(10)])
        outbox.dispatch(ctx)
        assert due.enqueue(ctx) == 4, "one for each endpoint"

        def held() -> int:
            with ctx.store.read() as session:
                return len(session.scalars(select(DeliveryAttemptRow)).all())

        def state() -> str:
            with ctx.store.read() as session:
                return session.get_one(InboundEventRow, inbound_id).state

        assert wait(lambda: held() >= 2), "both processes are at it"
        inbound_id = hand_in_by_lms(ctx, classroom)
        assert wait(lambda: state() == "acted")
        with redis.Redis.from_url(ctx.settings.redis_url) as client:
            assert client.llen("delivery") > 0, "deliveries still wait"


def test_a_sweep_is_the_sign_that_housekeeping_works(
    live_ctx: Context, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = live_ctx
    monkeypatch.setattr(checks, "PATIENCE_S", 0.0)
    web = create_app(ctx).test_client()

    def well() -> bool:
        parts = web.get("/readyz").json["parts"]
        return next(one["ok"] for one in parts if one["name"] == "housekeeping")

    start(processes, services.HOUSEKEEPING, ctx)
    assert not well()
    ctx.queue._app.send_task("workers.sweep", queue="housekeeping")
    assert wait(well)


class Both(ThreadingHTTPServer):
    """Receives for two endpoints; /slow does not answer before something came to /quick."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.arrived: list[str] = []
        self.quick = threading.Event()


class Hook(BaseHTTPRequestHandler):
    server: Both

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.server.arrived.append(self.path)
        if self.path == "/quick":
            self.server.quick.set()
        self.server.quick.wait(9)  # the sender waits for ten seconds
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def both() -> Iterator[Both]:
    server = Both()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.quick.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_slow_receiver_has_one_delivery_at_a_time_and_holds_up_no_other(
    live_ctx: Context, processes: Processes, classroom: Any, both: Both
) -> None:
    ctx = live_ctx
    start(processes, services.DELIVERY, ctx)
    url = f"http://127.0.0.1:{both.server_port}"

    def told(count: int) -> None:
        with ctx.store.begin() as session:
            session.add_all([news(ctx, classroom.course_id) for _ in range(count)])
        outbox.dispatch(ctx)
        due.enqueue(ctx)

    endpoints.add(ctx, None, classroom.course_id, f"{url}/slow")
    told(5)
    assert wait(lambda: both.arrived == ["/slow"])
    endpoints.add(ctx, None, classroom.course_id, f"{url}/quick")
    told(1)
    assert wait(both.quick.is_set)
    assert both.arrived[:2] == ["/slow", "/quick"]
    assert wait(lambda: both.arrived.count("/slow") == 6), "each leads to the next, without a beat"


def test_a_worker_below_the_floor_refuses_with_words_and_an_exit_code(
    live_ctx: Context, environment: dict[str, str]
) -> None:
    # An ordinary user who may make no namespaces has no way to build the walls.
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c",
         "echo 0 > /proc/sys/user/max_user_namespaces; exec \"$0\" \"$@\"",
         "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all",
         sys.executable, *services.WORKER.command[1:]],
        env=environment, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stdout + done.stderr
    assert "refuses to start" in done.stderr
    assert "Traceback" not in done.stderr
    with redis.Redis.from_url(live_ctx.settings.redis_url) as client:
        (key,) = client.keys(PREFIX + "*")
        assert b'"ok": false' in client.get(key)


def test_a_worker_that_lacks_a_required_layer_takes_nothing_and_readyz_says_which(
    live_ctx: Context, environment: dict[str, str]
) -> None:
    # Over the control groups lies an empty folder, in a mount namespace of the worker's own.
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c",
         "mount -t tmpfs none /sys/fs/cgroup && exec \"$0\" \"$@\"",
         sys.executable, *services.WORKER.command[1:]],
        env=environment | {"XGRAD_SANDBOX_REQUIRED": "full"},
        capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stdout + done.stderr
    answer = create_app(live_ctx).test_client().get("/readyz")
    assert answer.status_code == 503
    (worker,) = (one for one in answer.json["parts"] if one["name"].startswith("worker"))
    assert not worker["ok"]
    assert "The jail lacks: cgroup" in str(worker)


def test_without_usable_settings_a_worker_says_which_variable(
    environment: dict[str, str],
) -> None:
    broken = environment | {"XGRAD_MODE": "production", "XGRAD_SECRET_KEY": "short"}
    command = [sys.executable, *services.WORKER.command[1:]]
    done = subprocess.run(
        command, env=broken, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 3
    assert "XGRAD_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr
