"""Celery is set up so that nothing is lost, nothing loops, and nothing but JSON is read."""

from typing import Any

import pytest
from celery import Celery

from grader.outbound import queue
from grader.settings import Settings
from workers import config
from xgrad import services

SETTINGS = Settings(mode="test", broker_url="redis://127.0.0.1:1/0")


@pytest.fixture
def celery() -> dict[str, Any]:
    return config.celery_settings(SETTINGS)


def test_only_json_is_read(celery: dict[str, Any]) -> None:
    assert celery["accept_content"] == ["json"]
    assert celery["result_accept_content"] == ["json"]
    assert celery["task_serializer"] == "json"


def test_a_lost_worker_loses_no_task_and_loops_on_none(celery: dict[str, Any]) -> None:
    assert celery["task_acks_late"]
    assert celery["task_reject_on_worker_lost"]
    assert celery["task_retry_on_worker_lost"]


def test_the_broker_waits_longer_than_any_task(celery: dict[str, Any]) -> None:
    assert celery["broker_transport_options"]["visibility_timeout"] >= config.LONGEST_TASK_S
    assert celery["broker_transport_options"]["socket_timeout"] < 60
    assert celery["worker_disable_prefetch"]


def test_another_broker_gets_no_options_of_redis() -> None:
    other = Settings(mode="test", broker_url="amqp://x/", redis_url="redis://127.0.0.1:1/0")
    assert config.celery_settings(other)["broker_transport_options"] == {}


def test_queues_are_those_that_the_service_sends_to() -> None:
    ours = (config.GRADING, config.DELIVERY, config.HOUSEKEEPING)
    assert ours == (queue.GRADING_QUEUE, queue.DELIVERY_QUEUE, queue.HOUSEKEEPING_QUEUE)


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        (queue.GRADE, "grading"),
        (queue.DELIVER, "delivery"),
        (queue.INBOUND, "housekeeping"),
        (queue.DISPATCH, "housekeeping"),
        ("workers.sweep", "housekeeping"),
    ],
)
def test_a_slow_receiver_keeps_nothing_but_deliveries_waiting(task: str, expected: str) -> None:
    app = Celery("routes", broker="memory://", set_as_current=False)
    app.conf.update(config.celery_settings(SETTINGS))
    assert app.amqp.router.route({}, task)["queue"].name == expected


def test_every_queue_has_a_process_that_takes_from_it() -> None:
    commands = [one.command for one in services.LASTING if "--queues" in one.command]
    taken = {command[command.index("--queues") + 1] for command in commands}
    assert taken == {config.GRADING, config.DELIVERY, config.HOUSEKEEPING}


def test_what_beat_sends_goes_out_of_date_before_it_is_sent_again(celery: dict[str, Any]) -> None:
    for entry in celery["beat_schedule"].values():
        assert entry["options"]["expires"] <= entry["schedule"]
