"""The real parts under the pages: a Valkey, a SQLite file with its migrations, a web server."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 90.0
ROOT = Path(__file__).resolve().parents[3]


def free_port() -> int:
    """A TCP port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(command: list[str], log: Path, env: dict[str, str]) -> Iterator[None]:
    """A command that runs while the block does; its output goes to `log`."""
    with log.open("wb") as out:
        running = subprocess.Popen(command, stdout=out, stderr=out, env=env, cwd=ROOT)
    try:
        yield
    finally:
        running.terminate()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def wait_for_port(port: int, log: Path) -> None:
    """Until something listens there; fails with the log otherwise."""
    _until(lambda: _listens(port), f"nothing listens on {port}", log)


def wait_for_page(url: str, log: Path) -> None:
    """Until the page is answered; fails with the log otherwise."""
    _until(lambda: _answers(url), f"{url} is not answered", log)


def script(name: str) -> str:
    """A command of this very environment."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else (shutil.which(name) or name)


def environment(**settings: str) -> dict[str, str]:
    """This environment with our settings and no one else's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("XGRAD_")}
    return kept | settings


def _until(ready, failure: str, log: Path) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if ready():
            return
        time.sleep(0.05)
    raise AssertionError(f"{failure}:\n{log.read_text(errors='replace')[-4000:]}")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False
