"""The queue and live events on a real broker, and what happens without one."""

import json
import time

import pytest
import redis

from grader.bootstrap import build
from grader.live import CHANNEL, RedisEvents
from grader.outbound.queue import CeleryQueue, QueueDown
from grader.settings import Settings

NOBODY = "redis://127.0.0.1:1/0"


def test_tasks_are_sent_by_name_with_an_id_and_nothing_else(valkey_url):
    queue = CeleryQueue(valkey_url)
    queue.enqueue_grading("g1")
    queue.enqueue_delivery("d1")
    queue.enqueue_inbound("i1")
    queue.enqueue_dispatch()
    with redis.Redis.from_url(valkey_url) as client:
        sent = [
            json.loads(client.rpop(name))
            for name in ("grading", "delivery", "housekeeping", "housekeeping")
        ]
    assert [(one["headers"]["task"], one["headers"]["argsrepr"]) for one in sent] == [
        ("workers.grade", "('g1',)"),
        ("workers.deliver", "('d1',)"),
        ("workers.inbound", "('i1',)"),
        ("workers.dispatch", "()"),
    ]
    assert {one["content-type"] for one in sent} == {"application/json"}


def test_a_broker_that_is_down_says_so_soon():
    started = time.monotonic()
    with pytest.raises(QueueDown, match=r"workers\.grade was not sent"):
        CeleryQueue(NOBODY).enqueue_grading("g1")
    assert time.monotonic() - started < 60


def test_live_events_reach_who_listens(valkey_url):
    with redis.Redis.from_url(valkey_url) as client, client.pubsub() as listener:
        listener.subscribe(CHANNEL + "s1")
        listener.get_message(timeout=30)
        RedisEvents(valkey_url).publish("s1", "running")
        message = listener.get_message(timeout=30)
    assert json.loads(message["data"]) == {"submission_id": "s1", "state": "running"}


def test_live_events_without_a_server_are_lost_in_peace():
    RedisEvents(NOBODY).publish("s1", "running")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_everything_is_joined_from_settings_alone(settings, valkey_url):
    settings = settings.model_copy(update={"broker_url": valkey_url, "redis_url": valkey_url})
    context = build(settings)
    with context.store.read() as session:
        assert session.connection().exec_driver_sql("SELECT 1").scalar() == 1
    assert context.clock().tzinfo is not None
    assert context.vault is context.vault
    context.queue.enqueue_dispatch()
    context.close()


def test_build_connects_to_nothing():
    settings = Settings(
        mode="test", database_url="postgresql://nobody@127.0.0.1:1/x", broker_url=NOBODY
    )
    build(settings).close()
