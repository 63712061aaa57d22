"""A real Valkey, started once, with an empty database for each test that asks for it."""

import subprocess
import time
from collections.abc import Iterator

import pytest
import redis

from xgrad.embedded import ports, valkey


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a Valkey on loopback."""
    folder, port = tmp_path_factory.mktemp("valkey"), ports.free_port()
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(valkey.command(port, folder / "data"), stdout=log, stderr=log)
    until = time.monotonic() + 60
    while not valkey.answers(port):
        assert server.poll() is None, (folder / "log").read_text()
        assert time.monotonic() < until, "Valkey did not start"
        time.sleep(0.02)
    yield port
    server.terminate()
    server.wait(60)


@pytest.fixture
def valkey_url(valkey_server: int) -> Iterator[str]:
    """The address of an empty database of that Valkey."""
    url = f"redis://127.0.0.1:{valkey_server}/0"
    with redis.Redis.from_url(url) as client:
        client.flushall()
        yield url
