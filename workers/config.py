"""Celery's settings, from ours. Each line that is not obvious was paid for; see the reasons."""

from typing import Any

from kombu.entity import Queue

from grader.settings import Settings

GRADING = "grading"
DELIVERY = "delivery"
HOUSEKEEPING = "housekeeping"

LONGEST_TASK_S = 4 * 3600
"""No grading may take longer: every question of an assignment at its wall limit, and retries."""

SWEEP_EVERY_S = 30.0
DISPATCH_EVERY_S = 5.0


def celery_settings(settings: Settings) -> dict[str, Any]:
    """The whole configuration of the Celery app."""
    return {
        "broker_url": settings.broker_url,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": _transport(settings.broker_url),
        "task_queues": (Queue(GRADING), Queue(DELIVERY), Queue(HOUSEKEEPING)),
        "task_default_queue": HOUSEKEEPING,
        "task_create_missing_queues": False,
        "task_routes": {
            "workers.grade": {"queue": GRADING},
            "workers.deliver": {"queue": DELIVERY},
            "workers.*": {"queue": HOUSEKEEPING},
        },
        **_only_json(),
        **_lose_nothing(),
        "task_ignore_result": True,
        "worker_concurrency": settings.sandbox_slots,
        "worker_disable_prefetch": True,
        "worker_prefetch_multiplier": 1,
        "worker_hijack_root_logger": True,
        "worker_send_task_events": False,
        # In memory: every entry is an interval of seconds, so there is nothing to remember.
        "beat_scheduler": "celery.beat:Scheduler",
        "beat_schedule": _schedule(),
        "timezone": "UTC",
    }


def _transport(broker_url: str) -> dict[str, Any]:
    if not broker_url.startswith(("redis://", "rediss://")):
        return {}
    return {
        # A message not acknowledged for this long is given to another worker, so it must exceed
        # the longest task; a dead worker's rows are found much sooner, by the sweep.
        "visibility_timeout": LONGEST_TASK_S,
        "socket_timeout": 30,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 20,
        "retry_on_timeout": True,
    }


def _only_json() -> dict[str, Any]:
    """Ids in JSON, nothing else: a message that unpickled would run whatever its sender wanted."""
    return {
        "task_serializer": "json",
        "result_serializer": "json",
        "accept_content": ["json"],
        "result_accept_content": ["json"],
    }


def _lose_nothing() -> dict[str, Any]:
    return {
        "task_acks_late": True,
        # Together: a task whose process died is sent again, but only max_retries times. The first
        # alone would run a task that kills its worker for ever.
        "task_reject_on_worker_lost": True,
        "task_retry_on_worker_lost": True,
        "task_publish_retry": True,
    }


def _schedule() -> dict[str, Any]:
    """What beat sends; a message nobody took in time is dropped, and the next does its work."""
    entries = (("workers.sweep", SWEEP_EVERY_S), ("workers.dispatch", DISPATCH_EVERY_S))
    return {
        name: {"task": name, "schedule": every, "options": {"expires": every}}
        for name, every in entries
    }
