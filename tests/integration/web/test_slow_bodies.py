"""Senders who drip their bodies hold no thread for long: the real server, with little patience."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.settings import Settings
from xgrad.embedded.ports import free_port

THREADS = 4
PATIENCE_S = 1.0
SITE = f"""
from grader.web import patience
patience.BODY_S = {PATIENCE_S}
from grader.web.wsgi import app
"""


@pytest.fixture
def port(settings: Settings, valkey_url: str, tmp_path: Path) -> Iterator[int]:
    """Of a web server with four threads."""
    (tmp_path / "slow_site.py").write_text(SITE)
    number = free_port()
    environment = dict(os.environ) | {
        "XGRAD_MODE": "test",
        "DATABASE_URL": settings.database_url,
        "XGRAD_REDIS_URL": valkey_url,
        "BROKER_URL": valkey_url,
        "XGRAD_SECRET_KEY": settings.secret_key,
        "XGRAD_ARTEFACTS_URL": settings.artefacts_url,
        "XGRAD_CACHE_DIR": str(settings.cache_dir),
        "PYTHONPATH": str(tmp_path),
    }
    gunicorn = ["-m", "gunicorn", "slow_site:app", "--worker-class", "gthread", "--preload"]
    more = ["--threads", str(THREADS), "--bind", f"127.0.0.1:{number}", "--no-control-socket"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, *gunicorn, *more], env=environment, stdout=log, stderr=log
        )
    try:
        until = time.monotonic() + 60
        while not answers(number, 1):
            assert server.poll() is None, (tmp_path / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield number
    finally:
        server.terminate()
        server.wait(60)
    assert "Traceback" not in (tmp_path / "log").read_text()


def answers(port: int, within_s: float) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=within_s) as told:
            return told.status == 200
    except OSError:
        return False


def begin(port: int, head: str) -> socket.socket:
    """A connection on which the head of a request was sent, and nothing of its body."""
    sender = socket.create_connection(("127.0.0.1", port), 10)
    sender.sendall(f"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n{head}\r\n".encode())
    return sender


FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
HEADS = {
    "of a known length": (FORM + "Content-Length: 1000\r\n", b"u"),
    "in chunks": (FORM + "Transfer-Encoding: chunked\r\n", b"1\r\nu\r\n"),
}


@pytest.mark.parametrize("kind", HEADS)
def test_all_threads_are_free_again_soon(port: int, kind: str) -> None:
    head, drop = HEADS[kind]
    senders = [begin(port, head) for _ in range(THREADS + 1)]
    try:
        until = time.monotonic() + 60 * PATIENCE_S
        served = False
        while not served and time.monotonic() < until:
            for sender in senders:
                drip(sender, drop)
            served = answers(port, 1)
        assert served, "every thread is held by a sender who drips"
        assert all(status(sender) in (0, 400, 408) for sender in senders)
    finally:
        for sender in senders:
            sender.close()


def drip(sender: socket.socket, drop: bytes) -> None:
    try:
        sender.sendall(drop)
    except OSError:
        return


def status(sender: socket.socket) -> int:
    """Of the answer; 0 when the server hung up without one."""
    sender.settimeout(60)
    try:
        line = sender.recv(4096).split(b"\r\n")[0].split()
    except OSError:
        return 0
    return int(line[1]) if len(line) > 1 else 0
