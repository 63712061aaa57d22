"""A real receiver of webhooks on loopback, which answers as a test tells it."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Plan:
    """One answer: status, headers, seconds to wait before it, and the body's length."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    body_bytes: int = 0


@dataclass
class Receiver:
    """What arrived, and what is answered: the plans in order, then 200.

    `body_sent` counts the bytes of long answers that found a way out; `answered` is set when one
    has come to its end, or to the sender's.
    """

    url: str
    plans: list[Plan] = field(default_factory=list)
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    body_sent: int = 0
    answered: threading.Event = field(default_factory=threading.Event)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        receiver = self.server.receiver
        headers = {name.lower(): value for name, value in self.headers.items()}
        receiver.requests.append((headers, body))
        plan = receiver.plans.pop(0) if receiver.plans else Plan()
        time.sleep(plan.wait_s)
        try:
            self.send_response(plan.status)
            for name, value in plan.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(plan.body_bytes))
            self.end_headers()
            for _ in range(plan.body_bytes // 65536):
                self.wfile.write(b"x" * 65536)
                receiver.body_sent += 65536
        except OSError:
            pass  # the sender hung up, as it should on a slow or long answer
        receiver.answered.set()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.receiver = Receiver(f"http://127.0.0.1:{server.server_port}/hook")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.receiver
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def plan() -> type[Plan]:
    return Plan
