"""One signed POST, against a real receiver, and against addresses it must never reach."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from grader.outbound import send as sending
from grader.outbound.send import Message, Reply, send

SECRET = "whsec_" + "c2VjcmV0LW9mLXRoZS10ZXN0cy0wMTIzNDU2Nzg5"
OTHER = "whsec_" + "YW5vdGhlci1zZWNyZXQtb2YtdGhlLXRlc3RzLTAxMjM="
MESSAGE = Message("msg_1", '{"type":"grade.recorded","data":{"score":3.5,"name":"Žofie"}}')


def post(url: str, *, allow_loopback: bool = True, secrets: tuple[str, ...] = (SECRET,)) -> Reply:
    return send(url, MESSAGE, secrets, datetime.now(UTC), allow_loopback=allow_loopback)


def test_a_delivery_verifies_by_the_public_library(receiver: Any) -> None:
    reply = post(receiver.url)
    assert reply.delivered
    assert (reply.status, reply.error) == (200, "")
    headers, body = receiver.requests[0]
    assert Webhook(SECRET).verify(body, headers) == {
        "type": "grade.recorded",
        "data": {"score": 3.5, "name": "Žofie"},
    }
    assert headers["webhook-id"] == "msg_1"
    assert headers["user-agent"].startswith("xgrad/")


def test_while_rotating_either_secret_verifies_and_a_third_does_not(receiver: Any) -> None:
    post(receiver.url, secrets=(SECRET, OTHER))
    headers, body = receiver.requests[0]
    assert Webhook(SECRET).verify(body, headers)
    assert Webhook(OTHER).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "dGhpcmQtc2VjcmV0LW9mLXRoZS10ZXN0cy0wMTIzNDU=").verify(body, headers)


def test_a_redirect_is_a_failure_and_is_not_followed(receiver: Any, plan: Any) -> None:
    receiver.plans = [plan(301, {"location": receiver.url})]
    reply = post(receiver.url)
    assert not reply.delivered
    assert "redirects are not followed" in reply.error
    assert len(receiver.requests) == 1


def test_gone_says_so(receiver: Any, plan: Any) -> None:
    receiver.plans = [plan(410)]
    assert post(receiver.url).gone


def test_retry_after_is_read(receiver: Any, plan: Any) -> None:
    receiver.plans = [plan(503, {"retry-after": "120"})]
    reply = post(receiver.url)
    assert (reply.status, reply.retry_after) == (503, timedelta(seconds=120))


def test_a_receiver_that_does_not_answer_is_left(
    receiver: Any, plan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "READ_S", 0.3)
    receiver.plans = [plan(200, wait_s=60.0)]
    reply = post(receiver.url)
    assert reply.status is None
    assert "did not answer within" in reply.error
    assert not receiver.answered.is_set()


def test_a_long_answer_is_not_read(receiver: Any, plan: Any) -> None:
    length = 500 * 1024 * 1024
    receiver.plans = [plan(200, body_bytes=length)]
    assert post(receiver.url).delivered
    assert receiver.answered.wait(30)
    assert receiver.body_sent < length / 5, "what fits between two sockets"


def test_nobody_listens(receiver: Any) -> None:
    reply = post("http://127.0.0.1:9/hook")
    assert reply.status is None
    assert "nothing listens there" in reply.error


def test_a_proxy_of_the_environment_is_not_used(
    receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert post(receiver.url).delivered


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/hook",
        "http://localhost:{port}/hook",
        "http://[::1]:{port}/hook",
        "http://2130706433:{port}/hook",
        "http://0x7f000001:{port}/hook",
        "http://0177.0.0.1:{port}/hook",
        "http://127.1:{port}/hook",
        "http://[::ffff:127.0.0.1]:{port}/hook",
        "http://0.0.0.0:{port}/hook",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://100.64.0.1/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
    ],
)
def test_private_addresses_are_refused_however_they_are_written(receiver: Any, url: str) -> None:
    port = receiver.url.rsplit(":", 1)[1].split("/")[0]
    reply = post(url.format(port=port), allow_loopback=False)
    assert reply.status is None
    assert "private network" in reply.error or "cannot be used" in reply.error
    assert receiver.requests == []


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://169.254.169.254/"])
def test_loopback_alone_is_let_through_in_demos(url: str) -> None:
    assert "private network" in post(url, allow_loopback=True).error


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://x/", "http://", "nonsense"])
def test_other_schemes_and_nonsense_are_words_not_exceptions(url: str) -> None:
    reply = post(url)
    assert reply.status is None
    assert reply.error
