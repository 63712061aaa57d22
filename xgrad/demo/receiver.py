"""A receiver of webhooks of the demo's own: keeps what verifies, and answers 400 to the rest."""

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from standardwebhooks.webhooks import Webhook, WebhookVerificationError


class Receiver(ThreadingHTTPServer):
    """Listens on a free port of loopback while its context is entered."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.secret = ""
        self.events: dict[str, dict[str, Any]] = {}
        self.refused = 0
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True)

    @property
    def url(self) -> str:
        """Where to register it."""
        return f"http://127.0.0.1:{self.server_port}/grades"

    def take(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Verify one message and keep it by its id; False if its signature is wrong."""
        try:
            event = Webhook(self.secret).verify(body, dict(headers))
        except (WebhookVerificationError, ValueError):
            self.refused += 1
            return False
        with self._news:
            self.events[headers["webhook-id"]] = event
            self._news.notify_all()
        return True

    def wait_for(self, count: int, timeout_s: float) -> bool:
        """True as soon as `count` different events have come, False when the time is over."""
        with self._news:
            return self._news.wait_for(lambda: len(self.events) >= count, timeout_s)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.send_response(204 if self.server.take(body, headers) else 400)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the demo says what matters."""
