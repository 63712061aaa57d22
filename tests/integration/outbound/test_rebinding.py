"""A name that means another address the second time it is asked for: DNS rebinding."""

import socket
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from grader.outbound.send import Message, Reply, send

SECRET = "whsec_" + "c2VjcmV0LW9mLXRoZS10ZXN0cy0wMTIzNDU2Nzg5"
PUBLIC = "8.8.8.8"
NAME = "hook.example.org"


class Names:
    """Answers for `NAME` in turn, the last for ever; and where connections were made to.

    None of them leaves this machine: those to other addresses are refused here.
    """

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.asked = 0
        self.reached: list[str] = []
        self._answers = answers
        self._ask, self._connect = socket.getaddrinfo, socket.socket.connect

    def getaddrinfo(self, host: str, port: Any, *rest: Any, **more: Any) -> Any:
        if host != NAME:
            return self._ask(host, port, *rest, **more)
        answer = self._answers[min(self.asked, len(self._answers) - 1)]
        self.asked += 1
        return [found for one in answer for found in self._ask(one, port, *rest, **more)]

    def connect(self, own: socket.socket, address: Any) -> None:
        self.reached.append(address[0])
        if address[0] == PUBLIC:
            raise ConnectionRefusedError
        self._connect(own, address)


@pytest.fixture
def names(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Names:
    found = Names(*request.param)

    def connect(own: socket.socket, address: Any) -> None:
        found.connect(own, address)

    monkeypatch.setattr(socket, "getaddrinfo", found.getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", connect, raising=False)
    return found


def post(receiver: Any) -> Reply:
    url = f"http://{NAME}:{urlsplit(receiver.url).port}/hook"
    now = datetime.now(UTC)
    return send(url, Message("msg_1", "{}"), (SECRET,), now, allow_loopback=False)


@pytest.mark.parametrize("names", [((PUBLIC,), ("127.0.0.1",))], indirect=True)
def test_what_was_looked_at_is_what_is_connected_to(names: Names, receiver: Any) -> None:
    reply = post(receiver)
    assert reply.status is None
    assert "connection failed" in reply.error
    assert set(names.reached) == {PUBLIC}
    assert receiver.requests == []


@pytest.mark.parametrize("names", [((PUBLIC, "127.0.0.1"),)], indirect=True)
def test_a_second_address_of_the_name_is_not_tried(names: Names, receiver: Any) -> None:
    assert post(receiver).status is None
    assert "127.0.0.1" not in names.reached
    assert receiver.requests == []


@pytest.mark.parametrize("names", [((PUBLIC,), ("127.0.0.1",))], indirect=True)
def test_each_delivery_looks_anew(names: Names, receiver: Any) -> None:
    post(receiver)
    while names.asked < 2:
        names.getaddrinfo(NAME, 80)
    assert "private network" in post(receiver).error
    assert set(names.reached) == {PUBLIC}
    assert receiver.requests == []


@pytest.mark.parametrize("names", [(("127.0.0.1",),)], indirect=True)
def test_the_way_is_open_but_for_the_filter(names: Names, receiver: Any) -> None:
    """Else the others would show nothing."""
    url = f"http://{NAME}:{urlsplit(receiver.url).port}/hook"
    message = Message("msg_1", "{}")
    reply = send(url, message, (SECRET,), datetime.now(UTC), allow_loopback=True)
    assert (reply.status, len(receiver.requests)) == (200, 1)
