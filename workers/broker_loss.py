"""Outlive a broker that goes away in the middle of a task.

kombu gives messages back when it closes a channel, and acknowledges a task when it ends. Where the
connection is lost by then it looks for its address, which is gone too, and the AttributeError ends
the whole worker (kombu 5.7.0 under celery 5.7.0). There is nothing to be told to a broker that was
lost: a grade is recorded once however often its task comes, and the sweep sends what never came.
"""

from typing import Any

from kombu.transport import redis


class QoS(redis.QoS):
    """What is delivered and not acknowledged; silent once the connection is closed."""

    @property
    def _lost(self) -> bool:
        transport = self.channel.connection
        return transport is None or transport.client is None

    def restore_unacked(self, client: Any = None) -> None:
        """Give all back to the queue."""
        if self._lost:
            self._delivered.clear()
        else:
            super().restore_unacked(client)  # type: ignore[no-untyped-call]

    def ack(self, delivery_tag: str) -> None:
        """Say that a task is done."""
        if not self._lost:
            super().ack(delivery_tag)  # type: ignore[no-untyped-call]

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Say that a task is not taken."""
        if not self._lost:
            super().reject(delivery_tag, requeue)  # type: ignore[no-untyped-call]


def outlive() -> None:
    """Let every channel of this process to a Redis or Valkey be as above."""
    redis.Channel.QoS = QoS
