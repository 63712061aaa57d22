"""`xgrad run`: serves, greets, says which port is taken, and keeps its data for the next time."""

import signal
import socket
from typing import Any

import pytest

from xgrad.demo.browser import Browser
from xgrad.demo.cast import BY_HAND, INSTRUCTOR
from xgrad.embedded.ports import free_port


def read_until(process: Any, text: str) -> list[str]:
    lines = []
    for line in process.stderr:
        lines.append(line)
        if text in line:
            return lines
    raise AssertionError("".join(lines))


def test_it_serves_and_greets_and_the_second_time_everything_is_still_there(xgrad: Any) -> None:
    port, events = free_port(), free_port()
    for _ in range(2):
        process = xgrad.start("run", "--port", str(port), "--events-port", str(events))
        greeting = "".join(read_until(process, "Serving"))
        assert f"http://127.0.0.1:{port}" in greeting
        for player in (BY_HAND, INSTRUCTOR):
            assert player.password in greeting
            browser = Browser(f"http://127.0.0.1:{port}")
            browser.sign_in(player.username, player.password)
            assert "Deep learning by hand" in browser.session.get(browser.base_url, timeout=20).text
            browser.close()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 130
        assert xgrad.wait_until_gone() == []
    assert (xgrad.home / "var" / "demo" / "xgrad.db").exists()
    assert not (xgrad.home / "var" / "xgrad.db").exists(), "production's own is not touched"


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
