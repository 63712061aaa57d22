"""`xgrad run`: serves, greets, says which port is taken, and keeps its data for the next time."""

import os
import pty
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from xgrad.demo.browser import Browser
from xgrad.demo.cast import BY_HAND, INSTRUCTOR
from xgrad.embedded.ports import free_port

ROOT = Path(__file__).parents[3]


def read_until(process: Any, text: str) -> list[str]:
    lines = []
    for line in process.stderr:
        lines.append(line)
        if text in line:
            return lines
    raise AssertionError("".join(lines))


def test_it_serves_and_greets_and_the_second_time_everything_is_still_there(xgrad: Any) -> None:
    port, events = free_port(), free_port()
    for lms in ("moodle", "canvas"):
        process = xgrad.start("run", "--port", str(port), "--events-port", str(events))
        greeting = "".join(read_until(process, "Serving"))
        assert f"http://127.0.0.1:{port}" in greeting
        for player in (BY_HAND, INSTRUCTOR):
            assert player.password in greeting
            browser = Browser(f"http://127.0.0.1:{port}")
            browser.sign_in(player.username, player.password)
            assert "Deep learning by hand" in browser.session.get(browser.base_url, timeout=20).text
            browser.close()
        admin = xgrad.start("admin", "--folder", "var/demo", "lms-source", "demo", lms)
        assert f"http://127.0.0.1:{port}/lms/hooks/{lms}" in admin.communicate(timeout=60)[0]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 130
        assert xgrad.wait_until_gone() == []
    assert (xgrad.home / "var" / "demo" / "xgrad.db").exists()
    assert not (xgrad.home / "var" / "xgrad.db").exists(), "production's own is not touched"


def test_after_ctrl_c_the_last_line_of_make_run_is_ours_and_it_is_no_error(xgrad: Any) -> None:
    shutil.copy(ROOT / "Makefile", xgrad.home)
    (xgrad.home / "deploy").mkdir()
    (xgrad.home / "deploy" / "setup.sh").symlink_to(shutil.which("true"))  # it is set up
    ports = f"ARGS=--port {free_port()} --events-port {free_port()}"
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(xgrad.home)
        os.execvpe("make", ["make", "run", f"RUN={sys.executable}", ports], xgrad.environment)
    shown = b""
    while piece := _read(terminal):
        if b"Ctrl-C stops" in piece:
            os.write(terminal, b"\x03")
        shown += piece
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    last = shown.decode().splitlines()[-1]
    assert last.startswith("Stopped. What was handed in is kept in var/demo"), last
    assert code == 0
    assert xgrad.wait_until_gone() == []


def _read(terminal: int) -> bytes:
    """A line or a part of the output, empty in the end."""
    piece = b""
    while not piece.endswith(b"\n"):
        try:
            more = os.read(terminal, 1)
        except OSError:  # how Linux says that nobody holds the other side
            return piece
        piece += more
    return piece


@pytest.mark.parametrize(
    ("option", "purpose"), [("--port", "the portal"), ("--events-port", "the live streams")]
)
def test_a_port_that_is_taken_is_named(xgrad: Any, option: str, purpose: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        free = {"--port": free_port(), "--events-port": free_port()} | {option: port}
        words = [str(word) for pair in free.items() for word in pair]
        process = xgrad.start("run", *words)
        _, progress = process.communicate(timeout=60)
    assert process.returncode == 3
    assert f"Port {port}, wanted for {purpose}, is taken" in progress
    assert option in progress
    assert not (xgrad.home / "var").exists()


def test_production_refuses_a_published_secret(xgrad: Any) -> None:
    xgrad.environment |= {"XGRAD_MODE": "production", "XGRAD_SECRET_KEY": "change-me"}
    process = xgrad.start("run", "--port", str(free_port()), "--events-port", str(free_port()))
    _, progress = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "XGRAD_SECRET_KEY" in progress
    assert "Traceback" not in progress
    assert xgrad.wait_until_gone() == []
