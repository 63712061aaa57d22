"""The queue: tasks are sent by name with one id each, so nothing here imports a worker."""

from typing import Protocol

from celery import Celery
from kombu.exceptions import OperationalError

GRADE = "workers.grade"
DELIVER = "workers.deliver"
INBOUND = "workers.inbound"
DISPATCH = "workers.dispatch"

GRADING_QUEUE = "grading"
DELIVERY_QUEUE = "delivery"
HOUSEKEEPING_QUEUE = "housekeeping"
"""What may never wait for somebody else's slow receiver: intake by LMS, the outbox, the sweep."""

SOCKET_TIMEOUT_S = 3.0


class QueueDown(Exception):
    """The broker took nothing; what waits is in the database, and the sweep sends it later."""


class Queue(Protocol):
    """What services ask of a queue, after their commit. Each may raise `QueueDown`."""

    def enqueue_grading(self, grading_id: str) -> None:
        """Ask for one grading."""

    def enqueue_delivery(self, delivery_id: str) -> None:
        """Ask for one try of one webhook delivery."""

    def enqueue_inbound(self, inbound_id: str) -> None:
        """Ask that a stored LMS event be acted on."""

    def enqueue_dispatch(self) -> None:
        """Ask that the outbox be turned into deliveries."""


class CeleryQueue:
    """Sends to the broker at `broker_url`; waits a few seconds for it at most."""

    def __init__(self, broker_url: str) -> None:
        self._app = Celery("xgrad-sender", broker=broker_url, set_as_current=False)
        self._app.conf.update(
            task_serializer="json",
            task_ignore_result=True,
            broker_connection_timeout=SOCKET_TIMEOUT_S,
            broker_transport_options={
                "socket_timeout": SOCKET_TIMEOUT_S,
                "socket_connect_timeout": SOCKET_TIMEOUT_S,
            },
        )

    def enqueue_grading(self, grading_id: str) -> None:
        """Ask for one grading."""
        self._send(GRADE, GRADING_QUEUE, grading_id)

    def enqueue_delivery(self, delivery_id: str) -> None:
        """Ask for one try of one webhook delivery."""
        self._send(DELIVER, DELIVERY_QUEUE, delivery_id)

    def enqueue_inbound(self, inbound_id: str) -> None:
        """Ask that a stored LMS event be acted on."""
        self._send(INBOUND, HOUSEKEEPING_QUEUE, inbound_id)

    def enqueue_dispatch(self) -> None:
        """Ask that the outbox be turned into deliveries."""
        self._send(DISPATCH, HOUSEKEEPING_QUEUE)

    def _send(self, task: str, queue: str, *ids: str) -> None:
        policy = {"max_retries": 1, "interval_start": 0.0, "interval_max": 0.1}
        try:
            self._app.send_task(task, args=ids, queue=queue, retry=True, retry_policy=policy)
        except (OperationalError, OSError) as error:
            raise QueueDown(f"{task} was not sent: {error}") from error
